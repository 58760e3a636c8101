"""Sources to raw articles: files, alone or in folders; pages by their address; documents and posts that were sent."""

from __future__ import annotations

from index.load.addresses import is_address
from index.load.files import SUPPORTED, absolute, count_articles, load
from index.load.follow import PageLimits
from index.load.upload import load_post, load_upload
from index.load.web import load_page

__all__ = [
    "SUPPORTED",
    "PageLimits",
    "absolute",
    "count_articles",
    "is_address",
    "load",
    "load_page",
    "load_post",
    "load_upload",
]
