"""What somebody sent: a document as bytes under a file name, or the text of a post."""

from __future__ import annotations

import gzip
import re
import unicodedata
import zlib
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.load.encodings import tidy
from index.load.files import SUPPORTED, load
from index.load.limits import over_limit, why_unreadable
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST_NAME = 120
_NAMELESS = "document"


def load_upload(name: str, data: bytes, max_bytes: int) -> list[RawArticle | Skipped]:
    """The articles of a document that was sent as ``name``, which decides its kind as for files.

    Their source is ``upload:`` and the name, cleaned; a document sent again under its name is the same article.
    ``max_bytes`` bounds all of it, also unpacked. What cannot be read comes as Skipped; nothing is raised.
    """
    shown = clean_name(name)
    source = f"upload:{shown}"
    if _is_longer(shown, data, max_bytes):
        return [Skipped(source, over_limit(max_bytes))]
    try:
        with TemporaryDirectory(prefix="citewire-") as folder:
            # Of the name only the end, which tells the kind, meets the file system.
            file = Path(folder) / f"upload{next((end for end in SUPPORTED if shown.lower().endswith(end)), '')}"
            file.write_bytes(data)
            return [replace(each, source=each.source.replace(str(file), source, 1)) for each in load(file, max_bytes)]
    except OSError as error:
        return [Skipped(source, why_unreadable(error))]


def load_post(text: str, *, outlet: str | None, published: datetime | None, url: str | None) -> RawArticle:
    """A post that was forwarded: an article under its address, or without one under a digest of its text.

    ``outlet`` is the channel's name. What is the headline, cleaning finds out.
    """
    digest = sha256(f"{outlet}\n{text}".encode("utf-8", "backslashreplace")).hexdigest()
    return RawArticle(
        source=url or f"post:{digest[:16]}",
        text=tidy(text),
        date=published.isoformat() if published else None,
        outlet=tidy(outlet) if outlet else None,
        url=tidy(url) if url else None,
    )


def clean_name(name: str) -> str:
    """A file name from a stranger as it may be stored and shown: one part, no invisible characters, of bounded length.

    Two names that are cut stay two.
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in last)
    tidied = " ".join(unicodedata.normalize("NFC", visible).split()) or _NAMELESS
    if len(tidied) <= _LONGEST_NAME:
        return tidied
    mark = sha256(tidied.encode("utf-8")).hexdigest()[:8]
    return f"{tidied[: _LONGEST_NAME - 30]}~{mark}~{tidied[-20:]}"


def _is_longer(name: str, data: bytes, max_bytes: int) -> bool:
    """Whether a document is longer than allowed, packed or unpacked; a damaged one is left to its reader."""
    if name.lower().endswith(".gz"):
        with suppress(OSError, EOFError, zlib.error), gzip.open(BytesIO(data)) as stream:
            return len(stream.read(max_bytes + 1)) > max_bytes
    return len(data) > max_bytes
