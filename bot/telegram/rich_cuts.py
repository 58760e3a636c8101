"""Where a text may be cut, from coarse to fine: between sentences, between words, between characters as readers see."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from index.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FRAGMENT = 256  # UTF-16 units; what a message may be short of its limit where one word fills several
_LONGEST_CLUSTER = 24  # code points; families of emoji have 11, and stacks of accents have no end
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"


def allowed(cuts: Iterable[int], text: str, firm: Iterable[tuple[int, int]]) -> list[int]:
    """The cuts that part no firm stretch from what precedes it; those that would are moved behind it where possible."""
    spans = list(firm)
    starts = [start for start, _ in spans]
    kept = set()
    for cut in cuts:
        place = bisect_right(starts, cut) - 1
        if place < 0 or cut >= spans[place][1]:
            kept.add(cut)
        elif space := _SPACE.match(text, spans[place][1]):
            kept.add(space.end())
    return sorted(kept - {0, len(text)})


def _between_sentences(text: str, _limit: int) -> list[int]:
    return [span.start for span in sentence_spans(text, "other")][1:]


def _between_words(text: str, _limit: int) -> list[int]:
    return [space.end() for space in _SPACE.finditer(text) if space.end() < len(text)]


def _between_characters(text: str, limit: int) -> list[int]:
    """As few as give fragments of ``_FRAGMENT`` units at most."""
    cuts, at, filled = [], 0, 0
    for cluster in _clusters(text):
        units = len(cluster.encode("utf-16-le")) // 2
        if filled and filled + units > min(_FRAGMENT, limit):
            cuts.append(at)
            filled = 0
        at, filled = at + len(cluster), filled + units
    return cuts


def _clusters(text: str) -> Iterator[str]:
    """What a reader takes for one character: a letter with its accents, a flag, joined emoji (near UAX 29)."""
    cluster = ""
    for char in text:
        if cluster and not (len(cluster) < _LONGEST_CLUSTER and _continues(cluster, char)):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _continues(cluster: str, char: str) -> bool:
    if char.isascii():
        return False
    if _is_flag_half(char):
        return len(cluster) == 1 and _is_flag_half(cluster)
    tag_or_tone = "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f"
    return char == _JOINER or cluster[-1] == _JOINER or tag_or_tone or unicodedata.category(char)[0] == "M"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


CUTS = (_between_sentences, _between_words, _between_characters, _between_characters)
"""The finest twice: once sparing firm stretches, and once, for firm stretches longer than a message, not."""
