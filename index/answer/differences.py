"""Whether the facts of two sentences about the same thing agree, and where just one of them differs."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.answer.facts import facts_by_sentence, facts_of
from index.answer.facts.days import same_date
from index.answer.facts.quantities import agree, is_unlisted
from index.answer.facts.words import is_attributed
from index.language.names import names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import TypeVar

    from index.answer.facts import Facts
    from index.answer.facts.days import CalendarDate
    from index.answer.facts.quantities import Quantity
    from index.language.names import Name
    from index.types import Article, Language

    Fact = TypeVar("Fact")

_LONG_NAME = 2  # words; a single one may be a place by another name
_OTHER_NAME = 0.5
"""Likeness of two names' keys (Ratcliff-Obershelp) above which they may be one name spelt in two ways."""


def compatible(one: Facts, other: Facts) -> bool:
    """Whether no fact of one sentence may contradict the other.

    Where both hold numbers, one at least must be the same: of numbers of different things nobody can tell.
    """
    compared = not (one.numbers and other.numbers) or _any(one.numbers, other.numbers, agree)
    numbers = any(all(sides) for sides in _numbers_by_unit(one, other).values())
    return compared and not numbers and not all(_unmatched(one.dates, other.dates, same_date))


def same_number_or_date(one: Facts, other: Facts) -> bool:
    """Whether two sentences have a number of the same thing or a date in common."""
    return _any(one.numbers, other.numbers, _same_quantity) or _any(one.dates, other.dates, _same_written)


def has_more(one: Facts, other: Facts) -> bool:
    """Whether one sentence tells a number of something or a date that the other does not."""
    number = any(each.unit and not _any([each], other.numbers, agree) for each in one.numbers)
    return number or any(not _any([each], other.dates, same_date) for each in one.dates)


def difference(one: tuple[str, Article], other: tuple[str, Article]) -> tuple[str, str] | None:
    """Each side's words for the one number or date in which two sentences of articles differ, if they surely do.

    None where the sentences name different people or places, or where either article has the other's value as well.
    """
    first, second = facts_of(one[0], one[1].language), facts_of(other[0], other[1].language)
    if _strangers(first, second) and _strangers(second, first):
        return None
    number, date = _differing_number(first, second), _differing_date(first, second)
    if number and not date:
        told = _tells_number(one[1], number[1]) or _tells_number(other[1], number[0])
        return None if told else (number[0].text, number[1].text)
    if date and not _any_number_differs(first, second):
        return (date[0].text, date[1].text) if _surely_differ(one, other, date) else None
    return None


def differing_name(one: tuple[str, Article], other: tuple[str, Article]) -> tuple[str, str] | None:
    """The name of several words that stands in one sentence where the other has another, unknown to its article."""
    left = _unknown_names(one[0], one[1].language, article_names(other[1]))
    right = _unknown_names(other[0], other[1].language, article_names(one[1]))
    if len(left) != 1 or len(right) != 1 or min(len(left[0]), len(right[0])) < _LONG_NAME:
        return None
    alike = max(_likeness(first.key, second.key) for first in left[0] for second in right[0])
    written = tuple(side[0][run[0].span.start : run[-1].span.end] for side, run in ((one, left[0]), (other, right[0])))
    return None if alike > _OTHER_NAME else (written[0], written[1])


def article_names(article: Article) -> frozenset[str]:
    """The keys of all names of an article, its headline's included."""
    title = facts_of(article.title, article.language)
    return title.names.union(*(each.names for each in facts_by_sentence(article.text, article.language)))


def _strangers(one: Facts, other: Facts) -> list[str]:
    """The names that only the first has; acronyms do not count, since every language makes its own."""
    full = (name for name in one.names - other.names if not name.startswith("xa"))
    return [name for name in full if not any(_likeness(name, known) > _OTHER_NAME for known in other.names)]


def _likeness(one: str, other: str) -> float:
    """How alike the keys of two names are without the mark of their kind, in [0, 1]."""
    return SequenceMatcher(None, one[2:], other[2:]).ratio()


def _differing_number(one: Facts, other: Facts) -> tuple[Quantity, Quantity] | None:
    """The only two numbers of the same thing that cannot both be true."""
    pairs = [sides for sides in _numbers_by_unit(one, other).values() if all(sides)]
    if len(pairs) != 1 or any(len(side) != 1 or not side[0].unit for side in pairs[0]):
        return None
    ((left,), (right,)) = pairs[0]
    return (left, right) if left.unit == right.unit else None


def _differing_date(one: Facts, other: Facts) -> tuple[CalendarDate, CalendarDate] | None:
    """The only two dates that cannot be one, if both are told to the day, the month or the year alike."""
    left, right = _unmatched(one.dates, other.dates, same_date)
    alike = len(left) == len(right) == 1 and left[0].grain() == right[0].grain()
    return (left[0], right[0]) if alike else None


def _surely_differ(
    one: tuple[str, Article], other: tuple[str, Article], date: tuple[CalendarDate, CalendarDate]
) -> bool:
    """Whether the dates are those of the event, and neither article has the other's as well."""
    if is_attributed(one[0]) or is_attributed(other[0]):
        return False  # the day may be that of the statement, not of the event
    return not _tells_date(one[1], date[1]) and not _tells_date(other[1], date[0])


def _any_number_differs(one: Facts, other: Facts) -> bool:
    return any(all(sides) for sides in _numbers_by_unit(one, other).values())


def _numbers_by_unit(one: Facts, other: Facts) -> dict[str, tuple[list[Quantity], list[Quantity]]]:
    """For each unit, the numbers of each sentence that no number of the other agrees with."""
    common = {each.unit for each in one.numbers} & {each.unit for each in other.numbers}
    left, right = ([(_unit(each, common), each) for each in side.numbers] for side in (one, other))
    units = {unit for unit, _ in (*left, *right)}
    return {
        unit: _unmatched([each for of, each in left if of == unit], [each for of, each in right if of == unit], agree)
        for unit in units
    }


def _unit(number: Quantity, common: Collection[str]) -> str:
    """The unit of a number of two sentences that have the common units.

    A word that no table knows may be the same as another such word: unless both sentences have it, it counts as none.
    """
    return number.unit if number.unit in common or not is_unlisted(number.unit) else ""


def _tells_number(article: Article, number: Quantity) -> bool:
    """Whether an article has a number of the same thing that agrees, whatever befell it."""
    thing = number.unit.partition(":")[0]
    told = (each for facts in facts_by_sentence(article.text, article.language) for each in facts.numbers)
    return any(each.unit.partition(":")[0] == thing and agree(each, number) for each in told)


def _tells_date(article: Article, date: CalendarDate) -> bool:
    sentences = facts_by_sentence(article.text, article.language)
    return any(_same_written(each, date) for facts in sentences for each in facts.dates)


def _same_quantity(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit != "" and agree(one, other)


def _same_written(one: CalendarDate, other: CalendarDate) -> bool:
    return one.grain() == other.grain() and same_date(one, other)


def _unknown_names(text: str, language: Language, known: frozenset[str]) -> list[list[Name]]:
    """The runs of adjacent names whose last word the other article does not have anywhere."""
    runs: list[list[Name]] = []
    for name in names(text, language):
        if runs and text[runs[-1][-1].span.end : name.span.start] == " ":
            runs[-1].append(name)
        else:
            runs.append([name])
    return [run for run in runs if run[-1].key not in known]


def _any(one: Sequence[Fact], other: Sequence[Fact], alike: Callable[[Fact, Fact], bool]) -> bool:
    return any(alike(first, second) for first in one for second in other)


def _unmatched(
    one: Sequence[Fact], other: Sequence[Fact], alike: Callable[[Fact, Fact], bool]
) -> tuple[list[Fact], list[Fact]]:
    """What of each side has no counterpart on the other."""
    left = [first for first in one if not any(alike(first, second) for second in other)]
    right = [second for second in other if not any(alike(first, second) for first in one)]
    return left, right
