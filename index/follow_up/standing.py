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
from index.follow_up.words import plain
from index.language.lemmas import stop_words

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.typed import Body, Text
    from index.follow_up.words import Token

_FEW, _HEADLINE = 2, 6  # words
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_WHICH = re.compile(r"(?:\w+ )?(?:who|that|which|at|in|of|with|from)\b")
_STEM = 5
_PRONOUNS = ("he", "she", "it", "they", "own")
_GENDERS = {"he": "masc", "she": "femn", "it": "neut", "they": "plur"}


def stands_alone(body: Body, question: str, said: str) -> bool:
    """Whether a question that is no mere fragment needs nothing of what was said before."""
    asked = body.text
    if asked.lists.within("whole", question) or _states(asked, question):
        return True
    if unbound(asked) or _only_reacts(asked):
        return False
    if _bound_within(asked):
        return True
    if asked.names or (asked.times and asked.lists.within("broad", asked.text)):
        return True
    own = content(without(asked.text, asked.times), asked.language)
    if len(own) < _FEW:
        return False
    stems = {each[:_STEM] for each in content(said, asked.language)}
    kin = any(each[:_STEM] in stems for each in own)
    return len(own) > _FEW or not (kin or (body.opened and _THE.search(asked.text)))


def _states(asked: Text, question: str) -> bool:
    """Whether what was typed is a sentence of some length that asks nothing, such as a headline."""
    asks = "?" in question or asked.lists.within("asking", question) or asked.lists.within("adverbs", question)
    return not asks and len(asked.tokens) > _HEADLINE


def _only_reacts(asked: Text) -> bool:
    """Whether somebody is said to have answered or agreed, and nothing tells to what: "What did Oslo reply?"."""
    if len(asked.names) != 1 or not asked.lists.within("reacting", asked.text):
        return False
    name = asked.names[0]
    return not content(asked.text[: name.start] + asked.text[name.end :], asked.language)


def unbound(asked: Text) -> list[Token]:
    """The pronouns and demonstratives that stand for something outside the question, in order."""
    hidden = [found.span() for found in asked.lists.lists["empty"].finditer(plain(asked.text))]
    hidden += [(span.start, span.end) for span in asked.times]
    hidden += [(name.start, name.end) for name in asked.names]
    visible = [each for each in asked.tokens if not any(start <= each.start < end for start, end in hidden)]
    return [each for each in visible if _stands_for_something(each, asked) and not _bound(each, asked)]


def _bound_within(asked: Text) -> bool:
    """Whether a pronoun stands for something that the question names itself, which is then what it is about."""
    return any(
        _bound(each, asked) for each in asked.tokens if any(asked.lists.whole(kind, each.plain) for kind in _PRONOUNS)
    )


def _stands_for_something(token: Token, asked: Text) -> bool:
    if asked.lists.whole("this", token.plain):
        return asked.language != "en" or _demonstrative(token, asked)
    return any(asked.lists.whole(kind, token.plain) for kind in _PRONOUNS)


def _demonstrative(token: Token, asked: Text) -> bool:
    """Whether an English "that" points at something instead of joining clauses: it ends the question or begins it."""
    rest = asked.text[token.end :].strip(" ?!.")
    if token.plain in ("those", "one", "ones"):
        return _WHICH.match(rest) is None
    if token.plain not in ("that", "so", "such", "then", "there"):
        return True
    after_preposition = re.search(
        r"\b(?:about|of|for|to|by|with|at|on|after|before|is|was|did|does)\W+$", asked.text[: token.start]
    )
    return not rest or (token.plain == "that" and (bool(after_preposition) or token.start == 0))


def _bound(token: Token, asked: Text) -> bool:
    """Whether the question itself says whom or what a pronoun means, in another clause or as an owner."""
    kinds = [kind for kind in _PRONOUNS if asked.lists.whole(kind, token.plain)]
    if not kinds:
        return False
    before = asked.text[: token.start]
    owner = "own" in kinds and is_owned(token, asked)
    clause_starts = [0, *(found.end() for found in re.finditer(r",", before))]
    clause_starts += [found.start() for found in asked.lists.lists["clauses"].finditer(plain(before)) if found.start()]
    limit = len(before) if owner else max(clause_starts)
    return any(_fits(word, kinds, asked) for word in asked.tokens if word.end <= limit)


def is_owned(token: Token, asked: Text) -> bool:
    """Whether a word that may be "his" or "him" is followed by what is his."""
    following = asked.following(token)
    if following is None or asked.lists.whole("exactly", following.plain):
        return False
    if asked.language == "en":
        return following.plain not in asked.lists.prepositions and not asked.lists.whole("clauses", following.plain)
    found = parses(following.plain, asked.language)
    return not asked.is_verb(following) and any(each.tag.POS in ("NOUN", "ADJF") for each in found)


def _fits(word: Token, kinds: list[str], asked: Text) -> bool:
    """Whether a pronoun of these kinds may mean an earlier word: a name, or a noun of its gender and number."""
    name = next((each for each in asked.names if each.start <= word.start < each.end), None)
    if asked.language == "en":
        return _english_fits(word, name, kinds, asked)
    readings = name_readings(word.text, asked.language) if name else noun_readings(word.plain, asked.language)
    function = word.plain in asked.lists.prepositions or word.plain in stop_words(asked.language)
    if name is None and (not readings or function or asked.is_verb(word)):
        return False
    wanted = {_GENDERS.get(kind, "") for kind in kinds}
    return "own" in kinds or not readings or bool(wanted & gender(readings))


def _english_fits(word: Token, name: Phrase | None, kinds: list[str], asked: Text) -> bool:
    """The same in English, where only people and things differ: a noun is known by its article or as no light word."""
    if name is not None:
        return name.kind not in (*PLACES, "organisation") or not {"he", "she"} & set(kinds)
    owned_thing = "own" in kinds and not {"he", "she"} & set(kinds)
    return _after_article(word, asked) or (owned_thing and bool(content(word.plain, "en")))


def _after_article(word: Token, asked: Text) -> bool:
    before = asked.preceding(word)
    return before is not None and before.plain in ("a", "an", "the")
