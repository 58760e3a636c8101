"""Whether a written sentence tells of an event of the source, known by its date, in another place."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.dates.times import named, told
from index.answer.checking.names.seats import with_states
from index.answer.checking.names.spellings import derived
from index.language import names
from index.language.name_table import place_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.types import Language

_WHERE = re.compile(r"(?:^|\s)(?:in|near|at|в|во|у|під|под|біля|возле)\s$", re.IGNORECASE)
_CACHED = 4_000


def misplaced(sentence: str, language: Language, source: Sequence[Statement]) -> bool:
    """Whether the day that a sentence tells stands in one sentence of the source, which has it in another place."""
    places = _places(sentence, language)
    days = [time.whens[0] for time in named(sentence, language) if time.whens[0].day]
    for when in days:
        dated = [
            at for at, each in enumerate(source) if any(when.holds(one) for time in told(each) for one in time.whens)
        ]
        if places and len(dated) == 1 and _elsewhere(places, source, dated[0]):
            return True
    return False


def _elsewhere(places: frozenset[str], source: Sequence[Statement], at: int) -> bool:
    """Whether a sentence of the source has a place and none of these, nor do those beside it that tell no day."""
    there = _places(source[at].text, source[at].language)
    near = [each for each in source[max(0, at - 1) : at + 2] if each is source[at] or not told(each)]
    mentioned = with_states(key for each in near for key in _mentioned(each.text, each.language))
    return bool(there) and not places & mentioned


def _places(text: str, language: Language) -> frozenset[str]:
    """The listed places where a text says that something is."""
    return frozenset(
        name.key for name in names(text, language) if name.key in _listed() and _WHERE.search(text[: name.span.start])
    )


@lru_cache(maxsize=_CACHED)
def _mentioned(text: str, language: Language) -> frozenset[str]:
    found = names(text, language)
    kindred = (derived(text[name.span.start : name.span.end], language) for name in found)
    return frozenset(name.key for name in found).union(*kindred)


@cache
def _listed() -> frozenset[str]:
    return frozenset(f"xt{key}" for key in place_keys())
