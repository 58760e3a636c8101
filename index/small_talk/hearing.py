"""Telling small talk, and requests for what is not the bot's job, from questions for the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from index.small_talk.phrases import beginning, signs
from index.small_talk.plain import plain
from index.types import AskerLanguage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal[
    "distress", "orders", "write", "translate", "count", "draw", "entertain", "weather", "rate", "time", "remind",
    "errand", "advice", "role", "opinion", "about_human", "about_model", "about_maker", "about_data", "about_privacy",
    "about_trust", "about_how", "languages", "about_me", "news", "how_are_you", "insult", "complaint", "sad", "bored",
    "praise", "laugh", "farewell", "thanks", "here", "sorry", "go_ahead", "hello", "ok", "wordless",
]  # fmt: skip
"""What is said, the most telling first: "hi, thanks, who are you?" asks who the bot is."""

_RANKS: dict[str, int] = {kind: rank for rank, kind in enumerate(get_args(Kind))}
_FILLER = "filler"
"""Words of politeness and address, which say nothing alone."""
_LANGUAGES: tuple[AskerLanguage, ...] = get_args(AskerLanguage)
_READ = 1000
"""Characters looked at: a text to translate may be of any length."""
_PREFIX = "talk_"


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said to the bot, and in which language."""

    kind: Kind
    language: AskerLanguage


def small_talk(text: str, speaks: AskerLanguage = "en") -> Talk | None:
    """What a message says where it asks nothing of the archive; None for a question, and for an empty message.

    All of it has to be made up of known phrases: a question after a greeting is a question. ``speaks`` is the language
    to answer in where several have the phrase, or none, as for an emoji.
    """
    said = plain(text[:_READ])
    if not said:
        return Talk(_sign(text), speaks) if text.strip() else None
    order = [speaks, *(each for each in _LANGUAGES if each != speaks)]
    if all(_next(said, 0, [each]) is None for each in order):
        return None
    return next(filter(None, (_heard(said, each) for each in (*([one] for one in order), order))), None)


def message_key(talk: Talk) -> str:
    """The key of the message that answers it."""
    return "refused_empty_question" if talk.kind == "wordless" else f"{_PREFIX}{talk.kind}"


def is_talk(refusal: str | None) -> bool:
    """Whether the reason why a question has no answer is that it was small talk."""
    return refusal is not None and refusal.startswith(_PREFIX)


def _heard(said: str, languages: Sequence[AskerLanguage]) -> Talk | None:
    """The most telling of the phrases that a message is made up of; None where anything else is in it."""
    heard: list[tuple[str, AskerLanguage]] = []
    at = 0
    while at < len(said):
        found = _next(said, at, languages)
        if found is None:
            return None
        at, kind, language = found
        heard.append((kind, language))
    telling = [(cast("Kind", kind), language) for kind, language in heard if kind != _FILLER]
    if not telling:
        return None
    kind, language = min(telling, key=lambda each: _rank(each[0]))
    return Talk(kind, language)


def _next(said: str, at: int, languages: Iterable[AskerLanguage]) -> tuple[int, str, AskerLanguage] | None:
    """Where the longest phrase ends that begins at a place, its kind and its language; None where none begins."""
    word = said[at : said.index(" ", at)]
    found = [(each.end(said, at), each) for language in languages for each in beginning(word, language)]
    sure = [(end, each) for end, each in found if end > at and not each.doubtful(said)]
    if not sure:
        return None
    end, best = max(sure, key=lambda each: (each[0], -_rank(each[1].kind)))
    return end, best.kind, best.language


def _rank(kind: str) -> int:
    """The place of a kind among those that tell the most; words that say nothing come last."""
    return _RANKS.get(kind, len(_RANKS))


def _sign(text: str) -> Kind:
    """What a message without words says by its first telling emoji."""
    kinds = (kind for character in text for kind, listed in signs().items() if character in listed)
    return cast("Kind", next(kinds, "wordless"))
