"""Indexing: from a file of articles to a store that can be asked."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from tests.bench import large
from tests.bench.articles import read, stories, write
from tests.bench.child import in_child
from tests.bench.figures import Figure, Spread, compared, judged
from tests.bench.pairing import alternate
from tests.bench.rivals import RIVALS, model_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.bench.child import Outcome
    from tests.bench.figures import Settings
    from tests.bench.rivals import Rival

_WARM = 3
_MEGABYTE = 1e6
_FLOAT = 4
_DIMENSION = 384
OURS, ALONE = "ours", "the embedder alone, same batches"


@dataclass(slots=True)
class _Place:
    """Files of one measurement, and what every process gave."""

    folder: Path
    file: Path
    warm: Path
    say: Callable[[str], None]
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)

    def kept(self, name: str, outcome: Outcome) -> Outcome:
        """Note it, say it, and give it back."""
        self.say(f"{name}: {outcome.result['seconds']:.1f} s, {outcome.peak / _MEGABYTE:.0f} MB at most")
        self.outcomes.setdefault(name, []).append(outcome)
        return outcome

    def results(self, name: str, of: str) -> list[float]:
        """One thing of what each process of that name gave."""
        return [float(each.result[of]) for each in self.outcomes[name]]

    def peaks(self, name: str) -> list[float]:
        """The most megabytes that each process of that name held."""
        return [each.peak / _MEGABYTE for each in self.outcomes[name]]

    def store(self, name: str) -> Path:
        """Where that name's index is."""
        return self.folder / f"store-{name}"


def measure(bench: Settings) -> list[Figure]:
    """Speed, memory and size of indexing, beside the embedder alone and beside each rival that is installed."""
    place = _prepared(bench)
    rivals = [each for each in _wanted(bench.rivals) if _runs(each, place, bench)]
    bench.say(f"indexing {bench.articles} articles, once to learn what is embedded, then {bench.rounds} rounds")
    _index(place)
    # What was tried is no measurement.
    place.outcomes.clear()
    runs = {OURS: partial(_index, place), ALONE: partial(_embed, place)}
    runs |= {each.name: partial(_rival, each, place, bench) for each in rivals}
    took = alternate(bench.rounds, runs)
    figures = [*_speed(place, took, rivals), *_processor(place, rivals), *_memory(place, rivals)]
    figures += [*_sizes(place, rivals), *_unchanged(place)]
    return [*figures, *large.measure(bench, figures[0].value.median)]


def _prepared(bench: Settings) -> _Place:
    folder = bench.work / "indexing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = list(stories(bench.articles, bench.seed, bench.scale))
    others = stories(_WARM, bench.seed + 1)
    return _Place(folder, write(found, folder / "articles.jsonl"), write(others, folder / "warm.jsonl"), bench.say)


def _wanted(names: Sequence[str]) -> list[Rival]:
    return [each for each in RIVALS if not names or each.name in names]


def _runs(rival: Rival, place: _Place, bench: Settings) -> bool:
    """Whether it is installed and can index a few articles; why not is said."""
    lacking = rival.missing()
    why = f"{lacking} is not installed" if lacking else _failure(rival, place, bench)
    if why:
        bench.say(f"left out: {rival.title}; {why}")
    return not why


def _failure(rival: Rival, place: _Place, bench: Settings) -> str:
    """The last line of what it wrote when it failed, empty where it did not."""
    try:
        _rival(rival, replace(place, file=place.warm), bench)
    except RuntimeError as error:
        return str(error).strip().splitlines()[-1]
    return ""


def _index(place: _Place) -> float:
    store = place.store(OURS)
    shutil.rmtree(store, ignore_errors=True)
    done = in_child("tests.bench.runs:index", place.file, place.warm, store, place.folder / "texts.json")
    return float(place.kept(OURS, done).result["seconds"])


def _embed(place: _Place) -> float:
    done = in_child("tests.bench.runs:embed", place.folder / "texts.json", place.warm)
    return float(place.kept(ALONE, done).result["seconds"])


def _rival(rival: Rival, place: _Place, bench: Settings) -> float:
    store = place.store(rival.name)
    shutil.rmtree(store, ignore_errors=True)
    model = [model_folder(bench.work)] if "sentence_transformers" in rival.needs else []
    done = in_child(rival.run, place.file, place.warm, store, *model)
    return float(place.kept(rival.name, done).result["seconds"])


def _speed(place: _Place, took: dict[str, list[float]], rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Articles, passages and texts a second; ratios are of speeds, so theirs of seconds turned round."""
    figure = partial(Figure, "indexing")
    ours = took[OURS]
    for what in ("articles", "passages", "texts"):
        per_second = [number / each for number, each in zip(place.results(OURS, what), ours, strict=True)]
        title = "texts embedded" if what == "texts" else what
        yield figure(f"{title} a second", "1/s", Spread.of(per_second), at=int(place.results(OURS, what)[0]))
    articles = place.results(OURS, "articles")[0]
    speed = Spread.of(articles / each for each in ours)
    against = compared(figure("throughput", "articles/s", speed), ALONE, took[ALONE], ours)
    yield judged(against, least=0.9)
    for each in rivals:
        found = compared(figure("throughput", "articles/s", speed), each.title, took[each.name], ours)
        yield judged(found, least=2) if each.name == "llama-index-st" else found


def _processor(place: _Place, rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Of all threads: a ratio that other programs on the machine hardly change."""
    mine = place.results(OURS, "processor")
    figure = Figure("indexing", "processor time", "s", Spread.of(mine))
    yield compared(figure, ALONE, mine, place.results(ALONE, "processor"))
    for each in rivals:
        yield compared(figure, each.title, mine, place.results(each.name, "processor"))


def _memory(place: _Place, rivals: Sequence[Rival]) -> Iterator[Figure]:
    mine = place.peaks(OURS)
    figure = Figure("indexing", "peak memory", "MB", Spread.of(mine))
    yield compared(figure, ALONE, mine, place.peaks(ALONE))
    for each in rivals:
        yield compared(figure, each.title, mine, place.peaks(each.name))


def _sizes(place: _Place, rivals: Sequence[Rival]) -> Iterator[Figure]:
    """Bytes on disk after the process has ended, the articles indexed first included."""
    mine = _bytes(place.store(OURS))
    figure = Figure("indexing", "size on disk", "MB", Spread.of([mine / _MEGABYTE]))
    articles = [*read(place.file), *read(place.warm)]
    text = sum(len(f"{each.title}{each.text}".encode()) for each in articles)
    result = place.outcomes[OURS][0].result
    for what, number in (
        ("passage", result["stored_passages"]),
        ("passage and each of its windows", result["stored_texts"]),
    ):
        limit = text + number * _DIMENSION * _FLOAT
        yield compared(figure, f"the text, and a float32 vector for each {what}", [mine], [limit])
    for each in rivals:
        yield compared(figure, each.title, [mine], [_bytes(place.store(each.name))])


def _unchanged(place: _Place) -> Iterator[Figure]:
    again = place.results(OURS, "again")
    number = int(place.results(OURS, "articles")[0])
    figure = Figure("indexing", "re-index unchanged", "s", Spread.of(again), at=number)
    found = compared(figure, "the first time", again, place.results(OURS, "seconds"))
    yield judged(found, most=0.03)


def _bytes(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
