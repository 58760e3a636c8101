"""What administrators may do: add articles by link, document or forwarded post, remove them, see figures and errors."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.telegram import texts, texts_admin
from bot.telegram.failures import Failure
from bot.telegram.reasons import reason_text
from bot.telegram.rich import Block, Run, chunks
from bot.telegram.types import Reply
from index.errors import StoreLocked
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.telegram.courier import Courier
    from bot.telegram.examples import Examples
    from bot.telegram.incoming import Incoming, Upload
    from bot.telegram.state import State
    from bot.telegram.workroom import Workroom
    from index.compose import Archive
    from index.ports import Catalogue
    from index.types import Article, AskerLanguage, IndexStatus, IngestReport, Taken

_COMMANDS = ("add", "remove", "stats", "errors")
_MOST_BYTES = 20_000_000
"""Telegram lets bots fetch no larger file."""
_SECONDS = 300.0
"""A file may hold many articles."""
_NAMED = 10
"""Articles named in one report."""
_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Administration:
    """Serves administrators; used from one event loop."""

    catalogue: Catalogue
    courier: Courier
    workroom: Workroom
    examples: Examples
    state: State
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    @staticmethod
    def concerns(incoming: Incoming) -> bool:
        """Whether this is something that only administrators may do."""
        post = incoming.origin and incoming.origin.outlet  # not what a person wrote
        wanted = incoming.upload or post or incoming.command in _COMMANDS
        return incoming.kind == "message" and bool(wanted)

    async def reply(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        """Do it, and say what came of it.

        Raises:
            TimeoutError: It took too long.
            CitewireError: The index cannot be read or written.
        """
        try:
            return Reply(tuple(chunks(await self._done(incoming, speaks))))
        except StoreLocked:
            return Reply(tuple(chunks(texts.plain("tg_index_busy", speaks))))

    async def _done(self, incoming: Incoming, speaks: AskerLanguage) -> list[Block]:
        if incoming.command == "stats":
            counts, status = self.state.counts(datetime.now(UTC)), await self.workroom.run(_status)
            others = max(counts.waiting - 1, 0)  # this very command waits as well
            return texts_admin.stats(replace(counts, waiting=others), status, self.since, speaks)
        if incoming.command == "errors":
            return texts_admin.errors(self.state.faults.last(_ERRORS), speaks)
        if incoming.command == "remove":
            return await self._remove(incoming.text, speaks)
        return await self._add(incoming, speaks)

    async def _add(self, incoming: Incoming, speaks: AskerLanguage) -> list[Block]:
        post, upload = incoming.origin, incoming.upload
        if upload:
            return await self._add_document(upload, speaks)
        if incoming.command == "add":
            if not incoming.text:
                return texts.plain("tg_add_usage", speaks)
            return await self._report(partial(_add_page, address=incoming.text), speaks)
        assert post
        return await self._report(
            partial(_add_post, text=incoming.text, outlet=post.outlet, published=post.published, url=post.url), speaks
        )

    async def _add_document(self, upload: Upload, speaks: AskerLanguage) -> list[Block]:
        content = await self.courier.download(upload.file) if upload.size <= _MOST_BYTES else Failure("refused")
        if isinstance(content, Failure):
            reason = message("tg_not_downloaded", speaks, megabytes=_MOST_BYTES // 1_000_000)
            return texts.plain("tg_not_added", speaks, source=upload.name, reason=reason)
        return await self._report(partial(_add_document, name=upload.name, content=content), speaks)

    async def _report(self, add: Callable[[Archive], IngestReport], speaks: AskerLanguage) -> list[Block]:
        """Add, and tell of each article what became of it, under its id."""
        done = await self.workroom.run(add, _SECONDS)
        self.examples.renew()
        told = [each for taken in done.taken[:_NAMED] for each in self._taken(taken, speaks)]
        told += [
            block
            for each in done.skipped[:_NAMED]
            for block in texts.plain(
                "tg_not_added",
                speaks,
                source=each.source.removeprefix("upload:"),
                reason=reason_text(each.reason, speaks),
            )
        ]
        rest = max(len(done.taken) - _NAMED, 0) + max(len(done.skipped) - _NAMED, 0)
        return [*told, *texts.plain("tg_and_more", speaks, count=rest)] if rest else told

    def _taken(self, taken: Taken, speaks: AskerLanguage) -> list[Block]:
        title = self.catalogue.article(taken.article_id).title
        return [
            *texts.plain(f"tg_{taken.outcome}", speaks, title=title),
            Block((Run(taken.article_id, "code"),), tight=True),
        ]

    async def _remove(self, reference: str, speaks: AskerLanguage) -> list[Block]:
        if not reference:
            return texts.plain("tg_remove_usage", speaks)
        removed = await self.workroom.run(partial(_remove, reference=reference), _SECONDS)
        if removed is None:
            return texts.plain("tg_remove_none", speaks, source=reference)
        self.examples.renew()
        return texts.plain("tg_removed", speaks, title=removed.title)


def _status(archive: Archive) -> IndexStatus:
    return archive.engine.catalogue.status()


def _add_page(archive: Archive, *, address: str) -> IngestReport:
    return archive.add_page(address)


def _add_document(archive: Archive, *, name: str, content: bytes) -> IngestReport:
    return archive.add_document(name, content)


def _add_post(archive: Archive, *, text: str, outlet: str | None, published: datetime, url: str | None) -> IngestReport:
    return archive.add_post(text, outlet, published, url)


def _remove(archive: Archive, *, reference: str) -> Article | None:
    return archive.remove(reference)
