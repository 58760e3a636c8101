"""What must hold of whatever is shown to people: in a terminal, in Telegram, and as JSON."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from bot.json_form import answer as json_answer
from bot.json_form import article as json_article
from bot.output import draw, json_line
from bot.render import answer as drawn_answer
from bot.render import hits as drawn_hits
from bot.telegram import texts
from bot.telegram.rich import chunks
from index.excerpt import excerpt
from index.types import Answer, AnswerSentence, Article, Citation, Corroboration, Hit, Passage, Span
from tests.fuzz_texts import line
from tests.telegram_strain import assert_taken

if TYPE_CHECKING:
    from index.types import AskerLanguage, Language

    Data = str | bytes

LANGUAGES: tuple[Language, ...] = ("ru", "uk", "en", "other")
ASKERS: tuple[AskerLanguage, ...] = ("ru", "uk", "en")
# What a terminal obeys: Rich's own colours and links are taken out before it is looked for.
_STYLE = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^;\x1b\x07]*;[^\x1b\x07]*\x1b\\")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def chance_of(data: Data) -> Random:
    """A generator that depends on the data alone."""
    return Random(crc32(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")))  # noqa: S311 - not for secrets


def odd_article(text: str, chance: Random) -> Article:
    """An article as an index of any origin may hold it."""
    odd = [line(chance) if chance.random() < 0.6 else None for _ in range(3)]
    return Article("a", "/a", text or "x", chance.choice(LANGUAGES), odd[0] or "t", outlet=odd[1], url=odd[2])


def odd_answer(data: str) -> Answer:
    """An answer that quotes such articles."""
    chance = chance_of(data)
    articles = [odd_article(data[:6000], chance), replace(odd_article(line(chance), chance), id="b")]
    cited = tuple(Citation(at, each, Span(0, len(each.text))) for at, each in enumerate(articles, 1))
    hits = tuple(Hit(Passage("p", each.id, 0, 1, each.language, each.text), each, 0.5) for each in articles)
    return Answer(
        line(chance),
        chance.choice(ASKERS),
        tuple(AnswerSentence(each.quote, (each.number,)) for each in cited),
        cited,
        hits,
        mode=chance.choice(("extractive", "llm")),
        corroborations=(Corroboration("differs", (1, 2), (line(chance), "1")),),
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
        told = json_line(document)
        assert told.count("\n") == 1
        assert json.loads(told.encode("utf-8")).keys() == document.keys()


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
