"""Who may ask, and how much."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.telegram.state import Limits

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming
    from bot.telegram.state import State
    from index.config import TelegramSettings


@dataclass(frozen=True, slots=True)
class Access:
    """Open to all, unless there is a list of users or an invitation code; used from one event loop."""

    settings: TelegramSettings
    state: State

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
        """Whether they sent the invitation code, after /start or alone; from then on they may ask."""
        code = self.settings.invitation_code
        if not code or not hmac.compare_digest(incoming.text.encode(), code.encode()):
            return False
        self.state.people.admit(incoming.user)
        return True

    def spend(self, asked: Incoming) -> datetime | None:
        """Count a question; where the asker's or the chat's quota is used up, when the next one may be asked."""
        settings = self.settings
        if asked.user in settings.administrators:
            return None
        window = timedelta(minutes=settings.quota_minutes)
        limits = Limits(settings.questions_per_user, settings.questions_per_chat, window)
        return self.state.quotas.spend(asked.update, asked.user, asked.place.chat, datetime.now(UTC), limits)
