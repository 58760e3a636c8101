"""The report's page: everything is in it, nothing outside it is needed, and no name breaks it."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from lxml import html

from index.errors import ConfigError
from index.evaluate.figures import Interval, Seconds
from index.evaluate.page import page, require_page
from index.evaluate.plots import refusal_curves, seconds_lines
from index.evaluate.tables import interval
from tests.report_sample import HOSTILE, sample_report

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@cache
def _text() -> str:
    return page(sample_report())


@cache
def _page() -> HtmlElement:
    return html.document_fromstring(_text())


def _cells(caption: str) -> list[list[str]]:
    """The rows of the first table with this caption."""
    table = next(each for each in _page().iter("table") if each.findtext("caption") == caption)
    return [[cell.text_content() for cell in row.xpath("./th|./td")] for row in table.xpath("./tbody/tr")]


def test_refers_to_nothing_outside() -> None:
    """No script, no style sheet, no image, no font and no link leads out of the page."""
    outside = _page().xpath("//script|//link|//iframe|//object|//img|//@src|//@href[not(starts-with(., '#'))]")
    assert outside == []
    styles = "".join(_page().xpath("//style/text()|//@style"))
    assert not re.search(r"@import|url\((?!#)", styles)


def test_references_within_the_page_meet_their_target() -> None:
    """Ids are unique over all plots, and every reference has one."""
    ids = _page().xpath("//@id")
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', _text()))
    assert used
    assert {first or second for first, second in used} <= set(ids)


def test_every_question_has_its_section() -> None:
    """Finding, answering, refusing, confidence, time, and what was run, in this order."""
    expected = ["Finding documents", "Answering", "Refusing", "Confidence", "Time", "What was run"]
    assert [each.text for each in _page().iter("h2")] == expected


def test_every_plot_has_a_name_and_its_figures_as_a_table() -> None:
    """Who does not see the plot can read what it shows."""
    plots = list(_page().iter("svg"))
    assert len(plots) == 4 + 3
    for plot in plots:
        assert plot.get("role") == "img"
        assert plot.get("aria-label")
        following = plot.getnext()
        assert following.tag == "details"
        assert following.xpath(".//tbody/tr")


def test_retrieval_stands_beside_the_baselines() -> None:
    """Each language pair has a row for each system, ours first, with figures and bounds."""
    rows = _cells("Recall, MRR and nDCG")
    assert [row[:3] for row in rows[4:6]] == [["en → en", "Citewire", "60"], ["en → en", "BM25 on words", "60"]]
    assert rows[0][3] == "0.800\n(0.759–0.832)"
    assert rows[0][4] == "0.820\n(0.779–0.852)"


def test_whiskers_span_the_interval() -> None:
    """A plot of recall has a whisker for each of its bars."""
    bars = _page().xpath("(//svg)[1]//*[starts-with(@id, 'recall-0-LineCollection')]/*[local-name() = 'path']")
    assert len(bars) == 4 * 6


def test_thresholds_and_times_are_told() -> None:
    """Other tables carry what the report says."""
    assert _cells("Refusals by threshold")[0][:4] == ["all languages", "as set", "0.500", "0.700\n(0.659–0.732)"]
    assert ["Citewire, answering", "50", "0.1870", "0.3123"] in _cells("Seconds a question")
    assert ["Chroma default embedding", "its model is not here"] in _cells("Not compared")
    assert ["Version", "0.1, commit unknown"] in _cells("This run")
    assert _cells("plain")[1][:3] == ["en → en", "60", "0.900\n(0.859–0.932)"]


def test_empty_bins_are_not_drawn_or_told() -> None:
    """No questions, no share."""
    rows = _cells("All languages: calibration error 0.123 (0.082–0.155)")
    assert len(rows) == 9
    assert "0.4 to 0.5" not in [row[0] for row in rows]


def test_hostile_names_are_text() -> None:
    """A set's name is shown as it is: neither markup nor mathematics nor a second attribute."""
    assert any(HOSTILE in (each.text or "") for each in _page().iter("h3"))
    assert "<script" not in _text()
    labels = [each.text_content() for each in _page().xpath("//*[local-name() = 'text']")]
    assert f"BM25 on words, {HOSTILE}" in labels


def test_names_that_are_no_text_do_not_stop_the_page() -> None:
    """A name that is not UTF-8 reaches us with surrogates; the page can still be written."""
    report = sample_report()
    assert "eval?" in page(replace(report, retrieval=(), refusals=(), run=replace(report.run, folder="eval\udcff")))
    assert "se?rching" in seconds_lines([("se\udcffrching", Seconds(1, 0.1, 0.2))])


def test_what_was_not_measured_has_no_section() -> None:
    """Questions without answers leave finding and the run."""
    report = replace(
        sample_report(), answers=(), refusals=(), searching=None, answering=None, baselines=(), left_out=()
    )
    headings = [each.text for each in html.document_fromstring(page(report)).iter("h2")]
    assert headings == ["Finding documents", "What was run"]


def test_light_and_dark_share_the_plots() -> None:
    """Plots take the colours of the page, which has them for both."""
    drawn = refusal_curves(sample_report().refusals)
    assert "currentColor" in drawn
    assert "var(--faint)" in drawn
    assert "prefers-color-scheme: dark" in _text()
    assert not re.search(r"#(?:000000|ffffff)", drawn)


def test_same_report_same_page() -> None:
    """Neither time nor chance is in the page, so that two of them can be compared."""
    assert page(sample_report()) == _text()


def test_the_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the plotting library the error says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "matplotlib" else name)
    with pytest.raises(ConfigError, match=r"--html needs matplotlib: pip install 'citewire\[eval\]'"):
        require_page()


def test_unmeasured_figures_are_dashes() -> None:
    """A share of nothing is not a number and is not shown as one."""
    assert interval(Interval(float("nan"), 0.0, 0.0)) == "–"
