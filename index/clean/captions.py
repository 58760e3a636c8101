"""Photo captions and credits: found by credit words and by the shape of the line."""

from __future__ import annotations

import re
from functools import cache

from index.clean.rules import words

# Bounds in characters. A caption is a sentence or two; beyond, a credit at the end belongs to prose and is cut alone.
LONGEST_CAPTION = 170
LONGEST_OPENED = 300
LONGEST_CREDIT = 90
_REACH = 140  # how far from its end a line is searched for a credit
_SENTENCE_END = re.compile(r"[.!?…][»”\")]*\s+(?=[«\"“(]?[A-ZА-ЯЁІЇЄҐ])")
_CAPITAL = "[A-ZА-ЯЁІЇЄҐ]"
_ENDED = r"[.!?»”\"]"
_DOT = r"(?:(?<=\b\w)\.|\.(?=\w))"  # after an initial, or inside an address
_INITIAL = re.compile(r"\b[A-ZА-ЯЁІЇЄҐ]\.")
_ENGLISH_CREDIT = re.compile(
    r"[A-ZА-ЯЁІЇЄҐ@©\d\"«“]|(?:courtesy|from|via|archive|press|screenshot|supplied|handout|pool|by|free)\b"
)
# Somebody speaks: a closing quotation mark before a dash or after a comma, or a verb of saying after a comma.
SPEECH = re.compile(
    r"[»”\"],?\s*[—–-]\s|,[»”\"]\s|,\s(?:said|says|told|сказал|заявил|сообщил|повідоми|заяви)", re.IGNORECASE
)


def caption_start(line: str) -> int | None:
    """Where a caption or credit begins in the line: 0 for the whole line, more for a credit after prose, else None."""
    if _is_opened(line) or _is_bare_credit(line):
        return 0
    if credit := _credit().search(line, max(0, len(line) - _REACH)):
        return _judge(line, credit)
    if len(line) <= LONGEST_OPENED and _agency().search(line, max(0, len(line) - _REACH)) and not SPEECH.search(line):
        return 0
    return None


def _judge(line: str, credit: re.Match[str]) -> int | None:
    """Whether what stands before a named credit is its caption, or prose that stays."""
    if not _is_credit(credit["who"], english=(credit["word"] or credit["low"]).isascii()):
        return None
    before = line[: credit.start()].rstrip(" (/|—–-")
    if len(before) <= LONGEST_CAPTION and len(_SENTENCE_END.findall(before)) <= 1 and not SPEECH.search(before):
        return 0
    return credit.start() if before.endswith((".", "!", "?", "…", "»", "”", '"')) else None


def _is_opened(line: str) -> bool:
    short = len(line) <= LONGEST_CREDIT
    return len(line) <= LONGEST_OPENED and bool(_opening().match(line)) and (short or line[-1] not in ".!?…")


def _is_bare_credit(line: str) -> bool:
    """Whether a line is a credit from its first word; after a dash only a name makes it one, for prose may follow."""
    opened = _bare_credit().match(line)
    if not opened or len(line) > LONGEST_CAPTION or SPEECH.search(line):
        return False
    who, finished = opened["who"], line[-1] in ".!?…"
    if opened["dash"] and (finished or len(who) > LONGEST_CREDIT or not who[0].isupper()):
        return False
    return _is_credit(who, english=opened["word"].isascii()) and not (finished and len(line) > LONGEST_CREDIT)


def _is_credit(who: str, *, english: bool) -> bool:
    """A credit is a name or two; after an English word it must begin like a name, for "photo:" may open a sentence."""
    text = _INITIAL.sub("", who).strip(" ().")
    return len(who) <= LONGEST_CAPTION and bool(text) and (not english or bool(_ENGLISH_CREDIT.match(who)))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('caption', 'opening')})", re.IGNORECASE)


@cache
def _bare_credit() -> re.Pattern[str]:
    word = words("caption", "credit")
    link = r"(?:\s*[:©|/]|\s+(?P<dash>[—–-])|\s+by\b|\s+courtesy of\b)"
    return re.compile(rf"[(\[]?(?P<word>{word}){link}\s*(?P<who>\S.*)$", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    """A named credit at the end of a line; its word starts with a capital, or stands in brackets, or is `Photo by`."""
    word = words("caption", "credit")
    bracketed = rf"[(\[][^()\[\]]{{0,25}}?\b(?i:(?P<low>{word}))"
    capital = rf"(?<!{_CAPITAL})(?={_CAPITAL})(?i:(?P<word>{word}))"
    link = rf"(?:\s*[:©/]|\s+by\b|\s+courtesy of\b|\s[—–-](?=\s{_CAPITAL}))"
    who = rf"(?P<who>\S(?:[^.!?:]|{_DOT}){{1,{LONGEST_CREDIT}}}?)"
    return re.compile(rf"(?:{bracketed}|{capital}){link}\s*{who}[)\]]?\.?$")


@cache
def _agency() -> re.Pattern[str]:
    """A credit without such a word: an agency after a sign or `via`, a person before a slash, `Courtesy of`."""
    agency, bank = words("caption", "agency"), words("caption", "bank")
    name, surname = rf"(?:[^.!?]|{_DOT}){{3,70}}", rf"{_CAPITAL}[\w’'ʼ-]+"
    forms = (
        rf"(?:/\s?|\bvia\s|©\s?|\|\s|{_ENDED}\s[—–-]?\s?)(?:{agency})(?:/(?:{agency}))*",
        r"[(\s.](?:AP Photo|REUTERS|Reuters|AFP|EPA|Getty Images)\s?/\s?[^.!?]{3,60}",
        rf"\w+\s+\S+\s+\S+\s{surname}\s{surname}/{surname}(?:\s[\w’'ʼ-]+){{0,2}}",
        rf"(?:^|{_ENDED}\s|\s\(|\s)©\s?{name}",
        # "Фото Лева Кадука": the name in the genitive, without a colon.
        rf"{_ENDED}\s\(?(?:Фото|Снимок|Знімок|Світлина|Рисунок|Малюнок)\s{surname}\s{surname}[^.!?:]{{0,40}}",
        rf"(?:^|(?:{_ENDED}|\()\s?)Courtesy of {name}",
        rf"(?:^|(?<=[\s.]))(?:{bank})",
    )
    return re.compile(rf"(?:{'|'.join(forms)})[)\]]?$")
