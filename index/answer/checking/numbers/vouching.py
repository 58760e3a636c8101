"""What speaks for a number of a written sentence beside the words around it: the numbers told with it, and years.

A planted exchange changes one number. Where the others of the sentence stand beside it in the source, it is right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.numbers.cells import Cell

    Row = tuple[Cell, tuple[Cell, ...], tuple[Cell, ...]]

_CHANGE = re.compile(r"\s*\w*\s*(?:to|from|до|с|со|з|зі|із|від|от)\s*|\s*", re.IGNORECASE)
_TELLING = 3  # smaller numbers stand everywhere


def are_ends(one: Cell, other: Cell) -> bool:
    """Whether two numbers are the ends of one change: "from 120 to 150", which share all their words."""
    first, second = sorted((one, other), key=lambda each: each.amount.start)
    return (
        first.whole == second.whole
        and _CHANGE.fullmatch(first.whole[max(first.amount.tail, first.amount.end) : second.amount.start]) is not None
    )


def unvouched(cell: Cell, own: Sequence[Cell], rivals: Sequence[Cell], rows: Sequence[Row]) -> tuple[Cell, ...]:
    """The rivals of a number that neither the sentence's other numbers nor its years rule out.

    ``own`` are the cells of the source with the number; ``rows`` are the sentence's numbers with their own and rivals.
    """
    others = [(each, found) for each, found, _ in rows if each is not cell and each.amount.low >= _TELLING]
    if _is_same_change(cell, own, others):
        return ()
    left = _not_elsewhere(own, rivals, [frozenset(map(_place, found)) for _, found in others])
    dated = any(_shares_year(cell, one) for one in own)
    return tuple(each for each in left if not (dated and _years(each) and not _shares_year(cell, each)))


def _not_elsewhere(
    own: Sequence[Cell], rivals: Sequence[Cell], places: Sequence[frozenset[tuple[str, int]]]
) -> Sequence[Cell]:
    """The rivals beside the sentence's other numbers, where the number itself stands beside some; else all of them."""
    beside = frozenset[tuple[str, int]]().union(*places)
    if not any(_place(one) in beside for one in own):
        return rivals
    return [each for each in rivals if _place(each) in beside]


def _place(cell: Cell) -> tuple[str, int]:
    """The sentence of a cell, and its row where the sentence is a table told with semicolons."""
    return cell.whole, cell.whole[: cell.amount.start].count(";")


def _is_same_change(cell: Cell, own: Sequence[Cell], others: Sequence[tuple[Cell, Sequence[Cell]]]) -> bool:
    """Whether a number is the end of a change that the source has too, from and to the same."""
    return any(
        are_ends(cell, each) and any(are_ends(one, end) for one in own for end in found) for each, found in others
    )


def _shares_year(one: Cell, other: Cell) -> bool:
    return bool(_years(one) & _years(other))


def _years(cell: Cell) -> frozenset[str]:
    return frozenset(word for word in cell.near if word.startswith("year "))
