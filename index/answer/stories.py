"""Which of the found articles are one wire text: reprints, excerpts, translations. Such copies count once.

Reprints and excerpts show in shared runs of words. Indexing has found most of them; a short excerpt of a long text may
be missed there and is found here, on the few articles found. A translation shares no words. It tells the same names and
numbers in the same order, and its sentences mean the same one by one; independent reports of one event do the first at
most.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.answer.facts import facts_by_sentence
from index.answer.same_meaning import least_cosine
from index.copies import same_text
from index.language import name_keys, sentence_spans
from index.types import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.ports import Vectors
    from index.types import Article, AskerLanguage, Hit, Language

    Embed = Callable[[Sequence[str]], Vectors]
    Known = Mapping[str, Sequence[Article]]
    """For an article's id, the others that are known to be copies of one text with it."""

_IN_ORDER = 0.25
"""Facts told in the same order, below which no translation is looked for: of 99 translated speeches with names none has
less than 0.31, of 220 pairs of unrelated ones none more than 0.12, reports of one event have 0.16 to 0.58."""
_FEWEST_KEYS = 8  # distinct names and numbers below which their order says nothing
_PAIRED = 0.5
"""Share of sentences that mean the same one by one: 0.60 or more in 30 translated speeches, 0.40 or less in 22 pairs of
independent reports of one event."""
_COMPARED = 10  # sentences from the start of each text; they cost some 20 ms each
_FEWEST_PAIRED = 2
_FEWEST_NAMES, _SHARED_NAMES = 6, 0.1
"""Names in the sentences compared from which on an article that shares less than this share of them is another text: of
405 translated pairs with so many names none has less than 0.17, of 500 unrelated ones 0.85 have less than 0.1."""
_LEAST_WORDS = 4  # a shorter line is a label rather than a sentence


def stories(
    articles: Sequence[Article],
    language: AskerLanguage,
    embed: Embed | None = None,
    known: Known | None = None,
    compared: int | None = None,
) -> list[Story]:
    """The articles, best first, grouped by the text they are copies of: as many stories as independent texts.

    The lead is the best ranked copy in the asker's language, else the best ranked. A copy of a copy is a copy. Copies
    that are ``known`` and not among the articles come last in their story. Beyond that the texts of the first so many
    stories are ``compared``, of all by default. ``embed`` gives the vectors of sentences; it is asked only about
    articles that may be translations of each other. Without it translations are not told.
    """
    known = known or {}
    groups: list[list[Article]] = []
    for place, group in enumerate(_known_groups(articles, known)):
        looked_at = groups if compared is None or place < compared else []
        groups = _joined(groups, group, [other for other in looked_at if _alike(group[0], other, known, embed)])
    return [_story(group, language, known) for group in groups]


def _joined(groups: Sequence[list[Article]], group: list[Article], kin: Sequence[list[Article]]) -> list[list[Article]]:
    """The groups and one more; where some of them are its kin, all these are one, in the place of the first."""
    if not kin:
        return [*groups, group]
    whole = [each for other in (*kin, group) for each in other]
    return [whole if other is kin[0] else other for other in groups if not any(other is gone for gone in kin[1:])]


def _known_groups(articles: Sequence[Article], known: Known) -> list[list[Article]]:
    """The articles, each once, those that are known to be copies together."""
    groups: list[list[Article]] = []
    at: dict[str, list[Article]] = {}
    for article in {each.id: each for each in articles}.values():
        if article.id not in at:
            groups.append([])
            at.update({each.id: groups[-1] for each in (article, *known.get(article.id, ()))})
        at[article.id].append(article)
    return groups


def _alike(article: Article, group: Sequence[Article], known: Known, embed: Embed | None) -> bool:
    """Whether the article is a copy of one of the group; of known copies the first is compared."""
    return any(are_copies(article, copies[0], embed) for copies in _known_groups(group, known))


def best_copies(hits: Sequence[Hit], known: Known) -> list[Hit]:
    """The hits, best first, without those in copies of an article that has a better one."""
    firsts = {group[0].id for group in _known_groups([hit.article for hit in hits], known)}
    return [hit for hit in hits if hit.article.id in firsts]


def are_copies(one: Article, other: Article, embed: Embed | None) -> bool:
    """Whether two articles are the same text: reprinted, excerpted, lightly edited, or translated."""
    if one.language == other.language:
        return same_text(one, other)
    if embed is None or _name_others(one, other):
        return False
    in_order = facts_in_order(one, other)
    return (in_order is None or in_order >= _IN_ORDER) and _paired(one, other, embed) >= _PAIRED


def _name_others(one: Article, other: Article) -> bool:
    """Whether the sentences that would be paired name others: told in a tenth of the time that all facts take."""
    first, second = (
        {key for sentence in _sentences(each.text, each.language) for key in name_keys(sentence, each.language)}
        for each in (one, other)
    )
    fewest = min(len(first), len(second))
    return fewest >= _FEWEST_NAMES and len(first & second) < _SHARED_NAMES * fewest


def facts_in_order(one: Article, other: Article) -> float | None:
    """How far two articles tell the same names, numbers and dates in the same order, in [0, 1]; None for too few.

    The best monotone alignment of their sentences (S. Needleman, C. Wunsch, 1970), a shared fact weighing the less the
    more often it comes; as a share of the weight of the article that has less.
    """
    rows, columns = _keys(one.text, one.language), _keys(other.text, other.language)
    if min(len(frozenset().union(*side)) for side in (rows, columns)) < _FEWEST_KEYS:
        return None
    counts = Counter(key for sentence in (*rows, *columns) for key in sentence)
    weights = {key: 1 / count for key, count in counts.items()}
    least = min(sum(weights[key] for sentence in side for key in sentence) for side in (rows, columns))
    return _best_alignment(rows, columns, weights) / least


def _best_alignment(
    rows: Sequence[frozenset[str]], columns: Sequence[frozenset[str]], weights: Mapping[str, float]
) -> float:
    """The most weight that sentences of two articles share when paired in order."""
    best = [0.0] * (len(columns) + 1)
    for row in rows:
        joined = [0.0]
        for place, column in enumerate(columns, start=1):
            shared = sum(weights[key] for key in row & column)
            joined.append(max(best[place], joined[place - 1], best[place - 1] + shared))
        best = joined
    return best[-1]


def _paired(one: Article, other: Article, embed: Embed) -> float:
    """The share of the shorter text's sentences that are each other's nearest in the two texts and mean the same."""
    first, second = _sentences(one.text, one.language), _sentences(other.text, other.language)
    if min(len(first), len(second)) < _FEWEST_PAIRED:
        return 0.0
    cosines = embed(first) @ embed(second).T
    floor = least_cosine(one.language, other.language)
    nearest = cosines.argmax(axis=1)
    mutual = [row for row, column in enumerate(nearest) if cosines[:, column].argmax() == row]
    alike = [row for row in mutual if cosines[row, nearest[row]] >= floor]
    return len(alike) / min(len(first), len(second))


def _sentences(text: str, language: Language) -> list[str]:
    whole = (text[span.start : span.end] for span in sentence_spans(text, language))
    return [sentence for sentence in whole if len(sentence.split()) >= _LEAST_WORDS][:_COMPARED]


def _keys(text: str, language: Language) -> list[frozenset[str]]:
    """The names, numbers and dates of each sentence."""
    return [
        facts.names | {f"{each.low:g}" for each in facts.numbers} | {each.key() for each in facts.dates}
        for facts in facts_by_sentence(text, language)
    ]


def _story(group: Sequence[Article], language: AskerLanguage, known: Known) -> Story:
    lead = next((article for article in group if article.language == language), group[0])
    everyone = {each.id: each for article in group for each in (article, *known.get(article.id, ()))}
    found = {each.id: each for each in group}
    return Story(lead, tuple(each for each in {**found, **everyone}.values() if each.id != lead.id))
