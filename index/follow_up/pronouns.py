"""A pronoun replaced by the name or the noun it stands for, where there is no doubt which.

The subject of the earlier question comes first, and where that asked "who", the person whom its answer names.
Method: the agreement in gender and number and the preference for subjects of S. Lappin and H. Leass, "An Algorithm for
Pronominal Anaphora Resolution" (1994), with doubt ending in no replacement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.follow_up import joining
from index.follow_up.morphology import cases, gender, inflected, name_readings, noun_readings, parses
from index.follow_up.phrases import is_demonym, phrases
from index.follow_up.standing import is_owned
from index.follow_up.times import tidy
from index.follow_up.typed import Text
from index.follow_up.words import tokens, words
from index.language.lemmas import stop_words

if TYPE_CHECKING:
    from index.follow_up.phrases import Phrase
    from index.follow_up.words import Token
    from index.types import AskerLanguage, Turn

_PERSONAL = {"he": "masc", "she": "femn", "it": "neut", "they": "plur"}
_WHO = {"ru": "кто", "uk": "хто", "en": "who"}
_ENDS = re.compile(r"[,;:()?!]|\s[-–—]\s")
_STOPPING = frozenset({"ADVB", "CONJ", "PRCL", "NPRO", "GRND", "PRTF"})
_AUXILIARY = re.compile(r"did|does|do|is|are|was|were|has|have|had|will|can|could|would|should")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name or noun phrase: its words, and which of them takes the case."""

    text: str
    head: str
    readings: tuple[Any, ...]
    rigid: bool


def named(asked: Text, pronouns: list[Token], turn: Turn) -> str | None:
    """The question with what its one pronoun stands for; None where that is not certain."""
    if len({each.plain for each in pronouns}) != 1 or len(pronouns) > 1:
        return None
    token = pronouns[0]
    kinds = [kind for kind in _PERSONAL if asked.lists.whole(kind, token.plain)]
    if not kinds and not (asked.language == "en" and asked.lists.whole("own", token.plain)):
        return None
    if asked.language == "en":
        return _english(asked, token, turn)
    if is_owned(token, asked) and asked.lists.whole("own", token.plain):
        return None
    return _slavic(asked, token, {_PERSONAL[kind] for kind in kinds}, turn)


def _english(asked: Text, token: Token, turn: Turn) -> str | None:
    if token.plain not in ("he", "him", "his", "she", "her"):
        return None
    people = _people(turn, asked.language, frozenset())
    whole = any(asked.lists.within(key, asked.text) for key in ("asking", "adverbs")) or _AUXILIARY.match(asked.text)
    if len(people) != 1 or not whole:
        return None
    owner = asked.lists.whole("own", token.plain) and is_owned(token, asked)
    name = f"{people[0]}'s" if owner else people[0]
    return joining.asked(asked.text[: token.start] + name + asked.text[token.end :])


def _slavic(asked: Text, token: Token, genders: set[str], turn: Turn) -> str | None:
    wanted = _case(token, asked)
    candidates = _candidates(turn, asked.language, genders)
    if not candidates or not wanted:
        return None
    text = _declined(candidates[0], wanted, asked.language, genders)
    return _put(asked, token, text, moves=wanted in ("nomn", "accs")) if text else None


def _put(asked: Text, token: Token, text: str, *, moves: bool) -> str:
    """The question with a phrase for its pronoun; what is longer than that goes behind its verb."""
    after = [each for each in asked.tokens if each.start >= token.end]
    before = [each for each in asked.tokens if each.end <= token.start]
    governed = bool(before) and before[-1].plain in asked.lists.prepositions
    if moves and not governed and after and asked.is_verb(after[0]):
        verb = after[0]
        swapped = f"{asked.text[: token.start]}{verb.text} {text}{asked.text[verb.end :]}"
        return joining.asked(tidy(swapped))
    return joining.asked(tidy(asked.text[: token.start] + text + asked.text[token.end :]))


def _case(token: Token, asked: Text) -> str:
    """The likeliest case of a pronoun, "" for none."""
    readings = tuple(each for each in parses(token.plain, asked.language) if each.tag.POS == "NPRO")
    found = cases(tuple(each for each in readings if "Fixd" not in each.tag.grammemes))
    before = [each for each in asked.tokens if each.end <= token.start]
    preposition = bool(before) and before[-1].plain in asked.lists.prepositions
    order = ("loct", "gent", "ablt", "datv", "accs") if preposition else ("nomn", "accs", "datv", "gent", "ablt")
    return next((case for case in order if case in found), "")


def _candidates(turn: Turn, language: AskerLanguage, genders: set[str]) -> list[_Candidate]:
    if _asks_who(turn.question, language):
        people = _people(turn, language, frozenset(genders))
        return [_of_name(people[0], language)] if len(people) == 1 else []
    return _nouns(joining.first(turn.question), language, genders)


def _asks_who(question: str, language: AskerLanguage) -> bool:
    found = tokens(question)
    return bool(found) and found[0].plain == _WHO[language] and not words(language).within("whole", question)


def _people(turn: Turn, language: AskerLanguage, genders: frozenset[str]) -> list[str]:
    """The people that the answer names first and the question did not, or else those of the question."""
    question = joining.first(turn.question)
    asked = phrases(question, language)
    known = {key for each in asked for key in each.keys}
    lead = _SENTENCE.split(turn.answer)[0] if turn.answer else ""
    told = [
        each for each in phrases(lead, language) if not each.keys & known and _is_person(each, lead, language, genders)
    ]
    own = [each for each in asked if _is_person(each, question, language, genders)]
    chosen = told if _asks_who(turn.question, language) else own or told
    distinct: list[Phrase] = []
    for each in chosen:
        if not any(each.keys & other.keys for other in distinct):
            distinct.append(each)
    return [each.text for each in distinct]


def _acts(name: Phrase, text: str) -> bool:
    """Whether an English name that nobody knows is of two words, or stands where a subject does."""
    before = tokens(text[: name.start])
    leads = not before or _AUXILIARY.fullmatch(before[-1].plain) is not None
    return not name.article and (" " in name.text or leads)


def _is_person(name: Phrase, text: str, language: AskerLanguage, genders: frozenset[str]) -> bool:
    if name.kind not in ("person", "") or is_demonym(name, language):
        return False
    if language == "en":
        return name.preposition is None and (name.kind == "person" or _acts(name, text))
    found = gender(name_readings(name.text.split()[0], language))
    return name.kind == "person" and (not found or bool(found & genders))


def _of_name(text: str, language: AskerLanguage) -> _Candidate:
    return _Candidate(text, text, name_readings(text.split(maxsplit=1)[0], language), rigid=False)


def _nouns(question: str, language: AskerLanguage, genders: set[str]) -> list[_Candidate]:
    """The nouns and names of the question that a pronoun may stand for, its subject first."""
    text = Text(question, language)
    found = [(rank, place) for place in range(len(text.tokens)) if (rank := _rank(text, place, genders)) is not None]
    if not found:
        return []
    best = min(rank for rank, _ in found)
    places = [place for rank, place in found if rank == best]
    return [_noun_phrase(text, places[0])] if len(places) == 1 or best == 0 else []


def _rank(text: Text, place: int, genders: set[str]) -> int | None:
    """How likely a pronoun stands for a word: 0 for a subject, 1 for an object, none at all for others."""
    token = text.tokens[place]
    name = next((each for each in text.names if each.start <= token.start < each.end), None)
    readings = _readings(token, text)
    fitting = tuple(each for each in readings if gender((each,)) & genders)
    function = token.plain in text.lists.prepositions or token.plain in stop_words(text.language)
    if not fitting or function or text.is_verb(token) or not text.timeless(token.start, token.end):
        return None
    governed = place and text.tokens[place - 1].plain in text.lists.prepositions
    if governed or (name and name.start != token.start):
        return None
    found = cases(fitting)
    return 0 if "nomn" in found else 1 if "accs" in found else None


def _readings(token: Token, text: Text) -> tuple[Any, ...]:
    """The readings of a word as a noun, or as a name, which may be an adjective: Зеленский."""
    if any(each.start <= token.start < each.end for each in text.names):
        return name_readings(token.text, text.language)
    return noun_readings(token.plain, text.language)


def _noun_phrase(text: Text, place: int) -> _Candidate:
    """A noun with the adjectives before it and all that belongs to it after it, up to a verb, a time or a sign."""
    spoken = text.tokens
    readings = _readings(spoken[place], text)
    living = any("anim" in each.tag.grammemes for each in readings)
    first = place
    while first and _is_adjective(spoken[first - 1], text):
        first -= 1
    end = spoken[place].end
    for word in spoken[place + 1 :]:
        if living and word.plain in text.lists.prepositions:
            break  # what is said of somebody, not who it is: "Зеленский о переговорах"
        if _stops(word, text) or (_ENDS.search(text.text[end : word.start]) and not _is_pair(text, end, word)):
            break
        end = word.end
    last = [each for each in spoken if each.end <= end][-1]
    if last.plain in text.lists.prepositions:
        end = [each for each in spoken if each.end < last.start or each.end <= last.start][-1].end
    closing = text.text[end : end + 1]
    end += closing in '»”"' and bool(closing)
    return _Candidate(text.text[spoken[first].start : end], spoken[place].text, readings, rigid=first != place)


def _is_pair(text: Text, end: int, word: Token) -> bool:
    """Whether a dash stands between two names: "Варшава — Черновцы"."""
    dash = text.text[end : word.start].strip() in ("-", "–", "—")
    return dash and any(each.end == end for each in text.names) and any(each.start == word.start for each in text.names)


def _is_adjective(word: Token, text: Text) -> bool:
    found = parses(word.plain, text.language)
    function = word.plain in stop_words(text.language) or text.lists.whole("asking", word.plain)
    return bool(found) and found[0].tag.POS == "ADJF" and not function


def _stops(word: Token, text: Text) -> bool:
    inside = any(each.start <= word.start < each.end for each in text.names)
    if inside:
        return False
    found = parses(word.plain, text.language)
    other = bool(found) and found[0].tag.POS in _STOPPING
    clause = text.lists.whole("clauses", word.plain)
    return text.is_verb(word) or not text.timeless(word.start, word.end) or other or clause


def _of_gender(word: str, language: AskerLanguage, genders: set[str]) -> tuple[Any, ...]:
    readings = name_readings(word, language)
    return tuple(each for each in readings if gender((each,)) & genders) or readings


def _declined(found: _Candidate, case: str, language: AskerLanguage, genders: set[str]) -> str | None:
    """The phrase in a case; None where only its present one is known."""
    if found.head == found.text:  # a name, all of whose words are declined
        words = [each.text for each in tokens(found.text)]
        forms = [inflected(word, _of_gender(word, language, genders), case) for word in words]
        return " ".join(each for each in forms if each) if all(forms) else None
    if case in cases(found.readings):
        return found.text
    if found.rigid:
        return None
    form = inflected(found.head, found.readings, case)
    return found.text.replace(found.head, form, 1) if form else None
