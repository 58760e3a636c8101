"""Why something could not be added, told in the administrator's language; the reasons are the loaders' own."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.telegram.reasons import reason_text
from index.load import PageLimits, load_page, load_upload
from index.types import AskerLanguage, Skipped
from prompts import message
from tests.web_server import Reply, web_server

KEYS = ("absent", "forbidden", "site_busy", "late", "unreached", "address", "private", "too_long", "kind", "no_text")
HERE = PageLimits(max_bytes=1000, seconds=5, private_addresses=True)


def _key(reason: str) -> str:
    """The message that a reason is told by, the same in every language."""
    for key in KEYS:
        if all(reason_text(reason, each) == message(f"tg_reason_{key}", each) for each in get_args(AskerLanguage)):
            return key
    return "other"


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        (Reply([], status=404), "absent"),
        (Reply([], status=410), "absent"),
        (Reply([], status=401), "forbidden"),
        (Reply([], status=403), "forbidden"),
        (Reply([], status=429), "site_busy"),
        (Reply([], status=500), "other"),
        (Reply([b"x" * 2000]), "too_long"),
        (Reply([b"<html></html>"]), "no_text"),
    ],
    ids=lambda each: str(getattr(each, "status", each)),
)
def test_what_a_site_answers(reply: Reply, key: str) -> None:
    """A page that is not there, not for us, too big or empty."""
    with web_server() as server:
        server.replies["/"] = reply
        skipped = load_page(server.url("/"), HERE)
    assert isinstance(skipped, Skipped)
    assert _key(skipped.reason) == key


@pytest.mark.parametrize(
    ("address", "limits", "key"),
    [
        ("http://127.0.0.1:9/", PageLimits(), "private"),
        ("http://127.0.0.1:9/", HERE, "unreached"),
        ("ftp://127.0.0.1/", HERE, "address"),
        ("http://", HERE, "address"),
        ("http://me:secret@127.0.0.1/", HERE, "address"),
    ],
)
def test_addresses_that_are_not_read(address: str, limits: PageLimits, key: str) -> None:
    """Not public, not there, or no address of a page."""
    skipped = load_page(address, limits)
    assert isinstance(skipped, Skipped)
    assert _key(skipped.reason) == key


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.exe", b"MZ", "kind"),
        ("a.txt", b"\0\1\2\3" * 50, "kind"),
        ("a.txt", b" ", "no_text"),
        ("a.jsonl", b"", "no_text"),
        ("a.jsonl", b"{}", "no_text"),
        ("a.jsonl", b"{", "other"),
        ("a.txt", b"a " * 1000, "too_long"),
    ],
)
def test_documents_that_are_not_read(name: str, data: bytes, key: str) -> None:
    """Of another kind, empty, damaged or too big."""
    (skipped,) = load_upload(name, data, 1000)
    assert isinstance(skipped, Skipped)
    assert _key(skipped.reason) == key


def test_an_unusual_reason_stays_as_it_is() -> None:
    """It is announced as technical."""
    assert reason_text("damaged gzip", "uk") == "Причина (технічно): damaged gzip"
