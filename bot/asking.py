"""From what was typed to a query: its text, made whole by the turns before it, its language, its restrictions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast, get_args

from index.types import AskerLanguage, Filters, Query, Selection, Turn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import date

    from index.follow_up import Follower
    from index.types import Answer

_CYRILLIC = re.compile("[\u0400-\u052f]")


def query_of(options: argparse.Namespace, question: str) -> Query:
    """The question with the restrictions typed beside it, in the language asked for or else in its own."""
    outlets = tuple(name for name in map(readable, options.source) if name)
    filters = Filters(tuple(options.article_lang), outlets, options.since, options.until)
    text = readable(question)
    return Query(text, options.lang or asker_language(text), filters)


def query_after(
    follower: Follower, options: argparse.Namespace, question: str, history: Sequence[Turn], *, by_model: bool = True
) -> Query:
    """The query of a question that was typed, made whole by the turns before it, oldest first."""
    followed = follower.whole(query_of(options, question), history, by_model=by_model)
    return replace(followed, language=options.lang) if options.lang else followed


def turn_of(answer: Answer) -> Turn:
    """What a later question may go on from: the question as it was understood, and what was answered."""
    return Turn(answer.question, " ".join(each.text for each in answer.sentences))


def selection_of(options: argparse.Namespace) -> Selection:
    """The articles that were typed; ids, where any were, may be addresses as well."""
    ids = tuple(map(readable, options.article_ids)) or None
    url, outlet = (readable(each) if each else None for each in (options.url, options.outlet))
    return Selection(ids, url, outlet, options.before)


def today(options: argparse.Namespace) -> date:
    """What "yesterday" in a question counts from: the day typed with --now, else the machine's."""
    return (options.now or datetime.now().astimezone()).date()


def asker_language(text: str, otherwise: AskerLanguage = "en") -> AskerLanguage:
    """The language to answer in: the question's if we speak it, else ``otherwise``, but no English for Cyrillic."""
    from index.language import detect

    found = detect(text)
    if found != "other":
        return found
    return "ru" if otherwise == "en" and _CYRILLIC.search(text) else otherwise


def spoken_language(options: argparse.Namespace, environ: Mapping[str, str]) -> AskerLanguage:
    """The language to speak to somebody who asked nothing: as typed, else as the terminal's locale says."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return cast("AskerLanguage", options.lang) if options.lang else _spoken(locale[:2].lower())


def readable(text: str) -> str:
    """One line of valid Unicode: bytes that the terminal could not decode become question marks."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _spoken(language: str) -> AskerLanguage:
    return cast("AskerLanguage", language) if language in get_args(AskerLanguage) else "en"
