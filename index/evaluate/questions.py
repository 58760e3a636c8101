"""An evaluation folder: ``NAME.docs.jsonl`` with documents, ``NAME.questions.jsonl`` with questions about them.

A question: ``id``, ``lang``, ``question``, ``kind`` ("mono", "cross" or "unanswerable"), ``gold_doc_ids``, ``answers``;
where known ``answers_in_doc`` (the answers as they stand in the document), ``parallel_doc_ids`` (the gold document in
other languages) and ``source``. Other files, such as ``NAME.withheld_docs.jsonl``, are left alone.

A set of questions is asked over the documents that hold its gold documents. One without gold documents is asked over
the only file of documents, or else where the other questions of the same ``source`` are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from index.errors import SourceError
from index.types import AskerLanguage, Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Kind = Literal["mono", "cross", "unanswerable"]
_DOCUMENTS, _QUESTIONS = ".docs.jsonl", ".questions.jsonl"


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question with what is right: ``gold`` and ``parallel`` are document ids, ``doc_lang`` is the gold's language.

    ``answers`` are in the words of the gold document where those are known. An unanswerable question has neither gold
    nor answers, and its ``doc_lang`` is its own language.
    """

    id: str
    text: str
    lang: AskerLanguage
    doc_lang: Language
    kind: Kind
    gold: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file; ``name`` is the file's name without its ending."""

    name: str
    questions: tuple[EvalQuestion, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Documents, as the file they are in and the language of each id, and the sets of questions asked over them."""

    name: str
    documents: Path
    languages: Mapping[str, Language]
    sets: tuple[QuestionSet, ...]


def read_folder(folder: Path) -> tuple[Task, ...]:
    """What there is to ask in an evaluation folder; documents that nobody asks about are left out.

    Raises:
        SourceError: A file is missing, broken or does not fit the others.
    """
    documents = {_name(path, _DOCUMENTS): path for path in sorted(folder.glob(f"*{_DOCUMENTS}"))}
    questions = {_name(path, _QUESTIONS): path for path in sorted(folder.glob(f"*{_QUESTIONS}"))}
    for found, ending in ((documents, _DOCUMENTS), (questions, _QUESTIONS)):
        if not found:
            raise SourceError(str(folder), f"no NAME{ending} here; name a folder that has evaluation files")
    languages = {name: _languages(path) for name, path in documents.items()}
    sets = [_read_set(name, path, languages) for name, path in questions.items()]
    homes = {part.name: _only_home(questions[part.name], _home(part, sets, languages)) for part in sets}
    return tuple(
        Task(name, path, languages[name], tuple(part for part in sets if homes[part.name] == name))
        for name, path in documents.items()
        if name in homes.values()
    )


def _name(path: Path, ending: str) -> str:
    return path.name.removesuffix(ending)


def _languages(path: Path) -> dict[str, Language]:
    """The documents' ids, each with its language."""
    return {
        str(_field(record, "id", place)): _one_of(record, "lang", get_args(Language), place)
        for place, record in _records(path)
    }


def _read_set(name: str, path: Path, languages: Mapping[str, Mapping[str, Language]]) -> QuestionSet:
    known = {identity: language for documents in languages.values() for identity, language in documents.items()}
    questions = tuple(_question(record, place, known) for place, record in _records(path))
    if not questions:
        raise SourceError(str(path), "no questions in it; add some or remove the file")
    return QuestionSet(name, questions)


def _question(record: dict[str, Any], place: str, known: Mapping[str, Language]) -> EvalQuestion:
    gold = _strings(record, "gold_doc_ids", place)
    unknown = [each for each in gold if each not in known]
    if unknown:
        raise SourceError(place, f"gold document {unknown[0]} is in no *{_DOCUMENTS} file beside it; add it there")
    kind: Kind = _one_of(record, "kind", get_args(Kind), place)
    if bool(gold) == (kind == "unanswerable"):
        raise SourceError(place, f'"{kind}" {"must not have" if gold else "needs"} "gold_doc_ids"')
    lang: AskerLanguage = _one_of(record, "lang", get_args(AskerLanguage), place)
    return EvalQuestion(
        id=str(_field(record, "id", place)),
        text=str(_field(record, "question", place)),
        lang=lang,
        doc_lang=known[gold[0]] if gold else lang,
        kind=kind,
        gold=gold,
        answers=_strings(record, "answers_in_doc", place) or _strings(record, "answers", place),
        parallel=_strings(record, "parallel_doc_ids", place),
        source=str(record.get("source") or ""),
    )


def _home(part: QuestionSet, sets: Sequence[QuestionSet], known: Mapping[str, Mapping[str, Language]]) -> list[str]:
    """The names of the documents that a set may be asked over: one, if the folder is in order."""
    if _gold(part):
        return [name for name, languages in known.items() if _gold(part) <= languages.keys()]
    sources = {question.source for question in part.questions} - {""}
    kin = [each for each in sets if _gold(each) and sources & {question.source for question in each.questions}]
    return sorted({name for each in kin for name in _home(each, sets, known)}) or list(known)


def _only_home(path: Path, homes: Sequence[str]) -> str:
    if len(homes) != 1:
        remedy = (
            f'put all of its gold documents into one *{_DOCUMENTS} file, or give it the "source" of a set that has some'
        )
        raise SourceError(str(path), f"cannot tell which documents to ask it over; {remedy}")
    return homes[0]


def _gold(part: QuestionSet) -> set[str]:
    return {identity for question in part.questions for identity in question.gold}


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's object with its place, for error texts."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SourceError(str(path), f"cannot be read: {reason}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}, line {number}", _record(line, f"{path}, line {number}")


def _record(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(place, f"broken JSON: {error}; mend or remove the line") from None
    if not isinstance(record, dict):
        raise SourceError(place, "expected a JSON object; mend or remove the line")
    return record


def _field(record: dict[str, Any], name: str, place: str) -> Any:
    if record.get(name) in (None, ""):
        raise SourceError(place, f'no "{name}"; each line needs one')
    return record[name]


def _one_of(record: dict[str, Any], name: str, allowed: Sequence[str], place: str) -> Any:
    if record.get(name) not in allowed:
        raise SourceError(place, f'"{name}" must be one of {", ".join(allowed)}')
    return record[name]


def _strings(record: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
    values = record.get(name) or []
    if not isinstance(values, list) or not all(isinstance(each, str | int) for each in values):
        raise SourceError(place, f'"{name}" must be a list of strings')
    return tuple(text for each in values if (text := str(each).strip()))
