"""How well questions are answered: whether a gold answer stands in the sentences cited first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.evaluate.bootstrap import share
from index.evaluate.figures import AnswerFigures
from index.evaluate.slices import slices
from index.language import lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.evaluate.figures import Slice
    from index.evaluate.questions import EvalQuestion
    from index.ports import Catalogue
    from index.types import Answer, Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question.

    ``place`` is that of the first cited sentence with a gold answer, from 0; None where there is none. ``exact`` counts
    the citations whose quote is what the catalogue has.
    """

    refused: bool
    confidence: float
    place: int | None
    own_language: bool
    citations: int
    exact: int


def judge(question: EvalQuestion, answer: Answer, catalogue: Catalogue) -> Outcome:
    """Compare an answer with what is known to be right."""
    quotes = cited_sentences(answer)
    return Outcome(
        refused=answer.refusal is not None,
        confidence=answer.confidence,
        place=next((n for n, quote in enumerate(quotes) if right(question, quote)), None),
        own_language=answer.language == question.lang,
        citations=len(answer.citations),
        exact=sum(
            catalogue.article(each.article.id).text[each.span.start : each.span.end] == each.quote
            for each in answer.citations
        ),
    )


def cited_sentences(answer: Answer) -> list[str]:
    """The quotes in the order in which the answer's sentences rest on them, each once."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    order = dict.fromkeys(number for sentence in answer.sentences for number in sentence.citations)
    return [quotes[number] for number in order]


def holds(sentence: str, answer: str, language: Language) -> bool:
    """Whether the answer's lemmas stand in the sentence one after the other, whatever stop words lie between them.

    An answer of stop words only ("both") is looked for as it is written, case aside.
    """
    wanted, words = lemmas(answer, language), lemmas(sentence, language)
    if not wanted:
        return re.search(rf"(?<!\w){re.escape(answer.casefold())}(?!\w)", sentence.casefold()) is not None
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def answer_figures(set_name: str, asked: Sequence[tuple[EvalQuestion, Outcome]]) -> Iterator[AnswerFigures]:
    """The figures of a set's questions with known answers, for all of them and by language pair."""
    if asked:
        for part, outcomes in slices(set_name, "within", asked):
            yield _figures(part, outcomes)


def right(question: EvalQuestion, sentence: str) -> bool:
    """Whether a sentence holds one of the question's answers."""
    return any(holds(sentence, answer, question.doc_lang) for answer in question.answers)


def _figures(part: Slice, outcomes: Sequence[Outcome]) -> AnswerFigures:
    answered = [not each.refused for each in outcomes]
    return AnswerFigures(
        slice=part,
        questions=len(outcomes),
        citations=sum(each.citations for each in outcomes),
        answered=share(answered),
        sentence_1=share(_among_first(1, outcomes)),
        sentence_3=share(_among_first(3, outcomes)),
        sentence_1_answered=share(_among_first(1, outcomes), answered),
        own_language=share([each.own_language for each in outcomes]),
        exact_quotes=share([each.exact for each in outcomes], [each.citations for each in outcomes]),
    )


def _among_first(sentences: int, outcomes: Iterable[Outcome]) -> list[bool]:
    return [each.place is not None and each.place < sentences for each in outcomes]
