"""Looking around: the newest articles, on a topic or on any, and questions that the archive answers."""

from index.guide.guide import Guide

__all__ = ["Guide"]
