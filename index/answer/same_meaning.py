"""When two sentences mean the same, by the cosine of their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import Language

_TRANSLATED = 0.6
_SAME_LANGUAGE = 0.72


def least_cosine(one: Language, other: Language) -> float:
    """The cosine from which on two sentences in these languages say the same.

    Measured with the default model, language taken out, on 402 aligned sentences of translated speeches: the right
    sentence lies above in 0.96 (en-ru), 0.79 (en-uk) and 0.94 (ru-uk) of the cases; the nearest wrong one of the same
    speech stays below 0.60, 0.57 and 0.62 in 0.95 of them, within one language below 0.70. Other models need others.
    """
    return _SAME_LANGUAGE if one == other else _TRANSLATED
