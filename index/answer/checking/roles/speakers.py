"""Whether a written sentence gives one's words to another: who says what, in the sentence and in its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.names.seats import with_states
from index.answer.checking.roles.mentions import mentions
from index.answer.checking.roles.spoken_of import masked
from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.roles.mentions import Mention
    from index.ports import Embedder
    from index.types import Language

_LEAST, _MARGIN = 0.5, 0.05
"""Cosine of two sentences with names masked from which on they tell of the same, and how much nearer others come."""
_TITLE = 8  # words of the offices before a speaker's name
_BESIDE = 2  # letters between a paper's name and its verb: a space and quotation marks
_ENDS = re.compile(
    r"\s*(?:[,.;)—-]|$)|\s(?:on|in|at|during|after|before|by|to|for|last|this|late|early|yesterday|today|\w+day)\b"
)
"""What may follow a speaker's name behind an English verb."""
_QUOTED = re.compile(
    r"«[^»]{20,}»|“[^”]{20,}”|\"[^\"]{20,}\"|^[^«\"“]*»|^[^“\"«]*”|^[^\"«“]{20,}\"(?=,? )|«[^»]{20,}$|“[^”]{20,}$"
)
_OBLIQUE = re.compile(r"(?:[аяуюиіе]|[оеє]м|[ое]го|[ое]му|ої|ой|ою|[иы]м)$")
_UNSPEAKING = re.compile(
    r"(?<!\w)(?:Lt|Col|Gen|Sgt|Maj|Capt|Cpl|Adm|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Prof|Rev)\.|"
    r"(?:(?:via|on|in|у|в|на) )?(?<!\w)(?:Twitter|Facebook|Telegram|Instagram|YouTube|X)(?!\w)(?=[ ,.]|$)|"
    r"(?i:інтерв'ю|интервью|interview (?:with|to)|коментарі|комментарии|ефірі|эфире) «?[A-Z][\w.]*»?"
)
"""Titles with a point, and the channels by which somebody speaks: "in an interview with DW"."""
_ARTICLES = frozenset({"the"})
_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the source without its names, and who may say it; ``sure`` where the sentence names the speaker."""

    text: str
    speakers: frozenset[str]
    sure: bool


def other_speaker(sentence: str, language: Language, told: Sequence[Statement], embedder: Embedder) -> bool:
    """Whether a sentence gives one speaker what in the source another says, and that one nothing as near to it."""
    speakers = with_states(speakers_of(straight(sentence), language))
    source = _source(tuple(told))
    others = [each for each in source if each.sure and not each.speakers & speakers]
    if not speakers & _named(tuple(told)) or not others or speakers & _media(tuple(told)):
        return False
    own = [each for each in source if each.speakers & speakers]
    texts = [masked(straight(sentence), language).text, *(each.text for each in (*others, *own))]
    vectors = embedder.embed_passages(texts)
    cosines = [float(each) for each in vectors[1:] @ vectors[0]]
    rival, same = max(cosines[: len(others)]), max(cosines[len(others) :], default=0.0)
    return rival >= _LEAST and rival - same >= _MARGIN


@lru_cache(maxsize=_CACHED)
def _source(told: tuple[Statement, ...]) -> tuple[_Said, ...]:
    """The sentences of the source with their speakers: of a quotation that goes on and of "he said", those around."""
    found: list[_Said] = []
    before: frozenset[str] = frozenset()
    for at, each in enumerate(told):
        text = straight(each.text)
        named = with_states(speakers_of(text, each.language))
        around = (
            with_states(speakers_of(straight(told[at + 1].text), each.language)) if at + 1 < len(told) else frozenset()
        )
        part = masked(text, each.language)
        found.append(_Said(part.text, named or before | around | part.subjects, bool(named)))
        before = named or before or part.subjects
    return tuple(found)


@lru_cache(maxsize=_CACHED)
def _named(told: tuple[Statement, ...]) -> frozenset[str]:
    """All names of the source: one that it does not have is another reason's matter."""
    return frozenset().union(*(masked(straight(each.text), each.language).names for each in told))


@lru_cache(maxsize=_CACHED)
def _media(told: tuple[Statement, ...]) -> frozenset[str]:
    """The papers and agencies by which the source knows what it tells: they may be said to say all of it."""
    found = (
        mention.key
        for each in told
        for verb in _list("media").finditer(straight(each.text))
        for mention in mentions(straight(each.text), each.language)
        if mention.named and (0 <= mention.start - verb.end() <= _BESIDE or 0 <= verb.start() - mention.end <= _BESIDE)
    )
    return with_states(found)


@lru_cache(maxsize=_CACHED)
def speakers_of(text: str, language: Language) -> frozenset[str]:
    """The names of those who say what a sentence reports; none where it does not tell or has a pronoun."""
    text = _UNSPEAKING.sub(lambda found: " " * len(found.group()), text)
    plain = _QUOTED.sub(lambda found: "_" * len(found.group()), text)
    named = [each for each in mentions(text, language) if _may_speak(each, plain)]
    phrase = _list("phrases").search(plain)
    if phrase:
        return frozenset(each.key for each in named if _is_told_by(each, plain, phrase))
    verbs = _list("verbs").finditer(plain)
    return frozenset(each.key for verb in verbs for each in _subjects(text, plain, verb, language) if each.named)


def _may_speak(name: Mention, text: str) -> bool:
    """Whether a mention is a name outside quotation marks, and no adjective of a name as Slavic languages write it."""
    return name.named and text[name.start].isupper()


def _is_told_by(name: Mention, text: str, phrase: re.Match[str]) -> bool:
    """Whether a name stands behind "according to", before a comma; in "the head of NATO", NATO does not speak."""
    between = text[phrase.end() : name.start]
    if name.start < phrase.end() or "," in between or len(between.split()) > _TITLE:
        return False
    return name.key.startswith("xn") or all(word in _ARTICLES for word in between.lower().split())


def _subjects(text: str, plain: str, verb: re.Match[str], language: Language) -> Sequence[Mention]:
    """Who says it: a name in the verb's clause, before or behind it, else before that clause, if no noun says it.

    ``plain`` is the text with its quotations blanked.
    """
    start = max(plain.rfind(mark, 0, verb.start()) for mark in ",;:_—–") + 1
    if _list("pronouns").search(plain[start : verb.start()]):
        return []
    free = list(_free(mentions(text, language), plain))
    before = [each for each in free if start <= each.start < verb.start()]
    near = _named_subject(before, plain) or _behind(text, plain, verb, language) or _named_last(before, plain)
    if near or before or _noun_behind(free, plain, verb, language):
        return near
    return _first_row([each for each in free if each.named and each.end <= start], plain)


def _named_subject(before: Sequence[Mention], text: str) -> Sequence[Mention]:
    """The last names before a verb that their case makes its subject."""
    return _last_row([each for each in before if each.named and each.subject], text)


def _named_last(before: Sequence[Mention], text: str) -> Sequence[Mention]:
    """The names that stand last before a verb; none where a noun does."""
    return _last_row(before, text) if before and before[-1].named else []


def _free(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The names outside quotations and the nouns that may be subjects; a Latin name behind a noun is that noun's."""
    last: Mention | None = None
    for each in found:
        of_noun = last is not None and last.end + 1 == each.start and not last.named and last.subject is False
        complement = of_noun and text[each.start].isascii()
        proper = each.start > 0 and text[each.start].isupper()
        if each.subject is not False and not complement and (_may_speak(each, text) if each.named else not proper):
            yield each
        last = each


def _noun_behind(free: Sequence[Mention], text: str, verb: re.Match[str], language: Language) -> bool:
    """Whether a common noun behind the verb may be who says it: "said a spokesman", not "said prices had risen"."""
    behind = [each for each in free if each.start >= verb.end() and not each.named][:1]
    if language == "en":
        return any(_ENDS.match(text[each.end :]) for each in behind)
    return any(len(text[verb.end() : each.start].split()) <= 1 for each in behind)


def _behind(text: str, plain: str, verb: re.Match[str], language: Language) -> Sequence[Mention]:
    """The names right behind a verb of saying, with their offices: not of "told NBC", nor of "said Biden is ill"."""
    addressed = _list("addressing").fullmatch(verb.group()) is not None
    fitting = [each for each in mentions(text, language) if _may_speak(each, plain) and _is_close(each, plain, verb)]
    possible = (True,) if addressed else (True, None)
    row = _first_row([each for each in fitting if each.subject in possible], plain)
    if language == "en":
        return [] if addressed else _ending(row, plain)
    return row if row or addressed else _uncased(_first_row(fitting, plain), plain, verb)


def _ending(row: Sequence[Mention], text: str) -> Sequence[Mention]:
    """Names behind an English verb, if no more of the clause follows them: in "said Biden is ill" they do not speak."""
    return row if row and _ENDS.match(text[row[-1].end :]) else []


def _uncased(row: Sequence[Mention], text: str, verb: re.Match[str]) -> Sequence[Mention]:
    """Names behind a verb that may say it though dictionaries take them for an oblique case, as many a surname."""
    if not row or row[0].led:
        return []
    beside = text[verb.end() : row[0].start] == " "
    whole = len(row) > 1 and not _OBLIQUE.search(text[: row[-1].end])
    return row if beside or whole else []


def _is_close(name: Mention, text: str, verb: re.Match[str]) -> bool:
    """Whether a name stands behind a verb with no more than an office between them."""
    between = text[verb.end() : name.start]
    return name.start >= verb.end() and len(between.split()) <= _TITLE and not set(between) & set(",;:._")


def _first_row(found: Sequence[Mention], text: str) -> Sequence[Mention]:
    """The first of several names, with the ones that follow it directly."""
    row = list(found[:1])
    for each in found[1:]:
        if len(text[row[-1].end : each.start]) > len(" «"):
            break
        row.append(each)
    return row


def _last_row(found: Sequence[Mention], text: str) -> Sequence[Mention]:
    row = list(found[-1:])
    for each in reversed(found[:-1]):
        if len(text[each.end : row[0].start]) > len(" «"):
            break
        row.insert(0, each)
    return row


@cache
def _list(name: str) -> re.Pattern[str]:
    return whole(table("roles")["saying"][name])
