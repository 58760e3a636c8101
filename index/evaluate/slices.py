"""Questions by language pair: the figures of a set are told for each pair and for all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from index.evaluate.figures import ALL, Slice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.evaluate.figures import Condition
    from index.evaluate.questions import EvalQuestion

    Outcome = TypeVar("Outcome")


def slices(
    set_name: str, condition: Condition, asked: Sequence[tuple[EvalQuestion, Outcome]]
) -> Iterator[tuple[Slice, list[Outcome]]]:
    """The outcomes of a set's questions, all together and then by language pair."""
    yield Slice(set_name, ALL, ALL, condition), [outcome for _, outcome in asked]
    for lang, doc_lang in sorted({(question.lang, question.doc_lang) for question, _ in asked}):
        of_pair = [outcome for question, outcome in asked if (question.lang, question.doc_lang) == (lang, doc_lang)]
        yield Slice(set_name, lang, doc_lang, condition), of_pair
