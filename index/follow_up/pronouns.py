"""A pronoun replaced by the name or the noun it stands for, where there is no doubt which.

The subject of the earlier question comes first, and where that asked "who", the person whom its answer names.
Method: the agreement in gender and number and the preference for subjects of S. Lappin and H. Leass, "An Algorithm for
Pronominal Anaphora Resolution" (1994), with doubt ending in no replacement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.follow_up import joining
from index.follow_up.morphology import cases, gender, inflected, name_readings, parses
from index.follow_up.nouns import Candidate, noun_meant
from index.follow_up.people import asks_who, people
from index.follow_up.standing import is_owned
from index.follow_up.times import tidy
from index.follow_up.typed import Text
from index.follow_up.words import PRONOUNS, tokens

if TYPE_CHECKING:
    from index.follow_up.words import Token
    from index.types import AskerLanguage, Turn

_ENGLISH = frozenset({"he", "him", "his", "she", "her"})


def named(asked: Text, pronouns: list[Token], turn: Turn) -> str | None:
    """The question with what its one pronoun stands for; None where that is not certain."""
    if len(pronouns) != 1:
        return None
    (token,) = pronouns
    kinds = asked.lists.pronouns(token.plain)
    owner = "own" in kinds and is_owned(token, asked)
    if asked.language == "en":
        return _english(asked, token, turn, owner=owner)
    return None if owner else _slavic(asked, token, {PRONOUNS[kind] for kind in kinds if kind != "own"}, turn)


def _english(asked: Text, token: Token, turn: Turn, *, owner: bool) -> str | None:
    """A person's name in place of the pronoun; of things and of several people English words do not tell enough."""
    found = people(turn, asked.language, frozenset())
    is_question = asked.lists.asks(asked.text) or asked.leads_with_auxiliary
    if token.plain not in _ENGLISH or len(found) != 1 or not is_question:
        return None
    name = f"{found[0]}'s" if owner else found[0]
    return joining.asked(asked.text[: token.start] + name + asked.text[token.end :])


def _slavic(asked: Text, token: Token, genders: set[str], turn: Turn) -> str | None:
    """The noun or the name in place of the pronoun, in its case; what belongs to somebody keeps its "his"."""
    wanted = _case(token, asked)
    meant = _meant(turn, asked, genders)
    if meant is None or not wanted:
        return None
    beside = (asked.preceding(token), asked.following(token))
    if wanted == "accs" and not any(each and asked.is_verb(each) for each in beside):
        return None  # "их много": not an object, and in which case only its verb could tell
    text = _declined(meant, wanted, asked.language, genders)
    return _put(asked, token, text, moves=wanted in ("nomn", "accs")) if text else None


def _put(asked: Text, token: Token, text: str, *, moves: bool) -> str:
    """The question with a phrase for its pronoun; what is longer than that goes behind its verb."""
    verb = asked.following(token)
    if moves and verb and asked.is_verb(verb) and not asked.is_governed(token):
        swapped = f"{asked.text[: token.start]}{verb.text} {text}{asked.text[verb.end :]}"
        return joining.asked(tidy(swapped))
    return joining.asked(tidy(asked.text[: token.start] + text + asked.text[token.end :]))


def _case(token: Token, asked: Text) -> str:
    """The likeliest case of a pronoun, "" for none."""
    readings = tuple(each for each in parses(token.plain, asked.language) if each.tag.POS == "NPRO")
    found = cases(tuple(each for each in readings if "Fixd" not in each.tag.grammemes))
    governed = asked.is_governed(token)
    order = ("loct", "gent", "ablt", "datv", "accs") if governed else ("nomn", "accs", "datv", "gent", "ablt")
    return next((case for case in order if case in found), "")


def _meant(turn: Turn, asked: Text, genders: set[str]) -> Candidate | None:
    """Whom or what a pronoun means: whoever answers the question "who", or a noun of any other question."""
    if not asks_who(turn.question, asked.language):
        return noun_meant(Text(joining.first(turn.question), asked.language), asked, genders)
    found = people(turn, asked.language, frozenset(genders))
    return Candidate(found[0]) if len(found) == 1 else None


def _of_gender(word: str, language: AskerLanguage, genders: set[str]) -> tuple[Any, ...]:
    """The readings of a name's word in a gender; none for a woman's surname that only men's have forms of."""
    return tuple(each for each in name_readings(word, language) if gender((each,)) & genders)


def _declined(found: Candidate, case: str, language: AskerLanguage, genders: set[str]) -> str | None:
    """The phrase in a case; None where only its present one is known."""
    if not found.head:
        words = [each.text for each in tokens(found.text)]
        forms = [inflected(word, _of_gender(word, language, genders), case) for word in words]
        return " ".join(each for each in forms if each) if all(forms) else None
    if case in cases(found.readings):
        return found.text
    if found.rigid:
        return None
    form = inflected(found.head, found.readings, case)
    return found.text.replace(found.head, form, 1) if form else None
