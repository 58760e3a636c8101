"""Fragments made whole: a time, a place or a name put where the earlier question has one of its kind.

"А в Харькове?" after "Сколько людей погибло в Сумах вчера?" asks "Сколько людей погибло в Харькове вчера?".
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from index.follow_up import joining
from index.follow_up.agreement import fitted, slot_cases, typed_case, with_verb
from index.follow_up.phrases import PLACES, is_demonym
from index.follow_up.times import inside, tidy, without
from index.follow_up.typed import Text

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.typed import Body
    from index.follow_up.words import Token

_LONGEST_NOUN = 2  # words
_QUOTES = " \"«»“”'"


def filled(question: str, body: Body, earlier: str) -> str:
    """The earlier question with a fragment in its place, or both where no place is clear."""
    asked = body.text
    before = Text(earlier, asked.language)
    for span in asked.times:
        before = Text(_with_time(before, inside(asked.text[span.start : span.end])), asked.language)
    rest = Text(without(asked.text, asked.times), asked.language) if asked.times else asked
    if not rest.tokens:
        return before.text
    put = _with_phrase if rest.leads_with_preposition else _with_name
    return put(before, rest) or joining.after(before.text, rest.text if asked.times else question)


def _with_time(before: Text, time: str) -> str:
    """The question with another time: the last it has makes way, or it goes to the end."""
    if not before.times:
        return _appended(before.text, time)
    last = before.times[-1]
    return tidy(before.text[: last.start] + _at(time, last.start) + before.text[last.end :])


def _appended(question: str, words: str) -> str:
    return joining.asked(f"{question.rstrip('?!.… ')} {words}")


def _at(words: str, place: int) -> str:
    return words if place else joining.capital(words)


def _with_phrase(before: Text, rest: Text) -> str | None:
    """The question with a phrase that begins with a preposition, in place of the last that is like it, or at its end.

    With a name it replaces a name after a preposition of its kind, without one what follows the very preposition. None
    where that fails and the end is that of a second question.
    """
    preposition, phrase = rest.tokens[0], joining.small(rest.text)
    slot = _named_slot(before, preposition, rest.names[0]) if rest.names else _common_slot(before, preposition)
    if slot:
        start, end = slot
        return tidy(before.text[:start] + _at(phrase, start) + before.text[end:])
    return _appended(before.text, phrase) if len(joining.sentences(before.text)) == 1 else None


def _named_slot(before: Text, preposition: Token, name: Phrase) -> tuple[int, int] | None:
    """The last name after a preposition of the same kind that another may take the place of; best the very same one."""
    kinds = before.lists.prepositions[preposition.plain]
    slots = [each for each in before.names if kinds & before.relations(each) and _alike(each, name)]
    exact = [each for each in slots if each.preposition and each.preposition.plain == preposition.plain]
    last = (exact or slots)[-1:]
    return (last[0].whole_start, last[0].end) if last else None


def _common_slot(before: Text, preposition: Token) -> tuple[int, int] | None:
    """The last phrase without a name after the same preposition: one or two words up to the next one, or a time."""
    words = before.tokens
    for at in reversed([place for place, each in enumerate(words) if each.plain == preposition.plain]):
        phrase = list(takewhile(lambda each: not _ends_phrase(each, before), words[at + 1 :]))
        if 1 <= len(phrase) <= _LONGEST_NOUN and before.timeless(words[at].start, words[at].end):
            return words[at].start, phrase[-1].end
    return None


def _ends_phrase(word: Token, before: Text) -> bool:
    timeless = before.timeless(word.start, word.end)
    return bool(before.name_at(word)) or before.is_preposition(word) or before.is_verb(word) or not timeless


def _alike(one: Phrase, other: Phrase) -> bool:
    """Whether a name may take another's place: of one kind, or of kinds that nobody knows."""
    both = {one.kind, other.kind}
    return len(both) == 1 or "" in both or both <= PLACES


def _with_name(before: Text, rest: Text) -> str | None:
    """The question with another name, in the case of the one it replaces."""
    name = rest.names[0] if len(rest.names) == 1 else None
    if name is None or tidy(rest.text.replace(name.text, "", 1)).strip(_QUOTES).lower() not in ("", "the"):
        return None
    if any(each.keys == name.keys for each in before.names):
        return before.text
    slot = _slot(before, name)
    form = fitted(rest.text, name, slot, before) if slot else None
    if slot is None or form is None:
        return None
    replaced = before.text[: slot.start] + form + before.text[slot.end :]
    return joining.capital(with_verb(replaced, slot, name, before))


def _slot(before: Text, name: Phrase) -> Phrase | None:
    """The name that another one replaces: the one most like it in kind and case; None where two are as like."""
    if is_demonym(name, before.language):
        return None
    names = [each for each in before.names if not is_demonym(each, before.language)]
    fitting = [each for each in names if _compatible(each, name, before) or _acts(each, name)]
    likeness = {each: _likeness(each, name, before) for each in fitting}
    best = [each for each, points in likeness.items() if points == max(likeness.values())]
    return best[0] if len(best) == 1 else None


def _compatible(slot: Phrase, name: Phrase, before: Text) -> bool:
    """Whether a name may take another's place; a place that of one of no known kind only where places stand."""
    if slot.kind or name.kind not in PLACES:
        return _alike(slot, name)
    case = typed_case(name, before.language)
    stands_in_place = bool(before.relations(slot) & {"place", "from", "to"})
    return stands_in_place or (case != "nomn" and case in slot_cases(slot, before)[:1])


def _likeness(slot: Phrase, name: Phrase, before: Text) -> int:
    same_kind = 2 if slot.kind == name.kind != "" else int(slot.kind in PLACES and name.kind in PLACES)
    if before.language == "en":
        return same_kind + (slot.preposition is None)
    return same_kind + 3 * bool(typed_case(name, before.language) in slot_cases(slot, before)[:1])


def _acts(one: Phrase, other: Phrase) -> bool:
    """Whether both are countries or organisations, which do the same things."""
    return one.preposition is None and {one.kind, other.kind} <= {"country", "organisation"}
