"""Which of the found articles are one wire text: reprints, excerpts, translations. Such copies count once.

Reprints and excerpts show in shared runs of words, computed directly on the few articles found. A translation shares no
words. It tells the same names and numbers in the same order, and its sentences mean the same one by one; independent
reports of one event do the first at most.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.facts import facts_by_sentence
from index.answer.same_meaning import least_cosine
from index.language import sentence_spans
from index.types import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.ports import Vectors
    from index.types import Article, AskerLanguage, Language

    Embed = Callable[[Sequence[str]], Vectors]

_SHINGLE = 4  # words
_FEWEST_SHINGLES = 12  # a shorter text is too little to tell a copy by
_CONTAINED = 0.5
"""Share of the shorter text's shingles in the longer one from which on it is a copy: of our sample articles, no two
independent ones share 0.01."""
_IN_ORDER = 0.25
"""Facts told in the same order, below which no translation is looked for: of 99 translated speeches with names none has
less than 0.31, of 220 pairs of unrelated ones none more than 0.12, reports of one event have 0.16 to 0.58."""
_FEWEST_KEYS = 8  # distinct names and numbers below which their order says nothing
_PAIRED = 0.5
"""Share of sentences that mean the same one by one: 0.60 or more in 30 translated speeches, 0.40 or less in 22 pairs of
independent reports of one event."""
_COMPARED = 10  # sentences from the start of each text; they cost some 20 ms each
_FEWEST_PAIRED = 2
_LEAST_WORDS = 4  # a shorter line is a label rather than a sentence
_CACHED = 256  # articles
_WORD = re.compile(r"[^\W_]+")


def stories(articles: Sequence[Article], language: AskerLanguage, embed: Embed | None = None) -> list[Story]:
    """The articles, best first, grouped by the text they are copies of: as many stories as independent texts.

    The lead is the best ranked copy in the asker's language, else the best ranked. A copy of a copy is a copy.
    ``embed`` gives the vectors of sentences; it is asked only about articles that may be translations of each other.
    Without it translations are not told.
    """
    groups: list[list[Article]] = []
    for article in {each.id: each for each in articles}.values():
        kin = [group for group in groups if any(are_copies(article, other, embed) for other in group)]
        if kin:
            kin[0] += [*(each for group in kin[1:] for each in group), article]
            groups = [group for group in groups if group not in kin[1:]]
        else:
            groups.append([article])
    return [_story(group, language) for group in groups]


def are_copies(one: Article, other: Article, embed: Embed | None) -> bool:
    """Whether two articles are the same text: reprinted, excerpted, lightly edited, or translated."""
    if one.language == other.language:
        return containment(one.text, other.text) >= _CONTAINED
    if embed is None:
        return False
    in_order = facts_in_order(one, other)
    return (in_order is None or in_order >= _IN_ORDER) and _paired(one, other, embed) >= _PAIRED


def containment(one: str, other: str) -> float:
    """The share of the shorter text's runs of four words that stand in the longer one too, in [0, 1].

    Source: A. Broder, "On the resemblance and containment of documents", 1997. 0 where too short to tell.
    """
    first, second = _shingles(one), _shingles(other)
    least = min(len(first), len(second))
    return len(first & second) / least if least >= _FEWEST_SHINGLES else 0.0


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


@lru_cache(maxsize=_CACHED)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _story(group: Sequence[Article], language: AskerLanguage) -> Story:
    lead = next((article for article in group if article.language == language), group[0])
    return Story(lead, tuple(article for article in group if article is not lead))
