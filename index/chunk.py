"""Articles cut into passages: runs of whole sentences, of a length that an embedding describes well.

Of all the ways to group the sentences, the one with the least cost is taken (dynamic programming over a window of at
most ``max_words`` sentences, so time is linear in the article's length).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.language import sentence_spans
from index.types import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.types import Article

    TokenCounter = Callable[[Sequence[str]], list[int]]

# Costs of a passage, in units of "as bad as an empty one": they settle how short a passage may be to end where a
# paragraph does, and that fewer passages are better where nothing else decides.
MID_PARAGRAPH_COST = 0.15
PASSAGE_COST = 0.05
_CLAUSE_END = re.compile(r"[,;:…)\]»”–—-](?=\s)")
_BETWEEN = re.compile(r"\s*(?=\S)")
_SPACE = re.compile(r"\s")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ChunkLimits:
    """How long a passage is: words as a reader counts them, tokens as the embedding model does.

    ``max_words`` and ``max_tokens`` are never exceeded; ``min_words`` is kept where the text allows. Raises ValueError
    for limits that contradict each other.
    """

    min_words: int = 120
    max_words: int = 220
    max_tokens: int = 480

    def __post_init__(self) -> None:
        if not 1 <= self.min_words <= self.max_words or self.max_tokens < 1:
            raise ValueError(f"passage limits need 1 <= min_words <= max_words and max_tokens >= 1, not {self}")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of an over-long one, with its lengths."""

    span: Span
    words: int
    tokens: int
    ends_paragraph: bool


def chunk(article: Article, count_tokens: TokenCounter, limits: ChunkLimits) -> list[Passage]:
    """The article as passages in order, covering all its words once; ``passage.text == article.text[start:end]``.

    Passages consist of whole sentences, 120 to 220 words together by default, and end with a paragraph where that
    costs little. A sentence that alone breaks a limit is divided at clause punctuation, else at spaces, else between
    code points. ``count_tokens`` is asked once for all sentences, and again only about parts of divided ones; a
    passage is taken to have no more tokens than its sentences have together.
    """
    units = _units(article, count_tokens, limits)
    bounds = _best_bounds(units, limits)
    return [_passage(article, units[first].span.start, units[end - 1].span.end) for first, end in pairwise(bounds)]


def windows(passage: Passage, count_tokens: TokenCounter, limits: ChunkLimits) -> list[Span]:
    """A passage's sentences, each with the fragments before it; spans count from the passage's start.

    A fragment has less than ``min_words``: a subheading, a label. A sentence that alone breaks a limit is divided as by
    ``chunk``.
    """
    runs: list[list[_Unit]] = []
    for unit in _units(passage, count_tokens, limits):
        if runs and _words(runs[-1]) < limits.min_words and _fit_together([*runs[-1], unit], limits):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return [Span(run[0].span.start, run[-1].span.end) for run in runs]


def _units(whole: Article | Passage, count_tokens: TokenCounter, limits: ChunkLimits) -> list[_Unit]:
    """The sentences with their lengths, over-long ones halved until every part keeps the limits."""
    text = whole.text
    pending = sentence_spans(text, whole.language)
    done: list[_Unit] = []
    while pending:
        measured = _measured(text, pending, count_tokens)
        pending = []
        for unit in measured:
            if _fits(unit, limits):
                done.append(unit)
            else:
                pending.extend(_halves(text, unit.span))
    return sorted(done, key=lambda unit: unit.span.start)


def _measured(text: str, spans: Sequence[Span], count_tokens: TokenCounter) -> list[_Unit]:
    pieces = [text[span.start : span.end] for span in spans]
    counts = count_tokens(pieces)
    return [
        _Unit(span, len(piece.split()), tokens, _ends_paragraph(text, span.end))
        for span, piece, tokens in zip(spans, pieces, counts, strict=True)
    ]


def _ends_paragraph(text: str, end: int) -> bool:
    between = _BETWEEN.match(text, end)
    return between is None or _LINE_END.search(between.group()) is not None


def _fits(unit: _Unit, limits: ChunkLimits) -> bool:
    single = unit.span.end - unit.span.start == 1
    return single or (unit.words <= limits.max_words and unit.tokens <= limits.max_tokens)


def _fit_together(units: Sequence[_Unit], limits: ChunkLimits) -> bool:
    return _words(units) <= limits.max_words and sum(unit.tokens for unit in units) <= limits.max_tokens


def _words(units: Sequence[_Unit]) -> int:
    return sum(unit.words for unit in units)


def _halves(text: str, span: Span) -> list[Span]:
    """The span in two: at the clause end nearest its middle, else at the space, else between two code points."""
    middle, quarter = (span.start + span.end) // 2, (span.end - span.start) // 4
    clauses = [found.end() for found in _CLAUSE_END.finditer(text, middle - quarter, middle + quarter)]
    spaces = [] if clauses else [found.end() for found in _SPACE.finditer(text, span.start, span.end)]
    cut = min(clauses or spaces or [middle], key=lambda at: abs(at - middle))
    left, right = text[span.start : cut], text[cut : span.end]
    return [Span(span.start, span.start + len(left.rstrip())), Span(span.end - len(right.lstrip()), span.end)]


def _best_bounds(units: Sequence[_Unit], limits: ChunkLimits) -> list[int]:
    """Indexes of the units that begin passages, and the number of units at the end, at the least total cost."""
    costs, begins = [0.0], [0]
    for end in range(1, len(units) + 1):
        cost, begin = min((costs[begin] + cost, begin) for begin, cost in _endings(units, end, limits))
        costs.append(cost)
        begins.append(begin)
    bounds = [len(units)]
    while bounds[-1]:
        bounds.append(begins[bounds[-1]])
    return bounds[::-1]


def _endings(units: Sequence[_Unit], end: int, limits: ChunkLimits) -> Iterator[tuple[int, float]]:
    """Every allowed passage whose last unit is ``units[end - 1]``: where it begins, and its cost."""
    fixed = PASSAGE_COST + (0.0 if units[end - 1].ends_paragraph else MID_PARAGRAPH_COST)
    words = tokens = 0
    for begin in range(end - 1, -1, -1):
        words += units[begin].words
        tokens += units[begin].tokens
        if begin < end - 1 and (words > limits.max_words or tokens > limits.max_tokens):
            return
        yield begin, fixed + max(0.0, 1 - words / limits.min_words) ** 2


def _passage(article: Article, start: int, end: int) -> Passage:
    text = article.text[start:end]
    # The title is part of what is embedded, the start tells repeated passages apart: same content, same id.
    content = "\0".join((article.id, article.title, str(start), text))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Passage(digest[:24], article.id, start, end, article.language, text)
