"""Raw article to Article: page furniture out, title, date, author, outlet and language found."""

from index.clean.article import clean

__all__ = ["clean"]
