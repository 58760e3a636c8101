"""The lines round the text: masthead, headline, byline, date, signature."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.clean import clean
from index.types import RawArticle

if TYPE_CHECKING:
    from index.types import Article

NOW = datetime(2026, 3, 15, 10, 0, tzinfo=UTC)
PROSE = "The bridge over the river Sula reopened on Saturday after 19 months of work, the district said."


def _clean(text: str) -> Article:
    return clean(RawArticle("a.txt", text), "a", NOW, {})


@pytest.mark.parametrize(
    "masthead", ["The Harbour Post", "The Harbour Post – news daily", "Region › Roads", "News / Roads"]
)
def test_a_masthead_is_no_headline(masthead: str) -> None:
    """The outlet's name and the path through its sections leave; the headline under them is found."""
    article = _clean(f"{masthead}\nThe bridge over the Sula reopens\n{PROSE}\n© 2026 The Harbour Post")
    assert (article.title, article.text) == ("The bridge over the Sula reopens", PROSE)


@pytest.mark.parametrize("byline", ["Jane Doe", "Jane Doe, Kyiv", "Jane Doe and John Roe", "Jane Doe\n14.03.2026"])
def test_names_under_the_headline_are_the_author(byline: str) -> None:
    """A line of names over the prose signs the article, with or without a date."""
    article = _clean(f"The bridge over the Sula reopens\n{byline}\n{PROSE}")
    assert (article.author or "").startswith("Jane Doe")
    assert article.text == PROSE


def test_a_signature_under_the_prose() -> None:
    """A name on the last line is the author; the same name in the middle stays."""
    article = _clean(f"{PROSE}\nJane Doe\n{PROSE}\nJohn Roe")
    assert (article.author, article.text) == ("John Roe", f"{PROSE}\nJane Doe\n{PROSE}")


def test_the_outlet_named_beside_the_author() -> None:
    """A newspaper in quotation marks after the author's name is the outlet."""
    article = _clean(f"Мост через Сулу открыли утром\nИван Петров, «Портовая газета»\n{PROSE}")
    assert (article.author, article.outlet) == ("Иван Петров", "Портовая газета")


def test_a_second_date_after_the_prose_began_stays() -> None:
    """Dates as subheadings of a chronicle are the article's own."""
    article = _clean(f"How the bridge was built again\n15.03.2026\n{PROSE}\n14 March 2026\n{PROSE}")
    assert article.text == f"{PROSE}\n14 March 2026\n{PROSE}"


def test_a_byline_over_the_headline_is_no_masthead() -> None:
    """A name and a date with a sign between them are read, whatever comes after them."""
    article = _clean(f"Jane Doe | 14 March 2026\nThe bridge over the Sula reopens to lorries\n{PROSE}")
    assert article.published
    assert (article.author, article.published.iso()) == ("Jane Doe", "2026-03-14")
    assert article.title == "The bridge over the Sula reopens to lorries"


def test_a_salutation_is_no_signature() -> None:
    """An open letter's first line stays."""
    assert _clean(f"Dear Donald,\n{PROSE}").text.startswith("Dear Donald,")
