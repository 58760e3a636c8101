"""Questions for a store, and how one is asked: from what was typed to what is printed."""

from __future__ import annotations

from datetime import date
from io import StringIO
from itertools import count
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.answer import Answerer
    from index.ports import Catalogue
    from index.types import Answer, Query

TODAY = date(2026, 5, 20)
_ASKED = {
    "en": ("What is known about {}?", "Who spoke of {}?", "Why does it matter that {}?", "When was it that {}?"),
    "ru": ("Что известно о том, что {}?", "Кто говорил, что {}?", "Почему важно, что {}?", "Когда стало так, что {}?"),
    "uk": ("Що відомо про те, що {}?", "Хто казав, що {}?", "Чому важливо, що {}?", "Коли сталося, що {}?"),
}
_WORDS = 4, 9
"""Words of an article in a question, least and most: with what is around them, as long as people's questions are."""
_FROM = 2000
"""Passages that questions are made of, from all over the store."""


def questions(catalogue: Catalogue, seed: int) -> Iterator[str]:
    """Questions without end, in the languages of the store, each about some words that stand in it.

    Digits are left out, or words of time would restrict some questions to a day. The same store and seed give the
    same questions; hardly one comes twice, so that nothing is found because it was asked before.
    """
    chance = Random(seed)  # noqa: S311 - to be repeated, not to be secret
    ids = catalogue.passage_ids(_FROM)
    for _ in count():
        ((passage, _article),) = catalogue.passages([chance.choice(ids)])
        words = [word for word in passage.text.split() if not any(map(str.isdigit, word))]
        length = chance.randint(*_WORDS)
        start = chance.randrange(max(1, len(words) - length))
        about = " ".join(words[start : start + length]).strip(".,;:!?")
        yield chance.choice(_ASKED.get(passage.language, _ASKED["en"])).format(about)


def query(question: str) -> Query:
    """What a command makes of a question: its language is told by its words."""
    from bot.asking import asker_language
    from index.types import Query

    return Query(question, asker_language(question))


def printed(answer: Answer) -> str:
    """The answer as it is shown in a terminal."""
    from rich.console import Console

    from bot import render

    console = Console(file=StringIO(), width=80)
    with console.capture() as shown:
        console.print(render.answer(answer))
    return shown.get()


def asking(answerer: Answerer) -> Callable[[str], str]:
    """A function that asks a question and prints the answer."""
    return lambda question: printed(answerer.answer(query(question), TODAY))
