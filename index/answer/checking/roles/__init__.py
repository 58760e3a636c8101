"""Whether in a written sentence each does, says and is what it does, says and is in its source."""

from index.answer.checking.roles.exchanged_names import exchanged
from index.answer.checking.roles.speakers import other_speaker
from index.answer.checking.roles.spoken_of import told_of_another
from index.answer.checking.roles.swapped import swapped

__all__ = ["exchanged", "other_speaker", "swapped", "told_of_another"]
