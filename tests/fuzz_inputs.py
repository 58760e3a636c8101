"""Hostile files for the fuzz run, drawn as its texts are."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from tests.fuzz_pieces import ATTRIBUTES, NASTY, TAGS
from tests.fuzz_texts import LONGEST, line, pumped, samples, size_of, text

if TYPE_CHECKING:
    from random import Random


def data(chance: Random) -> bytes:
    """A file: bytes at random, a text in some encoding, rightly or wrongly marked, damaged or not."""
    if chance.random() < 0.15:
        return chance.randbytes(chance.randrange(size_of(chance)))
    found = _encoded(chance, text(chance))
    return damaged(chance, found) if chance.random() < 0.4 else found


def markdown(chance: Random) -> bytes:
    """Front matter and markup, nested and unclosed."""
    if chance.random() < 0.3:
        return data(chance)
    marks = ("# ", "## ", "> " * 50, "- " * 30, "```\n", "![a](b)", "[" * 20, "](", "***", "___", "---\n", "<!--", "`")
    front = (
        f"---\ntitle: {line(chance)}\ndate: {line(chance)}\nurl: {line(chance)}\n---\n" if chance.random() < 0.4 else ""
    )
    body = "".join(chance.choice((*marks, line(chance)[:200], "\n")) for _ in range(chance.randrange(60)))
    return _encoded(chance, front + (body or pumped(chance)))


def page(chance: Random) -> bytes:
    """An HTML page: tags in no order, nested deep, with facts of every wrong kind; or a sample damaged."""
    kind = chance.random()
    if kind < 0.3:
        return damaged(chance, chance.choice(samples(".html")))
    if kind < 0.4:
        return data(chance)
    if kind < 0.45:
        tag, depth = chance.choice(TAGS), chance.choice((10, 255, 300, 5_000))
        return (f"<{tag}>" * depth + line(chance) + f"</{tag}>" * chance.choice((0, depth))).encode("utf-8", "replace")
    return _encoded(chance, f"<html><head>{_facts(chance)}</head><body>{_tag_soup(chance)}</body></html>")


def records(chance: Random) -> bytes:
    """JSONL: fields of wrong types, duplicate keys, deep nesting, huge numbers, lone surrogates as escapes."""
    lines = [_record(chance) for _ in range(chance.randint(1, 3))]
    found = chance.choice((b"\n", b"\n", b"\r\n", b"\r")).join(lines)
    return damaged(chance, found) if chance.random() < 0.25 else found


def packed(chance: Random) -> bytes:
    """Gzip of JSONL: whole, cut off, damaged, doubled, or of nothing but one repeated byte."""
    inside = records(chance) if chance.random() < 0.9 else b"a" * chance.randrange(3_000_000)
    found = gzip.compress(inside, 1, mtime=0) * chance.choice((1, 1, 2))
    return damaged(chance, found) if chance.random() < 0.5 else found


def feed(chance: Random) -> bytes:
    """RSS, Atom or a sitemap of odd entries, perhaps damaged."""
    names = (
        "title",
        "link",
        "pubDate",
        "guid",
        "author",
        "content:encoded",
        "description",
        "updated",
        "id",
        "loc",
        "lastmod",
    )
    item, root = chance.choice((("item", "rss"), ("entry", "feed"), ("url", "urlset"), ("sitemap", "sitemapindex")))
    entries = [
        f"<{item}>" + "".join(_element(chance, chance.choice(names)) for _ in range(chance.randrange(8))) + f"</{item}>"
        for _ in range(chance.randrange(6))
    ]
    opened = root + chance.choice(
        ("", " xmlns='http://www.w3.org/2005/Atom'", " xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    )
    head = chance.choice(
        ("", "<?xml version='1.0'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!--" * 50, pumped(chance)[:2000])
    )
    found = _encoded(chance, f"{head}<{opened}>{''.join(entries)}</{root}>")
    return damaged(chance, found) if chance.random() < 0.4 else found


def damaged(chance: Random, whole: bytes) -> bytes:
    """Bits flipped, pieces cut out, doubled, put elsewhere or taken from another sample."""
    found = bytearray(whole)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(found) + 1)
        end = at + chance.choice((1, 10, 500))
        kind = chance.randrange(6)
        if kind == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del found[at:end]
        elif kind == 2:
            found[at:at] = found[at:end] * chance.choice((1, 2, 50))
        elif kind == 3:
            del found[at:]
        elif kind == 4:
            other = chance.choice(samples())
            start = chance.randrange(len(other))
            found[at:at] = other[start : start + 300]
        else:
            found[at:at] = chance.choice(NASTY).encode("utf-8", "surrogatepass")
    return bytes(found[: 2 * LONGEST])


def _encoded(chance: Random, found: str) -> bytes:
    codec = chance.choice(
        ("utf-8",) * 6 + ("utf-16", "utf-16-le", "utf-16-be", "windows-1251", "koi8-u", "windows-1252")
    )
    mark = chance.choice((b"",) * 6 + (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00"))
    return mark + found.encode(codec, chance.choice(("replace", "surrogatepass" if "utf" in codec else "replace")))


def _facts(chance: Random) -> str:
    names = ("og:title", "og:url", "og:site_name", "article:published_time", "author", "date", "parsely-author")
    metas = [f'<meta property="{chance.choice(names)}" content="{line(chance)}">' for _ in range(chance.randrange(4))]
    linked = chance.choice(
        ("", _record(chance).decode("utf-8", "replace"), f"<!-- {pumped(chance)[:3000]} -->", '{"@type":')
    )
    script = f'<script type="application/ld+json">{linked}</script>' if linked else ""
    canonical = f'<link rel=canonical href="{line(chance)}">' if chance.random() < 0.3 else ""
    charset = chance.choice(("utf-8", "x", "utf-7"))
    return f"<title>{line(chance)}</title>{canonical}{''.join(metas)}{script}<meta charset={charset}>"


def _tag_soup(chance: Random) -> str:
    parts = []
    for _ in range(chance.randrange(80)):
        tag, attribute = chance.choice(TAGS), chance.choice(("", "", *ATTRIBUTES))
        said = line(chance)[:300]
        parts.append(
            chance.choice((f"<{tag} {attribute}>{said}</{tag}>", f"<{tag}>", f"</{tag}>", said, f"<p>{said}.</p>"))
        )
    return "".join(parts) * chance.choice((1, 1, 1, 20))


def _element(chance: Random, name: str) -> str:
    said = line(chance).replace("<", "&lt;") if chance.random() < 0.7 else text(chance)[:5000]
    return chance.choice(
        (f"<{name}>{said}</{name}>", f"<{name} href='{line(chance)}'/>", f"<{name}><![CDATA[{said}]]></{name}>")
    )


def _record(chance: Random) -> bytes:
    names = ("id", "text", "title", "date", "author", "source", "url", "lang", "@type", "headline", "name", "@graph")
    pairs = [(chance.choice(names), _value(chance)) for _ in range(chance.randrange(7))]
    fields = [f"{json.dumps(name)}:{value}" for name, value in [("text", json.dumps(text(chance))), *pairs]]
    return f"{{{','.join(fields)}}}".encode()


def _value(chance: Random) -> str:
    depth = chance.choice((3, 900, 20_000))
    odd: tuple[Any, ...] = (
        "null",
        "true",
        "1e999",
        "-0",
        "NaN",
        "9" * chance.choice((3, 400, 5_000)),
        '"\\ud800"',
        '"\\u0000"',
    )
    odd += (
        "[" * depth + "]" * depth,
        '{"a":' * depth + "1" + "}" * depth,
        '[{"@id":"x","name":[1,null]}]',
        '{"@id":"x"}',
    )
    return str(chance.choice((json.dumps(line(chance)), json.dumps(line(chance)), chance.choice(odd))))
