"""Headlines: the article's own where it has one, else one made from its first sentence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.clean.lines import BULLETS
from index.language import sentence_spans

if TYPE_CHECKING:
    from index.types import Language

LONGEST_DERIVED = 100
_LONGEST = 200
# Three words with a small letter, or four: fewer are a rubric or an agency more often than a headline.
_WORDY = re.compile(r"(?=.*[a-zа-яёіїєґ])\S+\s+\S+\s+\S+|(?:\S+\s+){3}\S+")
# Beyond, a line that ends in a question, an exclamation or a quotation, or holds a second sentence, is prose.
_LONGEST_FINISHED = 120
_SENTENCE_END = re.compile(r"[.!?…][»”\")]?\s+[«\"“]?[A-ZА-ЯЁІЇЄҐ]")
_QUOTED_ENDS = '!?…»”"'
_LONGEST_COMPARED = 400  # beyond, the time that comparing takes grows with the square
_SAME = 0.85
_ATTRIBUTION = re.compile(r"(?:source|джерело|источник)\b", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_SITE = re.compile(r"\s+[|–—-]\s+|\s+[|»]\s*")


def is_headline(line: str, following: str | None) -> bool:
    """Whether a first line is the headline of what follows: short, and not ended as sentences of prose are."""
    if following is None or len(line) > _LONGEST or line[0] in BULLETS + "-–—" or not _WORDY.search(line):
        return False
    if line[-1] in ".;:," and not line.endswith("..."):
        return False
    finished = line[-1] in _QUOTED_ENDS or bool(_SENTENCE_END.search(line))
    if _ATTRIBUTION.match(line) or (finished and len(line) > _LONGEST_FINISHED):
        return False
    return not following[0].islower()


def same_headline(one: str, other: str) -> bool:
    """Whether two lines are the same headline but for case, signs and small changes."""
    first, second = (" ".join(_WORDS.findall(text.casefold())) for text in (one, other))
    if not first or not second:
        return False
    if max(len(first), len(second)) > _LONGEST_COMPARED:
        return first == second
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    # The quick ratio is an upper bound, and spares most of the slow comparisons.
    return first == second or (matcher.real_quick_ratio() >= _SAME and matcher.ratio() >= _SAME)


def opens_with_name(line: str, name: str) -> bool:
    """Whether a line begins with a name, whatever its quotation marks and case."""
    return bool(_bare(name)) and f"{_bare(line)} ".startswith(f"{_bare(name)} ")


def stated_headline(title: str, outlet: str | None, *, of_page: bool) -> str | None:
    """A headline that metadata states, without the outlet's name; None where it is that name.

    A single word is no headline where it is a page's (``of_page``): there it names the site or the section.
    """
    parts = _SITE.split(title)
    if outlet and len(parts) > 1:
        if _bare(parts[-1]) == _bare(outlet):
            title = title[: title.rindex(parts[-1])].rstrip(" |–—-»")
        elif _bare(parts[0]) == _bare(outlet):
            title = title[len(parts[0]) :].lstrip(" |–—-»")
    if outlet and _bare(title) == _bare(outlet):
        return None
    return title if " " in title or (title and not of_page) else None


def derived_headline(text: str, language: Language) -> str:
    """A headline made from the first sentence, cut at a word's end at about 100 characters."""
    paragraph = text.split("\n", 1)[0]
    spans = sentence_spans(paragraph, language)
    sentence = paragraph[spans[0].start : spans[0].end] if spans else paragraph
    sentence = sentence.strip().removesuffix(".").lstrip(BULLETS + " ")
    if len(sentence) <= LONGEST_DERIVED:
        return sentence or paragraph
    cut = sentence[:LONGEST_DERIVED].rsplit(" ", 1)[0].rstrip(" ,;:—–-")
    return f"{cut}…"


def _bare(name: str) -> str:
    return " ".join(_WORDS.findall(name.casefold()))
