"""Learnt coefficients as the text of a weights.toml, with where they come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.weights import Weights

_HEAD = """\
# What each kind of evidence counts for. Learnt, not set by hand:
#
#   {command}
#
# {questions} questions of {name}, {embedder}, citewire {version}.
# How they are learnt: index/evaluate/fit.py. What they mean: index/weights.py.
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was learnt from, and how: the command line, the collection, how many questions, the model, the version."""

    command: str
    name: str
    questions: int
    embedder: str
    version: str


def weights_file(weights: Weights, provenance: Provenance) -> str:
    """The file's text."""
    tables = {
        "retrieval": asdict(weights.retrieval),
        "sentence": asdict(weights.sentence),
        "confidence.same": asdict(weights.same_language),
        "confidence.foreign": asdict(weights.other_language),
    }
    parts = [_HEAD.format(**asdict(provenance))]
    for name, table in tables.items():
        parts.append(f"[{name}]\n" + "".join(f"{key} = {value!r}\n" for key, value in table.items()))
    return "\n".join(parts)
