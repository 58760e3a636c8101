"""Buttons under messages, and what they send back: a word, the answer's number, and at most one more thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.types import ANSWER, Button
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram.types import Vote
    from index.types import AskerLanguage

Rows = tuple[tuple[Button, ...], ...]

ASK, CITE, MORE, RATE, SPEAK, MODE = "ask", "cite", "more", "rate", "speak", "mode"
MODES = ("written", "quotes")
_A_ROW = 8
"""Telegram's limit; more are cut silently by its clients."""
_LANGUAGES = {"uk": "Українська", "ru": "Русский", "en": "English"}


def under_answer(citations: int, *, more: bool, language: AskerLanguage) -> Rows:
    """A button for each citation's passage, one for further passages if there are any, and two to rate."""
    cited = [Button(f"[{number}]", f"{CITE}:{ANSWER}:{number}") for number in range(1, citations + 1)]
    further = [Button(message("tg_button_more", language), f"{MORE}:{ANSWER}:0")] if more else []
    votes = [Button("👍", f"{RATE}:{ANSWER}:1"), Button("👎", f"{RATE}:{ANSWER}:-1")]
    return (*_rows(cited), (*further, *votes))


def under_passages(answer: int, start: int, language: AskerLanguage) -> Rows:
    """One button for the passages of an answer from place ``start`` on."""
    return ((Button(message("tg_button_more", language), f"{MORE}:{answer}:{start}"),),)


def examples(questions: Sequence[str]) -> Rows:
    """A button for each question, which is its label."""
    return tuple((Button(question, f"{ASK}:{number}"),) for number, question in enumerate(questions))


def languages() -> Rows:
    """A button for each language, in that language."""
    return (tuple(Button(name, f"{SPEAK}:{code}") for code, name in _LANGUAGES.items()),)


def modes(language: AskerLanguage) -> Rows:
    """A button for each way to answer."""
    return (tuple(Button(message(f"tg_mode_button_{mode}", language), f"{MODE}:{mode}") for mode in MODES),)


def read_vote(data: str) -> tuple[int, Vote] | None:
    """The answer's number and the vote that a pressed button sends; None where it is another button."""
    word, *rest = data.split(":")
    if word != RATE or len(rest) != 2 or not rest[0].isdecimal() or rest[1] not in ("1", "-1"):  # noqa: PLR2004 - two
        return None
    return int(rest[0]), 1 if rest[1] == "1" else -1


def read_place(data: str) -> tuple[int, int]:
    """The answer's number and the place in it; (0, 0), which no answer has, where the button sends neither."""
    numbers = [int(part) if part.isdecimal() else 0 for part in data.split(":")[1:]]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)  # noqa: PLR2004 - two


def _rows(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW))
