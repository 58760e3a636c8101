"""The words this project thinks in: articles, passages, hits, citations, answers.

Frozen dataclasses over the standard library only, so that every layer may use them and none of them drags a
library along. Offsets are counted in code points of ``Article.text``, ends exclusive.
"""

from __future__ import annotations

from index.types.answers import Answer, AnswerSentence, Citation, Comparison, Corroboration, Reason, Story, Verdict
from index.types.articles import Article, DroppedLine, Language, Markup, Passage, Published, RawArticle, Span
from index.types.history import Revision, Selection
from index.types.indexing import IndexStatus, IngestReport, Skipped, Taken
from index.types.questions import AskedTime, AskerLanguage, Filters, Hit, Query, Turn, WindowMatch
from index.types.stored import StoredArticle
from index.types.upkeep import Checkup, Problem, ProblemKind
from index.types.watching import Unchanged, Visit

__all__ = [
    "Answer",
    "AnswerSentence",
    "Article",
    "AskedTime",
    "AskerLanguage",
    "Checkup",
    "Citation",
    "Comparison",
    "Corroboration",
    "DroppedLine",
    "Filters",
    "Hit",
    "IndexStatus",
    "IngestReport",
    "Language",
    "Markup",
    "Passage",
    "Problem",
    "ProblemKind",
    "Published",
    "Query",
    "RawArticle",
    "Reason",
    "Revision",
    "Selection",
    "Skipped",
    "Span",
    "StoredArticle",
    "Story",
    "Taken",
    "Turn",
    "Unchanged",
    "Verdict",
    "Visit",
    "WindowMatch",
]
