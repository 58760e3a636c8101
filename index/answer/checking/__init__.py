"""Checking what a language model wrote against the passages it cites."""

from index.answer.checking.checker import Checker
from index.answer.checking.cited import Cited

__all__ = ["Checker", "Cited"]
