"""A bare question word: "why?" asks the earlier question again with another question word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.follow_up import joining
from index.follow_up.typed import Text
from index.follow_up.words import plain

if TYPE_CHECKING:
    from index.follow_up.typed import Body
    from index.follow_up.words import Token

_MOST_WORDS = 4
_AMOUNT = re.compile(r"how (?:many|much|long|old|far|often)\b")


def is_bare(body: Body) -> bool:
    """Whether what was typed is a question word with nothing to ask it of: "за что?", "why exactly?"."""
    asked = body.text
    if len(asked.tokens) > _MOST_WORDS or asked.names or asked.times:
        return False
    start = _after_preposition(asked)
    length = asked.lists.question_word(asked.text[start:])
    rest = [each for each in asked.tokens if each.start >= start + length]
    if start and asked.language != "en":
        return length > 0 and not any(asked.is_verb(each) for each in rest)
    return length > 0 and all(_adds_nothing(each, asked) for each in rest)


def _adds_nothing(word: Token, asked: Text) -> bool:
    """Whether a word makes no more of a question than its question word: a particle, or Slavic "of them"."""
    of_them = asked.language != "en" and asked.lists.whole("they", word.plain)
    return of_them or asked.lists.whole("exactly", word.plain)


def _after_preposition(text: Text) -> int:
    """Where the second word of a question begins whose first is a preposition; 0 in any other."""
    return text.tokens[1].start if text.leads_with_preposition and len(text.tokens) > 1 else 0


def repeated(body: Body, earlier: str) -> str:
    """The earlier question with the question word put in place of its own, or joined to it."""
    asked, before = body.text, Text(joining.first(earlier), body.text.language)
    words = asked.text.rstrip("?!. ")
    opening = _adverbial(before)
    if _adverbial(asked):
        if opening:
            return joining.asked(f"{words} {before.text[opening:].lstrip()}")
        if before.leads_with_auxiliary:
            return joining.asked(f"{words} {joining.small(before.text)}")
        marker = asked.lists.texts["whether"]
        if marker and marker in before.text:
            return joining.asked(f"{words} {joining.small(before.text.replace(marker, '', 1))}")
    return joining.joined(before.text, asked.lists.texts["joined"], words)


def _adverbial(text: Text) -> int:
    """How long the adverb or the preposition with its question word is that a question begins with; 0 for others."""
    start = _after_preposition(text)
    length = text.lists.leading("governed" if start else "adverbs", text.text[start:])
    if not length or _AMOUNT.match(plain(text.text)):
        return 0
    end = start + length
    following = next((each for each in text.tokens if each.start >= end), None)
    return following.end if following and text.lists.whole("exactly", following.plain) else end
