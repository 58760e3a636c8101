"""The JSON documents hold the fields that programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace

from bot import json_form
from index.types import IndexStatus, IngestReport, Skipped, Verdict
from tests.samples import BRIDGE, SHIP, answered, hit, refused


def test_answer_has_the_fields_of_the_contract() -> None:
    """An answer's document has every field, and its quotes are the cited spans."""
    document = json_form.answer(answered())
    assert list(document) == [
        *("question", "lang", "answer", "refused", "reason", "confidence", "sentences", "citations", "passages"),
        *("mode", "seconds", "corroborations", "copies", "since", "until", "nearest_days", "note", "verdicts"),
    ]
    assert document["answer"].startswith("Роботи коштували 412 мільйонів гривень. [1] Міст")
    assert document["sentences"][0] == {"text": "Роботи коштували 412 мільйонів гривень.", "citations": [1]}
    for cited in document["citations"]:
        text = {"bridge": BRIDGE, "ship": SHIP}[cited["article_id"]].text
        assert cited["quote"] == text[cited["start"] : cited["end"]]


def test_verdicts_and_note_are_told() -> None:
    """What checking found of each written sentence, and why an answer quotes after all, in the asker's language."""
    verdicts = (Verdict("Міст коштував 412 мільйонів.", (1,)), Verdict("Міст золотий.", (), ("meaning",)))
    document = json_form.answer(replace(answered(), verdicts=verdicts, note="llm_unsupported"))
    assert document["verdicts"] == [
        {"text": "Міст коштував 412 мільйонів.", "citations": [1], "supported": True, "reasons": []},
        {"text": "Міст золотий.", "citations": [], "supported": False, "reasons": ["meaning"]},
    ]
    assert document["note"] == "Написане мовною моделлю статті не підтверджують, тому тут лише цитати."


def test_citation_tells_where_it_comes_from() -> None:
    """A citation carries title, outlet, date with time and zone, URL and language; unknown ones are null."""
    first, _, third = json_form.answer(answered())["citations"]
    assert (first["n"], first["title"], first["source"]) == (1, BRIDGE.title, "Сульський вісник")
    assert (first["date"], first["url"], first["lang"]) == ("2026-03-14T09:15:00+02:00", BRIDGE.url, "uk")
    assert (third["source"], third["date"], third["url"]) == (None, None, None)


def test_refusal_says_why_in_the_askers_language() -> None:
    """A refusal has no answer, and a reason in words."""
    document = json_form.answer(refused())
    assert (document["answer"], document["refused"]) == (None, True)
    assert document["reason"] == "The articles do not answer this."
    assert (document["sentences"], document["citations"]) == ([], [])


def test_passages_carry_offsets_and_score() -> None:
    """A passage tells its article, offsets, language, score and text."""
    document = json_form.search("міст", [hit(BRIDGE, 0.25)])
    assert document["question"] == "міст"
    assert document["passages"] == [
        {
            "passage_id": "bridge-0",
            "article_id": "bridge",
            "start": 0,
            "end": len(BRIDGE.text),
            "lang": "uk",
            "score": 0.25,
            "text": BRIDGE.text,
        }
    ]


def test_article_shows_what_cleaning_left_out() -> None:
    """An article's document has its metadata and the dropped lines with their rule."""
    document = json_form.article(BRIDGE)
    assert document["dropped"] == [{"line": "РЕКЛАМА", "why": "advertisement"}]
    assert (document["source"], document["author"], document["title_derived"]) == (BRIDGE.outlet, BRIDGE.author, False)


def test_report_and_status_are_plain_json() -> None:
    """Reports hold nothing that JSON cannot."""
    report = json_form.report(IngestReport(added=1, skipped=(Skipped("/a", "empty"),), seconds=1.23456))
    assert (report["skipped"], report["seconds"]) == ([{"source": "/a", "reason": "empty"}], 1.235)
    assert json.loads(json.dumps(json_form.status(IndexStatus("/store", 0, 0))))["earliest"] is None
