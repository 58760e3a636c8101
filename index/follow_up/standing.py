"""Whether a question stands alone.

It does not where a pronoun stands for something said before, or where nothing in it, no name and no telling word, says
what it is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.follow_up.morphology import gender, name_readings, noun_readings, parses
from index.follow_up.phrases import PLACES
from index.follow_up.times import without
from index.follow_up.typed import content
from index.follow_up.words import PRONOUNS, kin, plain

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.typed import Body, Text
    from index.follow_up.words import Token

_FEW, _HEADLINE = 2, 6  # words
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_WHICH = re.compile(r"(?:\w+ )?(?:who|that|which|at|in|of|with|from)\b")
_POINTED_AT = re.compile(r"\b(?:about|of|for|to|by|with|at|on|after|before|is|was|did|does)\W+$")


def stands_alone(body: Body, question: str, said: str) -> bool:
    """Whether a question that is no mere fragment needs nothing of what was said before."""
    asked = body.text
    if asked.lists.within("whole", question) or _states(asked, question):
        return True
    if unbound(asked) or _only_reacts(asked):
        return False
    return _bound_within(asked) or _has_subject(asked) or _tells_enough(body, said)


def _has_subject(asked: Text) -> bool:
    """Whether a question has a name, or asks what happened at some time."""
    return bool(asked.names or (asked.times and asked.lists.within("broad", asked.text)))


def _tells_enough(body: Body, said: str) -> bool:
    """Whether enough telling words are in a question; as few as two only where they begin another subject."""
    asked = body.text
    own = content(without(asked.text, asked.times), asked.language)
    if len(own) != _FEW:
        return len(own) > _FEW
    return not (kin(own, content(said, asked.language)) or (body.opened and _THE.search(asked.text)))


def _states(asked: Text, question: str) -> bool:
    """Whether what was typed is a sentence of some length that asks nothing, such as a headline."""
    return len(asked.tokens) > _HEADLINE and "?" not in question and not asked.lists.asks(question)


def _only_reacts(asked: Text) -> bool:
    """Whether somebody is said to have answered or agreed, and nothing tells to what: "What did Oslo reply?"."""
    if len(asked.names) != 1 or not asked.lists.within("reacting", asked.text):
        return False
    name = asked.names[0]
    return not content(asked.text[: name.start] + asked.text[name.end :], asked.language)


def unbound(asked: Text) -> list[Token]:
    """The pronouns and demonstratives that stand for something outside the question, in order."""
    hidden = [found.span() for found in asked.lists.lists["empty"].finditer(plain(asked.text))]
    hidden += [(name.start, name.end) for name in asked.names]
    hidden += [(span.start, span.end) for span in asked.times]
    visible = [each for each in asked.tokens if not any(start <= each.start < end for start, end in hidden)]
    return [each for each in visible if _stands_for_something(each, asked) and not _bound(each, asked)]


def _bound_within(asked: Text) -> bool:
    """Whether a pronoun stands for something that the question names itself, which is then what it is about."""
    return any(_bound(each, asked) for each in asked.tokens)


def _stands_for_something(token: Token, asked: Text) -> bool:
    if asked.lists.whole("this", token.plain):
        return asked.language != "en" or _demonstrative(token, asked)
    return bool(asked.lists.pronouns(token.plain))


def _demonstrative(token: Token, asked: Text) -> bool:
    """Whether an English "that" points at something instead of joining clauses: it ends the question or begins it."""
    rest = asked.text[token.end :].strip(" ?!.")
    if token.plain in ("those", "one", "ones"):
        return _WHICH.match(rest) is None
    if token.plain not in ("that", "so", "such", "then", "there"):
        return True
    pointed_at = token.start == 0 or _POINTED_AT.search(asked.text[: token.start])
    return not rest or (token.plain == "that" and bool(pointed_at))


def _bound(token: Token, asked: Text) -> bool:
    """Whether the question itself says whom or what a pronoun means, in another clause or as an owner."""
    kinds = asked.lists.pronouns(token.plain)
    if not kinds:
        return False
    owner = "own" in kinds and is_owned(token, asked)
    limit = token.start if owner else _clause_start(token, asked)
    return any(_fits(word, kinds, asked) for word in asked.tokens if word.end <= limit)


def _clause_start(token: Token, asked: Text) -> int:
    """Where the clause begins that a word stands in: after a comma, or with a conjunction."""
    before = plain(asked.text[: token.start])
    conjunctions = [found.start() for found in asked.lists.lists["clauses"].finditer(before)]
    return max(before.rfind(",") + 1, *conjunctions, 0)


def is_owned(token: Token, asked: Text) -> bool:
    """Whether a word that may be "his" or "him" is followed by what is his."""
    following = asked.following(token)
    if following is None or asked.lists.whole("exactly", following.plain):
        return False
    if asked.language == "en":
        return not asked.is_preposition(following) and not asked.lists.whole("clauses", following.plain)
    found = parses(following.plain, asked.language)
    return not asked.is_verb(following) and any(each.tag.POS in ("NOUN", "ADJF") for each in found)


def _fits(word: Token, kinds: list[str], asked: Text) -> bool:
    """Whether a pronoun of these kinds may mean an earlier word: a name, or a noun of its gender and number."""
    name = asked.name_at(word)
    if asked.language == "en":
        return _english_fits(word, name, kinds, asked)
    readings = name_readings(word.text, asked.language) if name else noun_readings(word.plain, asked.language)
    if name is None and (not readings or asked.is_function(word) or asked.is_verb(word)):
        return False
    genders = {PRONOUNS[kind] for kind in kinds if kind != "own"}
    return "own" in kinds or not readings or bool(genders & gender(readings))


def _english_fits(word: Token, name: Phrase | None, kinds: list[str], asked: Text) -> bool:
    """The same in English, where only people and things differ: a noun is known by its article or as no light word."""
    somebody = bool({"he", "she"} & set(kinds))
    if name is not None:
        return not somebody or name.kind not in (*PLACES, "organisation")
    owner = "own" in kinds and not somebody
    return _after_article(word, asked) or (owner and bool(content(word.plain, "en")))


def _after_article(word: Token, asked: Text) -> bool:
    before = asked.preceding(word)
    return before is not None and before.plain in ("a", "an", "the")
