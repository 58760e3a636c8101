"""What must hold of each layer whatever it is given; a part of the fuzz run is a generator and such a check."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from index.answer.checking import Checker, Cited
from index.answer.facts import facts_of
from index.chunk import ChunkLimits, chunk, windows
from index.clean import clean
from index.errors import SourceError
from index.follow_up import resolve
from index.identity import article_id, digest
from index.language import detect, lemmas, names, search_words, sentence_spans
from index.load import Fetched, is_listing, load_post, load_upload, read_listing
from index.load.encodings import tidy
from index.load.html import read_page
from index.small_talk import message_key, small_talk
from index.types import Article, RawArticle, Span, Turn
from index.when import asked_time, without_time
from index.windows import window_texts
from prompts import message
from tests import fuzz_inputs as inputs
from tests.fakes import WordEmbedder
from tests.fuzz_shown import ASKERS, LANGUAGES, chance_of, sendable, telegram, terminal
from tests.fuzz_texts import line, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from index.ports import Vectors
    from tests.fuzz_shown import Data

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
MAX_BYTES = 1_000_000
_GOES_ON, _TWICE = 0.3, 0.1
"""Shares of what was read: what goes on into the index, and what goes there twice and must come out the same."""
_LIMITS = (ChunkLimits(), ChunkLimits(25, 60, 480), ChunkLimits(1, 3, 7))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Part(NamedTuple):
    """A layer under fire: what is made for it, and what must hold of it; ``check`` depends on its data alone."""

    make: Callable[[Random], Data]
    check: Callable[[Any], None]


class CharacterEmbedder(WordEmbedder):
    """Counts a token for each character that is seen: stricter than any vocabulary, so that every limit is met."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A character is a token."""
        return [sum(map(len, text.split())) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As the real one, it sees no halves of surrogate pairs."""
        return super().embed_queries([text.encode("utf-8", "replace").decode("utf-8") for text in texts])


def upload(end: str) -> Callable[[bytes], None]:
    """A file of a kind: read or skipped with a reason, and all that is read can be indexed."""

    def check(data: bytes) -> None:
        for found in load_upload(f"sent{end}", data, MAX_BYTES):
            if isinstance(found, RawArticle):
                readable(found)
                if chance_of(data).random() < _GOES_ON:
                    indexed(found)
            else:
                assert found.reason.isprintable()
                assert len(found.reason) < 200

    return check


def page(data: bytes) -> None:
    """A page from the web, whatever charset and address it came with."""
    chance = chance_of(data)
    charset = chance.choice((None, "utf-8", "windows-1251", "x", "unicode_escape", "\x00", "utf-16"))
    address = chance.choice((None, "https://a.example/b?utm_source=c", "http://127.0.0.1:8/", "https://xn--.example/"))
    try:
        raw = replace(read_page(data, charset, address), source=address or "/x.html")
    except ValueError as error:
        assert str(error) in {"empty", "binary", "undecodable", "no text"}  # noqa: PT017 - either outcome is right
        return
    readable(raw)
    if chance.random() < _GOES_ON:
        indexed(raw)


def listing(data: bytes) -> None:
    """A feed or a sitemap: entries, or a reason."""
    chance = chance_of(data)
    fetched = Fetched("https://a.example/feed", chance.choice(("text/xml", "text/html")), None, data)
    is_listing(fetched)
    try:
        found = read_listing(fetched, MAX_BYTES)
    except ValueError as error:
        assert str(error).isprintable()  # noqa: PT017 - either outcome is right
        return
    for entry in (*found.entries, *found.parts):
        assert entry.moment is None or entry.moment.tzinfo
        if raw := entry.article():
            indexed(raw)


def post(data: str) -> None:
    """A forwarded post with an odd name, and the metadata that a record may state."""
    chance = chance_of(data)
    odd = [" ".join(tidy(line(chance)).split()) if chance.random() < 0.5 else None for _ in range(5)]
    readable(load_post(data, outlet=odd[0], published=chance.choice((None, NOW)), url=odd[1]))
    raw = RawArticle("/x.jsonl#1", data, title=odd[2], date=odd[3], author=odd[4], outlet=odd[0], url=odd[1])
    indexed(replace(raw, markup=chance.choice(("text", "html")), language=odd[2]))


def readable(found: RawArticle | Article) -> None:
    """No field holds what cannot be stored or shown."""
    for field in fields(found):
        value = getattr(found, field.name)
        assert not isinstance(value, str) or not _CONTROL.search(value), field.name


def indexed(raw: RawArticle) -> None:
    """The way of an article into the index: identity, cleaning, passages, windows, words."""
    identity = article_id(raw)
    assert identity == article_id(raw)
    assert digest(raw, ()) == digest(raw, ())
    try:
        article = clean(raw, identity, NOW, {"uk": "Europe/Kyiv"})
    except SourceError as error:
        assert error.reason == "no text after cleaning"  # noqa: PT017 - either outcome is right
        return
    if chance_of(raw.text).random() < _TWICE:
        assert article == clean(raw, identity, NOW, {"uk": "Europe/Kyiv"})
    assert article.text.strip()
    assert article.title.strip()
    readable(article)
    assert all(unicodedata.category(char) not in {"Cc", "Cs"} for char in article.text.replace("\n", ""))
    cut(article)
    sendable(article)


def cut(article: Article) -> None:
    """Passages cover the text once, in order, within the model's limits, under ids of their own."""
    chance = chance_of(article.text)
    limits, embedder = chance.choice(_LIMITS), chance.choice((WordEmbedder(), CharacterEmbedder()))
    passages = chunk(article, embedder.count_tokens, limits)
    assert chance.random() > _TWICE or passages == chunk(article, embedder.count_tokens, limits)
    assert len({each.id for each in passages}) == len(passages)
    covered(article.text, [Span(each.start, each.end) for each in passages])
    for passage in passages:
        assert passage.text == article.text[passage.start : passage.end]
        within(passage.text, embedder, limits)
    for passage in passages[:3]:
        spans = windows(passage, embedder.count_tokens, _LIMITS[1])
        covered(passage.text, spans)
        assert len(window_texts(article, passage, spans)) == len(spans)


def within(text: str, embedder: WordEmbedder, limits: ChunkLimits) -> None:
    """No passage has more words or tokens than allowed, but for a single character that has more by itself."""
    assert len(text) == 1 or (
        len(text.split()) <= limits.max_words and embedder.count_tokens([text])[0] <= limits.max_tokens
    )


def covered(text: str, spans: Sequence[Span]) -> None:
    """The spans stand in order, and between them is nothing but space."""
    ends = [0, *(each.end for each in spans)]
    starts = [*(each.start for each in spans), len(text)]
    assert all(start >= end and not text[end:start].strip() for end, start in zip(ends, starts, strict=True))


def language(data: str) -> None:
    """What reads a text: its language, sentences, words, names and facts."""
    chance = chance_of(data)
    told = chance.choice(LANGUAGES)
    assert detect(data) in LANGUAGES
    covered(data, sentence_spans(data, told))
    assert all(lemma.isalnum() for lemma in lemmas(data, told))
    for name in names(data, told):
        assert data[name.span.start : name.span.end]
        assert name.key.isascii()
        assert name.key.isalnum()
    assert not any(map(str.isspace, "".join(search_words(data, told))))
    if len(data) <= 5_000:  # sentences are read one by one
        facts_of(data, told)


def question(data: str) -> None:
    """What reads a question: its time, and what it goes on from."""
    chance = chance_of(data)
    asked = asked_time(data, date(2026, 5, 20))
    assert None in {asked.since, asked.until} or asked.since <= asked.until  # type: ignore[operator] # neither is None
    without_time(data)
    if (talk := small_talk(data, chance.choice(ASKERS))) is not None:
        assert message(message_key(talk), "uk")
    history = [Turn(line(chance), line(chance)) for _ in range(chance.randrange(3))]
    whole = resolve(data, [*history, Turn("Кто построил мост в Киеве?", "Мост построил Иван Петров.")])
    assert not data.strip() or whole.strip()


def checking(data: str) -> None:
    """A written sentence against a source, both odd."""
    chance = chance_of(data)
    told, asker = chance.choice(LANGUAGES), chance.choice(ASKERS)
    source = line(chance) if chance.random() < 0.5 else data
    article = Article("a", "/a", source, told, "t")
    found = Checker(CharacterEmbedder()).reasons(data, [Cited(article, source)], asker)
    assert len(found) == len(set(found))


PARTS = {
    "text": Part(inputs.data, upload(".txt")),
    "markdown": Part(inputs.markdown, upload(".md")),
    "html": Part(inputs.page, upload(".html")),
    "page": Part(inputs.page, page),
    "jsonl": Part(inputs.records, upload(".jsonl")),
    "gz": Part(inputs.packed, upload(".jsonl.gz")),
    "feed": Part(inputs.feed, listing),
    "post": Part(text, post),
    "language": Part(text, language),
    "question": Part(line, question),
    "checking": Part(line, checking),
    "terminal": Part(text, terminal),
    "telegram": Part(text, telegram),
}
"""Every part of the fuzz run by name."""
