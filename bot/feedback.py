"""What people thought of the bot's answers, as JSON Lines for whoever improves them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot.output import json_line, put_lines
from bot.telegram.state import State, state_files
from index.errors import StoreMissing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from bot.json_form import Document
    from bot.telegram.state import Feedback
    from index.config import Config


def export_feedback(options: argparse.Namespace, config: Config) -> int:
    """Write each vote with what was asked and answered, one JSON object a line.

    Raises:
        StoreMissing: No bot has answered from this store.
        SourceError: The file cannot be written.
    """
    store = config.store.path
    files = state_files(store)
    if not files:
        raise StoreMissing(f"{store}: no bot has answered from this store; name another with --store")
    lines = (json_line(_document(vote)) for file in files for vote in _votes(file))
    put_lines(options.out, lines)
    return 0


def _votes(file: Path) -> Iterator[Feedback]:
    with closing(State.open(file)) as state:
        yield from state.ratings.export()


def _document(vote: Feedback) -> Document:
    """Named as in the answer that ``ask --json`` prints."""
    return {
        "number": vote.answer,
        "vote": vote.vote,
        "rated": vote.rated.isoformat(),
        "asked": vote.asked.isoformat(),
        "question": vote.question,
        "understood": vote.understood,
        "lang": vote.language,
        "kind": vote.kind,
        "answer": vote.text or None,
        "citations": [
            {"article_id": span.article_id, "start": span.start, "end": span.end, "quote": span.quote}
            for span in vote.citations
        ],
        "passages": list(vote.passages),
        "confidence": vote.confidence,
        "seconds": vote.seconds,
        "version": vote.version,
    }
