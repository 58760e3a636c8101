"""Sources to raw articles: text, Markdown, HTML and JSONL files, alone or in folders."""

from __future__ import annotations

from index.load.files import SUPPORTED, load

__all__ = ["SUPPORTED", "load"]
