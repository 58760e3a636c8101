"""What is said to a bot without asking it anything of the news, in Russian, Ukrainian and English.

``small_talk`` tells greetings, thanks, questions about the bot itself and requests for what is not its job from
questions for the archive, by the phrases of ru.toml, uk.toml and en.toml and the signs of signs.toml. ``phrases`` reads
these files; ``plain`` is how both they and what was said are spelt.
"""

from __future__ import annotations

from index.small_talk.hearing import Kind, Talk, is_talk, message_key, small_talk

__all__ = ["Kind", "Talk", "is_talk", "message_key", "small_talk"]
