"""What full-text search finds a passage by."""

from __future__ import annotations

from index.ingest import words_of
from index.language import search_words
from index.types import Article, Passage

ARTICLE = Article("a", "/a.txt", "The ferry sank.\nDivers came.", "en", "Ferry lost near Odesa")


def test_every_passage_is_found_by_the_headline() -> None:
    """Its words come first, then the passage's own; both with their name keys."""
    title = search_words(ARTICLE.title, "en")
    for start, end in ((0, 15), (16, 28)):
        text = ARTICLE.text[start:end]
        passage = Passage(f"p{start}", "a", start, end, "en", text)
        assert words_of(ARTICLE, passage).split() == [*title, *search_words(text, "en")]


def test_words_of_sentences_stand_in_lines() -> None:
    """The headline's first, then each sentence's, which has none where all are function words, and last the names."""
    text = "The ferry sank. It was. Divers of Odesa came."
    lines = words_of(ARTICLE, Passage("p", "a", 0, len(text), "en", text)).split("\n")
    assert lines == [" ".join(search_words(ARTICLE.title, "en")), "ferry sink", "", "diver odesa come", "xtodesa"]
