"""Fragments told from questions: a time, a place, a name or a noun, with nothing that asks or says anything of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.follow_up.times import without
from index.follow_up.typed import Body, Text
from index.follow_up.words import plain

if TYPE_CHECKING:
    from index.follow_up.words import Token

_MOST_WORDS = 7


def fragment(body: Body, question: str) -> Body | None:
    """What was typed, if it is a mere fragment, or the fragment after its question word; None where it is neither."""
    return body if _is_fragment(body, question) else _asked_fragment(body)


def repeats(body: Body, earlier: str) -> bool:
    """Whether a question begins with the question word of the earlier one, or with none."""
    return plain(earlier).startswith(plain(body.text.text[: body.text.lists.question_word(body.text.text)]))


def _is_fragment(body: Body, question: str) -> bool:
    """Whether what was typed is only a time, a place, a name or a noun: no verb, no question word, no pronoun."""
    asked, words = body.text, body.text.tokens
    if not 0 < len(words) <= _MOST_WORDS or any(_is_clause_word(each, asked) for each in words):
        return False
    opened = body.opened or (question.rstrip().endswith("?") and len(words) == 1)
    return opened or asked.leads_with_preposition or _is_time(asked)


def _asked_fragment(body: Body) -> Body | None:
    """The time or place after a lone question word: "а что в Иране?", "how many in Kyiv?"."""
    asked = body.text
    length = asked.lists.question_word(asked.text)
    if not length:
        return None
    rest = Body(Text(asked.text[length:].strip(), asked.language, inside=True), opened=True)
    adjunct = rest.text.leads_with_preposition or _is_time(rest.text)
    return rest if adjunct and _is_fragment(rest, "") else None


def _is_time(text: Text) -> bool:
    return bool(text.times) and not without(text.text, text.times)


def _is_clause_word(token: Token, text: Text) -> bool:
    lists = text.lists
    if not text.timeless(token.start, token.end):
        return False
    if lists.whole("asking", token.plain) or lists.whole("adverbs", token.plain) or lists.whole("this", token.plain):
        return True
    return bool(lists.pronouns(token.plain)) or text.is_verb(token)
