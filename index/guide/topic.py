"""Whether an article is about a topic, rather than mentioning it, or being merely the nearest there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.confidence import confidence
from index.guide.wording import table
from index.language import lemmas, name_keys, names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.answer import Answerer
    from index.answer.asked import Asked
    from index.types import Article, AskerLanguage, Hit, Language, Query

    Reader = Callable[[str, Language], list[str]]

_LEAD = 500  # code points at the start of an article that tell what it is about
_READ = 5_000  # code points of an article that are read for repeated words
_REPEATED = 2
_COVERED = 0.6
"""Share of the topic's words, weighed by how telling they are, that an article of the same language must have."""
_NEAR = 0.45
"""Relevance of a hit below which a word is only mentioned: of our sample articles, those on a strike, a bridge, an
election, chess have 0.50 or more for that word, those that mention it in passing less than 0.45."""
_MOST_WEIGHED = 6  # articles in other languages
_SURE = 0.65
"""Confidence, learnt on whole questions, from which an article in another language is about a topic of a word or two:
of our sample articles, the nearest to penguins and volcanoes, of which none tells, have up to 0.63."""
_ASKERS: tuple[AskerLanguage, ...] = ("en", "ru", "uk")
_SHORTEST, _STEM = 4, 5  # letters: kindred words begin alike, as in answers (asked.py)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, taken apart as a question is.

    An article is about it if the topic's names stand in its headline or lead, or recur in it, and its other words, too.
    In other languages words do not match: there the answerer must be surer than it is of its answers.
    """

    query: Query
    asked: Asked
    answerer: Answerer

    def about(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits whose articles are about the topic, in order, one an article."""
        best = {hit.article.id: hit for hit in sorted(hits, key=lambda hit: hit.relevance)}
        ranked = sorted(best.values(), key=lambda hit: -hit.relevance)
        named = [hit for hit in ranked if self._is_named(hit.article)]
        words = self._words()
        if not words:
            return named
        foreign = [hit for hit in named if hit.article.language != self.asked.language][:_MOST_WEIGHED]
        return [hit for hit in named if self._is_told(hit, words) or (hit in foreign and self._is_sure(hit))]

    def _words(self) -> frozenset[str]:
        """The topic's words but those of time and of names, which are compared by keys that all languages share."""
        text, language = self.query.text, self.asked.language
        spans = [name.span for name in names(text, language)]
        named = {lemma for span in spans for lemma in lemmas(text[span.start : span.end], language)}
        return frozenset(word for word in self.asked.words if word not in named and not _is_news(word))

    def _is_named(self, article: Article) -> bool:
        return self.asked.names <= _salient(article, name_keys) if self.asked.names else True

    def _is_told(self, hit: Hit, words: frozenset[str]) -> bool:
        if hit.article.language != self.asked.language or hit.relevance < _NEAR:
            return False
        told = _salient(hit.article, _stems)
        weights = {word: self.asked.words[word] for word in words}
        found = sum(weight for word, weight in weights.items() if _stem(word) in told)
        return found >= _COVERED * sum(weights.values())

    def _is_sure(self, hit: Hit) -> bool:
        if hit.article.language == self.asked.language:
            return False
        evidence = self.answerer.weigher.weigh(self.query, [hit])
        return confidence(evidence, self.answerer.weights) >= _SURE


def asks_for_news(text: str) -> bool:
    """Whether a text has no topic: nothing but words of time and such as ask for news, in any of the languages."""
    return any(all(map(_is_news, lemmas(text, language))) for language in _ASKERS)


def _is_news(lemma: str) -> bool:
    return lemma.isdecimal() or any(lemma in str(table("news")[language]).split() for language in _ASKERS)


def _salient(article: Article, read: Reader) -> frozenset[str]:
    """What stands in an article's headline or lead, or more than once in it."""
    opening = read(f"{article.title}\n{article.text[:_LEAD]}", article.language)
    counts = Counter(read(article.text[:_READ], article.language))
    return frozenset(opening) | {each for each, count in counts.items() if count >= _REPEATED}


def _stems(text: str, language: Language) -> list[str]:
    return [_stem(lemma) for lemma in lemmas(text, language)]


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) >= _SHORTEST else word
