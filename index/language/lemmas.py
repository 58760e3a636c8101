"""Content-word lemmas for lexical search: what a text speaks of, whatever the case, number or tense of its words.

Russian and Ukrainian go by dictionary (pymorphy3 with the OpenCorpora and VESUM dictionaries), English by simplemma's
table. Anything else is only case-folded.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache, partial
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from index.language.composed import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.types import Language

    Dictionary = Literal["ru", "uk"]

CACHED_WORDS = 50_000  # measured: about 28 MB, and nine words of ten of Russian news found in the cache
_REMEMBERED = 5_000  # words: names ask for one soon after lemmas did
LONGEST_NAME = 2  # words: of a longer text all in capitals, none is an acronym for that
_LOADING = Lock()  # two threads would load a dictionary twice
_UNMARKED = str.maketrans({"\u0301": None, "\u00ad": None} | dict.fromkeys("’ʼ‘`´", "'"))  # stress, soft hyphen
# First what most tokens are; the order of the others decides.
_TOKEN = re.compile(
    r"(?P<letters>(?![A-Z]\.)[^\W\d_][^\W_]*+(?:'[^\W_]++)*+)"
    r"|(?<![\w.,])(?P<grouped>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d{1,3}(?:,\d{3})+)(?!\d)"
    r"|(?<![\w.,])(?P<decimal>\d+[.,]\d+)(?!\d|[.,]\d)"
    r"|(?<!\w)(?P<dotted>[A-Z](?:\.[A-Z]){1,9})(?!\w)"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*)"
)
# The letters of the Latin alphabet that print like Cyrillic ones.
_LOOKALIKES = str.maketrans("aeiopcyxkABEIKMHOPCTX", "аеіорсухкАВЕІКМНОРСТХ")
_MIXED = re.compile(r"(?=.*[\u0400-\u052f])(?=.*[a-zA-Z])[\u0400-\u052f'aeiopcyxkABEIKMHOPCTX]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_UKRAINIAN = re.compile("[іїєґ']")
# Papers print е for ё at will, and ґ came back into Ukrainian spelling only in 1990.
_MERGED = str.maketrans("ёґ", "ег")
# Grammemes of OpenCorpora: first names, patronymics, colloquial, archaic and slang words, vocatives, imperatives.
_RARE = frozenset({"Name", "Patr", "Infr", "Arch", "Slng", "voct", "impr"})
_RUSSIAN = re.compile("[ыэёъ]")


def lemmas(text: str, language: Language) -> list[str]:
    """Lemmas of the content words, in order, lower case, made of letters and digits only; stop words are left out.

    Hyphenated words come as their parts, apostrophes go, ё becomes е and ґ г. Numbers are kept: digit groups are joined
    ("15 000" and "15,000" give "15000") and a decimal mark becomes the letter d ("3,5" and "3.5" give "3d5"), so that
    one number is one token in any writing.
    """
    plain = composed(text).translate(_UNMARKED)
    shouted = plain.isupper() and len(plain.split()) > LONGEST_NAME
    tokens = _tokens(plain.lower() if shouted else plain)
    return [lemma for token in tokens if (lemma := _lemma(token, language))]


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Function words of the language, lower case; of all three languages for "other"."""
    lists = word_lists()
    wanted = ("ru", "uk", "en") if language == "other" else (language,)
    return frozenset(word for name in wanted for word in lists[name])


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of stopwords.toml by name."""
    source = tomllib.loads(files("index.language").joinpath("stopwords.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in source.items()}


def repaired(word: str) -> str:
    """The word with Latin letters that stand in for Cyrillic lookalikes put right; words of one script are left alone.

    Old keyboards and converters leave such words behind: "комiсiя" with a Latin i.
    """
    return word.translate(_LOOKALIKES) if _MIXED.fullmatch(word) else word


@lru_cache(maxsize=CACHED_WORDS)
def is_known(word: str, dictionary: Dictionary) -> bool:
    """Whether a dictionary of Russian or Ukrainian lists this lower-case word in any form."""
    return bool(analyzer(dictionary).word_is_known(word))


def is_english(word: str) -> bool:
    """Whether the English table lists this lower-case word, or the same with a capital."""
    listed = _english_table()[1]
    forms = (unicodedata.normalize("NFC", form) for form in (word, word.capitalize()))
    return any(listed.get_lemma(form, "en") is not None for form in forms)


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup in ("letters", "word"):
            yield token.removesuffix("'s")
        elif match.lastgroup == "decimal":
            yield token.replace(",", "d").replace(".", "d")
        else:
            yield "".join(filter(str.isalnum, token))


@lru_cache(maxsize=CACHED_WORDS)
def _lemma(token: str, language: Language) -> str:
    """The lemma of one token, or an empty string for a stop word."""
    token = repaired(token)
    reading = _reading(token, language)
    word = token.lower()
    # "WHO", "IT" and "US" amid small letters are names, not function words.
    named = token.isupper() and len(token) > 1
    if not named and _folded(word) in stop_words(reading):
        return ""
    if reading == "en":
        return _folded(word if named else _english(word))
    parses = readings(word, reading)
    # Russian parses come most probable first, Ukrainian ones in no order.
    return _folded((min(parses, key=partial(_rarity, word)) if reading == "uk" else parses[0]).normal_form)


def _rarity(word: str, parse: Any) -> tuple[bool, ...]:
    """Sorts the parses of a Ukrainian word, likeliest first, by rules of thumb checked on the commonest words of news.

    Common lemmas go first and rare readings (vocatives, imperatives, first names) last; between them past
    tenses go before adjectives, those before base forms.
    """
    tag = parse.tag
    adjective = tag.POS == "ADJF"
    return (
        parse.normal_form not in word_lists()["common_uk"],
        bool(tag.grammemes & _RARE) or (adjective and not parse.normal_form.endswith("й")),
        not (tag.POS == "VERB" and "past" in tag.grammemes),
        not adjective,
        parse.normal_form != word,
    )


def _reading(token: str, language: Language) -> Literal["ru", "uk", "en"]:
    """Which language a token is read as: its script decides, then letters that only one of ru and uk has."""
    if not _CYRILLIC.search(token):
        return "en"
    word = token.lower()
    if _UKRAINIAN.search(word):
        return "uk"
    return "uk" if language == "uk" and not _RUSSIAN.search(word) else "ru"


def _folded(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold().translate(_MERGED)))


def _english(word: str) -> str:
    if not word.isalpha() or not word.isascii():
        return word
    lemmatize: Callable[[str, str], str] = _english_table()[0].lemmatize
    lemma = lemmatize(word, "en")
    # The table lists names of peoples and places under a capital only.
    return lemmatize(word.capitalize(), "en") if lemma == word else lemma


class _EnglishTable:
    """Simplemma's table of English, in the place of its factory of tables; remembers the words it was asked for last.

    It is read in place, since unpacking the whole of it takes 0.3 s at every start.
    """

    def __init__(self) -> None:
        from simplemma.strategies import StreamDictionaryFactory

        self.get = lru_cache(CACHED_WORDS)(StreamDictionaryFactory().get_dictionary("en").get)

    def get_dictionary(self, lang: str) -> _EnglishTable:  # noqa: ARG002 - English is all that is asked for
        return self


@cache
def _english_table() -> tuple[Any, Any]:
    """What finds a word's lemma, and what tells whether the table lists it."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy

    table: Any = _EnglishTable()
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=table)), DictionaryLookupStrategy(table)


def analyzer(dictionary: Dictionary) -> Any:
    """The morphological dictionary of Russian or Ukrainian: a pymorphy3 analyzer, loaded on first use."""
    with _LOADING:
        return _load_analyzer(dictionary)


@cache
def _load_analyzer(dictionary: Dictionary) -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=dictionary)


@lru_cache(maxsize=_REMEMBERED)
def readings(word: str, dictionary: Dictionary) -> tuple[Any, ...]:
    """What a dictionary takes a lower-case word for: its parses, in its order."""
    return tuple(analyzer(dictionary).parse(word))
