"""Markdown keeps its words and loses its marks; front matter becomes metadata."""

from __future__ import annotations

import pytest

from index.load.markdown import read_markdown

ARTICLE = """---
title: "Міст: відкриття"
date: 2026-03-14   # суботній випуск
author: 'Оксана Петрук'
publisher: Лісовий вісник
url: https://lisovyi.example/mist
lang: uk
tags:
  - мости
---

# Інший заголовок

Міст **відкрили** в _суботу_, [пише вісник](https://lisovyi.example/1).

![Міст](https://lisovyi.example/1.jpg)

## Що далі

> Усі `чекали` цього.

* дорога
- освітлення
"""


def test_front_matter_becomes_metadata() -> None:
    """Quotes and comments are no part of a value; nested lists are passed over."""
    raw = read_markdown(ARTICLE.encode())
    assert (raw.title, raw.date, raw.author) == ("Міст: відкриття", "2026-03-14", "Оксана Петрук")
    assert (raw.outlet, raw.url, raw.language) == ("Лісовий вісник", "https://lisovyi.example/mist", "uk")


def test_markup_is_reduced_to_its_words() -> None:
    """Emphasis, links, headings, quotes and code leave their words; images leave nothing; items get one bullet."""
    raw = read_markdown(ARTICLE.encode())
    assert raw.markup == "markdown"
    assert [line for line in raw.text.split("\n") if line] == [
        "Міст відкрили в суботу, пише вісник.",
        "Що далі",
        "Усі чекали цього.",
        "• дорога",
        "• освітлення",
    ]


def test_a_leading_heading_is_the_title() -> None:
    """Without front matter the first heading names the article and leaves the text."""
    raw = read_markdown("# *Новый* мост #\n\nОн открыт.".encode())
    assert (raw.title, raw.text) == ("Новый мост", "Он открыт.")


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4 = 24", "snake_case_name stays", "5 * 5", "He said: [sic] and left", "#хештег"]
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    """Asterisks, underscores, brackets and hash tags of prose are the author's own."""
    assert read_markdown(text.encode()).text == text


def test_metadata_without_text_is_no_article() -> None:
    """Front matter alone gives nothing to index."""
    with pytest.raises(ValueError, match="no text"):
        read_markdown(b"---\ntitle: Only a title\n---\n")


def test_a_rule_at_the_start_is_not_front_matter() -> None:
    """Three dashes without a second line of them begin no metadata, and no words are lost."""
    assert read_markdown("---\nТекст: слово.\n".encode()).text == "Текст: слово."
