"""Politeness towards hosts: robots.txt, pauses, back-off that outlives a restart, redirects, limits."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from index.errors import HostBusy, PageWithheld, SourceError
from index.load import PAGE_KINDS, Fetched
from tests.watched import LIMITS, Site, page
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.watch import Hosts


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A server with one page, and a place to remember visits."""
    with web_server() as web:
        web.replies["/a"] = page("The bridge over the Sula opened on Saturday.")
        yield Site(web, tmp_path)


def _hosts(site: Site) -> Hosts:
    """As after a restart: what was noted is written down, and nothing else is known."""
    return site.watcher("/feed").hosts


def _rules(site: Site, *lines: str) -> None:
    site.web.replies["/robots.txt"] = Reply(["\n".join(lines).encode()], kind="text/plain")


def _reason(site: Site, hosts: Hosts, path: str = "/a") -> str:
    with pytest.raises(SourceError) as caught:
        hosts.fetch(site.web.url(path), PAGE_KINDS)
    assert caught.value.source == site.web.url(path)
    return caught.value.reason


def test_robots_are_asked_once_and_obeyed(site: Site) -> None:
    """Rules for us come before rules for all; they are read once, under our name."""
    _rules(site, "User-agent: *", "Disallow: /", "", "User-agent: citewire", "Disallow: /b")
    hosts = _hosts(site)
    assert isinstance(hosts.fetch(site.web.url("/a"), PAGE_KINDS), Fetched)
    assert _reason(site, hosts, "/b/c") == "the site's robots.txt does not allow programs to read it"
    assert [path for path, _ in site.web.asked] == ["/robots.txt", "/a"]
    assert all(headers["user-agent"].startswith("citewire/") for _, headers in site.web.asked)


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("/*/print/", "/a/print/1", False),
        ("/*.pdf$", "/a.pdf", False),
        ("/*.pdf$", "/a.pdf.html", True),
        ("/a*\nAllow: /a/b", "/a/b", True),
        ("/*a*a*a*a*a*a*a*a*a*a*a*b", "/" + "a" * 2000, True),
    ],
)
def test_wildcards_are_understood(site: Site, rule: str, path: str, *, allowed: bool) -> None:
    """RFC 9309, 2.2.2 and 2.2.3: `*` is anything, `$` the end, the longest rule wins; none takes long to try."""
    site.web.replies[path] = page("The bridge over the Sula opened on Saturday.")
    _rules(site, "User-agent: *", f"Disallow: {rule}")
    if allowed:
        assert isinstance(_hosts(site).fetch(site.web.url(path), PAGE_KINDS), Fetched)
    else:
        assert "robots.txt" in _reason(site, _hosts(site), path)


def test_robots_are_no_matter_by_hand(site: Site) -> None:
    """Who names an address reads it as with a browser."""
    _rules(site, "User-agent: *", "Disallow: /")
    assert isinstance(_hosts(site).fetch(site.web.url("/a"), PAGE_KINDS, by_hand=True), Fetched)
    with pytest.raises(PageWithheld):
        _hosts(site).fetch(site.web.url("/a"), PAGE_KINDS)


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(status=403), Reply([b"\xff\xfe\x00<html>"])])
def test_a_host_without_rules_allows_all(site: Site, reply: Reply) -> None:
    """No robots.txt, one that is refused, and one that is none bar nothing (RFC 9309, 2.3.1.3)."""
    site.web.replies["/robots.txt"] = reply
    assert isinstance(_hosts(site).fetch(site.web.url("/a"), PAGE_KINDS), Fetched)


def test_a_host_that_fails_to_give_its_rules_is_not_read(site: Site) -> None:
    """RFC 9309, 2.3.1.4: then nothing may be read."""
    site.web.replies["/robots.txt"] = Reply(status=503)
    assert _reason(site, _hosts(site)).startswith("the site's robots.txt cannot be read: ")
    assert [path for path, _ in site.web.asked] == ["/robots.txt"]


def test_redirects_obey_the_rules_of_where_they_lead(site: Site) -> None:
    """Each step is asked for under the rules of its own host."""
    with web_server() as other:
        other.replies["/robots.txt"] = Reply([b"User-agent: *\nDisallow: /b"], kind="text/plain")
        site.web.replies["/go"] = Reply(status=302, headers={"Location": other.url("/b")})
        site.web.replies["/round"] = Reply(status=302, headers={"Location": "/round"})
        assert "robots.txt" in _reason(site, _hosts(site), "/go")
        assert [path for path, _ in other.asked] == ["/robots.txt"]
        assert _reason(site, _hosts(site), "/round") == "more than 5 redirects"


def test_requests_to_a_host_are_apart(site: Site) -> None:
    """By the pause, or by the Crawl-delay where that is longer; another host need not wait."""
    site.limits = replace(LIMITS, pause=0.05)
    _rules(site, "User-agent: *", "Crawl-delay: 1")
    hosts = _hosts(site)
    hosts.fetch(site.web.url("/a"), PAGE_KINDS)
    with web_server() as other:
        other.replies["/a"] = page("Words of another site.")
        started = time.monotonic()
        hosts.fetch(other.url("/a"), PAGE_KINDS)
        assert time.monotonic() - started < 0.9
    hosts.fetch(site.web.url("/a"), PAGE_KINDS)
    assert time.monotonic() - started > 0.9


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_is_asked_too_much_is_left_alone(site: Site, status: int) -> None:
    """As long as it says; after a restart as well; then it is asked again."""
    site.web.replies["/busy"] = Reply(status=status, headers={"Retry-After": "7200"})
    hosts = _hosts(site)
    _reason(site, hosts, "/busy")
    site.visits.note(list(hosts.noted.values()))
    site.web.asked.clear()
    site.later(minutes=119)
    assert _reason(site, _hosts(site)).startswith("its host is left alone until 2026-03-02 14:00 UTC: ")
    assert site.web.asked == []
    site.later(minutes=2)
    assert isinstance(_hosts(site).fetch(site.web.url("/a"), PAGE_KINDS), Fetched)


def test_retry_after_may_be_a_moment(site: Site) -> None:
    """RFC 9110 allows a date; what is neither counts as nothing."""
    for said, hours in {format_datetime(datetime.now(UTC) + timedelta(hours=3)): 3.0, "soon": 0.0}.items():
        site.web.replies["/busy"] = Reply(status=503, headers={"Retry-After": said})
        hosts = _hosts(site)
        _reason(site, hosts, "/busy")
        (visit,) = hosts.noted.values()
        assert visit.next is not None
        assert (visit.next - site.now) / timedelta(hours=1) == pytest.approx(hours, abs=0.02)


def test_a_host_rests_longer_each_time(site: Site) -> None:
    """One minute, two, four; at most a day, and a wish of years counts as a week. A good answer ends it."""
    site.web.replies["/busy"] = Reply(status=429)
    hosts, rests = _hosts(site), []
    for _ in range(14):
        _reason(site, hosts, "/busy")
        (visit,) = hosts.noted.values()
        assert visit.next is not None
        rests.append((visit.next - site.now) / timedelta(minutes=1))
        site.now = visit.next
    assert rests[:4] == [1, 2, 4, 8]
    assert rests[-1] == 24 * 60
    hosts.fetch(site.web.url("/a"), PAGE_KINDS)
    (visit,) = hosts.noted.values()
    assert (visit.failures, visit.next) == (0, None)
    site.web.replies["/busy"] = Reply(status=429, headers={"Retry-After": "999999999"})
    _reason(site, hosts, "/busy")
    assert hosts.noted.popitem()[1].next == site.now + timedelta(days=7)


def test_errors_count_against_the_host_from_the_third_on(site: Site) -> None:
    """One page that fails is that page's fault, three in a row are the host's."""
    site.web.replies["/broken"] = Reply(status=500)
    hosts = _hosts(site)
    for _ in range(3):
        assert _reason(site, hosts, "/broken") == "the site answers with error 500"
    assert "left alone" in _reason(site, hosts)
    with pytest.raises(HostBusy):
        hosts.fetch(site.web.url("/a"), PAGE_KINDS)
    assert isinstance(hosts.fetch(site.web.url("/a"), PAGE_KINDS, by_hand=True), Fetched)


def test_stopping_ends_waiting(site: Site) -> None:
    """Who is told to stop while waiting for a pause to end asks for nothing more."""
    _rules(site, "User-agent: *", "Crawl-delay: 60")
    hosts = _hosts(site)
    hosts.fetch(site.web.url("/a"), PAGE_KINDS)
    hosts.stopped.set()
    assert _reason(site, hosts) == "stopped"
