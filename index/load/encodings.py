"""Bytes to text: the encoding is found from the bytes themselves, because files of this field seldom name it rightly.

A byte-order mark decides, then strict UTF-8, which no other text passes by accident; UTF-16 without a mark shows in
its high bytes; among the one-byte encodings the reading that looks most like a language wins.
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# First bytes of PDF, ZIP (also DOCX, ODT, EPUB), PNG, JPEG, GIF, gzip, ELF and old Office files.
_MAGIC = (b"%PDF-", b"PK\3\4", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0")
# In order of preference where readings are equally plausible, as for curly quotes in English.
_CANDIDATES = ("utf-8", "windows-1252", "windows-1251", "koi8-u", "koi8-r")
_SAMPLE = 8_000  # bytes looked at: far more than a decision needs, few enough to take no time
_MOST_CONTROLS = 0.1
# On the scale of `plausibility`, where right and wrong readings lie about 1 apart.
_LEAST_PLAUSIBLE = -0.4
_CLEARLY_BETTER = 0.5
_FEW = 10  # fewer bytes outside ASCII prove nothing against a declaration, or against a text
_ORDINARY = re.compile(r"[\t\r\n -~\u00a0-\u00ff\u0400-\u04ff\u2010-\u203a€№]")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Line ends of other systems, C0 and C1 controls, lone surrogates, byte-order marks.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_DECLARED = re.compile(rb"""(?i)<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""")
# Python knows codecs under other names too that no page can mean, such as unicode_escape and punycode.
_HONOURED = re.compile(r"(?i)(windows|cp|iso|koi8|x-mac|mac|ibm|gb|big5|shift|euc|utf-?8)")

# The 300 commonest letter pairs of Russian and Ukrainian, each word a letter and what follows it: 91 % of all pairs in
# 8,000 Russian and 1,200 Ukrainian news articles.
_FOLLOWERS = """
абвгдежзйклмнпрстхцчшюяєї баеилоруыі ваеилнорсуыі гаеилорі даежилнорсуі ебвгдежзйклмнпрстчш жадеин завдиноуі
иавдезийклмнорстхцчюя йнос каилортуці ладеиоуьюяі маеилнопуыі надеикностуцыьяі обвгдежзийклмнпрстцчюї паеилоруі
рагеимностуыяі савеиклнопстуьяі тавеикнорсуыьяі убвгджзклмнпрстчю фиоі хо цеиьі чаеинт шеит щеио ывейлмсх ькнос эт
ют явкмнт івдзйклмнрстчшяї їн
"""
_PAIRS = frozenset(word[0] + follower for word in _FOLLOWERS.split() for follower in word[1:])
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐ")
_ALONE = frozenset("авикосуязєій")  # letters that are words by themselves
_NEVER_FIRST = frozenset("ъыь")
_PUNCTUATION = frozenset("«»„“”‚‘’‹›–—…•·№\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")
_SIGNS = frozenset("§©®™°£€")


def decode(data: bytes) -> str:
    """The text in ``data``, tidied (see ``tidy``); a few broken bytes in it become U+FFFD.

    Raises ValueError whose text is the reason: ``empty``, ``binary`` or ``undecodable``.
    """
    return _decode(data, declared=None)


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of an HTML page, whose own declaration (or ``charset``, from HTTP) is honoured unless it is wrong.

    It is wrong where the bytes are valid UTF-8, do not decode, or read clearly more plausibly otherwise. Raises
    ValueError as ``decode`` does.
    """
    # The HTML standard wants it in the first 1024 bytes; not every page complies.
    found = _DECLARED.search(data[:4096])
    return _decode(data, declared=charset or (found[1].decode("ascii") if found else None))


def tidy(text: str) -> str:
    r"""``text`` with ``\n`` line ends and without byte-order marks, lone surrogates and control characters but tab."""
    # Most texts are clean already, and looking is many times faster than copying.
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)) if _UNWANTED.search(text) else text


def _decode(data: bytes, declared: str | None) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise ValueError("empty")
    text = tidy(data.decode(_encoding(data, declared), errors="replace"))
    if not text.strip():
        raise ValueError("empty")
    return text


def _encoding(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    # Before controls are counted: in UTF-16 every second byte may be one.
    if wide := _wide_encoding(data[:_SAMPLE]):
        return wide
    if data.startswith(_MAGIC) or _share_of_controls(data) > _MOST_CONTROLS:
        raise ValueError("binary")
    return "utf-8" if _decodes(data, "utf-8") else _narrow_encoding(data, declared)


def _share_of_controls(data: bytes) -> float:
    return 1 - len(data.translate(None, _CONTROLS)) / len(data)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0 (Latin) or 4 (Cyrillic), which text in other encodings lacks."""
    if 4 * (head.count(0) + head.count(4)) < len(head):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="replace")
        if len(_ORDINARY.findall(text)) > (1 - _MOST_CONTROLS) * len(text):
            return encoding
    return None


def _narrow_encoding(data: bytes, declared: str | None) -> str:
    sample = _telling_bytes(data)
    merits = {name: plausibility(sample.decode(name, errors="replace")) for name in _CANDIDATES}
    best = max(merits, key=lambda name: merits[name])
    proof = len(sample) - len(sample.translate(None, _HIGH)) >= _FEW
    if declared and _HONOURED.match(declared) and _decodes(data, declared):
        merit = plausibility(sample.decode(declared, errors="replace"))
        return best if proof and merit < merits[best] - _CLEARLY_BETTER else declared
    if proof and merits[best] < _LEAST_PLAUSIBLE:
        raise ValueError("undecodable")
    return best


def _telling_bytes(data: bytes) -> bytes:
    """The first words with bytes outside ASCII: what tells one reading from another."""
    words: list[bytes] = []
    size = 0
    for word in re.finditer(rb"[^\s\x80-\xff]{0,40}[\x80-\xff][^\s]{0,200}", data):
        words.append(word[0])
        size += len(word[0])
        if size > _SAMPLE:
            break
    return b" ".join(words)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def plausibility(text: str) -> float:
    """How much a text looks like Russian, Ukrainian or English: about 1 if read rightly, mostly below 0 if wrongly.

    The mean merit of the characters outside ASCII. Windows-1251 and the KOI8 family put other letters, and the other
    case, on the same bytes; so a wrong reading shows in letter pairs that no word has, in capitals inside words and in
    box-drawing characters. One headline is enough to tell.
    """
    neighbours = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    merits = [_merit(*three) for three in neighbours if not (three[0] + three[1]).isascii()]
    return sum(merits) / len(merits) if merits else 0.0


def _merit(before: str, char: str, after: str) -> float:
    if char in _CYRILLIC:
        return _letter_merit(before, char, after)
    if before in _CYRILLIC and char.isalpha():
        return -2.0
    if char.isascii() or char in _PUNCTUATION:
        return 0.0
    if char in _SIGNS:
        return -0.5
    return _foreign_merit(before, char, after)


def _foreign_merit(before: str, char: str, after: str) -> float:
    """For drawing characters and letters that neither Russian nor Ukrainian has."""
    if not char.isalpha() or "Ѐ" <= char <= "ӿ":
        return -2.0
    # An accented letter belongs among plain ones (café); a run of them is Cyrillic read as Western.
    return 0.5 if before.isascii() and (before + after).strip() else -1.0


def _letter_merit(before: str, char: str, after: str) -> float:
    small = char.lower()
    usual_case = 0.2 if char == small else 0.0
    if before not in _CYRILLIC:
        if before.isalpha() or small in _NEVER_FIRST:
            return -2.0
        alone = not (before.isalnum() or after.isalpha())
        return usual_case + 0.5 * (small in _ALONE if alone else 0)
    if before.islower() and not usual_case:
        return -3.0
    return usual_case + (1.0 if (before + char).lower() in _PAIRS else -1.0)
