"""What must hold of each layer whatever it is given; a part of the fuzz run is a generator and such a check."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from bot.json_form import answer as json_answer
from bot.json_form import article as json_article
from bot.output import draw, json_line
from bot.render import answer as drawn_answer
from bot.render import hits as drawn_hits
from bot.telegram import texts
from bot.telegram.rich import chunks
from index.answer.checking import Checker, Cited
from index.answer.facts import facts_of
from index.chunk import ChunkLimits, chunk, windows
from index.clean import clean
from index.errors import SourceError
from index.excerpt import excerpt
from index.follow_up import resolve
from index.identity import article_id, digest
from index.language import detect, lemmas, names, search_words, sentence_spans
from index.load import Fetched, is_listing, load_post, load_upload, read_listing
from index.load.encodings import tidy
from index.load.html import read_page
from index.small_talk import message_key, small_talk
from index.types import Answer, AnswerSentence, Article, Citation, Corroboration, Hit, Passage, RawArticle, Span, Turn
from index.when import asked_time, without_time
from index.windows import window_texts
from prompts import message
from tests import fuzz_inputs as inputs
from tests.fakes import WordEmbedder
from tests.telegram_strain import assert_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.ports import Vectors
    from index.types import AskerLanguage, Language

    Data = str | bytes

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
MAX_BYTES = 1_000_000
_GOES_ON, _TWICE = 0.3, 0.1
"""Shares of what was read: what goes on into the index, and what goes there twice and must come out the same."""
_LANGUAGES: tuple[Language, ...] = ("ru", "uk", "en", "other")
_ASKERS: tuple[AskerLanguage, ...] = ("ru", "uk", "en")
_LIMITS = (ChunkLimits(), ChunkLimits(25, 60, 480), ChunkLimits(1, 3, 7))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# What a terminal obeys: Rich's own colours and links are taken out before it is looked for.
_STYLE = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^;\x1b\x07]*;[^\x1b\x07]*\x1b\\")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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


def _chance(data: Data) -> Random:
    return Random(crc32(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")))  # noqa: S311 - not for secrets


def upload(end: str) -> Callable[[bytes], None]:
    """A file of a kind: read or skipped with a reason, and all that is read can be indexed."""

    def check(data: bytes) -> None:
        for found in load_upload(f"sent{end}", data, MAX_BYTES):
            if isinstance(found, RawArticle):
                readable(found)
                if _chance(data).random() < _GOES_ON:
                    indexed(found)
            else:
                assert found.reason.isprintable()
                assert len(found.reason) < 200

    return check


def page(data: bytes) -> None:
    """A page from the web, whatever charset and address it came with."""
    chance = _chance(data)
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
    chance = _chance(data)
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
    chance = _chance(data)
    odd = [" ".join(tidy(inputs.line(chance)).split()) if chance.random() < 0.5 else None for _ in range(5)]
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
    if _chance(raw.text).random() < _TWICE:
        assert article == clean(raw, identity, NOW, {"uk": "Europe/Kyiv"})
    assert article.text.strip()
    assert article.title.strip()
    readable(article)
    assert all(unicodedata.category(char) not in {"Cc", "Cs"} for char in article.text.replace("\n", ""))
    cut(article)
    sendable(article)


def cut(article: Article) -> None:
    """Passages cover the text once, in order, within the model's limits, under ids of their own."""
    chance = _chance(article.text)
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
    chance = _chance(data)
    told = chance.choice(_LANGUAGES)
    assert detect(data) in _LANGUAGES
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
    chance = _chance(data)
    asked = asked_time(data, date(2026, 5, 20))
    assert None in {asked.since, asked.until} or asked.since <= asked.until  # type: ignore[operator] # neither is None
    without_time(data)
    if (talk := small_talk(data, chance.choice(_ASKERS))) is not None:
        assert message(message_key(talk), "uk")
    history = [Turn(inputs.line(chance), inputs.line(chance)) for _ in range(chance.randrange(3))]
    whole = resolve(data, [*history, Turn("Кто построил мост в Киеве?", "Мост построил Иван Петров.")])
    assert not data.strip() or whole.strip()


def checking(data: str) -> None:
    """A written sentence against a source, both odd."""
    chance = _chance(data)
    told, asker = chance.choice(_LANGUAGES), chance.choice(_ASKERS)
    source = inputs.line(chance) if chance.random() < 0.5 else data
    article = Article("a", "/a", source, told, "t")
    found = Checker(CharacterEmbedder()).reasons(data, [Cited(article, source)], asker)
    assert len(found) == len(set(found))


def odd_article(text: str, chance: Random) -> Article:
    """An article as an index of any origin may hold it."""
    odd = [inputs.line(chance) if chance.random() < 0.6 else None for _ in range(3)]
    return Article("a", "/a", text or "x", chance.choice(_LANGUAGES), odd[0] or "t", outlet=odd[1], url=odd[2])


def odd_answer(data: str) -> Answer:
    """An answer that quotes such articles."""
    chance = _chance(data)
    articles = [odd_article(data[:6000], chance), replace(odd_article(inputs.line(chance), chance), id="b")]
    cited = tuple(Citation(at, each, Span(0, len(each.text))) for at, each in enumerate(articles, 1))
    hits = tuple(Hit(Passage("p", each.id, 0, 1, each.language, each.text), each, 0.5) for each in articles)
    return Answer(
        inputs.line(chance),
        chance.choice(_ASKERS),
        tuple(AnswerSentence(each.quote, (each.number,)) for each in cited),
        cited,
        hits,
        mode=chance.choice(("extractive", "llm")),
        corroborations=(Corroboration("differs", (1, 2), (inputs.line(chance), "1")),),
        refusal=chance.choice((None, None, "refused_no_evidence")),
    )


def terminal(data: str) -> None:
    """Nothing that a terminal obeys gets there but Rich's own colours and links; JSON can be read back."""
    found = odd_answer(data)
    for renderable in (drawn_answer(found), drawn_hits(found.hits, found.language)):
        screen = io.StringIO()
        draw(renderable, screen, colours=True)
        left = _STYLE.sub("", screen.getvalue())
        assert not _OBEYED.search(left), repr(_OBEYED.search(left))
    for document in (json_answer(found), json_article(found.citations[0].article)):
        line = json_line(document)
        assert line.count("\n") == 1
        assert json.loads(line.encode("utf-8")).keys() == document.keys()


def telegram(data: str) -> None:
    """Telegram's own parser takes every message, and each is within its limits."""
    found = odd_answer(data)
    article = found.citations[0].article
    shown = texts.excerpt(article, excerpt(article, Span(0, len(article.text))), found.language, 1)
    for blocks in (texts.answer(found, data[:300]), shown, texts.article_list([article], found.language)):
        assert_taken(blocks, chunks(blocks))


def sendable(article: Article) -> None:
    """What was indexed can be put into one line of JSON, in UTF-8."""
    json_line(json_article(article)).encode("utf-8")


PARTS = {
    "text": Part(inputs.data, upload(".txt")),
    "markdown": Part(inputs.markdown, upload(".md")),
    "html": Part(inputs.page, upload(".html")),
    "page": Part(inputs.page, page),
    "jsonl": Part(inputs.records, upload(".jsonl")),
    "gz": Part(inputs.packed, upload(".jsonl.gz")),
    "feed": Part(inputs.feed, listing),
    "post": Part(inputs.text, post),
    "language": Part(inputs.text, language),
    "question": Part(inputs.line, question),
    "checking": Part(inputs.line, checking),
    "terminal": Part(inputs.text, terminal),
    "telegram": Part(inputs.text, telegram),
}
"""Every part of the fuzz run by name."""
