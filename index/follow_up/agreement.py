"""A name in the case that its place in a sentence asks for, and the verb beside it in its gender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.follow_up.morphology import cases, gender, inflected, name_readings, parses
from index.follow_up.phrases import PLACES
from index.follow_up.words import tokens

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.typed import Text
    from index.types import AskerLanguage

_GOVERNED = {
    "place": ("loct", "accs"),
    "at": ("gent", "ablt"),
    "from": ("gent",),
    "to": ("datv", "gent"),
    "about": ("loct", "accs", "gent"),
    "with": ("ablt",),
    "along": ("datv", "accs"),
    "for": ("gent", "accs"),
}
"""The cases that prepositions of each kind take, the likeliest first."""
_ORDER = ("nomn", "gent", "accs", "datv", "ablt", "loct")


def fitted(typed: str, name: Phrase, slot: Phrase, before: Text) -> str | None:
    """A name as it must be written in a slot of a question; None where its form there is not known."""
    wanted = slot_cases(slot, before)
    words = [each.text for each in tokens(name.text)]
    place = name.kind in PLACES
    readings = [name_readings(each, before.language, place=place) for each in words]
    for case in wanted:
        forms = [inflected(word, each, case) for word, each in zip(words, readings, strict=True)]
        if all(forms):
            return _spelt(typed, words, [each for each in forms if each])
    return None if wanted else typed


def slot_cases(slot: Phrase, before: Text) -> list[str]:
    """The cases that a name in a question may be in, the likeliest first."""
    readings = name_readings(tokens(slot.text)[-1].text, before.language, place=slot.kind in PLACES)
    found = cases(readings)
    if slot.preposition:
        kinds = before.relations(slot)
        governed = dict.fromkeys(case for kind, taken in _GOVERNED.items() if kind in kinds for case in taken)
        return [case for case in governed if case in found or not readings]
    return [case for case in _ORDER if case in found]


def typed_case(name: Phrase, language: AskerLanguage) -> str:
    """The likeliest case a name was typed in: the base form wherever it may be."""
    readings = name_readings(tokens(name.text)[-1].text, language, place=name.kind in PLACES)
    found = cases(readings)
    return next((case for case in _ORDER if case in found), "nomn")


def _spelt(typed: str, words: list[str], forms: list[str]) -> str:
    for word, form in zip(words, forms, strict=True):
        typed = typed.replace(word, form, 1)
    return typed


def with_verb(question: str, slot: Phrase, name: Phrase, before: Text) -> str:
    """The question with the past verbs beside a replaced subject in the gender of the new one."""
    old, new = (_gender(each, before.language) for each in (slot, name))
    if "" in (old, new) or old == new or not _is_subject(slot, before.language):
        return question
    neighbours = [each for each in before.tokens if each.end <= slot.start][-1:]
    neighbours += [each for each in before.tokens if each.start >= slot.end][:1]
    for word in neighbours:
        if other := _past(word.text, old, new, before.language):
            question = question.replace(word.text, other, 1)
    return question


def _is_subject(slot: Phrase, language: AskerLanguage) -> bool:
    return slot.preposition is None and "nomn" in cases(name_readings(tokens(slot.text)[-1].text, language))


def _gender(name: Phrase, language: AskerLanguage) -> str:
    """The gender of a name, or "plur"; "" where it is not certain."""
    found = gender(name_readings(tokens(name.text)[-1].text, language))
    return next(iter(found)) if len(found) == 1 else ""


def _past(word: str, old: str, new: str, language: AskerLanguage) -> str | None:
    """A past verb of one gender in another; None for any other word."""
    verbs = [each for each in parses(word, language) if each.tag.POS == "VERB"]
    past = next((each for each in verbs if {"past", old} <= each.tag.grammemes), None)
    form = past.inflect({new}) if past else None
    return str(form.word) if form else None
