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
    if before.language == "en":
        return typed
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
        governed = [case for kind in _kinds(slot, before) for case in _GOVERNED[kind]]
        return [case for case in dict.fromkeys(governed) if case in found or not readings]
    return [case for case in _ORDER if case in found]


def typed_case(name: Phrase, language: AskerLanguage) -> str:
    """The likeliest case a name was typed in: the base form wherever it may be."""
    readings = name_readings(tokens(name.text)[-1].text, language, place=name.kind in PLACES)
    found = cases(readings)
    return next((case for case in _ORDER if case in found), "nomn")


def _kinds(slot: Phrase, before: Text) -> list[str]:
    assert slot.preposition, "only names after a preposition are governed by one"
    kinds = before.lists.prepositions.get(slot.preposition.plain, frozenset())
    return [kind for kind in _GOVERNED if kind in kinds]


def _spelt(typed: str, words: list[str], forms: list[str]) -> str:
    for word, form in zip(words, forms, strict=True):
        typed = typed.replace(word, form, 1)
    return typed


def with_verb(question: str, slot: Phrase, name: Phrase, before: Text) -> str:
    """The question with the past verbs beside a replaced subject in the gender of the new one."""
    language = before.language
    genders = _gender(name.text, language)
    if slot.preposition or not _gender(slot.text, language) or len(genders) != 1 or language == "en":
        return question
    if "nomn" not in cases(name_readings(tokens(slot.text)[-1].text, language)):
        return question
    at = next((place for place, each in enumerate(before.tokens) if each.end > slot.start), 0)
    neighbours = [each.text for each in before.tokens[max(0, at - 1) : at]]
    neighbours += [each.text for each in before.tokens if each.start >= slot.end][:1]
    for word in neighbours:
        other = _past(word, _gender(slot.text, language), next(iter(genders)), language)
        if other:
            question = question.replace(word, other, 1)
    return question


def _gender(text: str, language: AskerLanguage) -> frozenset[str]:
    found = gender(name_readings(tokens(text)[-1].text, language))
    return found if len(found) == 1 else frozenset()


def _past(word: str, old: frozenset[str], new: str, language: AskerLanguage) -> str | None:
    """A past verb of one gender in another; None for any other word."""
    for each in parses(word, language):
        grammemes = each.tag.grammemes
        if each.tag.POS == "VERB" and "past" in grammemes and old & grammemes and new not in grammemes:
            form = each.inflect({new})
            return str(form.word) if form else None
    return None
