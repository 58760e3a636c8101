"""What a failed call to Telegram means: whether it may be made again, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from telegram.error import TelegramError

Meaning = Literal["wait", "not_done", "in_doubt", "moved", "gone", "unchanged", "missing", "refused"]

_GONE = re.compile(
    r"blocked by the user|user is deactivated|kicked from|not a member|can't initiate|chat not found|chat was deleted",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(r"message is not modified", re.IGNORECASE)
_MISSING = re.compile(
    r"message to (?:edit|delete) not found|can't be (?:edited|deleted)|no text in the message|MESSAGE_ID_INVALID",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"can't parse entities|too long|parse_mode", re.IGNORECASE)
_BUTTONS = re.compile(r"button|keyboard|reply markup", re.IGNORECASE)
_NEVER_CONNECTED = (
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ClientConnectorCertificateError",
    "ConnectionTimeoutError",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed.

    ``wait``: flood control, again after so many ``seconds``. ``not_done``: it never reached Telegram, or Telegram was
    not able. ``in_doubt``: it may have been carried out, the answer never came. ``moved``: the group is now ``chat``.
    ``gone``: nobody can be written to there. ``unchanged``, ``missing``: of an edit, the message is as wanted already,
    or is none of ours. ``refused``: anything else Telegram said no to; ``form`` is the courier's form that may
    do better, 0 where that of the message is not to blame.
    """

    meaning: Meaning
    seconds: float = 0.0
    chat: int = 0
    form: int = 0


def read_failure(error: TelegramError) -> Failure:
    """What an error of the Bot API, or of the way to it, means."""
    from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Failure("wait", seconds=float(wait) if isinstance(wait, int) else wait.total_seconds())
    if isinstance(error, ChatMigrated):
        return Failure("moved", chat=error.new_chat_id)
    if isinstance(error, BadRequest | Forbidden):
        return _of_refusal(str(error))
    if isinstance(error, InvalidToken | Conflict):
        return Failure("not_done")
    never = isinstance(error, NetworkError) and type(error.__cause__).__name__.startswith(_NEVER_CONNECTED)
    return Failure("not_done" if never else "in_doubt")


def _of_refusal(text: str) -> Failure:
    for pattern, meaning in _REFUSALS:
        if pattern.search(text):
            return Failure(meaning)
    return Failure("refused", form=2 if _BUTTONS.search(text) else 1 if _MARKUP.search(text) else 0)


_REFUSALS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (_GONE, "gone"),
    (_UNCHANGED, "unchanged"),
    (_MISSING, "missing"),
)
