"""A small evaluation folder of our own: three stories in three languages, and questions about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.evaluate.figures import (
    ALL,
    AnswerFigures,
    BaselineFigures,
    Collection,
    CurvePoint,
    Interval,
    LeftOut,
    Machine,
    OperatingPoint,
    RefusalFigures,
    ReliabilityBin,
    Report,
    RetrievalFigures,
    Run,
    Seconds,
    Slice,
)

if TYPE_CHECKING:
    from pathlib import Path

    from index.evaluate.figures import Condition

    Record = dict[str, Any]

TEXTS = {
    "bridge-en": "The bridge over the Sula reopened on Saturday after repairs. The work cost 412 million hryvnias.",
    "bridge-ru": "Мост через Сулу открыли в субботу после ремонта. Работы стоили 412 миллионов гривен.",
    "bridge-uk": "Міст через Сулу відкрили в суботу після ремонту. Роботи коштували 412 мільйонів гривень.",
    "ship-en": "The bulk carrier Aurelia left port on Monday. She carries 31,500 tonnes of maize to Alexandria.",
    "ship-ru": "Балкер «Аурелия» вышел из порта в понедельник. Он везёт 31 500 тонн кукурузы в Александрию.",
    "ship-uk": "Балкер «Аурелія» вийшов із порту в понеділок. Він везе 31 500 тонн кукурудзи до Александрії.",
    "owls-en": "Rangers counted nineteen pairs of owls in the Lokva forest this spring. Mice had a good year there.",
    "owls-ru": "Лесники насчитали этой весной девятнадцать пар сов в Локвянском лесу. Мышей там было много.",
    "owls-uk": "Лісники нарахували цієї весни дев'ятнадцять пар сов у Локвянському лісі. Мишей там було багато.",
}
DATES = {"bridge-en": "2024-03-14", "bridge-ru": "2024", "ship-uk": "2025-05-01"}
"""As evaluation files have them: a day, a year, mostly nothing."""
NOBODY_KNOWS = {"en": "Who won the chess championship?", "uk": "Хто виграв чемпіонат із шахів?"}


def question(identity: str, lang: str, text: str, gold: str, **more: object) -> Record:
    """A question about one document, with its versions in other languages as parallel ones."""
    story, _, doc_lang = gold.partition("-")
    return {
        "id": identity,
        "lang": lang,
        "question": text,
        "kind": "mono" if lang == doc_lang else "cross",
        "gold_doc_ids": [gold],
        "parallel_doc_ids": [f"{story}-{other}" for other in ("en", "ru", "uk") if other != doc_lang],
        "source": "our own",
        **more,
    }


QUESTIONS = {
    "facts": [
        question("q1", "en", "How much did the bridge over the Sula cost?", "bridge-en", answers=["412 million"]),
        question("q2", "ru", "Сколько стоил мост через Сулу?", "bridge-ru", answers=["412 миллионов гривен"]),
        question("q3", "uk", "Скільки коштував міст через Сулу?", "bridge-uk", answers=["412 мільйонів гривень"]),
        question("q4", "en", "How much maize does the Aurelia carry?", "ship-en", answers=["31,500 tonnes"]),
    ],
    "crossing": [
        question("x1", "en", "How many pairs of owls live in the Lokva forest?", "owls-uk"),
        question("x2", "uk", "Скільки кукурудзи везе «Аурелія»?", "ship-en"),
    ],
    "unknown": [
        {"id": f"u-{lang}", "lang": lang, "question": text, "kind": "unanswerable", "source": "our own"}
        for lang, text in NOBODY_KNOWS.items()
    ],
}


def documents() -> list[Record]:
    """The documents as lines of a file."""
    return [
        {"id": identity, "lang": identity[-2:], "title": None, "date": DATES.get(identity), "text": text}
        for identity, text in TEXTS.items()
    ]


def write_lines(path: Path, records: list[Record]) -> Path:
    """A JSON Lines file."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), "utf-8")
    return path


def write_folder(folder: Path) -> Path:
    """The whole folder, with withheld documents that must stay out."""
    folder.mkdir()
    write_lines(folder / "stories.docs.jsonl", documents())
    write_lines(folder / "unknown.withheld_docs.jsonl", [{"id": "chess-en", "lang": "en", "text": "Ivanna Koval won."}])
    for name, questions in QUESTIONS.items():
        write_lines(folder / f"{name}.questions.jsonl", questions)
    return folder


def report_run() -> Run:
    """What was run: the sample folder, somewhere."""
    return Run(
        folder="eval",
        command="citewire eval eval",
        started="2026-05-20T12:00:00+00:00",
        seconds=12.5,
        version="0.1.0",
        commit=None,
        embedder="words-256",
        threshold=0.5,
        collections=(Collection("stories", 9, 2, 11, 1, ("crossing", "facts", "unknown"), 3.25),),
        machine=Machine("An abacus", 2, "3.11.7", "Wood-1.0"),
    )


def sample_report() -> Report:
    """A report with figures of every kind, each interval different from the next."""
    half, sure = Interval(0.5, 0.25, 0.754321), Interval(1.0, 1.0, 1.0)
    point = OperatingPoint(0.5, Interval(0.75, 0.6, 0.9), half, Interval(0.125, 0.0, 0.25))
    bins = (ReliabilityBin(0.0, 0.1, 3, 0.05, 0.0), ReliabilityBin(0.9, 1.0, 5, 0.95, 1.0))
    return Report(
        run=report_run(),
        retrieval=(_found("within", ALL, sure), _found("within", "en", sure), _found("open", ALL, half)),
        answers=(AnswerFigures(Slice("facts", "uk", "uk", "within"), 1135, 2270, half, half, half, half, half, half),),
        refusals=(RefusalFigures(ALL, 5, 3, point, point, point, (CurvePoint(0.1, 0.0, 0.5),), half, bins),),
        searching=Seconds(8, 0.03125, 0.0625),
        answering=None,
        baselines=(BaselineFigures("word search", (_found("open", ALL, half),), Seconds(6, 0.001, 0.002)),),
        left_out=(LeftOut("a guess", "nobody made one"),),
    )


def _found(condition: Condition, lang: str, all_alike: Interval) -> RetrievalFigures:
    part = Slice("facts", lang, lang, condition)
    return RetrievalFigures(part, 4, all_alike, all_alike, all_alike, all_alike, all_alike)
