"""Bylines and date lines: who wrote the article and when, read from a line that says nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clean.dates import find_date
from index.clean.furniture import furniture_rule
from index.clean.lines import normalise

if TYPE_CHECKING:
    from index.clean.dates import Clock, FoundDate
    from index.types import Published

_LONGEST = 200  # characters; a longer line is prose
_MOST_DATES = 3
_MOST_NAME_WORDS = 4
_LONGEST_PLACE = 40
_AUTHOR = re.compile(
    r"(?:автор(?:ка|ы|и|ки)?(?: (?:статьи|статті|текста|тексту|материала|матеріалу))?|текст|text|author|authors|words"
    r"|written by|reported by|story by|reporting by|подготовил[аи]?|підготува(?:в|ла|ли)|написа(?:л|ла|в)"
    r"|(?:спец)?корреспондент(?:ка)?|(?:спец)?кореспондент(?:ка)?|журналист(?:ка)?|журналіст(?:ка)?"
    r"|репорт[её]р(?:ка)?)\s*[:–—-]\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
_PREPARED = re.compile(
    r"(?:подготовил[аи]?|записал[аи]?|переве(?:л|ла|ли)|підготува(?:в|ла|ли)|записа(?:в|ла|ли)|перекла(?:в|ла|ли))"
    r"\s+(?P<name>\S.*)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:(?:written |reported |story |words |text |article )?by|от|від)\s+(?P<name>\S.*)", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"(?:дата(?: публикации| публікації)?|опубликова(?:но|на|н)|опубліковано|публикация|публікація|размещено|розміщено"
    r"|создано|створено|добавлено|додано|(?:first )?published(?: on| at)?|publication date|posted(?: on| at)?|date|time"
    r"|время|час|issued|released|on|at|в|о|об)\s*:?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:обновлен[оа]?|обновл[её]н[оа]?|оновлен[оа]|изменено|змінено|отредактировано|відредаговано"
    r"|(?:last )?(?:updated?|modified|edited)(?: on| at)?|последнее обновление|останнє оновлення)\s*[:–—-]?",
    re.IGNORECASE,
)
# NUL stands where a date was cut out; lines have none of their own, for control characters are gone by then.
_SEPARATORS = re.compile(r"[|•·●\x00]|\s[/–—-]\s|\s/|/\s")
_AND = re.compile(r"\s*,\s*(?:(?:and|и|та|і|й)\s+)?|\s+(?:and|и|та|і|й|&)\s+", re.IGNORECASE)
# Capitalised words that stand beside dates and name no person.
_NO_NAME = re.compile(
    r"(?:the|dear|news|новост\w*|новин\w*|редакци\w*|редакці\w*|editors?|editorial|correspondents?|reporters?"
    r"|staff|writers?|desk|newsroom|team|service|agency|press|post|times|herald|tribune|gazette|daily|weekly|telegraph|journal|observer"
    r"|chief|пресс\w*|прес\w*|служб\w*|агентств\w*|корреспондент\w*|кореспондент\w*|журналист\w*|журналіст\w*"
    r"|редактор\w*|обозреватель|оглядач\w*|газет\w*|вестник|вісник|час|политика|політика|экономика|економіка"
    r"|перевод|переклад|общество|суспільство|область|район|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|admin\w*|user|author|unknown|none|null|n/a)",
    re.IGNORECASE,
)
# Parts of surnames that may keep a small letter; no full name begins with one.
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "da", "di", "la", "le", "al", "el", "bin", "del", "dos", "фон", "де", "ван"}
)
_NAME_WORD = re.compile(r"(?:[^\W\d_]+(?:[-'’ʼ`.][^\W\d_]*)*|[^\W\d_]\.(?:[^\W\d_]\.)?)")
_QUOTED = re.compile(r"[«“„\"](?P<name>[^«»“”\"]{2,50})[»”“\"]")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; ``updated`` where its only date is that of a later change."""

    author: str | None = None
    published: Published | None = None
    updated: bool = False
    outlet: str | None = None


def read_byline(line: str, clock: Clock) -> Byline | None:
    """Author and date of a line that holds nothing but them, their labels, a place and page furniture; else None."""
    if len(line) > _LONGEST:
        return None
    dates, rest = _cut_dates(line, clock)
    segments = [segment.strip(" ,;:()[]—–-") for segment in _SEPARATORS.split(rest)]
    authors = [name for segment in segments if (name := _author(segment, dated=bool(dates)))]
    if not (dates or authors) or not all(_says_nothing(segment, dated=bool(dates)) for segment in segments):
        return None
    published, updated = _publication(dates)
    return Byline(authors[0] if authors else None, published, updated)


def read_signature(line: str) -> Byline | None:
    """A line that is only the authors' names, with a place or a newspaper in quotation marks after a comma."""
    names = names_in(line) if len(line) <= _LONGEST else None
    if names is None or line.isupper() or line[-1] in ".,:;!?":
        return None
    rest = line[len(names) :].strip(" ,")
    quoted = _QUOTED.fullmatch(rest)
    if quoted:
        return Byline(names, outlet=quoted["name"])
    return Byline(names) if _is_place(rest) and len(rest.split()) <= len(("New", "York")) else None


def is_name(text: str) -> bool:
    """Whether the text looks like a person: two to four capitalised words, none of them a trade or title."""
    words = text.split()
    if not 1 < len(words) <= _MOST_NAME_WORDS:
        return False
    return all(_is_name_word(word) for word in words) and words[0].lower() not in _PARTICLES


def names_in(text: str) -> str | None:
    """The people a byline lists, as it writes them: roles and places after the last name are left out."""
    end = 0
    position = 0
    for piece in _AND.split(text):
        position = text.index(piece, position) + len(piece)
        if not is_name(piece.strip()):
            break
        end = position
    return text[:end].strip() or None


def stated_author(text: str) -> str | None:
    """An author that metadata states, without "By"; None for a link, an account name or the newsroom's software."""
    flat = re.sub(r"^(?:by|автор|author)\b\s*:?\s*", "", normalise(text), flags=re.IGNORECASE)
    if not flat or "://" in flat or "@" in flat or _NO_NAME.fullmatch(flat):
        return None
    return flat if not flat.isdecimal() and len(flat) <= _LONGEST else None


def _cut_dates(line: str, clock: Clock) -> tuple[list[tuple[FoundDate, bool]], str]:
    """Dates of a line, each with whether it is one of a change, and the line with a NUL in the place of each."""
    dates: list[tuple[FoundDate, bool]] = []
    while len(dates) < _MOST_DATES and (found := find_date(line, clock)):
        before = line[: found.start].rsplit("\x00", 1)[-1]
        dates.append((found, bool(_UPDATED.search(before))))
        line = f"{line[: found.start]}\x00{line[found.end :]}"
    return dates, line


def _publication(dates: list[tuple[FoundDate, bool]]) -> tuple[Published | None, bool]:
    """The first date of publication, or of a change where there is no other; and whether it is one of a change."""
    if not dates:
        return None, False
    found, updated = next((date for date in dates if not date[1]), dates[0])
    return found.published, updated


def _author(segment: str, *, dated: bool) -> str | None:
    """Names after a label, or, beside a date, names with nothing but a place or an outlet behind them."""
    for label in (_AUTHOR, _PREPARED, _BY):
        labelled = label.fullmatch(segment)
        names = names_in(labelled["name"]) if labelled else None
        if labelled and names and len(labelled["name"]) - len(names) <= _LONGEST_PLACE:
            return names
    names = names_in(segment) if dated else None
    return names if names and _is_place(segment[len(names) :]) else None


def _says_nothing(segment: str, *, dated: bool) -> bool:
    """Whether a segment beside the date is a name, a label, a place or furniture, and no words of the article."""
    if not segment or _author(segment, dated=dated) or furniture_rule(segment):
        return True
    return bool(_DATE_LABEL.fullmatch(segment) or _UPDATED.fullmatch(segment)) or (dated and _is_place(segment))


def _is_place(text: str) -> bool:
    """Whether the text is empty or a few capitalised words: a place, an outlet, a rubric."""
    return len(text) <= _LONGEST_PLACE and all(_opens_high(word) for word in text.split())


def _opens_high(word: str) -> bool:
    letters = word.strip('«»"“”().,:')
    return not letters or letters[0].isupper()


def _is_name_word(word: str) -> bool:
    if word in _PARTICLES:
        return True
    return word[0].isupper() and bool(_NAME_WORD.fullmatch(word)) and not _NO_NAME.fullmatch(word)
