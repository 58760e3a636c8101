"""Looking around: the newest articles, on a topic or on any, and questions that the archive answers.

- ``guide`` is where to begin: it lists the newest articles, and tries out questions until some are answered.
- ``topic`` tells whether an article is about a topic.
- ``offers`` makes questions from an article: who speaks in it, where it takes place, whom and what it is about. It
  reads the article's names from ``runs``, turns them into the asker's language by ``abroad``, and puts them into a
  question by ``wording``, in the case that ``inflection`` knows. guide.toml has the questions and the word lists.
"""

from index.guide.guide import Guide

__all__ = ["Guide"]
