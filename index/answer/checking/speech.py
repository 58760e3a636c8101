"""Whether a written sentence is in the asker's language, without words of a neighbouring one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight
from index.language import detect
from index.language.lemmas import analyzer, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.language.lemmas import Dictionary
    from index.types import AskerLanguage

# A quotation may begin or end in another sentence.
_QUOTED = re.compile(r"«[^»]*(?:»|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|\"[^\"]*\"|^[^«]*»|^[^“„]*”")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(r"[A-Za-z]")
_FOREIGN_LETTERS = {"ru": re.compile("[іїєґ]|[бпвмфргкх]'[яюєї]"), "uk": re.compile("[ыэёъ]")}
_SHORTEST = 3  # letters of a word that a dictionary is asked about
_MOST_LATIN, _FEW_LATIN = 0.3, 2
"""Latin words outside quotes and names, as a share and in number: the name of a species has two."""
_TELLING = 4
"""Words from which on a text is judged as a whole."""
_CACHED = 20_000


def in_other_language(sentence: str, language: AskerLanguage) -> bool:
    """Whether a sentence, or a word of it outside quotes and names, is in another language than the asker's.

    Of Russian and Ukrainian, a word counts as the other one's by its letters, or where only the other's dictionary
    has it.
    """
    own = _QUOTED.sub(" ", straight(sentence))
    named = _WORD.findall(own)
    words = [word for word in named if word.islower()]
    if language == "en":
        return any(_CYRILLIC.search(word) for word in words) or (len(words) >= _TELLING and detect(own) != "en")
    if any(_FOREIGN_LETTERS[language].search(word.lower()) for word in named) or _has_foreign(words, language):
        return True
    return len(words) >= _TELLING and detect(own) not in (language, "other")


def _has_foreign(words: Sequence[str], language: Dictionary) -> bool:
    """Whether words in small letters are Latin, more than a species has, or of the neighbouring language."""
    latin = sum(bool(_LATIN.search(word)) for word in words)
    foreign = sum(_foreignness(word, language) for word in words if _CYRILLIC.search(word))
    return latin > max(_FEW_LATIN, _MOST_LATIN * len(words)) or foreign >= 1


@lru_cache(maxsize=_CACHED)
def _foreignness(word: str, language: Dictionary) -> float:
    """1 for a word of the neighbouring language, 0 for any other, 0.5 for a noun that only its dictionary has.

    A rare noun may be missing from a dictionary; two of them in a sentence are no chance.
    """
    other: Dictionary = "uk" if language == "ru" else "ru"
    parts = [part for part in re.split("[-']", word) if len(part) >= _SHORTEST]
    strange = [part for part in parts if is_known(part, other) and not is_known(part, language)]
    if not strange or is_known(word, language):
        return 0.0
    return 0.5 if any(parse.tag.POS == "NOUN" for parse in analyzer(other).parse(strange[0])) else 1.0
