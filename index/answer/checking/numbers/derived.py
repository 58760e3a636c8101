"""Numbers that a writer works out of those of the source: a total, a difference, a percentage, years gone by."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, combinations, pairwise, product
from typing import TYPE_CHECKING

from index.answer.checking.numbers.amounts import amounts
from index.answer.checking.numbers.elapsed import spans
from index.answer.checking.numbers.proportions import is_multiple
from index.answer.checking.numbers.rounding import fits
from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount

    Worked = tuple[float, float]

_NEAR = 5
"""Words beside a number that may tell that it is a difference."""
_GOALS = frozenset(("to", "at", "from", "до", "от", "від"))
_MOST_ADDED = 6
_ONE = whole("one|один|одна|одно|одну|одного|одной|одним|одне|одній|однієї")
_COUNTED = ("", "count")
_CACHED = 4_000


def is_derived(claimed: Amount, beside: Sequence[Amount], sentence: str, told: Sequence[Statement]) -> bool:
    """Whether numbers of the source that stand near each other, or its dates, give the claimed one.

    ``beside`` are the numbers of the sentence.
    """
    if claimed.kind == "time":
        return any(fits(claimed, days, min(claimed.step, 1.0)) for days in spans(told, claimed))
    rows = [amounts(each.text, each.language) for each in told]
    if claimed.noun == "times" and is_multiple(claimed.low, rows):
        return True
    alike = [[each for each in row if _may_combine(each, claimed)] for row in rows]
    values = chain(
        _totals(alike, sentence),
        _sums(claimed, alike, told),
        _differences(claimed, beside, alike, sentence),
        _percentages(claimed, rows),
    )
    return any(fits(claimed, value, step) for value, step in values)


def _may_combine(each: Amount, claimed: Amount) -> bool:
    if claimed.kind in _COUNTED:
        return each.kind in _COUNTED or (each.kind == "percent" and claimed.noun in ("", "points"))
    return each.kind in ("", claimed.kind)


def _totals(alike: Sequence[Sequence[Amount]], sentence: str) -> Iterator[Worked]:
    """What a sentence may call a total, with the step it is known to: of any two numbers, or of many in a row."""
    if not _says("totals", sentence):
        return
    for one, other in _side_by_side(alike):
        both = [*one, *other]
        yield from ((left.low + right.low, left.step) for left, right in combinations(both, 2))
        yield from ((sum(each.low for each in both[:last]), both[0].step) for last in range(3, _MOST_ADDED + 1) if both)


def _sums(claimed: Amount, alike: Sequence[Sequence[Amount]], told: Sequence[Statement]) -> Iterator[Worked]:
    """What a number without a hedge may be the sum of: two numbers of one sentence, or one and another one thing."""
    if claimed.hedge or claimed.kind == "percent":
        return
    for row, statement in zip(alike, told, strict=True):
        yield from ((one.low + other.low, max(one.step, other.step)) for one, other in combinations(row, 2))
        if claimed.kind in _COUNTED and _ONE.search(statement.text):
            yield from ((each.low + 1, 1.0) for each in row)


def _differences(
    claimed: Amount, beside: Sequence[Amount], alike: Sequence[Sequence[Amount]], sentence: str
) -> Iterator[Worked]:
    """The differences of two numbers of one sentence, or of two side by side one of which is told as well."""
    if claimed.noun == "percent" or not _is_compared(claimed, sentence):
        return  # a change in percent is no difference of percentages
    named = {each.low for each in beside}
    within = (pair for row in alike for pair in combinations(row, 2))
    across = (
        pair for one, other in pairwise(alike) for pair in product(one, other) if named & {each.low for each in pair}
    )
    yield from ((abs(one.low - other.low), max(one.step, other.step)) for one, other in chain(within, across))


def _percentages(claimed: Amount, rows: Sequence[Sequence[Amount]]) -> Iterator[Worked]:
    """The shares and changes in percent that two numbers of one thing make, rounded to the claimed one's step."""
    if claimed.kind != "percent":
        return
    for first, second in _side_by_side(rows):
        counted = [each for each in (*first, *second) if each.kind not in ("percent", "time") and each.low > 0]
        for one, other in combinations(counted, 2):
            if one.kind == other.kind or not (one.kind and other.kind):
                yield from ((100 * share, claimed.step / 2) for share in _shares(*sorted((one.low, other.low))))


def _shares(small: float, large: float) -> tuple[float, float, float]:
    """One number as a share of another, and the change from either to the other."""
    return small / large, (large - small) / large, (large - small) / small


def _side_by_side(rows: Sequence[Sequence[Amount]]) -> Iterable[tuple[Sequence[Amount], Sequence[Amount]]]:
    return pairwise([*rows, ()])


def _is_compared(claimed: Amount, sentence: str) -> bool:
    """Whether the words around a number tell of a difference: "23 points ahead", not "fell to 3.2 percent"."""
    before, after = sentence[: claimed.start].split(), sentence[claimed.tail :].split()
    if before and before[-1].lower() in _GOALS:
        return False
    return _says("differences", " ".join((*before[-_NEAR:], ";", *after[:_NEAR])))


@lru_cache(maxsize=_CACHED)
def _says(kind: str, sentence: str) -> bool:
    return _cue(kind).search(straight(sentence)) is not None


@cache
def _cue(kind: str) -> re.Pattern[str]:
    return whole(table("numbers")["derived"][kind])
