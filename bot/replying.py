"""What the terminal shows for an answer: the answer, or for whoever asks what is new the newest articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import render

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from index.compose import Engine
    from index.types import Answer

_NEWEST = 7
"""Articles that are listed."""


def reply(answer: Answer, engine: Engine, today: date) -> RenderableType:
    """An answer as it is shown; ``today`` is as for the question."""
    newest = engine.guide.newest(None, today, _NEWEST) if answer.refusal == "talk_news" else []
    return render.newest(newest, answer.language) if newest else render.answer(answer)
