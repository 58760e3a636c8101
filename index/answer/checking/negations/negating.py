"""Which words of a clause its negations deny, in all three languages.

A particle ("not", "не") denies the next word that says something, over auxiliary verbs; "without" and "refused" deny
what follows them, "не удалось" and "there is none" also what stands before. "Unsold" and "непроданий" are read as
denied words. Of what follows "rejected" and its object it is left open whether it is denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from index.answer.checking.words import straight, table, whole
from index.language import lemmas
from index.language.lemmas import analyzer, is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.language.lemmas import Dictionary
    from index.types import Language

    Kind = Literal["", "verb", "noun", "loose"]
    Match = re.Match[str]
    Negation = tuple[int, int, Kind]

_CACHED = 4_000
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_INFINITIVE = re.compile(r"\w{2,}(?:ть|ться|ти|тися|тись|чь)", re.IGNORECASE)
_UNLIKE = re.compile(r"(?:не|un|non-?|без|бес)(?:\w+-)?(\w{4,})", re.IGNORECASE)
_ADJECTIVES = frozenset({"ADJF", "ADJS", "PRTF", "PRTS"})
_NOUN_REACH, _REACH_BACK = 2, 4
"""Words that "without" denies at the most, an adjective and its noun, and "there is none" before it."""
_MARK = re.compile(r"[).;:]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause: ``turns`` says how many negations deny it, the last of them of a ``kind``.

    ``lemma`` is empty where it tells little; of words such as "unsold" (``unlike``) it is that of "sold". ``unsure``
    leaves open whether the word is denied.
    """

    text: str
    lemma: str
    start: int
    turns: int
    kind: Kind
    unlike: bool
    unsure: bool

    @property
    def sign(self) -> int:
        """-1 where its lemma is denied, else 1."""
        return -1 if (self.turns + self.unlike) % 2 else 1


@dataclass(frozen=True, slots=True)
class Told:
    """A clause with its words, and whether it has a negation, only supposes, or half denies something."""

    text: str
    language: Language
    words: tuple[Word, ...]
    denying: bool
    supposing: bool
    clouded: bool

    @property
    def affirming(self) -> bool:
        """Whether nothing in it denies or supposes anything."""
        return not (self.denying or self.supposing or self.clouded)

    def sign_at(self, start: int) -> int:
        """The sign of the word at a place of the clause; of a phrase, that of its first word; 0 where it is open."""
        word = next((word for word in self.words if word.start >= start), None)
        return 0 if word is None or word.unsure else -1 if word.turns % 2 else 1


@lru_cache(maxsize=_CACHED)
def told_by(clause: str, language: Language) -> Told:
    """A clause and what its negations deny."""
    plain = _plain(clause)
    negations = tuple(_negations(plain))
    timed = _list("times").search(straight(clause)) is not None
    words = tuple(_words(plain, language, negations, timed=timed))
    denying = bool(negations) or any(word.unlike for word in words)
    supposing, clouded = (_list(section).search(plain) is not None for section in ("supposing", "clouds"))
    return Told(clause, language, words, denying, supposing, clouded or timed)


def _words(plain: str, language: Language, negations: Sequence[Negation], *, timed: bool) -> Iterator[Word]:
    """The words of a clause with the negations that deny them; ``timed`` leaves all of them open."""
    found = list(_WORD.finditer(plain))
    turns = [0] * len(found)
    kinds: list[Kind] = [""] * len(found)
    unsure: set[int] = set()
    for first, last, kind in negations:
        # "не отказался подписать": what is denied to be refused is not.
        again = 1 + sum(turns[place] for place, match in enumerate(found) if match.start() == first)
        denied = _denied(found, first, last, language, kind)
        for place in denied:
            turns[place] += again
            kinds[place] = kind
        if kind == "loose":
            unsure |= {place for place, match in enumerate(found) if match.start() >= last} - set(denied)
    for place, match in enumerate(found):
        yield _word(match, turns[place], kinds[place], language, unsure=timed or place in unsure)


def _word(match: Match, turns: int, kind: Kind, language: Language, *, unsure: bool) -> Word:
    text = match.group()
    unlike = None if _list("plain").fullmatch(text) else _UNLIKE.fullmatch(text)
    if unlike and _is_quality(unlike.group(1).lower(), language):
        return Word(text, _lemma(unlike.group(1), language), match.start(), turns, kind, unlike=True, unsure=unsure)
    return Word(text, _lemma(text, language), match.start(), turns, kind, unlike=False, unsure=unsure)


@lru_cache(maxsize=_CACHED)
def _is_quality(text: str, language: Language) -> bool:
    """Whether a word in lower case is one, and of Slavic ones an adjective or a participle."""
    if language not in ("ru", "uk"):
        return is_english(text)
    dictionary = analyzer(_dictionary(language))
    return dictionary.word_is_known(text) and any(parse.tag.POS in _ADJECTIVES for parse in dictionary.parse(text)[:2])


def _dictionary(language: Language) -> Dictionary:
    return "uk" if language == "uk" else "ru"


def _negations(plain: str) -> Iterator[Negation]:
    """Where each negation of a clause begins and ends, and whether it denies one verb or nouns, these surely or not."""
    single = list(_list("particles").finditer(plain))
    yield from ((match.start(), match.end(), "verb") for match in single)
    yield from ((match.start(), match.end(), "noun") for match in _list("determiners").finditer(plain))
    yield from ((match.start(), match.end(), "loose") for match in _list("denials").finditer(plain))
    if not single and not _list("determiners").search(plain):
        # Elsewhere they repeat the particle.
        yield from ((match.start(), match.end(), "noun") for match in _list("doubling").finditer(plain))


def _denied(found: Sequence[Match], first: int, last: int, language: Language, kind: Kind) -> Sequence[int]:
    """The places of the words that a negation denies: those behind it, or before one with nothing behind."""
    content = [place for place, match in enumerate(found) if _lemma(match.group(), language)]
    behind = [place for place in content if found[place].start() >= last]
    verb = _next(found, last) if kind == "verb" else ()
    absent = _absent(found, content, behind, first)
    if absent or kind == "verb":
        return [*verb, *absent]
    return _objects(found, behind, last, language, kind)


def _absent(found: Sequence[Match], content: Sequence[int], behind: Sequence[int], first: int) -> Sequence[int]:
    """The places of what "there is none" and "не удалось" at ``first`` deny, where it stands before them."""
    if not found or not _list("absence").match(found[0].string[first:]):
        return ()
    if behind and _is_infinitive(found[behind[0]]):
        return ()
    before = [place for place in content if found[place].end() <= first and _is_near(found[place], first)]
    infinitives = [place for place in before if _is_infinitive(found[place])]
    return infinitives[-1:] or (() if behind else before[-_REACH_BACK:])


def _objects(found: Sequence[Match], behind: Sequence[int], last: int, language: Language, kind: Kind) -> Sequence[int]:
    """The places of the nouns, or of the act, that "without" and "refused" deny: none behind a mark, and no names."""
    after = [place for place in behind if not found[place].group()[0].isupper()]
    if kind == "noun":
        # "(without tax). A firm offers": a mark ends what is denied.
        after = [place for place in after if not _MARK.search(found[0].string[last : found[place].start()])]
    return after[: _reach(found[after[0]], language, kind) if after else 0]


def _reach(head: Match, language: Language, kind: Kind) -> int:
    """How many words are denied: "refused to sign" denies the signing alone, "without open bidding" both words."""
    if _is_infinitive(head) or (kind == "loose" and not _is_adjective(head.group().lower(), language)):
        return 1
    return _NOUN_REACH


@lru_cache(maxsize=_CACHED)
def _is_adjective(word: str, language: Language) -> bool:
    return language in ("ru", "uk") and analyzer(_dictionary(language)).parse(word)[0].tag.POS in ("ADJF", "PRTF")


def _next(found: Sequence[Match], last: int) -> Sequence[int]:
    """The place of the word that a particle denies, if it is no name: "not Kyiv, but Lviv"."""
    places = [place for place, match in enumerate(found) if match.start() >= last]
    heads = [place for place in places if not _list("light").fullmatch(found[place].group())]
    light = [place for place in places if not heads or place < heads[0]]
    carried = heads and _list("carriers").fullmatch(found[heads[0]].group())
    return [*light, *(place for place in heads[: 2 if carried else 1] if not found[place].group()[0].isupper())]


def _is_near(word: Match, end: int) -> bool:
    """Whether no comma is between a word and a place behind it, and it is no name."""
    return "," not in word.string[word.end() : end] and (word.start() == 0 or not word.group()[0].isupper())


def _is_infinitive(word: Match) -> bool:
    return word.string[: word.start()].lower().endswith("to ") or _INFINITIVE.fullmatch(word.group()) is not None


@lru_cache(maxsize=_CACHED)
def _lemma(word: str, language: Language) -> str:
    if _list("light").fullmatch(word):
        return ""
    found = lemmas(word, language)
    return found[0] if len(found) == 1 and len(found[0]) >= _SHORTEST and not found[0].isdigit() else ""


def _plain(text: str) -> str:
    return _list("harmless").sub(lambda found: "_" * len(found.group()), straight(text))


@cache
def _list(section: str) -> re.Pattern[str]:
    return whole(table("negating")[section]["words"])
