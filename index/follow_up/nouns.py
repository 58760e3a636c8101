"""The noun of an earlier question that a Russian or Ukrainian pronoun stands for, with all that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.follow_up.morphology import cases, gender, name_readings, noun_readings, parses
from index.follow_up.typed import content
from index.language.lemmas import stop_words

if TYPE_CHECKING:
    from index.follow_up.typed import Text
    from index.follow_up.words import Token

_ENDS = re.compile(r"[,;:()?!]|\s[-–—]\s")
_STOPPING = frozenset({"ADVB", "CONJ", "PRCL", "NPRO", "GRND", "PRTF"})
_CLOSING = tuple('»”"')


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase: its words, the one of them that takes the case, and how that one may be read.

    ``rigid`` tells that other words would have to change with it. A name has no head: all its words change.
    """

    text: str
    head: str = ""
    readings: tuple[Any, ...] = ()
    rigid: bool = False


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun at a place among the words of a question, in the readings that fit a pronoun."""

    place: int
    readings: tuple[Any, ...]
    name: bool

    @property
    def is_subject(self) -> bool:
        """Whether it may be the subject."""
        return "nomn" in cases(self.readings)

    @property
    def lives(self) -> bool:
        """Whether it is a person, or an animal."""
        return any("anim" in each.tag.grammemes for each in self.readings)


def noun_meant(earlier: Text, asked: Text, genders: set[str]) -> Candidate | None:
    """The noun phrase of the earlier question that a pronoun of these genders stands for; None where it may be two.

    Subjects come before objects, the first before the second, names of people before things. What costs or lasts is
    nobody; what comes after a preposition is never meant.
    """
    nouns = [each for place in range(len(earlier.tokens)) if (each := _noun(earlier, place, genders))]
    if asked.lists.within("things", asked.text):
        nouns = [each for each in nouns if not each.lives]
    best = _likeliest(nouns)
    found = _phrase(earlier, best) if best else None
    return found if found and _tells_all(found.text, earlier) else None


def _likeliest(nouns: list[_Noun]) -> _Noun | None:
    """The first subject, or the only object; beside things a person only by name."""
    best = [each for each in nouns if each.is_subject] or nouns
    people = [each for each in best if each.lives]
    if people and len(people) < len(best):
        best = [each for each in people if each.name]
    return best[0] if best and (best[0].is_subject or len(best) == 1) else None


def _tells_all(phrase: str, earlier: Text) -> bool:
    """Whether a phrase says by itself which one is meant: it has a name, or all that the question was about."""
    if any(each.text in phrase for each in earlier.names):
        return True
    return set(content(earlier.text, earlier.language)) <= set(content(phrase, earlier.language))


def _noun(text: Text, place: int, genders: set[str]) -> _Noun | None:
    """The noun or the first word of a name at a place, if it is a subject or an object."""
    token = text.tokens[place]
    name = text.name_at(token)
    if text.is_function(token) or text.is_verb(token) or not text.timeless(token.start, token.end):
        return None
    readings = name_readings(token.text, text.language) if name else noun_readings(token.plain, text.language)
    fitting = tuple(each for each in readings if gender((each,)) & genders)
    if text.is_governed(token) or (name and name.start != token.start) or not cases(fitting) & {"nomn", "accs"}:
        return None
    return _Noun(place, fitting, name is not None)


def _phrase(text: Text, noun: _Noun) -> Candidate:
    """A noun with the adjectives before it and all that belongs to it after it."""
    words = text.tokens
    first = noun.place
    while first and _is_adjective(words[first - 1], text):
        first -= 1
    end = words[_last(text, noun)].end
    end += text.text.startswith(_CLOSING, end)
    found = text.text[words[first].start : end]
    if any(each.text == found for each in text.names):
        return Candidate(found)
    return Candidate(found, words[noun.place].text, noun.readings, first != noun.place)


def _last(text: Text, noun: _Noun) -> int:
    """The place of the last word that belongs to a noun: before a verb, a time or a sign.

    To a person, no phrase with a preposition does: "Зеленский о переговорах" is what is said, not who.
    """
    words, last = text.tokens, noun.place
    for at in range(noun.place + 1, len(words)):
        other = _stops(words[at], text) or (noun.lives and text.is_preposition(words[at]))
        if other or _are_parted(text, words[last], words[at]):
            break
        last = at
    while text.is_preposition(words[last]):
        last -= 1
    return last


def _are_parted(text: Text, left: Token, right: Token) -> bool:
    """Whether a sign stands between two words; a dash between names joins them: "Варшава — Черновцы"."""
    gap = text.text[left.end : right.start]
    pair = gap.strip() in ("-", "–", "—") and bool(text.name_at(left) and text.name_at(right))
    return bool(_ENDS.search(gap)) and not pair


def _is_adjective(word: Token, text: Text) -> bool:
    found = parses(word.plain, text.language)
    function = word.plain in stop_words(text.language) or text.lists.whole("asking", word.plain)
    return bool(found) and found[0].tag.POS == "ADJF" and not function


def _stops(word: Token, text: Text) -> bool:
    """Whether a word belongs to no noun: a verb, an adverb, a conjunction, a time."""
    if text.name_at(word):
        return False
    found = parses(word.plain, text.language)
    other = bool(found) and found[0].tag.POS in _STOPPING
    clause = text.lists.whole("clauses", word.plain)
    return text.is_verb(word) or not text.timeless(word.start, word.end) or other or clause
