"""A question that goes on from earlier turns, as a query that stands alone."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.follow_up.bounds import remembered
from index.follow_up.resolving import resolve
from index.follow_up.typed import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.follow_up.by_model import Rewriter
    from index.types import Query, Turn


@dataclass(frozen=True, slots=True)
class Follower:
    """Makes follow-ups whole: by rules, or where there is a ``rewriter``, by its model. Remembers nothing itself."""

    rewriter: Rewriter | None = None

    def whole(self, typed: Query, history: Sequence[Turn], *, by_model: bool = True) -> Query:
        """The query made whole by the turns before it, oldest first, of which only the last are heard.

        A few words are taken to be in the language that they follow. What the rules leave as it is, which is right for
        all 33 labelled questions that stand alone, no model is asked about; nor is it where ``by_model`` is false.
        """
        turns = remembered(history)
        by_rules = resolve(typed.text, turns)
        if by_rules == typed.text:
            return typed
        language = spoken(typed.text, turns[-1].question)
        started = time.perf_counter()
        rewriter = self.rewriter if by_model else None
        written = rewriter.rewritten(typed.text, turns, language) if rewriter else None
        seconds = time.perf_counter() - started if rewriter else 0.0
        return replace(typed, text=written or by_rules, language=language, seconds=typed.seconds + seconds)
