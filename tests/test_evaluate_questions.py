"""Evaluation folders: what belongs together, and what is said where something does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import SourceError
from index.evaluate.questions import read_folder
from tests.evaluation_samples import NOBODY_KNOWS, TEXTS, question, write_folder, write_lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample folder."""
    return write_folder(tmp_path / "eval")


def test_sets_are_asked_over_the_documents_they_are_about(folder: Path) -> None:
    """All sets find the one file of documents; withheld documents are not among them."""
    (task,) = read_folder(folder)
    assert task.name == "stories"
    assert set(task.languages) == set(TEXTS)
    assert [part.name for part in task.sets] == ["crossing", "facts", "unknown"]


def test_what_a_question_says(folder: Path) -> None:
    """A question knows its gold document's language, the answers and the parallel documents."""
    (task,) = read_folder(folder)
    crossing, facts, unknown = task.sets
    assert (crossing.questions[0].lang, crossing.questions[0].doc_lang) == ("en", "uk")
    assert crossing.questions[0].parallel == ("owls-en", "owls-ru")
    assert facts.questions[1].answers == ("412 миллионов гривен",)
    assert [(each.text, each.gold, each.doc_lang) for each in unknown.questions] == [
        (text, (), lang) for lang, text in NOBODY_KNOWS.items()
    ]


def test_answers_as_the_document_has_them_win(folder: Path) -> None:
    """Where both are given, the words of the document are compared, not those of the asker."""
    crossed = question("x", "en", "Whose owls?", "owls-uk", answers=["rangers"], answers_in_doc=["Лісники", " "])
    write_lines(folder / "crossing.questions.jsonl", [crossed])
    assert read_folder(folder)[0].sets[0].questions[0].answers == ("Лісники",)


def test_unanswerable_questions_go_where_their_source_is(folder: Path) -> None:
    """With two files of documents, a set without gold follows the answerable questions of its source."""
    write_lines(folder / "other.docs.jsonl", [{"id": "o-en", "lang": "en", "text": "Snow fell on Sunday."}])
    asked = {**question("o", "en", "When did it snow?", "o-en"), "source": "another"}
    write_lines(folder / "other.questions.jsonl", [asked])
    tasks = {task.name: [part.name for part in task.sets] for task in read_folder(folder)}
    assert tasks == {"other": ["other"], "stories": ["crossing", "facts", "unknown"]}


def test_documents_that_nobody_asks_about_are_left_out(folder: Path) -> None:
    """They would be indexed for nothing."""
    write_lines(folder / "idle.docs.jsonl", [{"id": "i-en", "lang": "en", "text": "Nothing happened."}])
    assert [task.name for task in read_folder(folder)] == ["stories"]


def test_a_set_that_could_go_anywhere_is_refused(folder: Path) -> None:
    """Two files of documents and no source to go by: the remedy is named."""
    write_lines(folder / "idle.docs.jsonl", [{"id": "i-en", "lang": "en", "text": "Nothing happened."}])
    lost = {"id": "u", "lang": "en", "question": "Who won?", "kind": "unanswerable"}
    path = write_lines(folder / "unknown.questions.jsonl", [lost])
    with pytest.raises(SourceError, match='give it the "source" of a set') as error:
        read_folder(folder)
    assert error.value.source == str(path)


def test_gold_documents_in_two_files_are_refused(folder: Path) -> None:
    """One set is asked over one index."""
    write_lines(folder / "other.docs.jsonl", [{"id": "o-en", "lang": "en", "text": "Snow fell on Sunday."}])
    mixed = [question("a", "en", "When did it snow?", "o-en"), question("b", "en", "What reopened?", "bridge-en")]
    write_lines(folder / "facts.questions.jsonl", mixed)
    with pytest.raises(SourceError, match=r"into one \*\.docs\.jsonl file"):
        read_folder(folder)


BROKEN = {
    "gold document nowhere is in no": question("a", "en", "What?", "nowhere"),
    'no "id"': {**question("a", "en", "What?", "bridge-en"), "id": None},
    'no "question"': question("a", "en", "", "bridge-en"),
    '"lang" must be one of ru, uk, en': question("a", "fr", "Quoi ?", "bridge-en"),
    '"kind" must be one of mono': {**question("a", "en", "What?", "bridge-en"), "kind": "open"},
    '"mono" needs "gold_doc_ids"': {"id": "a", "lang": "en", "question": "What?", "kind": "mono"},
    '"unanswerable" must not have "gold': {**question("a", "en", "What?", "bridge-en"), "kind": "unanswerable"},
    '"answers" must be a list of strings': question("a", "en", "What?", "bridge-en", answers="412"),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_wrong_line_is_named(folder: Path, reason: str) -> None:
    """The error names the file, the line and what is wrong with it."""
    path = write_lines(folder / "facts.questions.jsonl", [question("z", "en", "What?", "ship-en"), BROKEN[reason]])
    with pytest.raises(SourceError, match=reason) as error:
        read_folder(folder)
    assert error.value.source == f"{path}, line 2"


@pytest.mark.parametrize("line", ["{", "[]", "[" * 100_000])
def test_broken_json_is_named(folder: Path, line: str) -> None:
    """So is a line that holds no object."""
    (folder / "stories.docs.jsonl").write_text(line, "utf-8")
    with pytest.raises(SourceError, match=r"stories\.docs\.jsonl, line 1.*mend or remove the line"):
        read_folder(folder)


@pytest.mark.parametrize("missing", ["stories.docs.jsonl", "*.questions.jsonl"])
def test_a_folder_without_its_files_is_refused(folder: Path, missing: str) -> None:
    """Documents and questions are both needed."""
    for path in folder.glob(missing):
        path.unlink()
    with pytest.raises(SourceError, match=r"no NAME\.(docs|questions)\.jsonl here"):
        read_folder(folder)


def test_unreadable_files_are_named(folder: Path) -> None:
    """Neither another encoding nor an empty set of questions passes."""
    (folder / "facts.questions.jsonl").write_bytes("Скільки?".encode("cp1251"))
    with pytest.raises(SourceError, match=r"facts\.questions\.jsonl: cannot be read: not UTF-8"):
        read_folder(folder)
    (folder / "facts.questions.jsonl").write_text("\n", "utf-8")
    with pytest.raises(SourceError, match="no questions in it"):
        read_folder(folder)
