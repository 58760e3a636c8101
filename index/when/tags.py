"""A question as a line of tags: the alphabet in which the rules of time are written.

"What happened since 12 August?" becomes ". _ news since n12 M8 .", where ``_`` stands for a word that says nothing of
time. What the tags mean is told at the top of ru.toml.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from index.language.lemmas import repaired
from index.when.figures import FIGURES, figure_tag
from index.when.words import longest_phrase, plain, tags_by_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’ʼ‘`´\u0301\u00ad][^\W\d_]+)*)|(?P<dash>[-–—−])"
    r"|(?P<stop>[.?!;:…\n])|(?P<comma>,)|(?P<quote>[\s\"«»“”„'’()\[\]*_])|(?P<other>.)"
)
_SIGNS = {"dash": "-", "stop": ".", "comma": ","}
_POSSESSIVE = re.compile(r"['’ʼ‘`´]s$", re.IGNORECASE)
_TENS_AND_ONES = re.compile(r" n([2-9])0 (?:- )?(n|ord)([1-9]) ")


def tagged(question: str) -> str:
    """The question's tags in order, each between single spaces, within stops."""
    tags = " ".join(_tags(list(_tokens(unicodedata.normalize("NFC", question)))))
    return _TENS_AND_ONES.sub(r" \2\1\3 ", f" . {tags} . ")


def _tokens(question: str) -> Iterator[tuple[str, str]]:
    """For each token its plain word and no tag, or no word and its tag."""
    place = 0
    while place < len(question):
        figures = FIGURES.match(question, place)
        match = figures or _TOKEN.match(question, place)
        assert match, "the pattern takes any character"
        place = match.end()
        if figures:
            yield "", figure_tag(figures)
        elif match["word"]:
            yield plain(repaired(_POSSESSIVE.sub("", match.group()))), ""
        elif not match["quote"]:
            yield "", _SIGNS.get(match.lastgroup or "", "_")


def _tags(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """The tags of the longest known phrases, from left to right."""
    place = 0
    while place < len(tokens):
        word, tag = tokens[place]
        length, tags = _longest_known(tokens, place) if word else (1, tag)
        yield tags
        place += length


def _longest_known(tokens: list[tuple[str, str]], place: int) -> tuple[int, str]:
    """How many words from a place on make a known phrase, and its tags; one unknown word otherwise."""
    words = [word for word, _ in tokens[place : place + longest_phrase()]]
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        if all(words[:length]) and phrase in tags_by_phrase():
            return length, tags_by_phrase()[phrase]
    return 1, "_"
