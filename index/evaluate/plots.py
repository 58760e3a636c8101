"""A report's plots as SVG to stand inside a page: the page's own text colour, so that they suit light and dark."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from index.evaluate.figures import ALL
from index.evaluate.tables import language, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes

    from index.evaluate.figures import RefusalFigures, RetrievalFigures, Seconds

_COLOURS = ("#3b82c4", "#d9731a", "#2f9e6e", "#a666c9", "#8a8f98")
"""Each stands out from white and from near-black by 3 to 1 at the least, as WCAG 2.2 (1.4.11) asks of graphics."""
_INK, _FAINT = "#010203", "#040506"
"""Stand-ins that become the page's text colour and its colour of faint lines."""
_STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": _FAINT,
    "axes.grid": True,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 9,
    "grid.color": _FAINT,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "citewire",
    "text.color": _INK,
    "text.parse_math": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
}
_WIDTH = 4.0
"""Inches: as wide as a phone, so that letters keep their size there."""
_SQUARE = 3.4
_BAR, _FRAME = 0.16, 0.9


def recall_bars(systems: Mapping[str, Sequence[RetrievalFigures]], name: str) -> str:
    """recall@5 of each system by language pair, with 95 % intervals. ``name`` is unique on the page."""
    pairs = list(dict.fromkeys(pair(each.slice) for figures in systems.values() for each in figures))
    step = len(systems) + 1

    def _draw(axes: Axes) -> None:
        for place, (system, figures) in enumerate(systems.items()):
            heights = [pairs.index(pair(each.slice)) * step + place for each in figures]
            values = [each.recall_5.value for each in figures]
            errors = [[abs(each.recall_5.value - bound(each)) for each in figures] for bound in (_low, _high)]
            colour = _COLOURS[place % len(_COLOURS)]
            axes.barh(heights, values, 0.85, xerr=errors, color=colour, ecolor=_INK, error_kw=_WHISKER, label=system)
        axes.set_yticks([place * step + (step - 2) / 2 for place in range(len(pairs))], pairs)
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("recall@5")
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        _legend(axes, 2)

    return _svg(name, "recall@5 by language pair and system", _FRAME + _BAR * step * len(pairs), _draw)


def refusal_curves(found: Sequence[RefusalFigures]) -> str:
    """The trade-off between refusing the unanswerable and refusing the answerable; a dot where the settings stand."""

    def _draw(axes: Axes) -> None:
        for each, colour in _coloured(found):
            shares = [point.false_refusals for point in each.curve], [point.recall for point in each.curve]
            axes.plot(*shares, color=colour, label=language(each.lang))
            axes.plot(each.configured.false_refusals.value, each.configured.recall.value, "o", color=colour)
        _unit_square(axes, "answerable questions refused", "unanswerable questions refused")

    return _svg("refusals", "Unanswerable against answerable questions refused, by language", _SQUARE, _draw)


def reliability(found: Sequence[RefusalFigures]) -> str:
    """Confidence against how often it was right; on the dashed line they agree."""

    def _draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], "--", color=_FAINT)
        for each, colour in _coloured(found):
            bins = [part for part in each.bins if part.questions]
            shares = [part.confidence for part in bins], [part.answerable for part in bins]
            axes.plot(*shares, "o-", markersize=4, color=colour, label=language(each.lang))
        _unit_square(axes, "mean confidence", "share answerable")

    return _svg("reliability", "Share of answerable questions by confidence and language", _SQUARE, _draw)


def seconds_lines(rows: Sequence[tuple[str, Seconds]]) -> str:
    """How long one question took: a dot for the median, a line to the 95th percentile, on a logarithmic scale."""

    def _draw(axes: Axes) -> None:
        for place, (name, took) in enumerate(rows):
            axes.plot([took.median, took.p95], [place, place], color=_COLOURS[0])
            axes.plot(took.median, place, "o", color=_COLOURS[0])
            # Above its line, and cut off at the frame: a long name must not squeeze the plot.
            axes.text(
                0,
                place - 0.25,
                name.encode("utf-8", "replace").decode(),
                transform=axes.get_yaxis_transform(),
                clip_on=True,
            )
        axes.set(ylim=(len(rows) - 0.5, -0.8), yticks=[], xscale="log", xlabel="seconds a question")
        axes.xaxis.set_major_formatter("{x:g}")

    return _svg("seconds", "Seconds a question: median and 95th percentile", _FRAME + 2 * _BAR * len(rows), _draw)


_WHISKER = {"elinewidth": 1, "capsize": 1.5}


def _low(found: RetrievalFigures) -> float:
    return found.recall_5.low


def _high(found: RetrievalFigures) -> float:
    return found.recall_5.high


def _coloured(found: Sequence[RefusalFigures]) -> list[tuple[RefusalFigures, str]]:
    """All languages together in the text's colour, each language in its own."""
    single = [each for each in found if each.lang != ALL]
    colours = [_COLOURS[place % len(_COLOURS)] for place in range(len(single))]
    return [*((each, _INK) for each in found if each.lang == ALL), *zip(single, colours, strict=True)]


def _unit_square(axes: Axes, below: str, beside: str) -> None:
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel=below, ylabel=beside)
    _legend(axes, 4)


def _legend(axes: Axes, columns: int) -> None:
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=columns, handlelength=1.2, columnspacing=1.2)


def _svg(name: str, label: str, height: float, draw: Callable[[Axes], None]) -> str:
    """Draw into a figure of the page's width and this height in inches; ids begin with ``name``, unique on the page."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_STYLE), warnings.catch_warnings():
        # Letters that matplotlib's own font lacks are drawn all the same: by the reader's browser, in its font.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure = Figure((_WIDTH, height))
        draw(figure.add_subplot())
        drawn = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(drawn, format="svg", bbox_inches="tight", metadata=nothing)
    return _inline(drawn.getvalue(), name, label)


def _inline(svg: str, name: str, label: str) -> str:
    """The element alone, with a name for screen readers, the page's colours, and no id of another plot's."""

    def _adapted(tag: re.Match[str]) -> str:
        own = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", tag[0])
        return own.replace(_INK, "currentColor").replace(_FAINT, "var(--faint)")

    # Only within tags: the text between them is a reader's.
    element = re.sub(r"<[^<>]+>", _adapted, svg[svg.index("<svg ") :].strip())
    return element.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
