"""What was typed, taken apart as far as following up needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.follow_up.morphology import is_verb, parses
from index.follow_up.phrases import phrases
from index.follow_up.times import times
from index.follow_up.words import AUXILIARIES, tokens, words
from index.language import detect, lemmas
from index.language.lemmas import stop_words

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.words import Token, Words
    from index.types import AskerLanguage, Language, Span

_SIGNS = " \t\n?!.,;:…-–—\"'«»"


@dataclass(frozen=True, slots=True)
class Text:
    """A question with its language, words, names and stretches of time; ``inside`` where words before it were cut."""

    text: str
    language: AskerLanguage
    inside: bool = False

    @property
    def lists(self) -> Words:
        """The lists of its language."""
        return words(self.language)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return tokens(self.text)

    @property
    def names(self) -> tuple[Phrase, ...]:
        """Its names, but for months and days, which are times."""
        spans = self.times
        found = phrases(self.text, self.language, inside=self.inside)
        return tuple(each for each in found if not any(span.start <= each.start < span.end for span in spans))

    @property
    def times(self) -> tuple[Span, ...]:
        """Where it speaks of time."""
        return times(self.text)

    @property
    def leads_with_preposition(self) -> bool:
        """Whether its first word is a preposition."""
        return bool(self.tokens) and self.is_preposition(self.tokens[0])

    @property
    def leads_with_auxiliary(self) -> bool:
        """Whether it begins as an English question without a question word does: "did they"."""
        return self.language == "en" and bool(self.tokens) and self.tokens[0].plain in AUXILIARIES

    def name_at(self, token: Token) -> Phrase | None:
        """The name that a word belongs to."""
        return next((each for each in self.names if each.start <= token.start < each.end), None)

    def relations(self, name: Phrase) -> frozenset[str]:
        """The kinds that the preposition before a name may be of, as "place" and "to"; none without a preposition."""
        return self.lists.prepositions.get(name.preposition.plain, frozenset()) if name.preposition else frozenset()

    def is_preposition(self, token: Token) -> bool:
        """Whether a word is a preposition."""
        return token.plain in self.lists.prepositions

    def is_function(self, token: Token) -> bool:
        """Whether a word is a preposition or another one that means nothing by itself."""
        return self.is_preposition(token) or token.plain in stop_words(self.language)

    def following(self, token: Token) -> Token | None:
        """The word after one."""
        return next((each for each in self.tokens if each.start >= token.end), None)

    def preceding(self, token: Token) -> Token | None:
        """The word before one."""
        return next((each for each in reversed(self.tokens) if each.end <= token.start), None)

    def is_governed(self, token: Token) -> bool:
        """Whether a preposition stands before a word."""
        before = self.preceding(token)
        return before is not None and self.is_preposition(before)

    def timeless(self, start: int, end: int) -> bool:
        """Whether nothing between two places speaks of time."""
        return not any(span.start < end and start < span.end for span in self.times)

    def is_verb(self, token: Token) -> bool:
        """Whether a word is a verb, as far as dictionaries tell; names are none."""
        return self.name_at(token) is None and is_verb(token.plain, self.language)


@dataclass(frozen=True, slots=True)
class Body:
    """What was typed without the words that only open it; ``opened`` tells that there were such words."""

    text: Text
    opened: bool


def body(question: str, language: AskerLanguage) -> Body:
    """The question without opening words and without signs at its ends."""
    lists, rest = words(language), question.strip(_SIGNS)
    opened = False
    while True:
        length = lists.leading("topics", rest) or lists.leading("openers", rest)
        if not length or not rest[length:].strip(_SIGNS):
            return Body(Text(rest, language, inside=opened), opened)
        opened, rest = True, rest[length:].strip(_SIGNS)


def spoken(question: str, earlier: str) -> AskerLanguage:
    """The language of a follow-up; a few words that the earlier question's language has, too, are in that one."""
    own, before = _known(detect(question)), _known(detect(earlier))
    if own == before or "en" in (own, before):
        return own
    return before if _readable(question, before) else own


def _readable(question: str, language: AskerLanguage) -> bool:
    other = set("ыэёъ" if language == "uk" else "іїєґ'’")
    return not other & set(question.lower()) and all(
        any(each.is_known for each in parses(token.plain, language)) or token.text[0].isupper()
        for token in tokens(question)
    )


def _known(language: Language) -> AskerLanguage:
    return language if language != "other" else "en"


def content(text: str, language: AskerLanguage) -> list[str]:
    """The lemmas of a text that say what it is about, without the words of the list ``light``."""
    return [each for each in lemmas(text, language) if each not in words(language).light and not each.isdecimal()]
