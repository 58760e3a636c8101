"""Who may ask, and how much."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.telegram.notices import Notices
from bot.telegram.state import Limits

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming
    from bot.telegram.state import State, UsedUp
    from index.config import TelegramSettings

_TRIES = 5
"""Codes that a stranger may try at once, and again within each hour: no code is found by trying."""


@dataclass(frozen=True, slots=True)
class Access:
    """Open to all, unless there is a list of users or an invitation code; used from one event loop."""

    settings: TelegramSettings
    state: State
    tries: Notices = field(default_factory=lambda: Notices(each_seconds=3600 / _TRIES, burst=_TRIES))

    def administers(self, incoming: Incoming) -> bool:
        """Whether this is an administrator, in a private chat, where what they do is seen by nobody else."""
        return incoming.private and incoming.user in self.settings.administrators

    def admits(self, user: int) -> bool:
        """Whether this user may ask."""
        settings = self.settings
        is_open = not settings.allowed_users and not settings.invitation_code
        listed = user in settings.allowed_users or user in settings.administrators
        return is_open or listed or (bool(settings.invitation_code) and self.state.people.admitted(user))

    def invites(self, incoming: Incoming) -> bool:
        """Whether they sent the invitation code, after /start or alone; from then on they may ask.

        Who has tried too often is not told whether it was the right one.
        """
        code, given = self.settings.invitation_code, incoming.text
        # What is as long as the code is a try; talk seldom is.
        if not code or len(given) != len(code) or not self.tries.may(incoming.user):
            return False
        if not hmac.compare_digest(given.encode(), code.encode()):
            return False
        self.state.people.admit(incoming.user)
        return True

    def spend(self, asked: Incoming) -> UsedUp | None:
        """Count a question; where the asker's or the chat's quota is used up, that quota."""
        settings = self.settings
        if asked.user in settings.administrators:
            return None
        window = timedelta(minutes=settings.quota_minutes)
        limits = Limits(settings.questions_per_user, settings.questions_per_chat, window)
        return self.state.quotas.spend(asked.update, asked.user, asked.place.chat, datetime.now(UTC), limits)
