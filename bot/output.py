"""Where results go: standard output, as text for people or as one JSON document for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from rich.console import RenderableType


def show_result(options: argparse.Namespace, document: object, rendered: Callable[[], RenderableType]) -> None:
    """Print the document with ``--json``, else what ``rendered`` draws."""
    if options.json:
        print_json(document)
    else:
        print_text(rendered())


def print_json(document: object) -> None:
    """One JSON document on one line, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(json_line(document).encode("utf-8"))
    sys.stdout.flush()


def json_line(document: object) -> str:
    """The document on one line, its line break included."""
    return json.dumps(document, ensure_ascii=False) + "\n"


def print_text(renderable: RenderableType) -> None:
    """Draw on the terminal: in colour where it has some, 80 columns wide where there is none."""
    from rich.console import Console

    # Characters that the locale lacks must not end the program.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    Console(highlight=False, soft_wrap=False).print(renderable)
