"""Whether a language model's rewriting of a follow-up may be searched for: its words are checked, not believed."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Literal

from index.answer.checking.cited import Statement
from index.answer.checking.numbers import unsupported_number
from index.answer.checking.speech import in_other_language
from index.follow_up.heard import heard
from index.follow_up.typed import body, content
from index.follow_up.words import kin, plain, tokens
from index.language import detect, lemmas, name_keys, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.follow_up.heard import Heard, Kind
    from index.types import AskerLanguage, Turn

    Objection = Kind | Literal["empty", "long", "code", "chatter", "language", "lost", "unchanged", "astray"]
    """A "name", "number" or "date" that nobody said, or what else is wrong."""

_LONGEST = 250
"""Characters: the longest of 120 questions written out by hand has 79, one of two clauses may have twice as many."""
_MOST_NEW = 0.5
"""Share of telling words that nobody said: at the most 0.5 in those 120 questions."""
_CODE = re.compile(r"https?:|www\.|\w\.\w+/|(?<!\w)@\w|[<>{}|\[\]]")


def objection(written: str, question: str, history: Sequence[Turn], language: AskerLanguage) -> Objection | None:
    """Why a question that a model wrote in place of what was typed must not be used; None where it may.

    It may where it is one question in the ``language`` of the typed one, with all of that one's names, numbers and
    dates, with no others than were said, and about the same.
    """
    return _of_form(written, question, language) or _of_content(written, question, history, language)


def _of_form(written: str, question: str, language: AskerLanguage) -> Objection | None:
    if not any(map(str.isalpha, written)):
        return "empty"
    if len(written) > max(_LONGEST, len(question)):
        return "long"
    if _CODE.search(written):
        return "code"
    if len(sentence_spans(written, language)) > 1 or not _asks(written, question, language):
        return "chatter"
    return "language" if in_other_language(written, language) else None


def _asks(written: str, question: str, language: AskerLanguage) -> bool:
    """Whether a question was written: with its sign, or where none was typed, with the words of one or of the typed."""
    if written.endswith("?"):
        return True
    asked, typed = body(written, language).text, body(question, language).text
    begins_alike = [plain(each.text) for each in asked.tokens[:1]] == [plain(each.text) for each in typed.tokens[:1]]
    asks = bool(asked.lists.question_word(asked.text)) or asked.leads_with_auxiliary
    return "?" not in question and (asks or begins_alike)


def _of_content(written: str, question: str, history: Sequence[Turn], language: AskerLanguage) -> Objection | None:
    said = _said(question, history, language)
    if new := said.lacks(written, language):
        return new
    if unsupported_number(written, language, _told(question, history, language)):
        return "number"
    if heard(written, language).lacks(question, language):
        return "lost"
    if not set(content(written, language)) - set(content(question, language)):
        return "unchanged"
    return None if _on_the_subject(written, question, history, language) else "astray"


def _said(question: str, history: Sequence[Turn], language: AskerLanguage) -> Heard:
    return reduce(or_, (heard(each.text, each.language) for each in _told(question, history, language)))


def _told(question: str, history: Sequence[Turn], language: AskerLanguage) -> list[Statement]:
    """All that was said, each text with its language: the earlier ones need not be in that of the question."""
    texts = [text for turn in history for text in (turn.question, turn.answer)]
    said = [(question, language), *((text, detect(text)) for text in texts)]
    return [Statement(text, (text,), spoken, None) for text, spoken in said]


def _on_the_subject(written: str, question: str, history: Sequence[Turn], language: AskerLanguage) -> bool:
    """Whether what was written takes up what was typed, and has no more telling words that are new than that are not.

    Where nothing that was typed tells anything, as in "why?", it has to be about the question before as well; of two
    languages only names can be shared.
    """
    telling, typed = set(content(written, language)), content(question, language)
    spoken = [turn for turn in history if detect(turn.question) == language]
    told = [word for turn in spoken for word in lemmas(f"{turn.question} {turn.answer}", language)]
    if spoken and len(telling - kin(telling, [*typed, *told])) > _MOST_NEW * len(telling):
        return False
    before = history[-1].question
    about = typed or kin(telling, content(before, language)) or _shares_name(written, language, before)
    return bool(about) and _takes_up(written, question, language) and not _repeats(written, question, history, language)


def _takes_up(written: str, question: str, language: AskerLanguage) -> bool:
    """Whether a word that was typed is in what was written: a telling one, or where none was typed, any."""
    words = content(question, language) or [*lemmas(question, language), *_words(question)]
    return bool(kin(words, [*lemmas(written, language), *_words(written)]))


def _repeats(written: str, question: str, history: Sequence[Turn], language: AskerLanguage) -> bool:
    """Whether an earlier question was written, with none of the words typed: the model took no notice of those."""
    repeated = any(set(_words(turn.question)) == set(_words(written)) for turn in history)
    return repeated and not kin(lemmas(question, language), lemmas(written, language))


def _words(text: str) -> list[str]:
    return [each.plain for each in tokens(text)]


def _shares_name(written: str, language: AskerLanguage, before: str) -> bool:
    return not set(name_keys(written, language)).isdisjoint(name_keys(before, detect(before)))
