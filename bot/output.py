"""Where results go: standard output, as text for people or as one JSON document for programs."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from index.errors import SourceError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from rich.segment import Segment

# C0 and C1 controls, those of writing direction (UAX 9), lone surrogates.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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
    # Half a surrogate pair, which no encoding can store, becomes a question mark.
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"


def print_text(renderable: RenderableType) -> None:
    """Draw on the terminal: in colour where it has some, 80 columns wide where there is none."""
    # Characters that the locale lacks must not end the program.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    draw(renderable, sys.stdout)


def draw(renderable: RenderableType, screen: TextIO, *, colours: bool | None = None) -> None:
    """Draw on a screen, by default in colour where it is a terminal.

    Words of articles, names of files and questions are shown and never obeyed: of control characters, escape sequences
    and marks that turn the direction of writing nothing gets there.
    """
    from rich.console import Console
    from rich.segment import Segment, Segments

    console = Console(file=screen, force_terminal=colours, highlight=False, soft_wrap=False)
    safe = (Segment(shown(text), style) for text, style, _ in console.render(renderable))
    lines = [[*_trimmed(line), Segment.line()] for line in Segment.split_lines(safe)]
    console.print(Segments([segment for line in lines for segment in line]))


def complain(text: str) -> None:
    """Say on standard error why something could not be done."""
    print(f"citewire: {shown(text)}", file=sys.stderr, flush=True)  # noqa: T201 - the command line prints


def put_lines(out: Path | None, lines: Iterable[str]) -> None:
    """Write lines to a file as ``write_lines`` does, or where none is named to standard output, in UTF-8."""
    if out is not None:
        write_lines(out, lines)
        return
    sys.stdout.buffer.writelines(line.encode("utf-8") for line in lines)
    sys.stdout.flush()


def shown(text: str) -> str:
    """A text without what a terminal would obey: all of Unicode's controls but tabs and line breaks."""
    return text if text.isprintable() else _OBEYED.sub("", text)


def write_lines(out: Path, lines: Iterable[str]) -> None:
    """Write beside the file and move it into place at the end, so that no half-written result is ever read.

    What is to be called ``.gz`` is packed; the same lines always make the same bytes.
    """
    target = out.resolve()
    in_place = target.exists() and not target.is_file()  # a pipe or a device, which must stay what it is
    unfinished = target if in_place else target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file, _packer(target, file) as packer:
            packer.writelines(line.encode("utf-8") for line in lines)
        if not in_place:
            unfinished.replace(target)
    except OSError as error:
        raise SourceError(str(out), f"cannot be written: {error.strerror or error}") from error
    finally:
        if not in_place:
            unfinished.unlink(missing_ok=True)


def _trimmed(line: Sequence[Segment]) -> Iterator[Segment]:
    """A line without the spaces that fill it up to the edge: nobody sees them, and whoever copies it gets them."""
    from rich.segment import Segment

    rest = len("".join(each.text for each in line).rstrip(" "))
    for text, style, _ in line:
        if rest > 0:
            yield Segment(text[:rest], style)
        rest -= len(text)


@contextmanager
def _packer(target: Path, file: BinaryIO) -> Iterator[BinaryIO]:
    if target.suffix.lower() != ".gz":
        yield file
        return
    # Neither a name nor a time goes into it.
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        yield cast("BinaryIO", packed)
