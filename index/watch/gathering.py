"""One address read: an article's page, or a feed or sitemap with the newest articles that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from index.errors import HostBusy, PageWithheld, SourceError
from index.identity import canonical_url
from index.load import (
    LISTING_KINDS,
    PAGE_KINDS,
    Fetched,
    Marks,
    article_of,
    is_listing,
    plain_address,
    read_listing,
    shown,
)
from index.types import Skipped, Unchanged, Visit
from index.watch.hosts import Hosts, Resting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from index.load import Entry, PageLimits
    from index.ports import Catalogue, Visits
    from index.types import RawArticle

    Outcome = RawArticle | Skipped | Unchanged

_MOST_PARTS = 10
"""Sitemaps read of an index of sitemaps, the last changed ones."""
_SOON = timedelta(minutes=5)
_LATER = timedelta(hours=1)
_LASTING = timedelta(hours=6)
_LATEST = timedelta(days=7)


@dataclass(slots=True)
class Gathering:
    """Reads addresses; ``noted`` are the visits to remember once the articles are stored.

    ``newest`` bounds the articles of one feed. ``stored`` gives the sources that articles in the index have;
    what was read earlier and is not among them was removed, and is not read again unless ``by_hand``: asked for by a
    person, who also goes before robots.txt with the address itself, not with what a feed leads to.
    """

    hosts: Hosts
    visits: Visits
    newest: int
    stored: Callable[[], Collection[str]]
    by_hand: bool = False
    noted: dict[str, Visit] = field(default_factory=dict)

    def read(self, address: str) -> Iterator[Outcome]:
        """The articles at an address, one after another; what cannot be read comes as Skipped. Raises nothing."""
        former = None if self.by_hand else self._visit(address)
        if former and former.next and self._now() < former.next:
            return
        marks = Marks(former.etag, former.modified) if former else Marks()
        try:
            found = self.hosts.fetch(address, (*PAGE_KINDS, *LISTING_KINDS), marks, by_hand=self.by_hand)
            if not isinstance(found, Fetched):
                self._note(address, marks)
                yield Unchanged(address)
            elif is_listing(found):
                yield from self._listed(address, found)
            else:
                yield article_of(found, address)
                self._note(address, found.marks)
        except (SourceError, ValueError) as error:
            yield self._failed(address, error, _SOON)

    def _listed(self, address: str, found: Fetched) -> Iterator[Outcome]:
        """The newest articles of a feed or sitemap. Its marks are kept only when nothing is left to be read later."""
        entries, whole = self._entries(found)
        for entry in entries:
            try:
                outcome = self._entry(entry)
                whole = whole and not (outcome is None and self._is_pending(entry))
                if outcome:
                    yield outcome
            except HostBusy as error:
                whole = False
                yield self._failed(plain_address(entry.url), error, _SOON)
            except (SourceError, ValueError) as error:
                yield self._failed(plain_address(entry.url), error, _LASTING)
        self._note(address, found.marks if whole else Marks())

    def _entries(self, found: Fetched) -> tuple[list[Entry], bool]:
        """The newest articles, and whether a change of any would show in what was found itself."""
        listing = read_listing(found, self.hosts.limits.max_bytes)
        entries = list(listing.entries)
        for part in listing.parts[:_MOST_PARTS]:
            page = self.hosts.fetch(part.url, LISTING_KINDS)
            entries += read_listing(page, self.hosts.limits.max_bytes).entries if isinstance(page, Fetched) else ()
            if len(entries) >= self.newest:
                break
        # Links that differ in what tracks readers lead to one article.
        newest: dict[str, Entry] = {}
        for entry in entries:
            if len(newest) == self.newest:
                break
            newest.setdefault(canonical_url(plain_address(entry.url)), entry)
        return list(newest.values()), all(each.moment for each in listing.parts)

    def _entry(self, entry: Entry) -> Outcome | None:
        """The article of an entry; None where it was removed, or failed a while ago and is left for now."""
        address = plain_address(entry.url)
        former = self._visit(address)
        kept = former is not None and former.failures == 0 and shown(address) in self.stored()
        if former and not self._is_due(former, entry, kept=kept):
            return Unchanged(address) if kept else None
        marks = Marks(former.etag, former.modified) if former and kept else Marks()
        try:
            found = self.hosts.fetch(address, PAGE_KINDS, marks)
            raw = entry.completed(article_of(found, address)) if isinstance(found, Fetched) else None
        except (PageWithheld, ValueError):
            found, raw = None, entry.article()
            if raw is None:
                raise
        self._note(address, found.marks if isinstance(found, Fetched) else marks, self._next(former))
        return raw or Unchanged(address)

    def _is_due(self, former: Visit, entry: Entry, *, kept: bool) -> bool:
        """Whether an article that was read, or tried, is to be asked for again."""
        now = self._now()
        changed = entry.moment is not None and former.at < entry.moment <= now
        if self.by_hand:
            return changed or not kept
        if former.failures == 0 and not kept:
            return False
        return (changed and kept) or former.next is None or now >= former.next

    def _is_pending(self, entry: Entry) -> bool:
        """Whether an article failed and will soon be tried again, for which its feed must be read, changed or not."""
        former = self._visit(plain_address(entry.url))
        return bool(former and former.failures and former.next and former.next - former.at < _LASTING)

    def _next(self, former: Visit | None) -> datetime:
        """An article is looked at again after an hour, then ever more seldom: news are corrected on their first day."""
        age = 2 * (self._now() - former.at) if former else _LATER
        return self._now() + min(max(age, _LATER), _LATEST)

    def _note(self, address: str, marks: Marks, again: datetime | None = None) -> None:
        self.noted[address] = Visit(address, self._now(), marks.etag, marks.modified, again)

    def _failed(self, address: str, error: SourceError | ValueError, rest: timedelta) -> Skipped:
        """Not to be asked for again for a while, twice as long each time."""
        former, reason = self._visit(address), error.reason if isinstance(error, SourceError) else str(error)
        failures = 1 + (former.failures if former else 0)
        again = self._now() + min(rest * 2 ** min(failures - 1, 20), _LATEST)
        if not (self.by_hand or isinstance(error, Resting)):
            self.noted[address] = Visit(address, self._now(), next=again, failures=failures, reason=reason)
        return Skipped(shown(address), reason)

    def _visit(self, address: str) -> Visit | None:
        return self.noted.get(address) or self.visits.visit(address)

    def _now(self) -> datetime:
        return self.hosts.now()

    def visits_made(self) -> list[Visit]:
        """What is to be remembered, of pages and of hosts."""
        return [*self.noted.values(), *self.hosts.noted.values()]


class Forgetful:
    """Visits where nothing is remembered."""

    def visit(self, address: str) -> Visit | None:  # noqa: ARG002 - the port's
        """None."""
        return None

    def note(self, visits: Sequence[Visit]) -> None:
        """Remember nothing."""


def gathering_by_hand(limits: PageLimits, visits: Visits, newest: int, catalogue: Catalogue) -> Gathering:
    """Reads the addresses that a person typed, once."""
    return Gathering(Hosts(limits, visits), visits, newest, cache(lambda: sources_of(catalogue)), by_hand=True)


def sources_of(catalogue: Catalogue) -> Collection[str]:
    """The sources of all articles that are stored."""
    return {source for _, source in catalogue.digests().values()}
