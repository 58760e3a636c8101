"""Looking around in an archive without a question of one's own: what is newest, and what could be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from index.answer.asked import read_question
from index.answer.stories import stories
from index.answer.time_window import in_its_time
from index.guide.offers import offers
from index.guide.topic import Topic, asks_for_news
from index.types import Filters, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from index.answer import Answerer
    from index.guide.offers import Offer
    from index.ports import Catalogue
    from index.retrieve import Retriever
    from index.types import Answer, Article, AskerLanguage

_COPIES = 3  # articles read for one listed: most news is printed by fewer outlets
_PASSAGES = 40
_AGES = (7, 60, None)
"""Days before the newest article in which a topic is looked for, in turn, until enough is found: what fits best of
all years need not be new."""
_LOOKED_AT = 60  # articles, for examples
_ASKED = 12
"""Questions tried out at the most; each takes a question's time, some 0.1 s."""
_OF_ONE = 2  # questions tried out on one article
_SURE = 0.5
"""Confidence from which on a question is offered: more likely answered than not. If there is none, the surest of those
that are answered at all."""


@dataclass(frozen=True, slots=True)
class _Example:
    """A question that was asked, the id of the article that answers it, and how surely it does."""

    offer: Offer
    article: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Guide:
    """Shows newcomers what an archive holds."""

    catalogue: Catalogue
    retriever: Retriever
    answerer: Answerer

    def newest(self, topic: Query | None, today: date, limit: int) -> list[Article]:
        """At most ``limit`` articles, the latest first; of copies of one text in one language the latest.

        With a topic only what is about it, within the days that its words speak of; none if the archive has nothing on
        it. Articles without a date come last, and without a topic only where none has one. ``today`` is what
        "yesterday" counts from.
        """
        query = in_its_time(topic, today, self.catalogue) if topic else None
        if query and not asks_for_news(query.text):
            asked = read_question(query.text, self.catalogue)
            return _each_story(self._about(Topic(query, asked, self.answerer), limit))[:limit]
        found = self.catalogue.newest(_COPIES * limit, query.filters if query else Filters())
        return _each_story(_dated(found))[:limit]

    def examples(self, language: AskerLanguage, today: date, limit: int = 3) -> list[str]:
        """At most ``limit`` questions in a language that the archive answers, each from another article; maybe none.

        They are made from the newest articles, those in the asker's language first, and every one has been asked.
        """
        found = self.catalogue.newest(_LOOKED_AT, Filters())
        articles = _each_story(sorted(found, key=lambda article: article.language != language))
        chosen: list[_Example] = []
        doubtful: list[_Example] = []
        for article, offer in _tried(articles, language, chosen):
            if len(chosen) == limit:
                break
            answer = self.answerer.answer(Query(offer.question, language), today)
            if not _fits(answer, article, offer):
                continue
            example = _Example(offer, answer.citations[0].article.id, answer.confidence)
            if example.article not in {each.article for each in chosen}:
                (chosen if example.confidence >= _SURE else doubtful).append(example)
        best = chosen or sorted(doubtful, key=lambda each: -each.confidence)[:1]
        return [each.offer.question for each in best]

    def _about(self, topic: Topic, limit: int) -> list[Article]:
        """Articles about a topic, the latest first: from the last days if there are enough, else from all."""
        filters = topic.query.filters
        newest = next((each.published.day for each in self.catalogue.newest(1, filters) if each.published), None)
        found: list[Article] = []
        for age in _AGES if newest else (None,):
            since = newest - timedelta(age) if newest and age else filters.since
            within = replace(filters, since=max((day for day in (filters.since, since) if day), default=None))
            query = replace(topic.query, filters=within, latest=True, timed=True)
            hits = self.retriever.retrieve(query, _PASSAGES)
            found = [hit.article for hit in topic.about(hits)]
            if len(found) >= limit:
                break
        return sorted(found, key=_moment, reverse=True)


def _tried(
    articles: Iterable[Article], language: AskerLanguage, chosen: Sequence[_Example]
) -> Iterator[tuple[Article, Offer]]:
    """Questions worth asking, article by article, as long as none of the article's has been chosen."""
    asked: set[str] = set()
    for article in articles:
        before, kinds = len(chosen), [each.offer.kind for each in chosen]
        found = [each for each in offers(article, language) if each.question not in asked]
        fresh = [each for each in found if not any(each.keys & other.offer.keys for other in chosen)]
        # Across languages questions are refused more often: rather try another article.
        most = _OF_ONE if article.language == language else 1
        for offer in sorted(fresh, key=lambda each: kinds.count(each.kind))[:most]:
            if len(asked) == _ASKED or len(chosen) > before:
                break
            asked.add(offer.question)
            yield article, offer


def _fits(answer: Answer, article: Article, offer: Offer) -> bool:
    """Whether a question is answered from the article it was made from, or by another that speaks of what it names."""
    if answer.refusal:
        return False
    first = answer.citations[0].article
    quotes = [citation.quote for citation in answer.citations if citation.article.id == first.id]
    told = any(offer.names(quote, first.language) for quote in quotes)
    return told or (first.id == article.id and offer.is_of_town)


def _each_story(articles: Sequence[Article]) -> list[Article]:
    """The first of each text that several outlets print, in order."""
    place = {article.id: at for at, article in enumerate(articles)}
    told = stories(articles, "en")
    firsts = (min((story.lead, *story.copies), key=lambda each: place[each.id]) for story in told)
    return sorted(firsts, key=lambda each: place[each.id])


def _dated(articles: Sequence[Article]) -> list[Article]:
    """Those with a date, which alone tells that they are new; all where none has one."""
    return [article for article in articles if article.published] or list(articles)


def _moment(article: Article) -> int:
    return article.published.utc_seconds() if article.published else 0
