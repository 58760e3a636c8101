"""Bare adjuncts: a time, a place or a name put where the earlier question has one of its kind.

"А в Харькове?" after "Сколько людей погибло в Сумах вчера?" asks "Сколько людей погибло в Харькове вчера?".
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from index.follow_up import joining
from index.follow_up.agreement import fitted, slot_cases, typed_case, with_verb
from index.follow_up.phrases import PLACES, is_demonym
from index.follow_up.times import inside, tidy, without
from index.follow_up.typed import Body, Text
from index.follow_up.words import plain

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.words import Token

_MOST_WORDS, _LONGEST_NOUN = 7, 2
_FINITE = frozenset(
    {"is", "are", "was", "were", "am", "be", "been", "did", "does", "do", "has", "have", "had", "will", "would"}
    | {"can", "could", "should", "may", "might", "must", "said", "says"}
)


def is_fragment(body: Body, question: str) -> bool:
    """Whether what was typed is only a time, a place, a name or a noun: no verb, no question word, no pronoun."""
    words = body.text.tokens
    if not words or len(words) > _MOST_WORDS or any(_is_clause_word(each, body.text) for each in words):
        return False
    if body.text.times and not without(body.text.text, body.text.times).strip():
        return True
    told = body.opened or (question.rstrip().endswith("?") and len(words) == 1)
    return told or words[0].plain in body.text.lists.prepositions


def asked_fragment(body: Body) -> Body | None:
    """The fragment after a lone question word, a time or a place: "а что в Иране?", "how many in Kyiv?"."""
    asked = body.text
    length = question_word(asked)
    if not length:
        return None
    rest = Body(Text(asked.text[length:].strip(), asked.language, inside=True), opened=True, topical=False)
    words = rest.text.tokens
    adjunct = bool(words) and (
        words[0].plain in asked.lists.prepositions or not without(rest.text.text, rest.text.times)
    )
    return rest if adjunct and is_fragment(rest, "") else None


def question_word(asked: Text) -> int:
    """How long the question word is that a question begins with; 0 where there is none."""
    return asked.lists.leading("asking", asked.text) or asked.lists.leading("adverbs", asked.text)


def repeats(body: Body, earlier: str) -> bool:
    """Whether a question begins with the question word of the earlier one."""
    return plain(earlier).startswith(plain(body.text.text[: question_word(body.text)]))


def _is_clause_word(token: Token, text: Text) -> bool:
    lists = text.lists
    if any(span.start <= token.start < span.end for span in text.times):
        return False
    if lists.whole("asking", token.plain) or lists.whole("adverbs", token.plain) or token.plain in _FINITE:
        return True
    pronoun = any(lists.whole(kind, token.plain) for kind in ("he", "she", "it", "they", "this"))
    return pronoun or text.is_verb(token)


def filled(question: str, body: Body, earlier: str) -> str:
    """The earlier question with a fragment in its place, or both where no place is clear."""
    asked = body.text
    before = Text(earlier, asked.language)
    for span in asked.times:
        before = Text(_with_time(before, inside(asked.text[span.start : span.end])), asked.language)
    rest = Text(without(asked.text, asked.times), asked.language) if asked.times else asked
    if rest.tokens and rest.tokens[0].plain in rest.lists.prepositions:
        rest = Text(joining.small(rest.text), rest.language)
    if not rest.tokens:
        return before.text
    put = _with_phrase if rest.tokens[0].plain in rest.lists.prepositions else _with_name
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
    """The question with another prepositional phrase of the same kind, added where it has none.

    A place goes to the end; what a verb governs ("with the chancellor") is too closely tied to its words for that.
    """
    (name,) = rest.names[:1] or (None,)
    preposition = rest.tokens[0]
    kinds = rest.lists.prepositions[preposition.plain]
    slots = [each for each in before.names if each.preposition and _same_class(each, kinds, before)]
    if name:
        slots = [each for each in slots if _alike(each, name)]
        exact = [each for each in slots if each.preposition and each.preposition.plain == preposition.plain]
        for slot in reversed(exact or slots):
            return tidy(before.text[: slot.whole_start] + _at(rest.text, slot.whole_start) + before.text[slot.end :])
    common = _common_slot(before, preposition) if not name else None
    if common:
        return tidy(before.text[: common[0]] + rest.text + before.text[common[1] :])
    return _appended(before.text, rest.text) if len(joining.sentences(before.text)) == 1 else None


def _same_class(slot: Phrase, kinds: frozenset[str], before: Text) -> bool:
    assert slot.preposition, "only names after a preposition are asked for"
    return bool(kinds & before.lists.prepositions.get(slot.preposition.plain, frozenset()))


def _common_slot(before: Text, preposition: Token) -> tuple[int, int] | None:
    """The last phrase without a name after the same preposition: one or two words up to the next one, or a time."""
    words = before.tokens
    for at in reversed([place for place, each in enumerate(words) if each.plain == preposition.plain]):
        phrase = list(takewhile(lambda each: not _ends_phrase(each, before), words[at + 1 :]))
        if 1 <= len(phrase) <= _LONGEST_NOUN and before.timeless(words[at].start, words[at].end):
            return words[at].start, phrase[-1].end
    return None


def _ends_phrase(word: Token, before: Text) -> bool:
    named = any(each.start <= word.start < each.end for each in before.names)
    function = word.plain in before.lists.prepositions or word.plain in _FINITE
    return named or function or before.is_verb(word) or not before.timeless(word.start, word.end)


def _alike(one: Phrase, other: Phrase) -> bool:
    """Whether a name may take another's place: of one kind, or of kinds that nobody knows."""
    both = {one.kind, other.kind}
    return len(both) == 1 or "" in both or both <= PLACES


def _with_name(before: Text, rest: Text) -> str | None:
    """The question with another name, in the case of the one it replaces."""
    names = rest.names
    if len(names) != 1 or tidy(rest.text.replace(names[0].text, "", 1)).strip(" \"«»“”'").lower() not in ("", "the"):
        return None
    if any(each.keys == names[0].keys for each in before.names):
        return before.text
    slot = _slot(before, names[0], rest)
    if slot is None:
        return None
    form = fitted(rest.text, names[0], slot, before)
    if form is None:
        return None
    replaced = before.text[: slot.start] + form + before.text[slot.end :]
    return joining.capital(with_verb(replaced, slot, names[0], before))


def _slot(before: Text, name: Phrase, rest: Text) -> Phrase | None:
    """The name that another one replaces: the one most like it in kind and case; None where two are as like."""
    if is_demonym(name, rest.language):
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
    kinds = before.lists.prepositions.get(slot.preposition.plain if slot.preposition else "", frozenset())
    case = typed_case(name, before.language)
    return bool(kinds & {"place", "from", "to"}) or (case != "nomn" and case in slot_cases(slot, before)[:1])


def _likeness(slot: Phrase, name: Phrase, before: Text) -> int:
    same_kind = 2 if slot.kind == name.kind != "" else int(slot.kind in PLACES and name.kind in PLACES)
    if before.language == "en":
        return same_kind + (slot.preposition is None)
    return same_kind + 3 * bool(typed_case(name, before.language) in slot_cases(slot, before)[:1])


def _acts(one: Phrase, other: Phrase) -> bool:
    """Whether both are countries or organisations, which do the same things."""
    return one.preposition is None and {one.kind, other.kind} <= {"country", "organisation"}


def without_clash(before: Text, later: Text) -> str:
    """The earlier question less the time and the place in whose stead the later one names others."""
    text = before
    if later.times and text.times:
        text = Text(without(text.text, text.times), text.language)
    places = [each for each in text.names if each.kind in PLACES and each.preposition]
    if len(places) == 1 and any(_rivals(each, later, places[0], text) for each in later.names):
        start, end = places[0].whole_start, places[0].end
        text = Text(tidy(text.text[:start] + text.text[end:]), text.language)
    return joining.asked(text.text) if text.tokens else before.text


def _rivals(name: Phrase, later: Text, slot: Phrase, before: Text) -> bool:
    """Whether a place is named instead of another: after a preposition of the same kind, or alone."""
    if name.kind not in PLACES:
        return False
    if name.preposition is None:
        return len(later.tokens) == len(name.text.split())
    return _same_class(slot, later.lists.prepositions[name.preposition.plain], before)
