"""Where a question's time goes: the ports and the stages of an engine, each with a watch before it."""

from __future__ import annotations

import time
from collections import defaultdict
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from tests.bench.questions import TODAY, printed, query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.answer import Answerer
    from index.config import Config

STAGES = ("embed", "dense", "lexical", "fuse", "evidence model", "evidence", "render")
"""In the order of a question's life.

``fuse`` is what finding takes besides: reading windows and passages, comparing and merging. ``evidence model`` is what
the model takes to read sentences, ``evidence`` all else from the hits to the answer.
"""


class Watches:
    """Seconds by name, added up from any thread."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def run(self, name: str, call: Any, *arguments: Any, **named: Any) -> Any:
        """What the call returns; its time is added to the name's."""
        started = time.perf_counter()
        try:
            return call(*arguments, **named)
        finally:
            self.seconds[name] += time.perf_counter() - started


class Watched:
    """Any object, with some of its methods timed under the names given."""

    def __init__(self, behind: object, watches: Watches, methods: Mapping[str, str]) -> None:
        self._behind, self._watches, self._methods = behind, watches, methods

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._behind, name)
        if name not in self._methods:
            return found
        return lambda *arguments, **named: self._watches.run(self._methods[name], found, *arguments, **named)


class InTurn(Executor):
    """Runs one call after the other, each when its result is wanted."""

    def map(self, call: Any, *each: Any, timeout: float | None = None, chunksize: int = 1) -> Any:  # noqa: ARG002 - of the class
        """The results, in order."""
        return map(call, *each)


def watched_answerer(config: Config, watches: Watches) -> Answerer:
    """The engine's answerer over ports that are timed; it searches in turn, so that stages add up to the whole."""
    from index.compose.engine import make_engine, open_parts

    embedder, vectors, catalogue = open_parts(config)
    parts: Any = (
        Watched(embedder, watches, {"embed_queries": "embed", "embed_passages": "evidence model"}),
        Watched(vectors, watches, {"search": "dense"}),
        Watched(catalogue, watches, {"search": "lexical"}),
    )
    answerer = make_engine(config, *parts).answerer
    retriever: Any = replace(answerer.retriever, searches=InTurn())
    return replace(answerer, retriever=cast("Any", Watched(retriever, watches, {"retrieve": "retrieve"})))


def stages(answerer: Answerer, watches: Watches, questions: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """Mean milliseconds of each stage."""
    asked = 0
    watches.seconds.clear()
    for question in questions:
        found = watches.run("answer", answerer.answer, query(question), TODAY)
        watches.run("render", printed, found)
        asked += 1
    took = dict(watches.seconds)
    finding = took.get("retrieve", 0.0)
    took["fuse"] = max(0.0, finding - sum(took.get(name, 0.0) for name in ("embed", "dense", "lexical")))
    took["evidence"] = max(0.0, took.get("answer", 0.0) - finding - took.get("evidence model", 0.0))
    return tuple((name, 1000 * took.get(name, 0.0) / max(asked, 1)) for name in STAGES)
