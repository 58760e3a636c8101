"""Sources to raw articles: text, Markdown, HTML and JSONL files, alone or in folders."""

from __future__ import annotations

from index.load.files import SUPPORTED, absolute, count_articles, load

__all__ = ["SUPPORTED", "absolute", "count_articles", "load"]
