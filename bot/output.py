"""Where results go: standard output, as text for people or as one JSON document for programs."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from index.errors import SourceError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from pathlib import Path

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


def write_lines(out: Path, lines: Iterable[str]) -> None:
    """Write beside the file and move it into place at the end, so that no half-written result is ever read."""
    target = out.resolve()
    in_place = target.exists() and not target.is_file()  # a pipe or a device, which must stay what it is
    unfinished = target if in_place else target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(lines)
        if not in_place:
            unfinished.replace(target)
    except OSError as error:
        raise SourceError(str(out), f"cannot be written: {error.strerror or error}") from error
    finally:
        if not in_place:
            unfinished.unlink(missing_ok=True)
