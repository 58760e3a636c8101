"""The README says what is true: commands, options, JSON fields, Make targets."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import json_form, moving
from bot.changes import changes
from bot.cli import _parser
from index.exchange import Moved, Restored
from index.load import SUPPORTED
from index.types import Comparison, Corroboration, IndexStatus, IngestReport, Revision, Skipped, Story, Verdict
from tests.samples import BRIDGE, SHIP, answered
from tests.test_house_rules import LAYERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BOTH = Corroboration("differs", (1, 3), ("412", "31,500"))
HISTORY = Revision("bridge", 1, datetime(2026, 5, 1, tzinfo=UTC), "Міст", "Міст.", None, None, None, None, "uk")
DOCUMENTS = {
    "index": json_form.report(IngestReport(skipped=(Skipped("a.txt", "empty"),))),
    "ask": json_form.answer(
        replace(
            answered(),
            corroborations=(BOTH,),
            stories=(Story(BRIDGE, (SHIP,)),),
            verdicts=(Verdict("It cost 412.", (1,)),),
        )
    ),
    "compare": json_form.comparison(Comparison("q", "en", together=(BOTH,))),
    "search": json_form.search("q", []),
    "show": json_form.article(BRIDGE),
    "show --history": json_form.history("bridge", changes([HISTORY], BRIDGE)),
    "remove": json_form.removed(["bridge"], dry_run=True),
    "status": json_form.status(IndexStatus("", 0, 0)),
    "migrate": moving.migration(Moved(1, 1, 0), "", None, dropped=False),
    "import": moving.imported(Restored()),
}


def _commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = [each for each in _parser()._actions if isinstance(each, argparse._SubParsersAction)]
    return dict(action.choices)


def _fields(document: object) -> list[str]:
    """All names in a document, nested ones included, in order."""
    if isinstance(document, dict):
        return [name for key, value in document.items() for name in (key, *_fields(value))]
    return _fields(document[0]) if isinstance(document, list) and document else []


def test_every_command_is_shown() -> None:
    """Each command of the parser stands in the README."""
    assert [name for name in _commands() if f"citewire {name}" not in README] == []


def test_every_option_is_told() -> None:
    """Each option of each command is named in the README, but those that need no word."""
    options = {option for command in _commands().values() for option in command._option_string_actions}
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", README))
    assert options - told == {"-h", "--help"}


@pytest.mark.parametrize("command", sorted(DOCUMENTS))
def test_every_json_field_is_listed(command: str) -> None:
    """The README's row of a command lists the fields of its document, in order."""
    (row,) = re.findall(rf"^\| `{command}` \| `(.*)` \|$", README, re.MULTILINE)
    assert re.findall(r"\w+", row) == _fields(DOCUMENTS[command])


def test_every_kind_of_file_is_listed() -> None:
    """What can be loaded is named."""
    assert [end for end in SUPPORTED if f"`{end}`" not in README] == []


def test_make_targets_exist() -> None:
    """Each Make target that the README names exists."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"make ([a-z][\w-]*)", README))
    assert {"demo", "test", "test-models", "lint"} <= targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_layers_are_those_that_are_enforced() -> None:
    """The drawing of who may import whom names every room in its layer, the highest first."""
    (drawn,) = re.findall(r"^```\n(bot -> .*?)^```$", README, re.MULTILINE | re.DOTALL)
    layers = [set(re.findall(r"\w+", layer)) for layer in drawn.split("->")]
    assert layers == [{room.removeprefix("index.") for room in layer} for layer in reversed(LAYERS)]
