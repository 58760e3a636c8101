"""Which words of an article a written sentence is said to rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.answer.writing.offer import make_offer
from index.answer.writing.support import supporting_spans
from tests.samples import BRIDGE, hit

if TYPE_CHECKING:
    from index.adapters.e5_onnx import E5Embedder
    from index.types import AskerLanguage


def _quotes(embedder: E5Embedder, sentence: str, language: AskerLanguage) -> list[str]:
    (offered,) = make_offer("?", language, [hit(BRIDGE)], 4000).passages
    spans = supporting_spans(sentence, language, offered, embedder)
    return [BRIDGE.text[each.start : each.end] for each in spans]


@pytest.mark.parametrize(
    ("language", "sentence", "quote"),
    [
        ("uk", "Роботи обійшлися в 412 мільйонів.", "Роботи коштували 412 мільйонів гривень."),
        ("en", "The works cost 412 million hryvnias.", "Роботи коштували 412 мільйонів гривень."),
        ("ru", "Мост открыли в субботу.", "Міст відкрили в суботу."),
        ("uk", "Рух мостом дозволили о дев'ятій.", "Рух дозволили о дев'ятій."),
    ],
)
def test_nearest_sentence_is_cited(embedder: E5Embedder, language: AskerLanguage, sentence: str, quote: str) -> None:
    """The sentence that says the same is found, also in another language."""
    assert _quotes(embedder, sentence, language) == [quote]


def test_figures_elsewhere_are_cited_as_well(embedder: E5Embedder) -> None:
    """Where the nearest sentence lacks a figure, the one that has it joins it; neighbours make one quote."""
    found = _quotes(embedder, "Міст відкрили в суботу, і коштував він 412 мільйонів гривень.", "uk")
    assert found == ["Міст відкрили в суботу. Роботи коштували 412 мільйонів гривень."]
