"""Which language somebody is spoken to in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from index.types import AskerLanguage

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming
    from bot.telegram.state import State


@dataclass(frozen=True, slots=True)
class Speech:
    """Knows people's languages; used from one event loop."""

    state: State

    def language(self, incoming: Incoming) -> AskerLanguage:
        """The language they chose, else that of their Telegram where we speak it, else English."""
        profile = incoming.profile_language.lower().partition("-")[0]
        spoken = cast("AskerLanguage", profile) if profile in get_args(AskerLanguage) else "en"
        return self.state.people.language(incoming.user) or spoken
