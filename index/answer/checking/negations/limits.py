"""Whether a limit of a written sentence lies on the other side of the same number: "not before the 22nd" for "by"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement


def limited_otherwise(sentence: str, told: Sequence[Statement]) -> bool:
    """Whether a number that the source sets as an upper limit is the sentence's lower one, or the other way round.

    A number that the source has in both ways, or besides without any limit, is left alone.
    """
    theirs = frozenset[tuple[str, str]]().union(*(_limits(each.text) for each in told))
    turned = {(number, "most" if side == "least" else "least") for number, side in _limits(sentence) - theirs}
    return bool(turned & theirs)


def _limits(text: str) -> frozenset[tuple[str, str]]:
    """The numbers of a text that are limits, each with "least" or "most"."""
    plain = straight(text)
    return frozenset(
        (re.sub(r"\D", "", match["number"]), side) for side in ("least", "most") for match in _led(side).finditer(plain)
    )


@cache
def _led(side: str) -> re.Pattern[str]:
    words = table("negating")["limits"][side]
    return re.compile(rf"(?<!\w)(?:{words})\s(?:[^\W\d]+\s)?[$€£]?(?P<number>\d[\d.,\s]*)", re.IGNORECASE)
