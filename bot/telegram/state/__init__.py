"""What the bot remembers across restarts, in one SQLite file for each bot."""

from bot.telegram.state.counts import Counts
from bot.telegram.state.faults import Fault
from bot.telegram.state.files import state_file, state_files
from bot.telegram.state.quotas import Limits, UsedUp
from bot.telegram.state.ratings import Feedback
from bot.telegram.state.store import State

__all__ = ["Counts", "Fault", "Feedback", "Limits", "State", "UsedUp", "state_file", "state_files"]
