"""A question that goes on from earlier ones, made to stand alone by rules, in Russian, Ukrainian and English.

``resolving`` is where to begin: it tries the rules in turn. Each rule has a module of its own:

- ``fragments`` tells what is only a time, a place or a name ("а в Харькове?"); ``filling`` puts it into the earlier
  question, and ``agreement`` puts names into the case, and verbs into the gender, that its new place asks for.
- ``repeating`` tells what is only a question word ("why?"), and asks the earlier question with it.
- ``standing`` tells what needs nothing of what was said before.
- ``pronouns`` replaces a pronoun by what it stands for: by somebody of ``people``, or by a noun of ``nouns``.

They read a question as a ``typed.Text``: its words and the word lists of ``words`` (en.toml, ru.toml, uk.toml), its
names (``phrases``), its times (``times``). ``morphology`` knows cases and genders, ``joining`` capitals and full stops.
"""

from __future__ import annotations

from index.follow_up.resolving import resolve
from index.follow_up.typed import spoken

__all__ = ["resolve", "spoken"]
