"""Asking other people's servers politely: one request at a time, with pauses, by their rules, and not when they fail.

The rules are robots.txt (RFC 9309), with Crawl-delay. A host that says it is asked too often, or fails three times in
a row, is left alone: as long as it says, and twice as long each time. That is remembered over restarts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import HostBusy, PageWithheld, SourceError
from index.load import Marks, Moved, fetch, fetch_once, resolve, shown
from index.types import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from protego import Protego

    from index.load import Fetched, PageLimits, Same
    from index.load.addresses import Resolver
    from index.ports import Visits

AGENT = "citewire"
_LONGEST_PAUSE = 60.0
"""A Crawl-delay beyond it is cut: a round with a few articles must end."""
_RULES_HOLD = 24 * 3600.0
"""RFC 9309, 2.4: robots.txt should not be used for longer."""
_LONGEST_RULES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read."""
_PATIENCE = 3
"""Failures in a row that are held against the page and not its host."""
_FIRST_REST = timedelta(minutes=1)
_LONGEST_REST = timedelta(days=1)
_LONGEST_WISH = timedelta(days=7)


class Resting(HostBusy):
    """The host is left alone for now: nothing was asked, so that this is no failure of what was to be read."""


@dataclass(slots=True)
class _Host:
    visit: Visit | None
    rules: Protego | None = None
    rules_until: float = 0.0
    free_at: float = 0.0
    asking: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class Hosts:
    """All hosts that were asked, with what they want. Safe from any thread: each host gets one request at a time.

    ``noted`` are visits to be remembered, until ``written`` is told that they are. ``now`` has a zone; ``stopped`` ends
    waiting.
    """

    limits: PageLimits
    visits: Visits
    stopped: Event = field(default_factory=Event)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    resolver: Resolver = resolve
    noted: dict[str, Visit] = field(default_factory=dict)
    _known: dict[str, _Host] = field(default_factory=dict)
    _noting: Lock = field(default_factory=Lock)

    def fetch(
        self, address: str, kinds: Collection[str], marks: Marks | None = None, *, by_hand: bool = False
    ) -> Fetched | Same:
        """The document at an address, over all redirects, or that it still bears its marks.

        ``by_hand``: a person named this very address, so neither robots.txt nor an earlier failure stands against it.
        Raises SourceError: HostBusy where it may be had later, PageWithheld where it is not for programs.
        """
        place = address
        for _ in range(self.limits.redirects + 1):
            found = self._ask(address, place, kinds, marks or Marks(), by_hand=by_hand)
            if not isinstance(found, Moved):
                return found
            place = found.to
        raise SourceError(shown(address), f"more than {self.limits.redirects} redirects")

    def _ask(
        self, address: str, place: str, kinds: Collection[str], marks: Marks, *, by_hand: bool
    ) -> Fetched | Moved | Same:
        origin = _origin(place)
        host = self._host(origin) if origin else _Host(None)
        with host.asking:
            try:
                if origin and not by_hand:
                    self._refuse_busy(host)
                    self._refuse_forbidden(host, origin, place)
                self._wait(host)
                found = fetch_once(place, kinds, self.limits, self.resolver, marks)
            except SourceError as error:
                if isinstance(error, HostBusy) and not isinstance(error, Resting):
                    self._failed(host, origin, error)
                elif not isinstance(error, HostBusy):
                    self._answered(host, origin)
                error.source = shown(address)
                raise
            self._answered(host, origin)
            return found

    def written(self, visits: Iterable[Visit]) -> None:
        """These need not be noted any longer; what another thread noted since stays."""
        with self._noting:
            for each in visits:
                if self.noted.get(each.address) is each:
                    del self.noted[each.address]

    def _host(self, origin: str) -> _Host:
        if origin not in self._known:
            self._known.setdefault(origin, _Host(self.visits.visit(_rules_of(origin))))
        return self._known[origin]

    def _refuse_busy(self, host: _Host) -> None:
        visit = host.visit
        if visit and visit.next and self.now() < visit.next:
            raise Resting("", f"its host is left alone until {visit.next:%Y-%m-%d %H:%M} UTC: {visit.reason}")

    def _refuse_forbidden(self, host: _Host, origin: str, place: str) -> None:
        if host.rules is None or time.monotonic() > host.rules_until:
            self._wait(host)
            host.rules = self._rules(origin)
            host.rules_until = time.monotonic() + _RULES_HOLD
        if not host.rules.can_fetch(place, AGENT):
            raise PageWithheld("", "the site's robots.txt does not allow programs to read it")

    def _rules(self, origin: str) -> Protego:
        """What the host allows: everything where it says nothing. Raises HostBusy where it fails to say."""
        from protego import Protego

        try:
            limits = replace(self.limits, max_bytes=_LONGEST_RULES)
            text = fetch(_rules_of(origin), None, limits, self.resolver).data
        except HostBusy as error:
            reason = f"the site's robots.txt cannot be read: {error.reason}"
            raise HostBusy(error.source, reason, error.seconds, asked=error.asked) from None
        except SourceError:
            text = b""
        return Protego.parse(text.decode("utf-8-sig", "replace"))

    def _wait(self, host: _Host) -> None:
        """Until the host may be asked again. Raises SourceError when stopped meanwhile."""
        stated = (host.rules.crawl_delay(AGENT) or 0.0) if host.rules else 0.0
        if self.stopped.wait(max(host.free_at - time.monotonic(), 0.0)):
            raise Resting("", "stopped")
        host.free_at = time.monotonic() + min(max(self.limits.pause, stated), _LONGEST_PAUSE)

    def _failed(self, host: _Host, origin: str, error: HostBusy) -> None:
        now, failures = self.now(), 1 + (host.visit.failures if host.visit else 0)
        rest = timedelta()
        if error.asked or failures >= _PATIENCE:
            rest = min(_FIRST_REST * 2 ** min(failures - 1, 20), _LONGEST_REST)
        if error.seconds is not None:
            rest = max(rest, min(timedelta(seconds=min(error.seconds, 1e9)), _LONGEST_WISH))
        self._note(host, Visit(_rules_of(origin), now, next=now + rest, failures=failures, reason=error.reason))

    def _answered(self, host: _Host, origin: str) -> None:
        if host.visit and host.visit.failures:
            self._note(host, Visit(_rules_of(origin), self.now()))

    def _note(self, host: _Host, visit: Visit) -> None:
        with self._noting:
            host.visit = self.noted[visit.address] = visit


def _rules_of(origin: str) -> str:
    """Where a host's robots.txt is, under which the host is remembered as well."""
    return f"{origin}/robots.txt"


def _origin(address: str) -> str:
    """Scheme, host and port; empty for what is not to be asked at all."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
