"""Whether a written sentence turns round who did what to whom.

Only verbs of exchange and action that lists/roles.toml has are compared, and a sentence is wrong only where a source's
sentence with such a verb contradicts it and none agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.roles.acting import reseated
from index.answer.checking.roles.mentions import mentions
from index.answer.checking.roles.namesakes import namesakes
from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.roles.mentions import Mention
    from index.types import Language

_CACHED = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_PASSIVE_REACH = 3
_LEAD = "а"
_PRONOUN = re.compile(
    r"(?<!\bwhen )(?<!\bwhile )\b(?:he|she|they|we|I) (?:(?:had|has|have|would|will|also|then|later) )*$"
)
_ACTIVE = re.compile(r"\w+(?:вш|ющ|ящ|ущ|ащ|юч|уч)(?:ий|ая|ее|ие|ую|его|им|ими|их|ей|а|і|ого)(?:ся)?\s")
_PARTICIPLE = re.compile(r"\w+ing\s")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A verb with its two sides: the keys of its subject, and of who else takes part; ``certain`` are so by case."""

    verb: str
    forward: bool
    subjects: frozenset[str]
    others: frozenset[str]
    certain: frozenset[str]

    def without(self, keys: frozenset[str]) -> _Frame:
        """The same without some of those who take part."""
        sides = (side - keys for side in (self.subjects, self.others, self.certain))
        return _Frame(self.verb, self.forward, *sides)

    @property
    def opposite(self) -> frozenset[str]:
        """Who is not the subject; without one, whoever stands behind the verb may be it: "получил Петербург"."""
        return self.others if self.subjects else self.certain


def swapped(sentence: str, language: Language, told: Sequence[Statement]) -> bool:
    """Whether a frame of the sentence is contradicted by one of the sources, and none about the same agrees with it."""
    texts = tuple(_texts(sentence, language, told))
    names = frozenset(each.key for text, spoken in texts for each in mentions(text, spoken))
    several = namesakes(texts)
    sentence = _named_first(sentence, language, names)
    known = [frame for each in told for frame in _frames(_named_first(each.text, each.language, names), each.language)]
    for frame in _frames(sentence, language):
        alike = [other for other in known if other.verb == frame.verb]
        against = [
            _shared(frame, other) for other in alike if _contradict(frame.without(several), other.without(several))
        ]
        if max(against, default=-1) > max(
            (_shared(frame, other) for other in alike if _agree(frame, other)), default=-1
        ):
            return True
    return reseated(sentence, language, told)


def _texts(sentence: str, language: Language, told: Sequence[Statement]) -> Iterator[tuple[str, Language]]:
    yield straight(sentence), language
    yield from ((straight(each.text), each.language) for each in told)


def _named_first(text: str, language: Language, names: frozenset[str]) -> str:
    """The text with a word before its first one, where that is a name elsewhere: "Macron" may be a noun that begins."""
    first = mentions(straight(text), language)[:1]
    if language == "en" or not first or first[0].named or first[0].start:
        return text
    led = f"{_LEAD} {text}"
    again = next(iter(mentions(straight(led), language)), None)
    return led if again and again.named and again.key in names else text


def _shared(one: _Frame, other: _Frame) -> int:
    """How many common nouns two frames share: what is sold, given or taken."""
    return sum(not _named([key]) for key in one.others & other.others)


def _agree(one: _Frame, other: _Frame) -> bool:
    subjects, others = (
        (other.subjects, other.others) if one.forward == other.forward else (other.others, other.subjects)
    )
    return bool(one.subjects & subjects or (not one.subjects and _named(one.others & others)))


def _contradict(one: _Frame, other: _Frame) -> bool:
    """Whether somebody on one side of one stands on the other side in the other."""
    if one.forward == other.forward:
        return bool(one.subjects & other.opposite or one.opposite & other.subjects)
    return bool(one.subjects & other.subjects or one.opposite & other.opposite)


@lru_cache(maxsize=_CACHED)
def _frames(sentence: str, language: Language) -> tuple[_Frame, ...]:
    found: list[_Frame] = []
    before: Sequence[Mention] = ()
    for clause in clauses(straight(sentence)):
        named = mentions(clause, language)
        # "..., who hit two": the one before the comma; "..., beating them": the subject of the clause before.
        related = _list("relative").match(clause) or _ACTIVE.match(clause)
        led = _keys(_last_name(before)) if related else frozenset()
        if found and _PARTICIPLE.match(clause):
            led = found[-1].subjects
        found += _in_clause(clause, named, led, language)
        before = named or before
    return tuple(found)


def _last_name(found: Sequence[Mention]) -> Sequence[Mention]:
    """The last mention, with the names that stand right before it."""
    row = list(found[-1:])
    for each in reversed(found[:-1]):
        if not (each.named and row[0].named and each.end + 1 == row[0].start):
            break
        row.insert(0, each)
    return row


def _in_clause(
    clause: str, found: Sequence[Mention], antecedent: frozenset[str], language: Language
) -> Iterator[_Frame]:
    for verb, forward, match in _verbs_of(clause):
        fitting = [each for each in found if not _elsewhere(each, verb, forward=forward)]
        subjects, others = _sides(clause, fitting, match, language)
        # "..., that Holt bought it": a conjunction, and the clause has a subject of its own.
        subjects = subjects if _named(subjects) else antecedent or subjects
        if subjects or _named(others):
            certain = others & _keys(each for each in fitting if each.subject is False)
            yield _Frame(verb, forward, subjects - others, others - subjects, certain - subjects)


def _verbs_of(clause: str) -> Sequence[tuple[str, bool, re.Match[str]]]:
    """The listed verbs of a clause; where one of them asks, it alone: who is asked to give is not the one who asks."""
    found = [(verb, forward, match) for verb, forward, pattern in _verbs() if (match := pattern.search(clause))]
    return [each for each in found if each[0] == "ask"] or found


def _elsewhere(name: Mention, verb: str, *, forward: bool) -> bool:
    """Whether a preposition tells that a name takes no part: sold from Gdansk, given to Gdansk, arrested in Gdansk."""
    if verb == "trade" and not forward:
        return name.led == "to"  # what is bought in Austria is Austria's
    if verb in ("trade", "transfer"):
        return _list("from" if forward else "to").fullmatch(name.led) is not None
    return _list("where").fullmatch(name.led) is not None


def _named(keys: Iterable[str]) -> bool:
    """Whether a name is among keys; those of nouns begin with a language and a colon."""
    return any(":" not in key for key in keys)


def _sides(
    clause: str, found: Sequence[Mention], verb: re.Match[str], language: Language
) -> tuple[frozenset[str], frozenset[str]]:
    """The subjects of a verb and the others of its clause."""
    before = [each for each in found if each.start < verb.start()]
    after = [each for each in found if each.start >= verb.end()]
    if language == "en":
        return _english_sides(clause, before, after, verb)
    subjects = _sure_subjects(found) or _likely_subjects(before, after)
    others = [each for each in found if each not in subjects and (each.subject is False or each in after)]
    return _keys(filter(_is_telling, subjects)), _keys(filter(_is_telling, others))


def _sure_subjects(found: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions in the nominative, and "President X": a name beside one, whatever its own endings leave open."""
    sure = [each for each in found if each.subject]
    ends = {each.end for each in sure}
    return sure + [each for each in found if each.named and each.subject is None and each.start - 1 in ends]


def _likely_subjects(before: Sequence[Mention], after: Sequence[Mention]) -> Sequence[Mention]:
    """Where no case tells it: whatever may be a subject and stands before the verb, or the name right behind it."""
    likely = [each for each in before if each.subject is None]
    return likely or [each for each in after[:1] if each.subject is None and each.named]


def _is_telling(mention: Mention) -> bool:
    """Whether it is a name or its case is known: of a noun with one form for two cases, the place tells little."""
    return mention.named or mention.subject is not None


def _english_sides(
    clause: str, before: Sequence[Mention], after: Sequence[Mention], verb: re.Match[str]
) -> tuple[frozenset[str], frozenset[str]]:
    # In "the brothers he paid" and "the plan he had promised" the pronoun is the subject.
    first = [each for each in before if not each.led and not _PRONOUN.search(clause[each.end : verb.start()])]
    if _is_passive(clause, verb):
        return _keys([each for each in after if each.led == "by"]), _keys(first)
    return _keys(first), _keys(after)


def _is_passive(clause: str, verb: re.Match[str]) -> bool:
    if clause[verb.end() :].startswith(" by "):
        return True
    before = _WORD.findall(clause[: verb.start()])[-_PASSIVE_REACH:]
    return any(_list("passive").fullmatch(word) for word in before) and not verb.group().endswith("ing")


def _keys(found: Iterable[Mention]) -> frozenset[str]:
    return frozenset(each.key for each in found)


@cache
def _verbs() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    rows = table("roles")["verbs"].items()
    return tuple((verb, side == "forward", whole(words)) for verb, sides in rows for side, words in sides.items())


@cache
def _list(section: str) -> re.Pattern[str]:
    return whole(table("roles")[section]["words"])
