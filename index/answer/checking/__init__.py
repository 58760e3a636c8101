"""Checking what a language model wrote against the passages it cites: a folder for each kind of reason.

checker.py asks them all; cited.py is what they compare with, words.py reads the patterns of lists/. What is no folder
of its own: speech.py finds another language, meaning.py additions.
"""

from index.answer.checking.checker import Checker
from index.answer.checking.cited import Cited

__all__ = ["Checker", "Cited"]
