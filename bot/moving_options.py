"""What may be typed to move an index: `migrate`, `export` and `import`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_migrate(migrate: argparse.ArgumentParser) -> None:
    """Where to, and what becomes of what is left behind."""
    migrate.add_argument(
        "--to",
        required=True,
        type=_place,
        metavar="PLACE",
        help="a Chroma server, http://HOST:PORT, or `embedded` for the index's own folder",
    )
    migrate.add_argument(
        "--drop", action="store_true", help="remove the vectors that are left behind, once the copy is whole"
    )


def add_export(export: argparse.ArgumentParser) -> None:
    """Which file."""
    export.add_argument(
        "--out", type=Path, metavar="FILE", help="a .jsonl or .jsonl.gz file (default: standard output)"
    )


def add_import(importing: argparse.ArgumentParser) -> None:
    """Which file."""
    importing.set_defaults(command="import_")  # Python keeps the word for itself
    importing.add_argument("file", type=Path, metavar="FILE", help="what `citewire export` wrote")


def _place(text: str) -> str:
    """A server's address, or nothing for the folder."""
    from index.config import chroma_address

    if text == "embedded":
        return ""
    try:
        return chroma_address(text.strip() or "nothing")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"must be `embedded`, or {error}") from None
