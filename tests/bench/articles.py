"""Articles to measure with: real ones from a folder of JSON Lines, else generated from a seed.

A generated article is made of sentences, each of an opener, a subject, a predicate, an object and often a tail out of
``articles.toml``, with invented people and places and with numbers; every fifth is a quotation. Lengths are drawn from
log-normal distributions fitted by eye to 31,000 news articles: median words and spread by language in ``LENGTHS``,
sentences of some 17 words, three to a paragraph. Nothing of it is true, and no two articles tell the same.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PARTS = Path(__file__).with_name("articles.toml")
LENGTHS = {"en": (810.0, 0.5), "ru": (217.0, 0.8), "uk": (265.0, 0.5)}
"""Median of words in an article, and the standard deviation of their natural logarithm, by language."""
_SHORTEST, _LONGEST, _SENTENCE = 50, 4000, 17
_SYLLABLES = {
    "en": "bal cor den eld far gar hol kin lor mar nev ost pel quin ras sel tor ul vand wyn",
    "ru": "бал вер гор дан ел жел зар кол лоб мир нев ост пол рад сел тор уль фал хар чер",
    "uk": "бал вер гор дан лип жел зар кол лоб мир нев ост пол рад сел тор уль фал хар чер",
}


@dataclass(frozen=True, slots=True)
class Story:
    """An article as one line of a file: what every system measured is given."""

    id: str
    lang: str
    title: str
    text: str
    date: str | None = None


def stories(number: int, seed: int, scale: Path | None = None) -> Iterator[Story]:
    """So many articles, one of each language in turn: of the folder, in its order, and generated where it has no more.

    The same arguments give the same articles, and a greater number gives the same ones first.
    """
    return islice(_merged([_read(scale, lang) if scale else _made(lang, seed) for lang in LENGTHS], seed), number)


def write(articles: Iterable[Story], path: Path) -> Path:
    """One JSON object a line, as `citewire index` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for each in articles:
            fields = {"id": each.id, "lang": each.lang, "title": each.title, "text": each.text, "date": each.date}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return path


def read(path: Path) -> list[Story]:
    """What ``write`` wrote."""
    return [Story(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _merged(sources: list[Iterator[Story]], seed: int) -> Iterator[Story]:
    """One of each in turn; those that end are left out, and when all have, generated ones follow."""
    while sources:
        for source in list(sources):
            found = next(source, None)
            if found:
                yield found
            else:
                sources.remove(source)
    yield from _merged([_made(lang, seed) for lang in LENGTHS], seed)


def _read(folder: Path, lang: str) -> Iterator[Story]:
    with gzip.open(folder / f"news_{lang}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            yield Story(found["id"], lang, found["title"] or "", found["text"], found["date"])


def _made(lang: str, seed: int) -> Iterator[Story]:
    for number in count():
        yield _story(lang, f"made-{lang}-{seed}-{number}", Random(f"{lang} {seed} {number}"))  # noqa: S311 - no secrets


def _story(lang: str, name: str, random: Random) -> Story:
    median, spread = LENGTHS[lang]
    wanted = min(_LONGEST, max(_SHORTEST, median * random.lognormvariate(0, spread)))
    told: list[str] = []
    words = 0
    # An article has its own few people and places, as news has.
    cast = _Cast.drawn(lang, random)
    while words < wanted - _SENTENCE / 2:
        told.append(_sentence(lang, cast, random))
        words += len(told[-1].split())
    title = _filled(
        f"{_one(lang, 'subjects', random).rstrip(',')} {_one(lang, 'predicates', random)} "
        f"{_one(lang, 'objects', random)}",
        lang,
        cast,
        random,
    )
    day = date(2020, 1, 1) + timedelta(days=random.randrange(2000))
    paragraphs = [" ".join(told[start : start + 3]) for start in range(0, len(told), 3)]
    return Story(name, lang, _capital(title), "\n\n".join(paragraphs), day.isoformat())


@dataclass(frozen=True, slots=True)
class _Cast:
    people: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def drawn(cls, lang: str, random: Random) -> _Cast:
        """Five people and four places."""
        people = (f"{_one(lang, 'names', random)} {_name(lang, 'surname_ends', random)}" for _ in range(5))
        return cls(tuple(people), tuple(_name(lang, "place_ends", random) for _ in range(4)))


def _sentence(lang: str, cast: _Cast, random: Random) -> str:
    if random.random() < 0.2:
        return _filled(_one(lang, "quotes", random), lang, cast, random)
    kinds = ["openers", "subjects", "predicates", "objects"] + ["tails"] * (random.random() < 0.6)
    told = [_one(lang, kind, random) for kind in kinds]
    if "tails" in kinds:
        told[-2] += ","
    return _capital(_filled(" ".join(told), lang, cast, random)) + "."


def _filled(text: str, lang: str, cast: _Cast, random: Random) -> str:
    """Each place in the text is filled for itself."""
    choices: dict[str, Callable[[], str]] = {
        "{person}": lambda: random.choice(cast.people),
        "{place}": lambda: random.choice(cast.places),
        "{body}": lambda: _one(lang, "bodies", random),
        "{n}": lambda: str(random.randint(2, 990)),
    }
    for mark, choice in choices.items():
        while mark in text:
            text = text.replace(mark, choice(), 1)
    return text


def _name(lang: str, ends: str, random: Random) -> str:
    syllables = "".join(random.choice(_syllables(lang)) for _ in range(random.randint(1, 2)))
    return (syllables + _one(lang, ends, random)).capitalize()


def _syllables(lang: str) -> list[str]:
    return _SYLLABLES[lang].split()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one(lang: str, kind: str, random: Random) -> str:
    return random.choice(_parts()[lang][kind])


@cache
def _parts() -> dict[str, dict[str, Sequence[str]]]:
    return tomllib.loads(_PARTS.read_text("utf-8"))
