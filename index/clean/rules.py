"""The furniture patterns of furniture.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

# Arrows and emoji before a link; a quotation mark or a dash is no mark, for it opens somebody's words.
_MARKS = r"[^\w«\"“„'—–-]{0,6}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture: ``whole`` lines, lines that ``start`` so or hold it ``inside``, and what is cut away."""

    name: str
    whole: re.Pattern[str]
    start: re.Pattern[str]
    inside: re.Pattern[str] | None
    glued: re.Pattern[str]
    leading: re.Pattern[str]
    longest: int

    def opens_or_holds(self, line: str) -> bool:
        """Whether the line starts as the rule says, or holds what it names."""
        return bool(self.start.match(line) or (self.inside and self.inside.search(line)))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    return tuple(_rule(name) for name in _tables() if name not in {"caption", "words"})


@cache
def cutting_rules() -> tuple[Rule, ...]:
    """The rules that cut a piece off a longer line."""
    return tuple(rule for rule in rules() if _list(rule.name, "glued") or _list(rule.name, "leading"))


@cache
def longest_furniture() -> int:
    """How long the longest line of furniture is, captions aside."""
    return max(rule.longest for rule in rules())


@cache
def words(rule: str, key: str) -> str:
    """The patterns under a key of a rule, as one alternation."""
    # An empty alternation would match everywhere, `(?!)` matches nowhere.
    return "|".join(_filled(_list(rule, key))) or "(?!)"


@cache
def _tables() -> dict[str, dict[str, str | int | list[str]]]:
    return tomllib.loads(resources.files("index.clean").joinpath("furniture.toml").read_text("utf-8"))


def _rule(name: str) -> Rule:
    longest = _tables()[name].get("longest", 160)
    assert isinstance(longest, int)
    any_case = re.IGNORECASE
    return Rule(
        name=name,
        whole=re.compile(rf"(?:{words(name, 'whole')})", any_case),
        start=re.compile(rf"{_MARKS}(?:{words(name, 'start')})", any_case),
        inside=re.compile(words(name, "inside"), any_case) if _list(name, "inside") else None,
        # Here case counts: in small letters these are the paragraph's own words.
        glued=re.compile(rf"(?<=[.!?…»”\"])\s*(?:{words(name, 'glued')})\.?$"),
        leading=re.compile(rf"(?:{words(name, 'leading')})[\s:|—–-]+(?=[A-ZА-ЯЁІЇЄҐ«\"“])"),
        longest=longest,
    )


def _list(rule: str, key: str) -> list[str]:
    patterns = _tables()[rule].get(key, [])
    assert isinstance(patterns, list)
    return patterns


def _filled(patterns: list[str]) -> list[str]:
    """Patterns with each ``{word}`` of the table ``words`` put in; other braces are counts and stay."""
    stand_ins = {name: str(value) for name, value in _tables()["words"].items()}
    return [re.sub(r"\{([a-z_]+)\}", lambda match: stand_ins[match[1]], pattern) for pattern in patterns]
