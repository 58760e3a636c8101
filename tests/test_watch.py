"""Rounds over feeds: what is read, what is not read again, what fails beside what is stored."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.watched import LIMITS, TEXTS, Site, counts, feed, page, reasons
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A server with three articles and a feed of them, and an empty index."""
    with web_server() as web:
        web.replies |= {path: page(text, etag=f'"{path}"') for path, text in TEXTS.items()}
        web.replies["/feed"] = feed(*TEXTS, etag='"feed 1"')
        yield Site(web, tmp_path)


def test_a_feed_becomes_its_articles(site: Site) -> None:
    """Each of three entries is an article under its page's address."""
    done = site.look("/feed")
    assert counts(done.report) == (3, 0, 0, 0)
    assert site.texts() == set(TEXTS.values())
    assert {each.url for each in site.catalogue.articles()} == {site.web.url(path) for path in TEXTS}
    assert (done.at, done.locked) == (site.now, None)


def test_a_feed_that_did_not_change_is_not_read(site: Site) -> None:
    """The second round, after a restart, sends the feed's mark, hears 304 and asks for nothing else."""
    site.look("/feed")
    opened = site.opened
    done = site.look("/feed")
    assert counts(done.report) == (0, 0, 1, 0)
    assert site.asked() == ["/feed"]
    assert site.web.asked[-1][1]["if-none-match"] == '"feed 1"'
    assert site.opened == opened


def test_a_changed_article_is_updated(site: Site) -> None:
    """Where the feed gives an article a later time, it is read again, and the others are not."""
    site.look("/feed")
    site.later(minutes=20)
    site.web.replies["/ship"] = page("The ship Aurelia came back to Izmail because of a storm.", etag='"2"')
    newer = feed("/ship", changed="2026-03-02T12:10:00Z").blocks
    older = feed("/bridge", "/buses").blocks
    site.web.replies["/feed"] = Reply(
        [next(iter(newer)).replace(b"</feed>", next(iter(older)).partition(b">")[2])], kind="application/atom+xml"
    )
    assert counts(site.look("/feed").report) == (0, 1, 2, 0)
    assert site.asked() == ["/feed", "/ship"]
    assert "The ship Aurelia came back to Izmail because of a storm." in site.texts()


def test_articles_are_looked_at_again_ever_more_seldom(site: Site) -> None:
    """After an hour, then after twice the time, with their marks; unchanged ones cost an empty answer."""
    site.web.replies["/feed"] = feed("/ship")
    asked = []
    for _ in range(8):
        site.look("/feed")
        asked.append(site.asked()[1:])
        site.later(minutes=59)
    assert [len(each) for each in asked] == [1, 0, 1, 0, 0, 0, 1, 0]
    assert site.embedder.embedded == 1


def test_an_entry_that_is_gone_leaves_its_article(site: Site) -> None:
    """A feed names what is new; what it names no more stays stored."""
    site.look("/feed")
    site.web.replies["/feed"] = feed("/bridge")
    site.look("/feed")
    assert site.texts() == set(TEXTS.values())


def test_a_removed_article_stays_removed(site: Site) -> None:
    """Whoever removed an article does not find it back after the next round; asked for by hand, it comes back."""
    site.look("/feed")
    (gone,) = [each.id for each in site.catalogue.articles() if "Aurelia" in each.text]
    site.catalogue.remove([gone])
    site.later(days=2)
    site.web.replies["/feed"] = feed(*TEXTS, etag='"feed 2"', changed="2026-03-04T11:00:00Z")
    site.look("/feed")
    assert len(site.texts()) == 2
    site.look("/feed")
    assert site.asked() == ["/feed"]
    report = site.ingester().ingest([site.web.url("/feed")], site.now, lambda _: None)
    assert counts(report)[0] == 1


def test_what_fails_is_listed_and_the_rest_is_stored(site: Site) -> None:
    """Pages that are gone, fail, hang, lie elsewhere or are not for programs do not stop those behind them."""
    site.limits = replace(LIMITS, seconds=0.4)
    site.web.replies |= {
        "/broken": Reply(status=500),
        "/slow": Reply([b"<html>"], hang=True),
        "/inside": Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        "/private": page("Nobody but people may read this.", etag=""),
        "/robots.txt": Reply([b"User-agent: *\nDisallow: /private\n"], kind="text/plain"),
    }
    site.web.replies["/feed"] = feed(
        "/gone", "/broken", "/bridge", "/slow", "/ship", "file:///etc/passwd", "/inside", "/private", "/buses"
    )
    report = site.look("/feed").report
    assert site.texts() == set(TEXTS.values())
    assert reasons(report) == {
        "gone": "no such page (404)",
        "broken": "the site answers with error 500",
        "slow": "no answer within 0.4 s; try again later",
        "passwd": "only http and https addresses are read, not file",
        "inside": "only http and https addresses are read, not file",
        "private": "the site's robots.txt does not allow programs to read it",
    }
    assert "/private" not in site.asked()


def test_private_addresses_are_refused_at_each_step(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the default setting neither a feed nor an entry nor a redirect leads into a private network."""
    monkeypatch.setattr("index.load.follow.is_public", lambda address: address == "127.0.0.1")
    site.limits = replace(LIMITS, private_addresses=False)
    site.web.replies["/away"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest"})
    site.web.replies["/feed"] = feed("http://10.0.0.7/a", "/away", "/ship")
    report = site.look("/feed", "http://[::1]/feed").report
    assert [("private network" in each.reason) for each in report.skipped] == [True] * 3
    assert site.texts() == {TEXTS["/ship"]}


def test_failed_entries_are_tried_again(site: Site) -> None:
    """A feed with entries to be tried again is read in full, whatever its mark; a failed page rests before that."""
    site.web.replies["/ship"] = Reply(status=500)
    site.look("/feed")
    site.web.replies["/ship"] = page(TEXTS["/ship"])
    assert counts(site.look("/feed").report) == (0, 0, 2, 0)
    site.later(minutes=6)
    assert counts(site.look("/feed").report) == (1, 0, 2, 0)
    assert "if-none-match" not in site.web.asked[1][1]
    site.look("/feed")
    assert site.asked() == ["/feed"]


def test_tracking_parameters_make_no_second_article(site: Site) -> None:
    """Links with and without them, in two feeds, and the address that the page calls canonical: one article."""
    head = f'<link rel="canonical" href="{site.web.url("/ship")}">'
    site.web.replies["/ship"] = page(TEXTS["/ship"], head=head)
    site.web.replies["/amp/ship"] = page(TEXTS["/ship"], head=head)
    tracked = "/ship?utm_source=rss&utm_medium=feed&fbclid=1#comments"
    site.web.replies["/feed"] = feed(tracked, "/ship?gclid=2&yclid=3", "/amp/ship")
    site.web.replies["/other"] = feed("/ship?utm_campaign=other")
    site.look("/feed", "/other")
    assert [each.url for each in site.catalogue.articles()] == [site.web.url("/ship")]
    assert site.asked() == ["/feed", "/ship", "/amp/ship", "/other"]


def test_only_the_newest_are_read(site: Site) -> None:
    """As many as the setting says."""
    assert counts(site.look("/feed", newest=2).report) == (2, 0, 0, 0)
    assert site.texts() == {TEXTS["/bridge"], TEXTS["/ship"]}


def test_sitemaps_are_read(site: Site) -> None:
    """An index leads to packed parts, the last changed first; of them the newest articles are read."""
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in TEXTS)
    site.web.replies["/new.xml.gz"] = Reply([gzip.compress(f"<urlset>{urls}</urlset>".encode())], "application/gzip")
    parts = "".join(
        f"<sitemap><loc>{path}</loc><lastmod>{day}</lastmod></sitemap>"
        for path, day in {"/old.xml": "2026-01-01", "/new.xml.gz": "2026-03-01"}.items()
    )
    site.web.replies["/sitemap.xml"] = Reply([f"<sitemapindex>{parts}</sitemapindex>".encode()], "text/xml")
    assert counts(site.look("/sitemap.xml", newest=3).report) == (3, 0, 0, 0)
    assert site.asked()[:2] == ["/sitemap.xml", "/new.xml.gz"]
    assert "/old.xml" not in site.asked()


def test_the_feed_says_what_the_page_does_not(site: Site) -> None:
    """Date and author of an entry complete its article."""
    item = "<item><link>/ship</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><author>Olha Ruda</author></item>"
    site.web.replies["/feed"] = Reply([f"<rss><channel>{item}</channel></rss>".encode()], "application/rss+xml")
    site.look("/feed")
    (article,) = site.catalogue.articles()
    assert article.author == "Olha Ruda"
    assert article.published is not None
    assert article.published.iso() == "2026-03-02T10:00:00+00:00"


def test_a_withheld_page_is_read_from_its_feed(site: Site) -> None:
    """Where a page is behind a login and the feed gives the whole text, that is taken."""
    words = " ".join([TEXTS["/ship"]] * 6)
    item = f"<item><title>A ship with maize leaves port</title><link>/ship</link><content>{words}</content></item>"
    site.web.replies["/ship"] = Reply(status=403)
    site.web.replies["/feed"] = Reply([f"<rss><channel>{item}</channel></rss>".encode()], "application/rss+xml")
    assert counts(site.look("/feed").report) == (1, 0, 0, 0)
    (article,) = site.catalogue.articles()
    assert (article.title, article.url) == ("A ship with maize leaves port", site.web.url("/ship"))


def test_a_page_may_be_watched(site: Site) -> None:
    """A single address among the feeds is an article; its mark is sent the next time."""
    assert counts(site.look("/ship").report) == (1, 0, 0, 0)
    assert counts(site.look("/ship").report) == (0, 0, 1, 0)
    assert site.web.asked[-1][1]["if-none-match"] == '"/ship"'


def test_a_feed_is_indexed_by_hand(site: Site) -> None:
    """`citewire index` reads a feed as watching does, says what it knew already, and robots.txt bars its entries."""
    url = site.web.url("/feed")
    ingester, now = site.ingester(), datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert counts(ingester.ingest([url], now, lambda _: None)) == (3, 0, 0, 0)
    assert counts(ingester.ingest([url], now, lambda _: None)) == (0, 0, 3, 0)
    site.web.replies["/robots.txt"] = Reply([b"User-agent: citewire\nDisallow: /"], kind="text/plain")
    site.web.replies["/feed"] = feed("/new", "/ship")
    site.web.replies["/new"] = page("The mayor of Lutsk resigned.")
    assert counts(ingester.ingest([url], now, lambda _: None)) == (0, 0, 1, 1)
    assert counts(ingester.ingest([site.web.url("/new")], now, lambda _: None)) == (1, 0, 0, 0)
