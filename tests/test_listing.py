"""Feeds and sitemaps: what they name, in which order, and what in them is refused."""

from __future__ import annotations

import gzip
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.load import Fetched, is_listing, read_listing

if TYPE_CHECKING:
    from index.load import Listing

BASE = "https://news.example/feed.xml"
RSS = """
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
         xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
         xmlns:atom="http://www.w3.org/2005/Atom">
    <channel><title>Gazette</title><link>https://news.example/</link><atom:link rel="self" href="/feed.xml"/>
    <item><title>Older &amp;amp; &lt;b&gt;wiser&lt;/b&gt;</title><link>/a?id=1</link>
      <pubDate>Mon, 02 Mar 2026 10:00:00 +0200</pubDate><author>desk@news.example (Olha Ruda)</author></item>
    <item><media:title>A picture</media:title><title>Newer</title><guid>https://news.example/b</guid>
      <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><dc:creator>Ivan Kit</dc:creator>
      <content:encoded><![CDATA[<p>Whole text.</p>]]></content:encoded></item>
    <item><title>Leads nowhere</title></item>
    </channel></rss>
"""
ATOM = """
    <feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
    <entry><title type="html">One &lt;i&gt;day&lt;/i&gt;</title><link rel="edit" href="/edit/1"/>
      <link rel="alternate" type="application/json" href="/1.json"/><link href="/1"/>
      <published>2026-03-01T08:00:00Z</published><updated>2026-03-05T09:30:00Z</updated>
      <author><name>Olha Ruda</name></author>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>All of it.</p></div></content></entry>
    </feed>
"""
RDF = """
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gazette</title></channel>
    <item><title>Old form</title><link>https://news.example/o</link><dc:date>2026-03-01</dc:date></item></rdf:RDF>
"""
SITEMAP = """
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://news.example/1</loc></url>
    <url><loc>https://news.example/2</loc><lastmod>2026-03-02</lastmod></url>
    <url><loc>https://news.example/3</loc><lastmod>2026-03-04T10:00:00+02:00</lastmod>
      <news:news><news:title>Third</news:title><news:publication_date>2026-03-03</news:publication_date></news:news>
    </url></urlset>
"""


def _read(text: str | bytes, kind: str = "application/xml", max_bytes: int = 1_000_000) -> Listing:
    data = text if isinstance(text, bytes) else dedent(text).strip().encode()
    return read_listing(Fetched(BASE, kind, None, data), max_bytes)


def test_rss_is_read() -> None:
    """The newest comes first; links are made whole, headlines plain, times ISO 8601; what leads nowhere is left out."""
    newer, older = _read(RSS).entries
    assert (newer.url, newer.title, newer.author) == ("https://news.example/b", "Newer", "Ivan Kit")
    assert newer.content == "<p>Whole text.</p>"
    assert (older.url, older.title) == ("https://news.example/a?id=1", "Older & wiser")
    assert (older.published, older.author) == ("2026-03-02T10:00:00+02:00", "Olha Ruda")


def test_atom_is_read() -> None:
    """The link for people is taken, and the time of the last change tells how new it is."""
    (entry,) = _read(ATOM).entries
    assert (entry.url, entry.title, entry.author) == ("https://news.example/1", "One day", "Olha Ruda")
    assert entry.published == "2026-03-01T08:00:00Z"
    assert entry.moment is not None
    assert entry.moment.isoformat() == "2026-03-05T09:30:00+00:00"
    assert entry.content is not None
    assert "All of it." in entry.content


def test_rdf_is_read() -> None:
    """RSS 1.0 has its items beside the channel."""
    assert [(each.url, each.published) for each in _read(RDF).entries] == [("https://news.example/o", "2026-03-01")]


def test_a_sitemap_is_read() -> None:
    """The last changed page comes first, those without a date come last; Google's news extension gives a headline."""
    entries = _read(SITEMAP).entries
    assert [each.url[-1] for each in entries] == ["3", "2", "1"]
    assert (entries[0].title, entries[0].published) == ("Third", "2026-03-03")


def test_an_index_of_sitemaps_is_read() -> None:
    """It names parts, no articles."""
    named = "<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2026-03-02</lastmod></sitemap></sitemapindex>"
    found = _read(named)
    assert (found.entries, [each.url for each in found.parts]) == ((), ["https://news.example/s1.xml.gz"])


def test_packed_sitemaps_are_unpacked_within_the_limit() -> None:
    """Gzip is seen by its first bytes; what unpacks to more than is allowed is not read."""
    packed = gzip.compress(dedent(SITEMAP).strip().encode())
    assert len(_read(packed, "application/octet-stream").entries) == 3
    with pytest.raises(ValueError, match="over the size limit of 1 MB"):
        _read(gzip.compress(bytes(50_000_000)))
    with pytest.raises(ValueError, match="damaged gzip"):
        _read(b"\x1f\x8bnothing")


@pytest.mark.parametrize("place", ["<title>&a;</title>", "<link href='&a;'/>", "<title>none</title>"])
def test_entities_are_refused(place: str) -> None:
    """Neither a file of this machine nor a billion laughs: whoever declares an entity is not read."""
    for declared in ('<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY b "ha"><!ENTITY a "&b;&b;&b;">'):
        with pytest.raises(ValueError, match="declares entities"):
            _read(f"<!DOCTYPE rss [{declared}]><rss><channel><item>{place}</item></channel></rss>")


def test_damage_costs_what_is_damaged() -> None:
    """A bare ampersand, an unknown entity and a missing end leave the rest of a feed readable."""
    text = "<rss><channel><item><title>Salt & pepper&nbsp;up</title><link>/a</link></item><item><link>/b</link></item>"
    assert [each.url[-2:] for each in _read(text).entries] == ["/a", "/b"]


def test_what_is_no_feed_is_told() -> None:
    """Other XML, and no XML at all, have their reasons."""
    with pytest.raises(ValueError, match="neither a page nor a feed"):
        _read("<svg/>")
    with pytest.raises(ValueError, match="XML is damaged"):
        _read(b"\x00\x01")


@pytest.mark.parametrize(
    ("kind", "data", "listing"),
    [
        ("application/rss+xml", b"", True),
        ("text/html", b"\xef\xbb\xbf<?xml version='1.0'?> <!-- x --> <rss version='2.0'>", True),
        ("text/plain", b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", True),
        ("text/html", b"<!DOCTYPE html><html><body><rss>", False),
        ("text/html", b"<!--" + b"--><!--" * 500, False),
        ("text/html", b"<?xml?>" * 500, False),
    ],
)
def test_a_feed_is_told_from_a_page(kind: str, data: bytes, listing: bool) -> None:  # noqa: FBT001 - a table's column
    """By its media type, or where that is a page's, by its first element; found in no time."""
    assert is_listing(Fetched(BASE, kind, None, data)) is listing


def test_a_whole_text_makes_an_article() -> None:
    """A feed's full content is an article under the entry's address; a teaser is none."""
    words = "The ferry runs again from Monday, the port says, with two boats a day and a third on feast days. " * 6
    items = "<item><title>Ferry</title><link>/f</link><content>{}</content></item>"
    whole, teaser = (_read(f"<rss>{items.format(text)}</rss>").entries[0] for text in (words, words[:90]))
    raw = whole.article()
    assert raw is not None
    assert (raw.title, raw.url, raw.source) == ("Ferry", "https://news.example/f", "https://news.example/f")
    assert raw.text.startswith("The ferry runs again")
    assert teaser.article() is None


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: RSS.replace("Newer", text).encode("utf-8", "replace"))
)
def test_no_feed_raises_but_with_a_reason(data: bytes) -> None:
    """Whatever comes, there are entries or a reason in words."""
    try:
        for entry in _read(data).entries:
            entry.url.encode()
            (entry.title or "").encode()
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
