"""The fuzz run: `python -m tests.fuzz --cases 100000 --seed 1 [--only PART]`; outside the test suite it is `make fuzz`.

A case is made from seed, part and number alone. One that fails is cut down crudely, written to a file and printed with
what makes it again. A case that takes more processor time than its limit fails as well, and so does a run whose memory
keeps growing.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import gettempdir
from traceback import format_exception_only, format_tb
from typing import TYPE_CHECKING, NoReturn

from tests.fuzz_targets import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.fuzz_shown import Data

SECONDS = 2.0
"""Processor time of one case, which has 100 kB at most."""
MEGABYTES = 400
"""What a part may grow by, caches included, once it is warm."""
_WARM = 1_000
_STUCK = 300  # seconds after which a hang that Python cannot interrupt is shown and ended
_SHORTENINGS = 200
_SLOWEST = 3


class OverTime(BaseException):
    """A case takes too long; no ``except Exception`` in what is tested may hide it."""


@dataclass
class Tally:
    """What became of one part's cases; ``slowest`` are seconds of processor time with the case's number."""

    part: str
    cases: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: list[tuple[float, int]] = field(default_factory=list)
    grown: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        slow = ", ".join(f"{seconds:.2f} s (case {number})" for seconds, number in self.slowest)
        each = f"{1000 * self.seconds / max(self.cases, 1):.1f} ms each"
        return f"{self.part}: {self.cases} cases, {len(self.failures)} failed, {each}, +{self.grown:.0f} MB; {slow}"


def run(part: str, numbers: Sequence[int], seed: int, keep: Path) -> Tally:
    """The cases of a part with these numbers."""
    tally, base = Tally(part), 0.0
    for number in numbers:
        data = PARTS[part].make(Random(f"{seed}/{part}/{number}"))  # noqa: S311 - not for secrets
        seconds, error = _tried(part, data)
        tally.cases += 1
        tally.seconds += seconds
        tally.slowest = sorted([*tally.slowest, (seconds, number)], reverse=True)[:_SLOWEST]
        if error is not None:
            tally.failures.append(_kept(keep, (part, seed, number), data, error))
        if tally.cases == _WARM:
            base = _peak()
    tally.grown = _peak() - base if base else 0.0
    if tally.grown > MEGABYTES:
        tally.failures.append(f"{part}: memory grew by {tally.grown:.0f} MB")
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts, print what was found; returns 1 where a case failed."""
    options = _options(arguments)
    faulthandler.enable()
    failed = False
    parts = options.only or list(PARTS)
    for place, part in enumerate(parts):
        share = options.cases // len(parts) + (place < options.cases % len(parts))
        tally = run(part, range(options.first, options.first + share), options.seed, options.keep)
        _say(str(tally), *tally.failures)
        failed = failed or bool(tally.failures)
    return int(failed)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Fuzz loaders, cleaner, chunker, renderers."
    )
    parser.add_argument("--cases", type=int, default=100_000, help="in all, shared evenly by the parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of each part's first case")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part only; may be given again")
    parser.add_argument("--keep", type=Path, default=Path(gettempdir()) / "citewire-fuzz", help="where failures go")
    return parser.parse_args(arguments)


def _tried(part: str, data: Data) -> tuple[float, BaseException | None]:
    """Seconds of processor time, and what went wrong."""
    error: BaseException | None = None
    start = time.process_time()
    try:
        with _limited(2 * SECONDS):
            PARTS[part].check(data)
    except (Exception, OverTime) as raised:  # noqa: BLE001 - any exception is a finding
        error = raised
    seconds = time.process_time() - start
    return seconds, error or (OverTime(f"{seconds:.1f} s") if seconds > SECONDS else None)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises OverTime in here after so much processor time."""

    def stop(*_: object) -> NoReturn:
        raise OverTime(f"over {seconds:.1f} s")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    faulthandler.dump_traceback_later(_STUCK, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        faulthandler.cancel_dump_traceback_later()


def _kept(keep: Path, case: tuple[str, int, int], data: Data, error: BaseException) -> str:
    """Write the case, cut down, to a file; returns what to print."""
    part, seed, number = case
    small = _shortened(part, data, type(error))
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{part}-{seed}-{number}"
    path.write_bytes(small if isinstance(small, bytes) else small.encode("utf-8", "surrogatepass"))
    where = "".join(format_tb(error.__traceback__)[-2:]).rstrip()
    what = f"{''.join(format_exception_only(error)).strip()[:500]}\n{where}\n    {small[:120]!r}"
    return (
        f"FAILED --only {part} --seed {seed} --first {number} --cases 1 ({len(small)} left of it in {path})\n  {what}"
    )


def _shortened(part: str, data: Data, kind: type[BaseException]) -> Data:
    """The data with ever smaller pieces left out as long as it fails in the same way."""
    piece, tries = len(data) // 2, _SHORTENINGS if kind is not OverTime else 0
    while piece and tries:
        at = 0
        while at < len(data) and tries:
            tries -= 1
            shorter = data[:at] + data[at + piece :]  # type: ignore[operator] # both are of one kind
            if type(_tried(part, shorter)[1]) is kind:
                data = shorter
            else:
                at += piece
        piece //= 2
    return data


def _peak() -> float:
    """The most memory this process had so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
