"""What the code knows about Russian, Ukrainian and English: the language of a text, its sentences, lemmas, names."""

from index.language.detect import detect
from index.language.lemmas import lemmas
from index.language.names import Name, name_keys, names
from index.language.search_words import search_words
from index.language.sentences import sentence_spans

__all__ = ["Name", "detect", "lemmas", "name_keys", "names", "search_words", "sentence_spans"]
