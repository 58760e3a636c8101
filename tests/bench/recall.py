"""How much of what an exact search finds the approximate one finds as well."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.config import Config
    from index.ports import Vectors
    from index.types import Language

_BEST = 10
_BLOCK = 10_000


def recall(config: Config, number: int, seed: int) -> list[float]:
    """For each of so many questions and each language, the share of the ten nearest that our search has among its ten.

    Approximate search is asked as an engine asks it: within a language, for as many candidates as it takes; the first
    ten count. Exact search compares the question with the vector of every passage.
    """
    import numpy as np

    from index.compose import open_engine
    from index.types import Filters
    from tests.bench.questions import questions

    engine = open_engine(config)
    retriever, languages = engine.retriever, engine.catalogue.languages()
    asked = [retriever.embedder.embed_queries([each])[0] for each in islice(questions(engine.catalogue, seed), number)]
    exact = _exact(config, np.stack(asked), languages)
    shares = []
    for place, vector in enumerate(asked):
        for language in languages:
            near = retriever.vectors.search(vector, config.retrieve.candidates, Filters(languages=(language,)))
            wanted = exact[language][place]
            shares.append(len({each for each, _ in near[:_BEST]} & wanted) / max(1, len(wanted)))
    return shares


def _exact(config: Config, asked: Vectors, languages: Sequence[Language]) -> dict[str, list[set[str]]]:
    """For each language, the ids of the ten nearest to each of the vectors, by reading all that are stored."""
    best: dict[str, list[tuple[NDArray[np.str_], Vectors]]] = {language: [] for language in languages}
    for ids, vectors, spoken in _stored(config):
        for language in languages:
            mine = spoken == language
            if mine.any():
                best[language].append(_nearest(ids[mine], vectors[mine] @ asked.T))
    return {language: _merged(found, len(asked)) for language, found in best.items()}


def _nearest(ids: NDArray[np.str_], cosines: Vectors) -> tuple[NDArray[np.str_], Vectors]:
    """The ten best of a block for each vector: ids and cosines, both of shape (at most ten, vectors)."""
    import numpy as np

    order = np.argsort(-cosines, axis=0, kind="stable")[:_BEST]
    return ids[order], np.take_along_axis(cosines, order, axis=0)


def _merged(found: Sequence[tuple[NDArray[np.str_], Vectors]], number: int) -> list[set[str]]:
    import numpy as np

    if not found:
        return [set() for _ in range(number)]
    ids = np.concatenate([each for each, _ in found])
    order = np.argsort(-np.concatenate([cosines for _, cosines in found]), axis=0, kind="stable")[:_BEST]
    return [{*np.take_along_axis(ids, order, axis=0)[:, place].tolist()} for place in range(number)]


def _stored(config: Config) -> Iterator[tuple[NDArray[np.str_], Vectors, NDArray[np.str_]]]:
    """All that Chroma should hold, some thousands at a time: ids, unit vectors, and the languages of their passages."""
    import numpy as np

    from index.compose import open_catalogue
    from index.windows import centres

    stored = open_catalogue(config).stored_passages()
    while block := list(islice(stored, _BLOCK)):
        found = [passage for passage, _, _ in block]
        vectors = centres(found, [windows for _, _, windows in block])
        yield np.array([each.id for each in found]), vectors, np.array([each.language for each in found])
