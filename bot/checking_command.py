"""``citewire check``: whether the index is whole, and with ``--repair`` making it so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich.text import Text

from bot.asking import spoken_language
from bot.output import show_result
from index import compose
from index.errors import CitewireError
from prompts import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from bot.json_form import Document
    from index.config import Config
    from index.types import AskerLanguage, Checkup, Problem


_REMEDIES = {
    "catalogue_mismatch": "remedy_catalogue_mismatch",
    "catalogue_dangling": "remedy_catalogue_dangling",
    "passages_torn": "remedy_passages_torn",
    "windows_unreadable": "remedy_passages_torn",
    "words_missing": "remedy_words_missing",
    "vectors_unusable": "remedy_vectors",
    "vectors_missing": "remedy_vectors",
    "vectors_extra": "remedy_vectors",
    "vectors_wrong": "remedy_vectors",
    "vectors_announced": "remedy_vectors_announced",
    "disk_full": "remedy_disk_full",
    "rights": "remedy_rights",
    "leftover": "remedy_leftover",
    "model_damaged": "remedy_leftover",
    "bot_state": "remedy_bot_state",
}
"""For a kind of problem, the message that says what to do; without a catalogue there is one way for all."""


def check(options: argparse.Namespace, config: Config) -> int:
    """Say what is wrong and what to do; 1 where something is, and is so still after a repair."""
    from bot.progress import CountingProgress

    language = spoken_language(options, os.environ)
    if options.repair:
        with CountingProgress(message("check_repairing", language), _passages(config)) as progress:
            found = compose.check(config, repair=True, progress=progress.advance)
    else:
        found = compose.check(config, repair=False)
    show_result(options, document(found, language), lambda: Text("\n".join(_lines(found, language))))
    return 0 if found.ok else 1


def _passages(config: Config) -> int:
    """How many there are to make vectors for, as far as the catalogue can be read."""
    try:
        return compose.count_passages(config)
    except CitewireError:
        return 0


def document(found: Checkup, language: AskerLanguage) -> Document:
    """What was found as JSON: kinds are fixed words, details and remedies are for people."""
    return {
        "ok": found.ok,
        "articles": found.articles,
        "passages": found.passages,
        "vectors": found.vectors,
        "problems": [
            {"kind": each.kind, "detail": _detail(each, language), "remedy": _remedy(each, language)}
            for each in found.problems
        ],
        "repaired": [{"kind": each.kind, "detail": _detail(each, language)} for each in found.repaired],
        "writer": found.writer,
    }


def _lines(found: Checkup, language: AskerLanguage) -> Iterator[str]:
    counts = {"articles": found.articles, "passages": found.passages, "vectors": found.vectors}
    known = {name: "?" if count is None else count for name, count in counts.items()}
    yield message("check_counts", language, **known)
    if found.writer:
        yield message("check_writer", language, writer=found.writer)
    for each in found.repaired:
        yield message("check_repaired", language, detail=_detail(each, language))
    for each in found.problems:
        yield f"! {_detail(each, language)}"
        yield f"  → {_remedy(each, language)}"
    if found.ok:
        yield message("check_ok", language)


def _detail(problem: Problem, language: AskerLanguage) -> str:
    said = message(f"check_{problem.kind}", language, place=problem.place, count=problem.count)
    # An error's text names the place and often the remedy, which both stand beside it here.
    reason = problem.reason.removeprefix(f"{problem.place}: ").partition("; run `citewire check --repair`")[0]
    return f"{said} ({reason})" if reason else said


def _remedy(problem: Problem, language: AskerLanguage) -> str:
    return message(_REMEDIES.get(problem.kind, "remedy_export"), language)
