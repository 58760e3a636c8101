"""Splits text into the tokens of multilingual-e5-small: SentencePiece's Unigram model, by dynamic programming.

Kudo, "Subword Regularization" (2018), section 3.2: of all ways to split a word into known pieces, take the one with
the largest sum of scores. Written here because the library `tokenizers` spends 0.9 s, with Python's lock held, and
280 MB on opening this vocabulary. This opens in 0.2 s, finds the same tokens, and a cache of words keeps it fast.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

START, END, UNKNOWN = 0, 2, 3
SPECIAL_PIECES = frozenset({"<s>", "<pad>", "</s>", "<unk>", "<mask>"})
"""Never read out of a text: whoever writes ``</s>`` means the characters."""

_WORD_START = "▁"
_UNKNOWN_PENALTY = 10.0
"""How far below the rarest piece an unknown character scores, as in SentencePiece."""
_STRETCH = 400
"""Longer words are split unseen at this many characters, which bounds the work on any one of them."""
_CACHED_WORDS = 50_000

# SentencePiece's rules `nmt_nfkc`: control characters vanish, invisible and odd spaces become spaces.
_VANISH = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f\ud800-\udfff]")
_SPACE = re.compile("[\u1680\u200b-\u200f\u2581\ufeff\ufffd]")
_ODD_THOUGH_PRINTED = "\u2581", "\ufffd"


class UnigramTokenizer:
    """Text to token ids. Thread-safe."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        for special in SPECIAL_PIECES:
            self._ids.pop(special, None)
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._best_score = max(map(scores.__getitem__, self._ids.values()))
        self._unknown_score = min(scores) - _UNKNOWN_PENALTY
        self._split_stretch = functools.lru_cache(_CACHED_WORDS)(self._split_stretch_anew)

    def ids(self, text: str, limit: int | None = None) -> list[int]:
        """The text's tokens, at most the first ``limit``; what lies beyond is not even looked at."""
        words = _visible(text).split()
        if max(map(len, words), default=0) <= _STRETCH:
            tokens = itertools.chain.from_iterable(map(self._split_stretch, words))
        else:
            stretches = itertools.chain.from_iterable(map(_stretches, words))
            tokens = itertools.chain.from_iterable(itertools.starmap(self._split_stretch, stretches))
        return list(itertools.islice(tokens, limit))

    def _split_stretch_anew(self, stretch: str, inside: bool = False) -> tuple[int, ...]:  # noqa: FBT001, FBT002 - from starmap
        tokens: list[int] = []
        # Compatibility composition may bring spaces to light, as in U+FDFA, which stands for four words.
        for part in unicodedata.normalize("NFKC", stretch).split():
            tokens += self._best_split(part if inside else _WORD_START + part)
            inside = False
        return tuple(tokens)

    def _best_split(self, word: str) -> list[int]:
        """Viterbi: for every end, the best score of a split up to there, the piece that ends there and its start."""
        known, scores, last = self._ids.get, self._scores, len(word)
        best, pieces, starts = [0.0] + [-math.inf] * last, [UNKNOWN] * (last + 1), [0] * (last + 1)
        for start in range(last):
            so_far = best[start]
            # Every further piece costs at least this: where that is too much, no piece is looked for.
            within = so_far + self._best_score
            if within <= best[last]:
                continue
            for end in range(start + 1, min(start + self._longest, last) + 1):
                if within <= best[end]:
                    continue
                token = known(word[start:end], UNKNOWN)
                if token != UNKNOWN or end == start + 1:
                    score = so_far + (self._unknown_score if token == UNKNOWN else scores[token])
                    if score > best[end]:
                        best[end], pieces[end], starts[end] = score, token, start
        return _walk_back(pieces, starts)


def _visible(text: str) -> str:
    """The text without control characters and with plain spaces for odd ones."""
    # Nearly all text is of printed characters only, which this tells at less cost.
    if text.isprintable() and not any(sign in text for sign in _ODD_THOUGH_PRINTED):
        return text
    return _SPACE.sub(" ", _VANISH.sub("", text))


def _stretches(word: str) -> Iterator[tuple[str] | tuple[str, bool]]:
    yield (word[:_STRETCH],)
    for start in range(_STRETCH, len(word), _STRETCH):
        yield word[start : start + _STRETCH], True


def _walk_back(pieces: Sequence[int], starts: Sequence[int]) -> list[int]:
    tokens: list[int] = []
    end = len(pieces) - 1
    while end > 0:
        # A run of unknown characters is one unknown token.
        if pieces[end] != UNKNOWN or tokens[-1:] != [UNKNOWN]:
            tokens.append(pieces[end])
        end = starts[end]
    return tokens[::-1]
