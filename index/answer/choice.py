"""Which sentences become the answer: the shortest run that answers, and what else comes near it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.answer.evidence import Evidence

_NEXT_BEST = 1.6
"""Log-odds by which a neighbour may fall short of the best sentence and still be quoted with it, as one run. On the
development data the first quote then holds the answer for 0.88 (en) and 0.85 (ru) of the questions instead of 0.84 and
0.80, with 1.3 sentences in it on average."""
_NEAR_BEST = 5.0
"""Log-odds by which a further quote may fall short of the best one: the answer then stands in a quote for 0.96 (en)
and 0.93 (ru), with 2.5 quotes on average; all that can be found is 0.96 and 0.94, with three."""
_SAME_WORDS = 0.6
"""Two sentences that share this share of their lemmas (Jaccard) say the same: reprints, repeated leads."""


def choose(evidence: Sequence[Evidence], most: int) -> list[Evidence]:
    """The quotes of the answer, the best first, then its article's, then those of other articles; none repeats another.

    ``evidence`` comes best first; at most ``most`` quotes are taken.
    """
    if not evidence:
        return []
    chosen = [_run(evidence)]
    for each in evidence[1:]:
        if len(chosen) == most or each.score < evidence[0].score - _NEAR_BEST:
            break
        if not any(_repeats(each, other) for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.article.id != chosen[0].article.id)


def _run(evidence: Sequence[Evidence]) -> Evidence:
    """The best sentence, with the one before it where it speaks of something named there, or a neighbour as good."""
    best = evidence[0]
    before = next((each for each in evidence if _follows(best, each)), None)
    after = next((each for each in evidence if _follows(each, best)), None)
    if before and _points_back(best.text):
        return _joined(before, best)
    beside = max((each for each in (before, after) if each), key=lambda each: each.score, default=None)
    if beside is None or beside.score < best.score - _NEXT_BEST:
        return best
    return _joined(*sorted((best, beside), key=lambda each: each.span.start))


def _follows(later: Evidence, earlier: Evidence) -> bool:
    """Whether one sentence comes right after the other, in the same paragraph."""
    if later.article.id != earlier.article.id or later.span.start < earlier.span.end:
        return False
    between = later.article.text[earlier.span.end : later.span.start]
    return not between.strip() and "\n" not in between


def _joined(first: Evidence, second: Evidence) -> Evidence:
    better = max(first, second, key=lambda each: each.score)
    return replace(better, span=Span(first.span.start, second.span.end), words=first.words | second.words)


def _repeats(each: Evidence, other: Evidence) -> bool:
    """Whether a sentence stands in a quote already, or says the same."""
    inside = each.article.id == other.article.id and other.span.start <= each.span.start < other.span.end
    return inside or len(each.words & other.words) >= _SAME_WORDS * max(len(each.words | other.words), 1)


def _points_back(sentence: str) -> bool:
    return _openings().match(sentence) is not None


@cache
def _openings() -> re.Pattern[str]:
    lists: Iterable[list[str]] = tomllib.loads(
        resources.files("index.answer").joinpath("openings.toml").read_text("utf-8")
    ).values()
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for each in lists for word in each)
    return re.compile(rf"\W*(?:{words})(?!\w)", re.IGNORECASE)
