"""The parts of the bot, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.access import Access
from bot.telegram.administration import Administration
from bot.telegram.background import Background
from bot.telegram.commands import Commands
from bot.telegram.courier import Courier
from bot.telegram.desk import Desk
from bot.telegram.drafts import Drafts
from bot.telegram.examples import Examples
from bot.telegram.front import Front
from bot.telegram.inline import Inline
from bot.telegram.intake import Intake
from bot.telegram.lanes import Lanes
from bot.telegram.message_ids import MessageIds
from bot.telegram.metrics import Metrics
from bot.telegram.outbox import Outbox
from bot.telegram.pacing import Pace
from bot.telegram.passages import Passages
from bot.telegram.presence import Presence
from bot.telegram.questions import Questions
from bot.telegram.ratings import Ratings
from bot.telegram.search import Search
from bot.telegram.speech import Speech

if TYPE_CHECKING:
    from telegram import Bot

    from bot.telegram.incoming import Incoming
    from bot.telegram.state import State
    from bot.telegram.workroom import Workroom
    from index.config import Config
    from index.ports import Catalogue


@dataclass(frozen=True, slots=True)
class Parts:
    """What has to be started and stopped."""

    intake: Intake
    lanes: Lanes[Incoming]
    background: Background
    examples: Examples
    metrics: Metrics


def put_together(config: Config, bot: Bot, workroom: Workroom, catalogue: Catalogue, state: State) -> Parts:
    """The parts of a bot over what is open already; to be called where the event loop runs."""
    settings, writes = config.telegram, config.llm.writes
    metrics, background, ids, pace = Metrics(), Background(), MessageIds(), Pace()
    courier, access, speech = Courier(bot, metrics), Access(settings, state), Speech(state)
    examples, presence = Examples(workroom), Presence(courier, background, metrics)
    front = Front(
        access,
        speech,
        Questions(workroom, state, metrics, Drafts(courier), _writing_seconds(config)),
        Commands(catalogue, workroom, state, access, examples, writes),
        Passages(catalogue, state),
        Administration(catalogue, courier, workroom, examples, state),
        metrics,
    )
    outbox = Outbox(courier, Search(courier, pace, ids), pace, ids, state)
    desk = Desk(front, outbox, presence, state, metrics)
    lanes = Lanes(desk.work)
    intake = Intake(
        bot,
        courier,
        desk,
        lanes,
        Inline(workroom, courier, access, speech),
        Ratings(courier, access, state, speech, metrics),
        presence,
        background,
        ids,
        state,
        metrics,
        settings.queue,
        access.admits,
    )
    return Parts(intake, lanes, background, examples, metrics)


def _writing_seconds(config: Config) -> float:
    """What a written answer may take: finding as long as ever, then writing; 0 where no model writes."""
    return float(config.telegram.answer_seconds + config.llm.timeout) if config.llm.writes else 0.0
