"""Results as JSON documents: the contract that programs rely on, field by field as in the README."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompts import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.changes import Change
    from index.types import (
        Answer,
        Article,
        Citation,
        Comparison,
        Corroboration,
        Hit,
        IndexStatus,
        IngestReport,
        Story,
        Verdict,
    )
    from index.watch import Round

Document = dict[str, Any]


def answer(found: Answer) -> Document:
    """An answer with its sentences, citations and the passages considered; times in seconds."""
    return {
        "question": found.question,
        "lang": found.language,
        "answer": None if found.refusal else _running_text(found),
        "refused": found.refusal is not None,
        "reason": message(found.refusal, found.language) if found.refusal else None,
        "confidence": round(found.confidence, 4),
        "sentences": [{"text": each.text, "citations": list(each.citations)} for each in found.sentences],
        "citations": [_citation(each) for each in found.citations],
        "passages": [_passage(each) for each in found.hits],
        "mode": found.mode,
        "seconds": round(found.seconds, 3),
        "corroborations": [_corroboration(each) for each in found.corroborations],
        "copies": [_copies(each) for each in found.stories],
        "since": _iso(found.window[0]),
        "until": _iso(found.window[1]),
        "nearest_days": [each.isoformat() for each in found.nearest_days],
        "note": message(found.note, found.language) if found.note else None,
        "verdicts": [_verdict(each) for each in found.verdicts],
    }


def comparison(found: Comparison) -> Document:
    """Outlets side by side: what the cited sentences are to each other, and which stand alone."""
    return {
        "question": found.question,
        "lang": found.language,
        "refused": found.refusal is not None,
        "reason": message(found.refusal, found.language) if found.refusal else None,
        "confidence": round(found.confidence, 4),
        "together": [_corroboration(each) for each in found.together],
        "alone": list(found.alone),
        "citations": [_citation(each) for each in found.citations],
        "copies": [_copies(each) for each in found.stories if each.copies],
        "passages": [_passage(each) for each in found.hits],
        "seconds": round(found.seconds, 3),
        "since": _iso(found.window[0]),
        "until": _iso(found.window[1]),
        "nearest_days": [each.isoformat() for each in found.nearest_days],
    }


def search(question: str, hits: Sequence[Hit]) -> Document:
    """Passages, best first."""
    return {"question": question, "passages": [_passage(each) for each in hits]}


def article(found: Article, copies: Sequence[Article] = ()) -> Document:
    """An article as it is stored, and the ids of its copies; offsets elsewhere count code points of ``text``."""
    return {
        "id": found.id,
        "title": found.title,
        "title_derived": found.title_derived,
        "date": found.published.iso() if found.published else None,
        "author": found.author,
        "source": found.outlet,
        "url": found.url,
        "lang": found.language,
        "text": found.text,
        "dropped": [{"line": each.line, "why": each.why} for each in found.dropped],
        "copies": [each.id for each in copies],
    }


def history(article_id: str, changed: Sequence[Change]) -> Document:
    """What an article was before, the latest first, with the sentences that came and went when it was replaced."""
    return {"id": article_id, "revisions": [_revision(each) for each in changed]}


def removed(article_ids: Sequence[str], *, dry_run: bool) -> Document:
    """The articles that were removed, or would be."""
    return {"removed": 0 if dry_run else len(article_ids), "ids": list(article_ids)}


def report(done: IngestReport) -> Document:
    """What one run of indexing changed."""
    return {
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "expired": done.expired,
        "skipped": [{"source": each.source, "reason": each.reason} for each in done.skipped],
        "articles": done.articles,
        "passages": done.passages,
        "seconds": round(done.seconds, 3),
    }


def watched(done: Round) -> Document:
    """What one round over the watched sources changed; ``locked`` says who was writing, so that the rest waits."""
    changed = report(done.report)
    told = ("added", "updated", "unchanged", "removed", "expired", "skipped", "seconds")
    return {"at": done.at.isoformat(), **{name: changed[name] for name in told}, "locked": done.locked}


def status(found: IndexStatus) -> Document:
    """What the index holds."""
    return {
        "store": found.path,
        "articles": found.articles,
        "copies": found.copies,
        "passages": found.passages,
        "languages": found.languages,
        "outlets": found.outlets,
        "earliest": found.earliest.iso() if found.earliest else None,
        "latest": found.latest.iso() if found.latest else None,
        "embedder": found.embedder,
        "format": found.format_version,
    }


def _revision(change: Change) -> Document:
    before = change.before
    return {
        "number": before.number,
        "replaced": before.replaced.isoformat(timespec="seconds"),
        "title": before.title,
        "date": before.published.iso() if before.published else None,
        "text": before.text,
        "added": list(change.added),
        "removed": list(change.removed),
    }


def _running_text(found: Answer) -> str:
    return " ".join(each.text + "".join(f" [{number}]" for number in each.citations) for each in found.sentences)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _verdict(found: Verdict) -> Document:
    return {
        "text": found.text,
        "citations": list(found.citations),
        "supported": found.supported,
        "reasons": list(found.reasons),
    }


def _corroboration(found: Corroboration) -> Document:
    return {"kind": found.kind, "citations": list(found.citations), "values": list(found.values)}


def _copies(found: Story) -> Document:
    return {"article_id": found.lead.id, "copies": [each.id for each in found.copies]}


def _citation(found: Citation) -> Document:
    cited = found.article
    return {
        "n": found.number,
        "article_id": cited.id,
        "title": cited.title,
        "source": cited.outlet,
        "date": cited.published.iso() if cited.published else None,
        "url": cited.url,
        "lang": cited.language,
        "start": found.span.start,
        "end": found.span.end,
        "quote": found.quote,
    }


def _passage(hit: Hit) -> Document:
    passage = hit.passage
    return {
        "passage_id": passage.id,
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "lang": passage.language,
        "score": round(hit.score, 6),
        "text": passage.text,
    }
