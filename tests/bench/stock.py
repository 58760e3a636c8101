"""Real articles, prepared once and put together anew as often as a large store needs.

Cleaning, cutting and lemmatising take some hundredth of a second a passage: of ten thousand passages they are done for
each, and what is larger is made of these passages' windows, dealt out anew among the same articles in every round. So
every article has the length of a real one, no two are copies of each other, and words are as frequent as they are.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, islice
from typing import TYPE_CHECKING

from index.types import Article, Passage, Published, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from index.ports import Embedder
    from index.types import Language, RawArticle

DISTINCT = 10_000
"""Passages prepared at the most."""
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A window's text, and what it is found by."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Stocked:
    """An article with its passages' windows; ``words`` are its headline's."""

    article: Article
    words: str
    passages: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> list[Piece]:
        """All windows in order."""
        return [piece for passage in self.passages for piece in passage]


@dataclass(frozen=True, slots=True)
class Made:
    """An article ready to be stored: its passages, each one's windows, and what each is found by."""

    article: Article
    passages: list[Passage]
    windows: list[list[Span]]
    words: list[str]


def prepare(raws: Iterable[RawArticle], embedder: Embedder, passages: int) -> list[Stocked]:
    """As many of the articles, cleaned and cut as for indexing, as have so many passages together."""
    found: list[Stocked] = []
    total = 0
    for raw in raws:
        if total >= passages:
            break
        stocked = _stocked(raw, embedder)
        if stocked:
            found.append(stocked)
            total += len(stocked.passages)
    return found


def endless(stock: Sequence[Stocked], seed: int) -> Iterator[Made]:
    """The articles as they are, then round after round with their windows dealt out anew within each language.

    The same stock and seed give the same articles. Raises ValueError for an empty stock.
    """
    if not stock:
        raise ValueError("no articles to make a store of")
    for turn in count():
        dealt = _dealt(stock, turn, seed)
        for each in stock:
            pieces = dealt[each.article.language]
            passages = [list(islice(pieces, len(passage))) for passage in each.passages]
            yield _made(each, passages, f"{each.article.id}-{turn}" if turn else each.article.id)


def save(stock: Sequence[Stocked], file: Path) -> None:
    """Write the stock down, an article a line."""
    with file.with_suffix(".part").open("w", encoding="utf-8", errors="surrogatepass") as stream:
        stream.writelines(json.dumps(_record(each), ensure_ascii=False) + "\n" for each in stock)
    file.with_suffix(".part").replace(file)


def saved(file: Path) -> list[Stocked]:
    """What ``save`` wrote. Raises OSError."""
    with file.open(encoding="utf-8", errors="surrogatepass") as stream:
        return [_read(json.loads(line)) for line in stream]


def _stocked(raw: RawArticle, embedder: Embedder) -> Stocked | None:
    """The article prepared as indexing prepares it; None where nothing is left of it."""
    from index.chunk import ChunkLimits, chunk, windows
    from index.clean import clean
    from index.errors import SourceError
    from index.identity import article_id
    from index.language import search_words
    from index.windows import WINDOW_WORDS

    try:
        article = clean(raw, article_id(raw), _NOW, {})
    except SourceError:
        return None
    counted, language = embedder.count_tokens, article.language
    limits, narrow = ChunkLimits(max_tokens=400), ChunkLimits(*WINDOW_WORDS, 400)
    passages = []
    for passage in chunk(article, counted, limits):
        texts = [passage.text[span.start : span.end] for span in windows(passage, counted, narrow)]
        passages.append(tuple(Piece(text, _words(text, language)) for text in texts))
    return Stocked(article, " ".join(search_words(article.title, language)), tuple(passages))


def _words(text: str, language: Language) -> str:
    """What a window adds to the words of its passage: a line for each sentence, with the names in the last."""
    from index.language import lemmas, name_keys, sentence_spans

    *lines, last = (lemmas(text[span.start : span.end], language) for span in sentence_spans(text, language))
    return "\n".join(" ".join(line) for line in (*lines, [*last, *name_keys(text, language)]))


def _dealt(stock: Sequence[Stocked], turn: int, seed: int) -> dict[str, Iterator[Piece]]:
    """Each language's windows, in order the first time and shuffled from then on."""
    pools: dict[str, list[Piece]] = defaultdict(list)
    for each in stock:
        pools[each.article.language] += each.pieces
    if turn:
        for language, pool in pools.items():
            random.Random(f"{seed}/{turn}/{language}").shuffle(pool)  # noqa: S311 - to be repeated, not to be secret
    return {language: iter(pool) for language, pool in pools.items()}


def _made(stocked: Stocked, passages: Sequence[Sequence[Piece]], article_id: str) -> Made:
    texts = [" ".join(piece.text for piece in pieces) for pieces in passages]
    article = replace(stocked.article, id=article_id, text="\n".join(texts))
    words = ["\n".join([stocked.words, *(piece.words for piece in each), ""]) for each in passages]
    made = Made(article, [], [], words)
    at = 0
    for text, pieces in zip(texts, passages, strict=True):
        mark = hashlib.sha256(f"{article_id}\0{at}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        made.passages.append(Passage(mark, article_id, at, at + len(text), article.language, text))
        made.windows.append(list(_spans(pieces)))
        at += len(text) + 1
    return made


def _spans(pieces: Iterable[Piece]) -> Iterator[Span]:
    at = 0
    for piece in pieces:
        yield Span(at, at + len(piece.text))
        at += len(piece.text) + 1


def _record(stocked: Stocked) -> dict[str, Any]:
    article = stocked.article
    return {
        "id": article.id,
        "language": article.language,
        "title": article.title,
        "derived": article.title_derived,
        "published": article.published.iso() if article.published else None,
        "outlet": article.outlet,
        "words": stocked.words,
        "passages": [[[piece.text, piece.words] for piece in passage] for passage in stocked.passages],
    }


def _read(record: dict[str, Any]) -> Stocked:
    published = Published.from_iso(record["published"]) if record["published"] else None
    article = Article(
        id=record["id"],
        source="benchmark",
        text="",
        language=record["language"],
        title=record["title"],
        title_derived=record["derived"],
        published=published,
        outlet=record["outlet"],
    )
    passages = tuple(tuple(Piece(*piece) for piece in passage) for passage in record["passages"])
    return Stocked(article, record["words"], passages)
