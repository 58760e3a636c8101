"""Whether a number of a source makes a written one true: the same, or rounded as people round.

A sentence may be rougher than its source ("about 400" for 412, "more than 400"), never finer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from index.answer.checking.numbers.amounts import comparable

if TYPE_CHECKING:
    from index.answer.checking.numbers.amounts import Amount

_FAR, _FARTHEST = 0.25, 0.42
"""What "more than" stretches to where the number is round, and where it is 1 or 2 of something: a writer who knows 930
does not say "more than half a thousand"."""
_TWO, _HALF_TEN, _TEN = 2, 5, 10
_ABOUT = 0.1
_CLOSE = 0.015
"""What "almost 900" may lie below the number, and two months differ from 60 days."""
_EXACT = 1e-9
_BELOW, _ABOVE = frozenset({"most"}), frozenset({"over", "least"})


def supports(known: Amount, claimed: Amount) -> bool:
    """Whether a number of the source makes the claimed one true."""
    if not comparable(known, claimed) or _opposed(known.hedge, claimed.hedge):
        return False
    if not (known.kind and claimed.kind):
        known, claimed = known.bare, claimed.bare
    return any(fits(claimed, value, known.step) for value in {known.low, known.high} if math.isfinite(value)) and (
        claimed.low == claimed.high or known.low == known.high or fits(claimed, known.high, known.step)
    )


def fits(claimed: Amount, value: float, step: float) -> bool:
    """Whether a claimed number is a way to write a value known to the nearest ``step``."""
    low, high = claimed.low, claimed.high
    slack = _CLOSE if claimed.kind == "time" and claimed.step != step else _EXACT
    if any(math.isclose(value, end, rel_tol=slack) for end in (low, high)):
        return True
    if claimed.hedge:
        below, above = _reach(claimed)
        return low - below <= value <= high + above
    return claimed.step > step and low - claimed.step / 2 <= value < high + claimed.step


def _reach(claimed: Amount) -> tuple[float, float]:
    """How far below and above a hedged number the value may lie: farther for a round one ("more than 500")."""
    last, digits = _last_figure(claimed.low / claimed.size)
    last *= claimed.size
    small, round_one = digits < _TEN, digits % _HALF_TEN == 0
    far = max(
        last, _FAR * claimed.low if small or round_one else 0.0, _FARTHEST * claimed.low if digits <= _TWO else 0.0
    )
    if claimed.hedge in _ABOVE:
        return 0.0, far
    if claimed.hedge in _BELOW:
        return far, 0.0
    about = max(0.6 * last, (_ABOUT if small else _ABOUT / 2) * claimed.low if small or round_one else 0.0)
    if claimed.hedge == "nearly":
        return max(last, about), _CLOSE * claimed.low
    return about, about


def _last_figure(number: float) -> tuple[float, int]:
    """The place value of a number's last figure that is not zero, and its figures up to there: 10 and 14 for 140."""
    if number <= 0:
        return 1.0, 0
    figures = f"{number:.6g}"
    mantissa, _, exponent = f"{float(figures):.5e}".partition("e")
    digits = mantissa.replace(".", "").rstrip("0")
    return 10.0 ** (int(exponent) + 1 - len(digits)), int(digits)


def _opposed(one: str, other: str) -> bool:
    """Whether one is "more than" and the other "less than"."""
    return (one in _BELOW and other in _ABOVE) or (one in _ABOVE and other in _BELOW)
