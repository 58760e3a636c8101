"""Whether a written sentence says the contrary of its source: a negation lost or added, a direction turned.

Words are compared, not counts of negations: a word that the sentence denies and the source affirms, or the other way
round, and pairs of contraries (rose and fell, agreed and refused), each word of which a negation turns. Nearness in
meaning decides between places: the sentence is wrong where the source's clause that speaks of the same says the
contrary, and none that comes as near says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answer.checking.negations.claims import by_words, nearness, read
from index.answer.checking.negations.contraries import kindred
from index.answer.checking.negations.likeness import by_likeness
from index.answer.checking.negations.limits import limited_otherwise
from index.answer.facts import facts_of
from index.language import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.negations.claims import Both, Claim
    from index.ports import Embedder, Vectors
    from index.types import Language

# Measured with the default model on 428 true sentences, of which three are refused, and 59 turned ones, 56 of them.
_NEAR, _NEAR_ACROSS = 0.38, 0.25
"""Nearness from which on a clause of the source may speak of the same, in the sentence's language or in another."""
_BEHIND, _FURTHER = 0.06, 0.04
"""How much nearer another clause of the source may be, where none says the same and where one does."""
_BETTER = 0.05
"""How much nearer than any clause that says the same the contrary must be."""
_SHARED = 2
_FAR, _FAR_BEHIND, _FAR_BETTER = 0.25, 0.25, 0.1
"""What will do where a statement shares two names or words with the sentence besides."""


def turned(sentence: str, language: Language, told: Sequence[Statement], embedder: Embedder) -> bool:
    """Whether a sentence in a language says the contrary of what is told. Raises ModelError."""
    both = read(sentence, language, told)
    found = list(by_words(both))
    if limited_otherwise(sentence, told):
        return True
    if not found and not both.denying:
        return False
    near = nearness(both, told, embedder)
    found += by_likeness(both, near, embedder) if both.denying else ()
    return any(_contradicted(each, both, near[each.clause], told) for each in found)


def _contradicted(claim: Claim, both: Both, near: Vectors, told: Sequence[Statement]) -> bool:
    contrary = max(claim.contrary, key=lambda place: float(near[place]))
    against = float(near[contrary])
    behind = float(near.max()) - against
    better = against - max((float(near[place]) for place in claim.same), default=-1.0)
    across = both.own[0].language != both.rows[contrary].language
    least = _NEAR_ACROSS if across and not claim.same else _NEAR
    if against >= least and better >= _BETTER and behind <= (_FURTHER if claim.same else _BEHIND):
        return True
    if against < _FAR or better < _FAR_BETTER or behind > _FAR_BEHIND:
        return False
    return any(_shared(both, told[both.statements[place]]) >= _SHARED for place in claim.contrary)


def _shared(both: Both, statement: Statement) -> int:
    """How many names and, within a language, words a statement shares with the sentence, without one that differs."""
    language = both.own[0].language
    names = len(facts_of(both.sentence, language).names & statement.facts.names)
    if language != statement.language:
        return names
    known = set(lemmas(statement.text, language))
    own = [word for word in set(lemmas(both.sentence, language)) if not word.isdigit()]
    return names + sum(any(kindred(word, other) for other in known) for word in own) - 1
