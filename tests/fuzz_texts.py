"""Hostile texts for the fuzz run: all of them drawn from a seeded generator, so that any case can be made again."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz_pieces import NASTY, PUMPS, TWINS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_SAMPLES = Path(__file__).parent / "articles"
LONGEST = 100_000
"""Characters or bytes of the longest ordinary case."""
_SIZES = ((0.75, 200), (0.96, 1_500), (0.995, 10_000), (1.0, LONGEST))


def text(chance: Random) -> str:
    """Any text: pumped, composed of nasty pieces, an article damaged, or characters at random."""
    return _pick(chance, (pumped, pumped, _soup, _mutated_sample, _homoglyphs, _characters))(chance)


def line(chance: Random) -> str:
    """A text of the size of a headline, a name or a question, mostly."""
    found = text(chance)
    if chance.random() < 0.1:
        return found
    start = chance.randrange(len(found) + 1)
    return found[start : start + chance.choice((10, 60, 199, 600))]


@cache
def samples(kind: str = "") -> tuple[bytes, ...]:
    """The sample articles as they lie on disk."""
    return tuple(
        path.read_bytes() for path in sorted(_SAMPLES.rglob(f"*{kind}")) if path.suffix in {".txt", ".md", ".html"}
    )


def _pick(chance: Random, ways: Sequence[Callable[[Random], str]]) -> Callable[[Random], str]:
    return chance.choice(ways)


def size_of(chance: Random) -> int:
    """How long a case is to be: short mostly."""
    drawn = chance.random()
    return next(size for share, size in _SIZES if drawn <= share)


def pumped(chance: Random) -> str:
    """One or two pieces, each repeated many times, between a few others: the input that slow patterns fear."""
    size = size_of(chance)
    found = "".join(chance.choices(PUMPS, k=chance.randrange(3)))
    for _ in range(chance.choice((1, 1, 2))):
        piece = "".join(chance.choices(PUMPS, k=chance.choice((1, 1, 2, 3))))
        found += piece * chance.choice((1, size // len(piece) // 2 + 1, size // len(piece) + 1))
    return (found + "".join(chance.choices((*PUMPS, *NASTY), k=chance.randrange(3))))[:LONGEST]


def _soup(chance: Random) -> str:
    most = size_of(chance)
    return "".join(chance.choice(chance.choice((PUMPS, PUMPS, NASTY))) for _ in range(chance.randrange(1, 60)))[:most]


def _sample(chance: Random) -> str:
    return chance.choice(samples()).decode("utf-8", "replace")


def _mutated_sample(chance: Random) -> str:
    words = _sample(chance).split(" ")
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(words))
        words[at : at + chance.randrange(3)] = [
            chance.choice((*PUMPS, *NASTY)),
            *words[at : at + 1] * chance.choice((0, 1, 30)),
        ]
    return " ".join(words)[: size_of(chance)]


def _homoglyphs(chance: Random) -> str:
    return "".join(
        char.translate(TWINS) if chance.random() < 0.3 else char for char in _sample(chance)[: size_of(chance)]
    )


def _characters(chance: Random) -> str:
    top = chance.choice((0x80, 0x250, 0x530, 0x3100, 0x110000))
    return "".join(chr(chance.randrange(top)) for _ in range(chance.randrange(400)))
