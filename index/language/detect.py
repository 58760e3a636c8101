"""Which of Russian, Ukrainian and English a text is in, read off the text itself.

Letters and function words settle nearly everything; a dictionary settles short Cyrillic strings and tells Russian and
Ukrainian from their neighbours; a statistical classifier (py3langid) is asked only about text in Latin letters that
does not look English.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from index.language.lemmas import is_english, is_known, repaired, stop_words, word_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.language.lemmas import Dictionary
    from index.types import Language

SAMPLE = 700  # code points read at the start, in the middle and at the end of a text
CHECKED_WORDS = 60  # distinct words looked up in a dictionary
# Of the distinct small-letter words of a Russian or Ukrainian news article its dictionary has 0.93 or more in 99 of 100
# (1000 articles each); of a sentence in Belarusian, Bulgarian, Serbian, Macedonian or Kazakh either has 0.45 at most.
LEAST_KNOWN = 0.55
FEWEST_CHECKED = 4
LEAST_ENGLISH = 0.1  # share of words that only English has; the median English news article has 0.17
TELLING_LENGTH = 4
FEWEST_CLASSIFIED = 3  # below this many words the classifier guesses
# The classifier loads its model into a global on the first call, which two threads must not do at once.
_LOADING = Lock()
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
# Addresses and handles are in Latin letters whatever the language of the text.
_LINK = re.compile(r"(?<!\w)(?:\w{1,20}://|www\.|[\w.+-]{1,64}@)\S+|[@#]\w+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z\u00df-\u024f]")
# An apostrophe between a hard consonant and a iotated vowel is Ukrainian spelling; Russian writes ъ there.
_ONLY_UKRAINIAN = re.compile(r"[іїєґ]|[бпвмфргкх]['’ʼ`][яюєї]")
_ONLY_RUSSIAN = re.compile("[ыэёъ]")
# Letters of Belarusian, Serbian, Macedonian, Kazakh and others, which neither Russian nor Ukrainian has.
_NEIGHBOUR = re.compile("[^абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ'’ʼ`]")


def detect(text: str) -> Language:
    """The language most of the words are in: "ru", "uk", "en", or "other" for anything else or no words at all.

    Long texts are judged by samples of their start, middle and end. A short Cyrillic string that is as good Russian
    as Ukrainian is taken for Russian, a short Latin one that nothing speaks against for English.
    """
    words = [repaired(match.group()) for match in _WORD.finditer(_LINK.sub(" ", _sample(text)))]
    weights: defaultdict[str, float] = defaultdict(float)
    by_script: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        script = _script(word)
        weights[script] += _weight(word, script)
        by_script[script].append(word)
    leading = max(weights, key=weights.__getitem__, default="other")
    if leading == "cyrillic":
        return _cyrillic(by_script[leading])
    return _latin(by_script[leading]) if leading == "latin" else "other"


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:SAMPLE]}\n{text[middle : middle + SAMPLE]}\n{text[-SAMPLE:]}"


def _script(word: str) -> str:
    if _CYRILLIC.search(word):
        return "cyrillic"
    return "latin" if _LATIN.search(word.lower()) else "other"


def _weight(word: str, script: str) -> float:
    """How much a word says about the language of its text: function words most, names in Latin letters least."""
    if word.lower() in stop_words("other"):
        return 2.0
    if script == "latin" and not word.islower():
        return 0.25
    # Scripts that put no spaces between words arrive as very long ones.
    return 1.0 if script != "other" else max(1.0, len(word) / 4)


def _cyrillic(words: Sequence[str]) -> Language:
    lower = [word.lower() for word in words]
    votes = _votes(words)
    fewer, more = sorted((votes["ru"], votes["uk"]))
    if 2 * fewer >= more:  # letters and function words do not settle it
        votes.update({"ru": _known(lower, "ru"), "uk": _known(lower, "uk")})
    if votes["other"] > max(votes["ru"], votes["uk"]):
        return "other"
    leader: Dictionary = "uk" if votes["uk"] > votes["ru"] else "ru"
    # Names are in no dictionary, and say little about the language of the text around them.
    common = sorted({word for word in words if word.islower()})[:CHECKED_WORDS]
    foreign = len(common) >= FEWEST_CHECKED and _known(common, leader) < LEAST_KNOWN * len(common)
    return "other" if foreign else leader


def _votes(words: Sequence[str]) -> Counter[str]:
    """How many words only one language has."""
    # "Ким" inside a sentence is the name Kim, not the Ukrainian for "by whom".
    shouted = not any(word.islower() for word in words)
    return Counter(
        _vote(word.lower(), is_name=place > 0 and word[0].isupper() and not shouted) for place, word in enumerate(words)
    )


def _vote(word: str, *, is_name: bool) -> str:
    if _NEIGHBOUR.search(word):
        return "other"
    if _ONLY_RUSSIAN.search(word) or (not is_name and word in _only("ru")):
        return "ru"
    return "uk" if _ONLY_UKRAINIAN.search(word) or (not is_name and word in _only("uk")) else ""


def _known(words: Sequence[str], dictionary: Dictionary) -> int:
    return sum(is_known(word, dictionary) for word in words)


def _latin(words: Sequence[str]) -> Language:
    lower = [word.lower() for word in words]
    english = sum(word in _only("en") for word in lower)
    if english >= LEAST_ENGLISH * len(words):
        return "en"
    accented = sum(not word.isascii() for word in lower)
    if len(words) < FEWEST_CLASSIFIED:
        return "other" if accented else "en"
    if _listed_as_english(lower):
        return "en"
    return "en" if _classified(" ".join(words)) == "en" else "other"


def _listed_as_english(words: Sequence[str]) -> bool:
    """Whether most of the longer words are in the English table, which lists nearly any short string as a word."""
    telling = [word for word in words if len(word) >= TELLING_LENGTH][:CHECKED_WORDS]
    return bool(telling) and sum(map(is_english, telling)) >= LEAST_KNOWN * len(telling)


def _classified(text: str) -> str:
    from py3langid import classify

    with _LOADING:
        return str(classify(text)[0])


@cache
def _only(language: Language) -> frozenset[str]:
    lists = word_lists()
    if language == "en":
        return lists["en"] - lists["shared"]
    others = lists["uk" if language == "ru" else "ru"]
    return lists[language] - others - lists["shared"]
