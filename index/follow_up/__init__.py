"""A question that goes on from earlier ones, made to stand alone in Russian, Ukrainian and English.

``follower`` is what others call. It goes by rules, and where a language model is at hand, by that one: ``by_model``
asks it, ``bounds`` says how much of the conversation counts and is shown to it, ``vetting`` checks what it wrote
against what was said, which ``heard`` brings into forms that can be compared.

``resolving`` tries the rules in turn. Each rule has a module of its own:

- ``fragments`` tells what is only a time, a place or a name ("а в Харькове?"); ``filling`` puts it into the earlier
  question, and ``agreement`` puts names into the case, and verbs into the gender, that its new place asks for.
- ``repeating`` tells what is only a question word ("why?"), and asks the earlier question with it.
- ``standing`` tells what needs nothing of what was said before.
- ``pronouns`` replaces a pronoun by what it stands for: by somebody of ``people``, or by a noun of ``nouns``.

They read a question as a ``typed.Text``: its words and the word lists of ``words`` (en.toml, ru.toml, uk.toml), its
names (``phrases``), its times (``times``). ``morphology`` knows cases and genders, ``joining`` capitals and full stops.
"""

from __future__ import annotations

from index.follow_up.bounds import REMEMBERED
from index.follow_up.by_model import Rewriter
from index.follow_up.follower import Follower
from index.follow_up.resolving import resolve
from index.follow_up.typed import spoken

__all__ = ["REMEMBERED", "Follower", "Rewriter", "resolve", "spoken"]
