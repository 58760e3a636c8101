"""Markdown to a raw article: front matter becomes metadata, and markup is reduced to its words."""

from __future__ import annotations

import re

from index.load.encodings import decode
from index.types import RawArticle

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_SETTING = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_HEADING = re.compile(r"\s*#[ \t]+(\S.*)(?:\n|$)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TARGET = r"(?:\((?:(?!\]\()[^)\n])*\)|\[[^\[\]\n]*\])"
# The order matters: an image would pass for a link, and a rule of asterisks for a list item. What is between marks
# holds no opening mark, so that a million unclosed ones are not each looked to the end for.
_REDUCTIONS = (
    (re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}"), ""),  # images go, with their captions for the blind
    (re.compile(rf"\[([^\[\]\n]+)\]{_TARGET}"), r"\1"),  # links keep their words
    (re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE), ""),  # the addresses of reference links
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    # Emphasis stands at the edges of words: `2*3*4` and `snake_case_names` keep their signs.
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+)", re.MULTILINE), ""),
    (re.compile(r"^([ \t]*)[-*+][ \t]+", re.MULTILINE), r"\1• "),
)


def read_markdown(data: bytes) -> RawArticle:
    """The article in a Markdown file, its ``source`` left empty.

    A leading ``# `` heading is the title where the front matter names none. Raises ValueError as ``decode`` does, and
    with ``no text`` where there is nothing but metadata.
    """
    text = decode(data)
    settings: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        settings = _settings(front[1])
        text = text[front.end() :]
    if heading := _HEADING.match(text):
        settings.setdefault("title", _reduce(heading[1].rstrip().rstrip("#").rstrip()))
        text = text[heading.end() :]
    text = _reduce(text).strip()
    if not text:
        raise ValueError("no text")
    return RawArticle(
        source="",
        text=text,
        markup="markdown",
        id=settings.get("id"),
        title=settings.get("title"),
        date=settings.get("date"),
        author=settings.get("author"),
        outlet=settings.get("source") or settings.get("outlet") or settings.get("publisher"),
        url=settings.get("url"),
        language=settings.get("lang") or settings.get("language"),
    )


def _settings(front: str) -> dict[str, str]:
    """Simple ``key: value`` lines only: what YAML nests below them is no metadata of ours."""
    values = ((key.lower(), _unquoted(value.strip())) for key, value in _SETTING.findall(front))
    return {key: value for key, value in values if value}


def _unquoted(value: str) -> str:
    quoted = re.fullmatch(r"""(["'])(.*)\1(?:\s+#.*)?""", value)
    return quoted[2].strip() if quoted else re.sub(r"(?<!\s)\s+#.*$", "", value)


def _reduce(text: str) -> str:
    commented, end, rest = text.rpartition("-->")
    text = _COMMENT.sub("", commented + end) + rest
    for pattern, replacement in _REDUCTIONS:
        text = pattern.sub(replacement, text)
    return text
