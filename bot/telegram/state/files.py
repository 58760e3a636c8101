"""Where the state of each bot lies: beside the index that it answers from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def state_file(store: Path, token: str) -> Path:
    """The state file of the bot with this token, named after the bot's id: the digits before the colon."""
    return store / f"telegram-{token.partition(':')[0]}.sqlite3"


def state_files(store: Path) -> list[Path]:
    """The state files of all bots that have answered from this store, by name."""
    return sorted(store.glob("telegram-*.sqlite3"))
