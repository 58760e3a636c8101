"""Sources to raw articles: files, folders, pages by their address, what was sent; and what feeds and sitemaps name."""

from __future__ import annotations

from index.load.addresses import is_address, plain_address, resolve, shown
from index.load.fetch import fetch, fetch_once
from index.load.files import SUPPORTED, absolute, count_articles, folder_state, load
from index.load.follow import Fetched, Marks, Moved, PageLimits, Same
from index.load.listing import LISTING_KINDS, Listing, is_listing, read_listing
from index.load.listing_entries import Entry
from index.load.upload import load_post, load_upload
from index.load.web import PAGE_KINDS, article_of, load_page

__all__ = [
    "LISTING_KINDS",
    "PAGE_KINDS",
    "SUPPORTED",
    "Entry",
    "Fetched",
    "Listing",
    "Marks",
    "Moved",
    "PageLimits",
    "Same",
    "absolute",
    "article_of",
    "count_articles",
    "fetch",
    "fetch_once",
    "folder_state",
    "is_address",
    "is_listing",
    "load",
    "load_page",
    "load_post",
    "load_upload",
    "plain_address",
    "read_listing",
    "resolve",
    "shown",
]
