"""A language model's reply as cited sentences: whatever form it comes in, only sentences and their marks are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import AskerLanguage

_WIDEST_RANGE = 10  # passages that a mark such as [1-4] may name at once

# Repetition is bounded or possessive throughout, so that no reply takes more than linear time to read.
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
"""What models that reason aloud put before their answer."""
_LINKED = re.compile(r"\[([^\[\]\n]{0,200})\]\((?=[^)\s]{0,200}[/#.])[^)\n]{0,300}\)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_EMPHASIS = re.compile(r"\*+|__+|`+|~~")
_NAMED = r"(?:\^|#|№|passages?|sources?|отрыв\w*|источник\w*|уривк?\w*|джерел\w*)?\s*"
_NUMBERS = r"(\d{1,3}(?:\s{0,3}(?:,|;|-|–|&|and|и|і|й|та)\s{0,3}(?:\^|№)?\d{1,3})*)"
_BRACKETED = re.compile(rf"\s{{0,9}}[\[【［]{_NAMED}{_NUMBERS}(?:†[^\]】\n]{{0,40}})?[\]】］]", re.IGNORECASE)
_PARENTHESISED = re.compile(
    rf"\s{{0,9}}\({_NAMED}{_NUMBERS}\)(?=\s{{0,9}}(?:[.!?…\[(]|$))", re.IGNORECASE | re.MULTILINE
)
_AFTER_STOP = re.compile(r"(?<![.!?…])([.!?…]++[\"'»”’)]*+)[ \t]{0,9}(\[\d+\](?:[ \t]*\[\d+\])*)")
_MARK = re.compile(r"\s{0,9}\[(\d+)\]")
_ITEM = re.compile(r"\A\s*(?:>+|[-–—•+]|\d{1,2}[.)])\s+")
_ASIDE = re.compile(r"\s*(?:#|\||```)")
"""Headings, rows of tables, fences."""
_LIST_OF_SOURCES = re.compile(
    r"\s*(?:sources?|references?|citations?|notes?|источники?|ссылки|примечани[ея]|джерел[ао]|посилання|примітк[аи])\s*:",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"\A\s*(?:(?:sure|certainly|of course|конечно|разумеется|звичайно|звісно)[!,.]\s*)?"
    r"(?:(?:here(?:'s| is)|based on|вот|ось)\b[^:.\n]{0,60}:|(?:answer|ответ|відповідь)\s*:)\s*",
    re.IGNORECASE,
)
_DECLINED = re.compile(r"\W*no[ _]answer\b", re.IGNORECASE)
_BEGUN = re.compile(r"[^\[(【［]*[^\W\d_]")
"""Enough of a next sentence to see that no more marks of the one before are to come."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it, without marks, and the numbers that it gives for it, each once."""

    text: str
    marks: tuple[int, ...]


def read_reply(reply: str, language: AskerLanguage, *, finished: bool) -> list[Written]:
    """The sentences of a reply in order, each once; as long as it is not ``finished``, those that can change no more.

    Reasoning, markdown, headings, lists of sources and openings such as "Sure, here is the answer:" are left out.
    """
    found: dict[str, Written] = {}
    lines = _plain(reply).split("\n")
    for place, line in enumerate(lines):
        if _LIST_OF_SOURCES.match(line):
            break
        for each in _sentences(line, language, finished=finished or place < len(lines) - 1):
            found.setdefault(each.text.casefold(), each)
    return list(found.values())


def is_declined(reply: str) -> bool:
    """Whether the model says, in the words it was told, that the passages do not answer."""
    return _DECLINED.match(_plain(reply)) is not None


def _plain(reply: str) -> str:
    """The reply without reasoning and markup, every mark as [1]."""
    text = _THOUGHT.sub("", reply)
    text = _LINKED.sub(lambda link: f"[{link[1]}]" if link[1].isdigit() else link[1], text)
    text = _EMPHASIS.sub("", _TAG.sub("", text))
    text = _PARENTHESISED.sub(_as_marks, _BRACKETED.sub(_as_marks, text))
    return _AFTER_STOP.sub(r" \2\1", text).strip()


def _as_marks(found: re.Match[str]) -> str:
    marks = "".join(f"[{number}]" for number in _numbers(found[1]))
    return f" {marks}" if marks else ""


def _numbers(listed: str) -> Iterator[int]:
    """The numbers that a mark names: "1, 3" two of them, "2-4" three."""
    for part in re.split(r"\s*(?:,|;|&|and|и|і|й|та)\s*", listed):
        first, *last = (int(each) for each in re.findall(r"\d+", part))
        yield from range(first, min(last[0], first + _WIDEST_RANGE) + 1) if last else [first]


def _sentences(line: str, language: AskerLanguage, *, finished: bool) -> Iterator[Written]:
    if _ASIDE.match(line):
        return
    line = _CHATTER.sub("", _ITEM.sub("", line))
    pieces = [line[span.start : span.end] for span in sentence_spans(line, language)]
    if not finished:
        pieces = pieces[:-1] if pieces and _BEGUN.match(pieces[-1]) else pieces[:-2]
    for piece in pieces:
        marks = tuple(dict.fromkeys(int(number) for number in _MARK.findall(piece)))
        text = _MARK.sub("", piece).strip()
        if marks or not text.endswith(":"):
            yield from _written(text, marks)


def _written(text: str, marks: tuple[int, ...]) -> Iterator[Written]:
    """The sentence, if it has letters and does not decline."""
    if any(map(str.isalpha, text)) and not _DECLINED.match(text):
        yield Written(text, marks)
