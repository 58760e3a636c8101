"""Whether a number of a written sentence belongs to something else in its source: 478 were hurt there, not killed.

Each number of the source stands in a cell of words. A claimed number's own cell should be like that number's cell of
the source; where it is clearly more like that of another number of the same kind, the two were exchanged.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.checking.numbers.cells import cells_of, kind_of, told_cells
from index.answer.checking.numbers.derived import is_derived
from index.answer.checking.numbers.enumerated import same_noun
from index.answer.checking.numbers.incontext import is_hour, is_label
from index.answer.checking.numbers.rounding import supports
from index.answer.checking.numbers.unsupported import readable, readings
from index.answer.checking.numbers.vouching import are_ends, unvouched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount
    from index.answer.checking.numbers.cells import Cell
    from index.answer.checking.numbers.vouching import Row
    from index.ports import Embedder
    from index.types import Language

_MARGIN = 0.9
"""How much better another number must fit. Measured on 158 numbers of true sentences that had rivals, and on 437
exchanges of them (weights fitted on four fifths each time): 0.05 and 0.80 lie beyond 0.85."""
_NAMES, _WORDS, _TIMES = 0.65, 1.25, 0.3
_LEFT_NAMES, _LEFT_WORDS, _RIGHT, _BEFORE = 0.1, 0.6, 0.4, 0.35
_CELLS, _TO_CELL, _SENTENCES = 2.5, 1.3, 1.2
"""Weights of what two cells share, by where the source has it, and of three cosines: of the cells, of the whole written
sentence and the cell, of the sentences. Logistic regression on pairs of a right and a wrong number."""
_NEAR = {"name": _NAMES, "word": _WORDS, "time": _TIMES}
_LEFT = {"name": _LEFT_NAMES, "word": _LEFT_WORDS, "time": _TIMES}
_RAREST = 2.5
_ELSEWHERE = 0.5
_MAGNITUDE = 50.0
"""Numbers farther apart than this are not taken for each other, unless they count the same thing, and many of it."""
_FEW = 10
_EXACT = 1e-6
_OTHER_YEAR = 0.6
"""What a cell of the source loses that tells other years than the claimed number's."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A cell of the sentence, the cells of the source with its number, the rivals, and how well each of them fits."""

    cell: Cell
    own: tuple[Cell, ...]
    rivals: tuple[Cell, ...]
    fit: Mapping[int, float]


def exchanged_number(sentence: str, language: Language, told: Sequence[Statement], embedder: Embedder) -> bool:
    """Whether a number that the source has is told of what another of its numbers belongs to. Raises ModelError."""
    plain = readable(sentence, told)
    known = told_cells(told)
    written = cells_of(plain, language)
    rows = [(cell, *_sides(cell, written, known)) for cell in written]
    rows = [row for row in rows if row[1] and not _is_reckoned(row[0], row[1], plain, told)]
    if not any(rivals for *_, rivals in rows):
        return False
    claims = _claims(rows, known, embedder)
    return any(_is_exchanged(each, claims) for each in claims)


def _claims(rows: Sequence[Row], known: Sequence[Cell], embedder: Embedder) -> list[_Claim]:
    cosines = _cosines([cell for cell, *_ in rows], known, embedder)
    weights = _weights(known)
    return [
        _Claim(
            cell,
            own,
            unvouched(cell, own, rivals, rows),
            {id(each): _shared(cell, each, weights) + cosines[id(cell), id(each)] for each in known},
        )
        for cell, own, rivals in rows
    ]


def _is_reckoned(cell: Cell, own: Sequence[Cell], sentence: str, told: Sequence[Statement]) -> bool:
    """Whether a number that comes near one of the source only by its hedge is rather a difference of two others."""
    exact = any(each.amount.low == cell.amount.low for each in own)
    return not exact and bool(cell.amount.hedge) and is_derived(cell.amount, (), sentence, told)


def _sides(cell: Cell, written: Sequence[Cell], known: Sequence[Cell]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The cells of the source whose number the claimed one is, and the others that it might have been taken from."""
    own = _own_cells(cell, written, known)
    values = [each.amount.low for each in written]
    return own, tuple(
        each
        for each in known
        if each not in own
        and _is_rival(each, cell)
        and not any(are_ends(each, one) or _are_reckoned(each.amount.low, one.amount.low, values) for one in own)
    )


def _own_cells(cell: Cell, written: Sequence[Cell], known: Sequence[Cell]) -> tuple[Cell, ...]:
    forms = readings(cell.amount, [each.amount for each in written])
    own = tuple(each for each in known if any(supports(each.amount, form) for form in forms))
    # "Over 40 percent" may be the 42.1 that the source tells later.
    hedged = (each for each in known if each.amount.hedge and each not in own)
    return (*own, *(each for each in hedged if any(supports(one.amount, each.amount) for one in own)))


def _are_reckoned(one: float, other: float, values: Sequence[float]) -> bool:
    """Whether a sentence tells the difference of two numbers: who is "23 points ahead" has both in mind."""
    apart = abs(one - other)
    return apart > 0 and any(math.isclose(apart, each, rel_tol=_EXACT) for each in values)


def _is_rival(known: Cell, cell: Cell) -> bool:
    one, other = known.amount, cell.amount
    if not _may_count_alike(one, other) or min(one.low, other.low) <= 0:
        return False
    if _is_named(known) or _is_named(cell):
        return False
    apart = max(one.low / other.low, other.low / one.low)
    alike = bool(one.noun and other.noun) and same_noun(one.noun, other.noun)
    return apart < _MAGNITUDE or (alike and min(one.low, other.low) >= _FEW)


def _may_count_alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers are of a kind, or may be counts both: a count and a price are not."""
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or (kinds == {"", "count"} and _is_price(one) == _is_price(other))


def _is_price(amount: Amount) -> bool:
    """Whether a number has a fraction as small as no count has: 2.57, not 1.2 million."""
    return amount.low % 1 > 0


def _is_named(cell: Cell) -> bool:
    """Whether a number is only the name of something or an hour: "Category 5", "four in the morning"."""
    amount = cell.amount
    before, after = cell.whole[: amount.start], cell.whole[amount.end :]
    return is_label(before, after) or is_hour(before, cell.whole[amount.start : amount.end], after)


def _is_exchanged(claim: _Claim, claims: Sequence[_Claim]) -> bool:
    """Whether a rival fits better by the margin, and its own number, if told as well, does not fit there as clearly."""
    best = max(claim.own, key=lambda each: claim.fit[id(each)])
    for rival in claim.rivals:
        loss = claim.fit[id(best)] - claim.fit[id(rival)]
        others = (
            each.fit[id(rival)] - each.fit[id(best)]
            for each in claims
            if each is not claim and rival in each.own and id(best) in each.fit
        )
        if loss + max(0.0, *others, 0.0) < -_MARGIN:
            return True
    return False


def _weights(known: Sequence[Cell]) -> dict[str, float]:
    """How much each word of the source tells: less where many of its cells have it."""
    counts: Counter[str] = Counter()
    for cell in known:
        counts.update(dict.fromkeys(cell.near, 1.0))
        counts.update(dict.fromkeys((cell.left | cell.right) - cell.near.keys(), _ELSEWHERE))
    return {word: min(_RAREST, math.log(1 + len(known) / count)) for word, count in counts.items()}


def _shared(claimed: Cell, known: Cell, weights: Mapping[str, float]) -> float:
    """What the words tell that a claimed cell shares with one of the source or with the sentences around it."""
    own = sum(weights.get(word, 0.0) * near * _place(word, known) for word, near in claimed.near.items())
    rest = (claimed.left | claimed.right) - claimed.near.keys() - known.near.keys()
    shared = own + _ELSEWHERE * sum(weights.get(word, 0.0) * _place(word, known) for word in rest)
    return shared - (_OTHER_YEAR if _in_other_years(claimed, known, weights) else 0.0)


def _in_other_years(claimed: Cell, known: Cell, told: Mapping[str, float]) -> bool:
    """Whether a cell tells years, and none of those of the claimed one, which the source tells elsewhere."""
    one = {word for word in claimed.near if word.startswith("year ") and word in told}
    other = {word for word in known.near if word.startswith("year ")}
    return bool(one and other) and not one & other


def _place(word: str, known: Cell) -> float:
    """The weight of a word by where a cell of the source has it, and of which kind it is."""
    kind = kind_of(word)
    if word in known.near:
        return known.near[word] * _NEAR[kind]
    if word in known.left:
        return _LEFT[kind]
    if word in known.right:
        return _RIGHT
    return _BEFORE if word in known.before else 0.0


def _cosines(written: Sequence[Cell], known: Sequence[Cell], embedder: Embedder) -> dict[tuple[int, int], float]:
    """The weighted cosines of each written cell and each of the source, by their identities."""
    own = [*(each.text or each.sentence for each in written), written[0].sentence]
    texts = [*(each.text or "-" for each in known), *(each.sentence or "-" for each in known)]
    vectors = embedder.embed_passages([*own, *texts])
    cosines = vectors[: len(own)] @ vectors[len(own) :].T
    last = len(known)
    return {
        (id(one), id(other)): float(
            _CELLS * cosines[row, column] + _TO_CELL * cosines[-1, column] + _SENTENCES * cosines[-1, last + column]
        )
        for row, one in enumerate(written)
        for column, other in enumerate(known)
    }
