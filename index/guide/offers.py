"""What an article offers to ask about: who speaks in it, where it takes place, whom and what it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from index.guide.abroad import COUNTRIES, GIVEN, PLACES, elsewhere, listed, section
from index.guide.inflection import gender, is_base_case
from index.guide.runs import runs
from index.guide.wording import place, question, spoken_of, standing_in, table, words
from index.language import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.guide.runs import Run
    from index.types import Article, AskerLanguage, Language

    Kind = Literal["says", "place", "about", "who"]
    Wording = tuple[Kind, Run, str | None]

_LEAD = 500  # code points: what happened is told there
_OFTEN = 3
"""Times a name recurs in an article that is about it, unless its headline has it."""
_PERSON = range(2, 4)  # words
_AGE = re.compile(r", \d\d\b")
_LONGEST_ACRONYM = 5  # letters: more in capitals are a dateline


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that an article may answer, what kind it is, and the keys of the names in it."""

    question: str
    kind: Kind
    keys: frozenset[str]

    @property
    def is_of_town(self) -> bool:
        """Whether it asks what happened in a town: then any lead may tell, without the name."""
        return self.kind == "place" and not _is_country(self.keys)

    def names(self, quote: str, language: Language) -> bool:
        """Whether a quote has a name that was asked about."""
        return bool(self.keys & frozenset(name_keys(quote, language)))


def offers(article: Article, language: AskerLanguage) -> list[Offer]:
    """Questions that an article offers in a language, one of a kind; none where no name is sure in that language."""
    told = [run for run in runs(article) if _is_name(run, article.language)]
    about = _central(article, told)
    found = _at_home(told, about, language) if article.language == language else _abroad(article, told, about, language)
    kinds: dict[Kind, Offer] = {}
    for kind, run, text in found:
        if text and kind not in kinds:
            kinds[kind] = Offer(text, kind, run.keys)
    return list(kinds.values())


def _is_name(run: Run, language: Language) -> bool:
    """Whether a run can be asked about: no dateline, nothing as wide as Europe, in English no "Russian" and "the"."""
    if run.text.isupper() and len(run.text) > _LONGEST_ACRONYM:
        return False
    if any(key.removeprefix("xt") in words("broad") for key in run.keys):
        return False
    return language != "en" or not (_is_adjective(run) or run.before.lower().endswith("the "))


def _is_adjective(run: Run) -> bool:
    """Whether an English name is written otherwise than listed: "Russian" for Russia."""
    form = listed(next(iter(run.keys)), "en") if len(run.keys) == 1 else None
    return form is not None and form != run.text


def _central(article: Article, told: Sequence[Run]) -> list[Run]:
    """The names that an article is about, its headline's first; of a person the full name rather than the last."""
    headline = frozenset(name_keys(article.title, article.language))
    counts = Counter(key for run in told for key in run.keys)
    central = [run for run in told if run.keys & headline or max(counts[key] for key in run.keys) >= _OFTEN]
    longest = [run for run in central if not any(run.keys < other.keys for other in told)]
    return sorted(longest, key=lambda run: (not run.keys & headline, _is_country(run.keys)))


def _at_home(told: Sequence[Run], about: Sequence[Run], language: AskerLanguage) -> Iterator[Wording]:
    """Questions in the article's own language, with names in forms that the article itself has as far as possible."""
    people = [run for run in told if _may_be_person(run) and is_base_case(run.text, language)]
    for run in people:
        if _speaks(run, language):
            yield "says", run, question("says", language, run.text)
    for run in _towns_first(told):
        yield "place", run, question("place", language, standing_in(run.before, run.text, run.after, language))
    for run in about:
        if is_base_case(run.text, language):
            yield "about", run, question("about", language, spoken_of(run.text, language))
    for run in people:
        if run in about:
            yield _who(run, language)


def _abroad(article: Article, told: Sequence[Run], about: Sequence[Run], language: AskerLanguage) -> Iterator[Wording]:
    """Questions in another language than the article's, with names that are known in both or need no translation."""
    for run in told:
        if _may_be_person(run) and _speaks(run, article.language):
            yield "says", run, question("says", language, elsewhere(run.text, run.keys, article.language, language))
    for run in about:
        if name := elsewhere(run.text, run.keys, article.language, language):
            yield "about", run, question("about", language, spoken_of(name, language))
    for run in _towns_first(told, about):
        for key in sorted(run.keys):
            yield _of_place(run, key, language)


def _of_place(run: Run, key: str, language: AskerLanguage) -> Wording:
    """What happened in a place that is listed; of an island, which nothing happens "in", what is known."""
    form = listed(key, language) if section(key) in (COUNTRIES, PLACES) else None
    if key.removeprefix("xt") in words("on"):
        return "about", run, question("about", language, form and spoken_of(form, language))
    return "place", run, question("place", language, form and place(form, language))


def _who(run: Run, language: AskerLanguage) -> Wording:
    kind = gender(run.text, language) if _is_person(run, language) else None
    return "who", run, question(f"who_{kind}", language, run.text) if kind else None


def _towns_first(told: Sequence[Run], about: Sequence[Run] = ()) -> list[Run]:
    """The names in the lead, and those that the article is about, countries last."""
    found = (run for run in told if run.start < _LEAD or run in about)
    return sorted(found, key=lambda run: _is_country(run.keys))


def _may_be_person(run: Run) -> bool:
    written = run.text.split()
    if len(written) not in _PERSON:
        return False
    return all(word[0].isupper() and not word.isupper() for word in written)


def _is_person(run: Run, language: AskerLanguage) -> bool:
    """Whether a name of several words is surely somebody's: a first name, an age, something said."""
    return any(section(key) == GIVEN for key in run.keys) or bool(_AGE.match(run.after)) or _speaks(run, language)


def _speaks(run: Run, language: Language) -> bool:
    verbs = "|".join(str(table("saying").get(language, "")).split())
    return bool(verbs) and bool(re.search(rf"\b(?:{verbs}) $", run.before) or re.match(rf",? (?:{verbs})\b", run.after))


def _is_country(keys: frozenset[str]) -> bool:
    """Whether nothing but a country is named, of which any article may tell something."""
    return all(section(key) == COUNTRIES for key in keys)
