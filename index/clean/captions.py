"""Photo captions and credits: found by credit words and by the shape of the line."""

from __future__ import annotations

import re
from functools import cache

from index.clean.rules import words

# Bounds in characters. A caption is a sentence or two; beyond, a credit at the end belongs to prose and is cut alone.
LONGEST_CAPTION = 170
LONGEST_OPENED = 300
LONGEST_CREDIT = 90
_SENTENCE_END = re.compile(r"[.!?…][»”\")]*\s+(?=[«\"“(]?[A-ZА-ЯЁІЇЄҐ])")
_INITIAL = re.compile(r"\b[A-ZА-ЯЁІЇЄҐ]\.")
_ENGLISH_CREDIT = re.compile(
    r"[A-ZА-ЯЁІЇЄҐ@©\d\"«“]|(?:courtesy|from|via|archive|press|screenshot|supplied|handout|pool|by|free)\b"
)
_SPEECH = re.compile(r"[»”\"],?\s*[—–-]\s|,[»”\"]\s")


def caption_start(line: str) -> int | None:
    """Where a caption or credit begins in the line: 0 for the whole line, more for a credit after prose, else None."""
    if _is_opened(line) or _is_bare_credit(line):
        return 0
    if credit := _credit().search(line):
        return _judge(line, credit)
    if len(line) <= LONGEST_OPENED and _agency().search(line) and not _SPEECH.search(line):
        return 0
    return None


def _judge(line: str, credit: re.Match[str]) -> int | None:
    """Whether what stands before a named credit is its caption, or prose that stays."""
    if not _is_credit(credit["who"]):
        return None
    before = line[: credit.start()].rstrip(" (/|—–-")
    if len(before) <= LONGEST_CAPTION and len(_SENTENCE_END.findall(before)) <= 1 and not _SPEECH.search(before):
        return 0
    return credit.start() if before.endswith((".", "!", "?", "…", "»", "”", '"')) else None


def _is_opened(line: str) -> bool:
    short = len(line) <= LONGEST_CREDIT
    return len(line) <= LONGEST_OPENED and bool(_opening().match(line)) and (short or line[-1] not in ".!?…")


def _is_bare_credit(line: str) -> bool:
    opened = _bare_credit().match(line)
    return bool(opened and len(line) <= LONGEST_CAPTION and not _SPEECH.search(line) and _is_credit(opened["who"]))


def _is_credit(who: str) -> bool:
    """A credit is a name or two: no second sentence, and English ones begin like a name."""
    text = _INITIAL.sub("", who).strip(" ().")
    latin = who[:1].isascii()
    return len(who) <= LONGEST_CAPTION and bool(text) and (not latin or bool(_ENGLISH_CREDIT.match(who)))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('caption', 'opening')})", re.IGNORECASE)


@cache
def _bare_credit() -> re.Pattern[str]:
    return re.compile(
        rf"[(\[]?(?:{words('caption', 'credit')})(?:\s*[:©|/]|\s+[—–-]|\s+by\b|\s+courtesy of\b)\s*(?P<who>\S.*)$",
        re.IGNORECASE,
    )


@cache
def _credit() -> re.Pattern[str]:
    """A named credit at the end of a line; its word starts with a capital, or stands in brackets, or is `Photo by`."""
    word = words("caption", "credit")
    who = rf"(?P<who>\S[^.!?:]{{1,{LONGEST_CREDIT}}}(?:\.\w[\w.]*)?)"
    opened = rf"(?:[(\[]\s*(?i:{word})|(?<![А-ЯЁІЇЄҐA-Z])(?=[А-ЯЁІЇЄҐA-Z])(?i:{word}))"
    return re.compile(rf"{opened}(?:\s*[:©/]|\s+by\b|\s+courtesy of\b)\s*{who}[)\]]?\.?$")


@cache
def _agency() -> re.Pattern[str]:
    """An agency's name as a credit: after a slash, a sign or `via`, before a slash, or a picture bank's at the end."""
    agency, bank = words("caption", "agency"), words("caption", "bank")
    after = rf"(?:/\s?|\bvia\s|©\s?|\|\s|[.!?»”\"]\s[—–-]?\s?)(?:{agency})(?:/(?:{agency}))*"
    before = r"[(\s.](?:AP Photo|REUTERS|Reuters|AFP|EPA|Getty Images)\s?/\s?[^.!?]{3,60}"
    sign = r"(?:^|[.!?»”\"]\s|\s\(|\s)©\s?[^.!?]{3,60}"
    return re.compile(rf"(?:{after}|{before}|{sign}|(?<=[\s.]){_group(bank)}|^{_group(bank)})[)\]]?$")


def _group(alternatives: str) -> str:
    return f"(?:{alternatives})"
