"""A bare question word: "why?" asks the earlier question again with another question word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.follow_up import joining
from index.follow_up.typed import Text
from index.follow_up.words import plain

if TYPE_CHECKING:
    from index.follow_up.typed import Body

_MOST_WORDS = 4
_AUXILIARY = re.compile(r"(?:did|does|do|is|are|was|were|has|have|had|will|can|could|would|should)\b", re.IGNORECASE)


def is_bare(body: Body) -> bool:
    """Whether what was typed is a question word with nothing to ask it of: "за что?", "why exactly?"."""
    asked = body.text
    words = asked.tokens
    if not words or len(words) > _MOST_WORDS or asked.names or asked.times:
        return False
    at = 1 if words[0].plain in asked.lists.prepositions and len(words) > 1 else 0
    length = _question_words(asked.text[words[at].start :], asked)
    if not length:
        return False
    rest = [each for each in words if each.start >= words[at].start + length]
    if asked.language == "en":
        return all(asked.lists.whole("exactly", each.plain) for each in rest)
    if any(asked.is_verb(each) for each in rest):
        return False
    return bool(at) or not any(_speaks(asked, each.plain) for each in rest)


def _speaks(asked: Text, word: str) -> bool:
    """Whether a word makes more of a question than a question word: all but particles and "of them"."""
    return not (asked.lists.whole("exactly", word) or asked.lists.whole("they", word))


def _question_words(text: str, asked: Text) -> int:
    return asked.lists.leading("asking", text) or asked.lists.leading("adverbs", text)


def repeated(body: Body, earlier: str) -> str:
    """The earlier question with the question word put in place of its own, or joined to it."""
    asked, before = body.text, Text(joining.first(earlier), body.text.language)
    words = asked.text.rstrip("?!. ")
    opening = _adverbial(before)
    if _adverbial(asked):
        if opening:
            return joining.asked(f"{words} {before.text[opening:].lstrip()}")
        if before.language == "en" and _AUXILIARY.match(before.text):
            return joining.asked(f"{words} {joining.small(before.text)}")
        marker = asked.lists.texts["whether"]
        if marker and marker in before.text:
            return joining.asked(f"{words} {joining.small(before.text.replace(marker, '', 1))}")
    return joining.joined(before.text, asked.lists.texts["joined"], words)


def _adverbial(text: Text) -> int:
    """How long the adverb or the preposition with its question word is that a question begins with; 0 for others."""
    lists, words = text.lists, text.tokens
    start = 0
    if words and words[0].plain in lists.prepositions and len(words) > 1:
        start = words[1].start
        length = lists.leading("governed", text.text[start:])
    else:
        length = lists.leading("adverbs", text.text)
    if not length or (start == 0 and re.match(r"how (?:many|much|long|old|far|often)\b", plain(text.text))):
        return 0
    end = start + length
    following = [each for each in words if each.start >= end]
    if following and lists.whole("exactly", following[0].plain):
        end = following[0].end
    return end
