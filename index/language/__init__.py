"""What the code knows about Russian, Ukrainian and English: which one a text is in, its sentences, its lemmas."""

from index.language.detect import detect
from index.language.lemmas import lemmas
from index.language.sentences import sentence_spans

__all__ = ["detect", "lemmas", "sentence_spans"]
