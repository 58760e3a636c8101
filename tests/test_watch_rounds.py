"""A round over several sources: side by side, none stopped by another, cut off without loss."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from index.load import fetch_once
from index.types import Skipped
from index.watch import Hosts, hosts, rounds
from tests.watched import TEXTS, Site, counts, feed, page, reasons
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


def test_a_locked_index_waits_for_the_next_time(site: Site) -> None:
    """While another process writes nothing is asked; then nothing is missed."""
    site.locked = True
    done = site.look("/feed")
    assert (done.locked, site.web.asked) == ("being written by process 7", [])
    site.locked = False
    assert counts(site.look("/feed").report) == (3, 0, 0, 0)


def test_what_was_read_while_the_index_got_locked_is_read_again(site: Site) -> None:
    """Visits are remembered with the articles or not at all."""
    watcher = site.watcher("/feed")
    note, watcher.noting = watcher.noting, lambda _: setattr(site, "locked", True)
    assert watcher.round().locked
    site.locked, watcher.noting = False, note
    assert counts(watcher.round().report) == (3, 0, 0, 0)


def test_one_bad_source_stops_no_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed that fails in a way that nobody thought of is listed like one that is no feed or not there."""
    site.web.replies["/odd"] = Reply([b"<svg/>"], "application/xml")
    site.web.replies["/bad"] = Reply([b"<rss/>"], "application/xml")
    fine = site.watcher("/nowhere", "/odd", "/bad", "/feed")
    real = site.web.url("/bad")
    monkeypatch.setattr("index.watch.gathering.read_listing", _failing_for(real))
    report = fine.round().report
    assert list(reasons(report)) == ["nowhere", "odd", "bad"]
    assert reasons(report)["bad"] == "not readable: ZeroDivisionError"
    assert report.added == 3


def _failing_for(url: str) -> object:
    from index.load import read_listing

    return lambda page, limit: 1 // 0 if page.url == url else read_listing(page, limit)


def test_hosts_are_read_side_by_side(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hosts' feeds wait for each other, and both are read; one host is asked for one thing at a time."""
    meeting, asking, fetch, ask = threading.Barrier(2, timeout=5), Counter[str](), Hosts.fetch, fetch_once

    def met(self: Hosts, address: str, *given: Any, **more: Any) -> Any:
        if address.endswith("/feed"):
            meeting.wait()
        return fetch(self, address, *given, **more)

    def counted(place: str, *given: Any) -> Any:
        asking[urlsplit(place).netloc] += 1
        assert asking[urlsplit(place).netloc] == 1
        found = ask(place, *given)
        asking[urlsplit(place).netloc] -= 1
        return found

    monkeypatch.setattr(Hosts, "fetch", met)
    monkeypatch.setattr(hosts, "fetch_once", counted)
    with web_server() as other:
        other.replies |= {"/feed": feed("/mayor", site.web.url("/ship")), "/mayor": page("The mayor resigned.")}
        report = site.watcher("/feed", other.url("/feed")).round().report
    assert counts(report)[0] == 4
    assert {each.reason for each in report.skipped} == set()


def test_feeds_of_one_host_are_read_one_after_another(site: Site) -> None:
    """What the first of them brought is stored before the second is read, which names it as well."""
    site.web.replies["/other"] = feed("/ship", "/buses")
    assert counts(site.look("/feed", "/other").report) == (3, 0, 2, 0)
    assert sorted(site.asked()) == sorted(["/feed", "/other", *TEXTS])


def test_a_round_that_is_locked_out_reads_no_further(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot store one feed gives the others up, in the middle of them."""
    given_up, fetch = threading.Event(), Hosts.fetch

    def held(self: Hosts, address: str, *given: Any, **more: Any) -> Any:
        assert not address.endswith("/held") or given_up.wait(10)
        return fetch(self, address, *given, **more)

    monkeypatch.setattr(Hosts, "fetch", held)
    monkeypatch.setattr(rounds, "Event", lambda: given_up)
    with web_server() as other:
        other.replies |= {"/feed": feed("/held", "/next")}
        watcher = site.watcher("/feed", other.url("/feed"))
        watcher.noting = lambda _: setattr(site, "locked", True)
        assert watcher.round().locked
        assert [path for path, _ in other.asked] == ["/robots.txt", "/feed", "/held"]


def test_folders_are_read_when_something_in_them_changed(site: Site, tmp_path: Path) -> None:
    """Files come, change and go; a quiet round opens neither files nor index; a missing folder is listed."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(TEXTS["/ship"], "utf-8")
    (news / "b.txt").write_text(TEXTS["/bridge"], "utf-8")
    watcher = site.watcher(folders=[news, tmp_path / "gone"])
    first = watcher.round().report
    assert (first.added, first.skipped) == (2, (Skipped(str(tmp_path / "gone"), "no such file or folder"),))
    watcher.round()
    assert site.opened == 1
    (news / "a.txt").unlink()
    assert watcher.round().report.removed == 1
    assert site.texts() == {TEXTS["/bridge"]}


def test_what_is_too_old_leaves_on_quiet_days(site: Site) -> None:
    """Retention is applied once a day, also where nothing new comes in."""
    watcher = site.watcher("/feed", keep_days=30)
    watcher.round()
    opened = site.opened
    watcher.round()
    assert site.opened == opened
    site.later(days=1)
    watcher.round()
    assert site.opened == opened + 1


def test_a_stopped_round_stores_nothing_of_what_it_was_reading(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to stop in the middle of a feed, the round ends without a half of it."""
    watcher = site.watcher("/feed")
    wait = watcher.hosts.stopped.wait

    def stop_after_some(seconds: float | None = None) -> bool:
        if len(site.web.asked) > 3:
            watcher.hosts.stopped.set()
        return wait(seconds)

    monkeypatch.setattr(watcher.hosts.stopped, "wait", stop_after_some)
    assert counts(watcher.round().report) == (0, 0, 0, 0)
    assert site.texts() == set()
    assert site.visits.visit(site.web.url("/feed")) is None
