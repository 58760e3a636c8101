"""Whether a written sentence exchanges who acts and whom it concerns, of any verb that it shares with its source.

Unlike swapped.py this needs no list of verbs: two names or nouns that stand with a verb in one order in the sentence
and in the other in the source are evidence enough. Case tells it, so only Russian and Ukrainian are compared, each with
itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.roles.mentions import mentions
from index.answer.checking.words import straight, table, whole
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.roles.mentions import Mention
    from index.language.lemmas import Dictionary
    from index.types import Language

_CACHED = 4_000
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_VERBS = frozenset({"VERB", "INFN"})
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb of a clause by its lemma, with a pair: the key of who acts and of who or what stands on its other side."""

    verb: str
    subject: str
    other: str

    @property
    def exchanged(self) -> _Act:
        """The same the other way round."""
        return _Act(self.verb, self.other, self.subject)


def reseated(sentence: str, language: Language, told: Sequence[Statement]) -> bool:
    """Whether an act of a sentence stands in the source the other way round, and nowhere as in the sentence."""
    if language not in ("ru", "uk"):
        return False
    known = frozenset[_Act]().union(*(_acts(each.text, each.language) for each in told if each.language == language))
    own = _acts(sentence, language)
    return any(each.exchanged in known for each in own) and not own & known


@lru_cache(maxsize=_CACHED)
def _acts(sentence: str, language: Language) -> frozenset[_Act]:
    text = straight(sentence)
    return frozenset(act for clause in clauses(text) for act in _in_clause(clause, language))


def _in_clause(clause: str, language: Language) -> Iterator[_Act]:
    found = mentions(clause, language)
    for match in _WORD.finditer(clause):
        verb = _verb(match.group().lower(), language)
        if verb and not any(each.start <= match.start() < each.end and each.named for each in found):
            subjects, others = _sides(found, match)
            yield from (_Act(verb, one.key, other.key) for one in subjects for other in others if one.key != other.key)


def _sides(found: Sequence[Mention], verb: re.Match[str]) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """Who acts is what the nominative marks, or a name before the verb that no dictionary tells the case of."""
    free = [each for each in found if each.start != verb.start()]
    certain = [each for each in free if each.subject]
    before = [each for each in free if each.subject is None and each.named and each.start < verb.start()]
    return certain or before, [each for each in free if each.subject is False]


@lru_cache(maxsize=_CACHED)
def _verb(word: str, language: Language) -> str:
    """The lemma of a word that may be a verb and tells something; empty for any other."""
    if len(word) < _SHORTEST or _list("weak").fullmatch(word):
        return ""
    dictionary: Dictionary = "uk" if language == "uk" else "ru"
    parses = analyzer(dictionary).parse(word)[:1]
    return next((str(parse.normal_form) for parse in parses if parse.tag.POS in _VERBS), "")


@cache
def _list(section: str) -> re.Pattern[str]:
    return whole(table("roles")[section]["words"])
