"""The benchmark's plots: ratios, where the time goes, growth. Drawn as the evaluation's page draws its own."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from tests.bench.figures import Figure

_ROW = 0.36
_LONGEST = 60


def ratios(figures: Sequence[Figure], name: str) -> str:
    """A dot for each median ratio with a line from least to most, on a logarithmic scale; the stroke is the bar.

    ``name`` is unique on the page. Empty where no figure has a ratio.
    """
    from index.evaluate.plots import _COLOURS, _FRAME, _INK, _svg

    found = [each for each in figures if each.ratio]

    def _draw(axes: Axes) -> None:
        for place, each in enumerate(found):
            assert each.ratio
            colour = _COLOURS[1] if each.holds is False else _COLOURS[0]
            axes.plot([each.ratio.least, each.ratio.most], [place, place], color=colour)
            axes.plot(each.ratio.median, place, "o", color=colour)
            for bar in _bars(each):
                axes.plot([bar, bar], [place - 0.25, place + 0.25], color=_INK, linewidth=2)
            _name(axes, place, f"{each.name}{_size(each)} / {each.against}")
        axes.axvline(1, color=_INK, linewidth=0.5)
        axes.set(ylim=(len(found) - 0.5, -0.9), yticks=[], xscale="log", xlabel="ours / the other's")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter("")

    return _svg(name, "Ratios of ours to the other's", _FRAME + _ROW * len(found), _draw) if found else ""


def stages(figures: Sequence[Figure], name: str) -> str:
    """A bar for each figure that tells where its time goes, one part after the other; empty where none does."""
    from index.evaluate.plots import _COLOURS, _FRAME, _legend, _svg

    found = [each for each in figures if each.parts]
    took = [dict(each.parts) for each in found]

    def _draw(axes: Axes) -> None:
        ends = [0.0] * len(found)
        for number, stage in enumerate(dict.fromkeys(stage for each in took for stage in each)):
            widths = [each.get(stage, 0.0) for each in took]
            # Six stages, five colours: the second time round a colour is paler.
            alpha, colour = 1.0 if number < len(_COLOURS) else 0.5, _COLOURS[number % len(_COLOURS)]
            axes.barh(range(len(found)), widths, 0.5, left=ends, color=colour, alpha=alpha, label=stage)
            ends = [end + width for end, width in zip(ends, widths, strict=True)]
        for place, each in enumerate(found):
            _name(axes, place - 0.1, f"{each.name}{_size(each)}")
        axes.set(ylim=(len(found) - 0.5, -0.9), yticks=[], xlabel="milliseconds")
        _legend(axes, 3)

    return _svg(name, "Where the time goes", _FRAME + 2 * _ROW * len(found), _draw) if found else ""


def growth(figures: Sequence[Figure], name: str) -> list[tuple[str, str]]:
    """For each unit in which something was measured at several sizes, the unit and a plot: a line for each thing."""
    sized = sorted((each for each in figures if each.at), key=lambda each: (each.unit, each.name, each.at or 0))
    # The same value stands beside several others that it is compared with.
    once = {(each.unit, each.name, each.at): each for each in sized}
    lines = [list(group) for _, group in groupby(once.values(), key=lambda each: (each.unit, each.name))]
    units = groupby((line for line in lines if len(line) > 1), key=lambda line: line[0].unit)
    return [(unit, _lines(list(group), f"{name}-{place}", unit)) for place, (unit, group) in enumerate(units)]


def _lines(lines: Sequence[Sequence[Figure]], name: str, unit: str) -> str:
    from index.evaluate.plots import _COLOURS, _SQUARE, _legend, _svg

    def _draw(axes: Axes) -> None:
        for place, line in enumerate(lines):
            sizes, colour = [each.at or 0 for each in line], _COLOURS[place % len(_COLOURS)]
            axes.plot(sizes, [each.value.median for each in line], "o-", markersize=4, color=colour, label=line[0].name)
            low, high = [each.value.least for each in line], [each.value.most for each in line]
            axes.fill_between(sizes, low, high, color=colour, alpha=0.2, linewidth=0)
        axes.set(xscale="log", xlabel="size", ylabel=unit, ylim=(0, None))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        _legend(axes, 1)

    return _svg(name, f"{unit} by size", _SQUARE, _draw)


def _bars(each: Figure) -> list[float]:
    """The bar's number or numbers, out of its words."""
    return [float(word) for word in each.wanted.replace(",", "").split() if word.replace(".", "", 1).isdigit()]


def _size(each: Figure) -> str:
    return f", {each.at:,}" if each.at else ""


def _name(axes: Axes, place: float, text: str) -> None:
    """Above its line, and cut off at the frame: a long name must not squeeze the plot."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    axes.text(0, place - 0.3, short, transform=axes.get_yaxis_transform(), clip_on=True, fontsize=8)
