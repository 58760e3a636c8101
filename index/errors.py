"""Every error this project raises on purpose.

    CitewireError
    ├── ConfigError        a setting, a variable or the settings file is wrong
    ├── SourceError        a source of articles cannot be read; names the source, carries the reason
    │   ├── HostBusy       its host fails, or wants to be left alone for a while
    │   └── PageWithheld   its site does not give it to everybody, or not to programs
    ├── ModelError         the embedding model cannot be prepared or run
    ├── LanguageModelError the model that writes answers cannot be asked, or gave nothing that can be read
    └── StoreError         the index cannot be opened, read or written
        ├── StoreMissing   there is no index yet
        ├── StoreLocked    another process is writing
        ├── StoreMismatch  the index was built with another model or format
        └── ArticleUnknown the index has no article with that id

The text of each is meant for the person who reads it: what is wrong, where, and what to do about it.
"""

from __future__ import annotations


class CitewireError(Exception):
    """The root: whatever is raised on purpose is one of these."""


class ConfigError(CitewireError):
    """A setting, a variable or the settings file is wrong."""


class SourceError(CitewireError):
    """A source of articles cannot be read.

    ``source`` names it, ``reason`` says why in a few words.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class HostBusy(SourceError):
    """The host of a source fails, does not answer, or wants to be left alone.

    ``seconds`` are for how long, as far as it says so; ``asked`` tells whether it said by its answer that it is asked
    too much.
    """

    def __init__(self, source: str, reason: str, seconds: float | None = None, *, asked: bool = False) -> None:
        super().__init__(source, reason)
        self.seconds = seconds
        self.asked = asked


class PageWithheld(SourceError):
    """The site of a source does not give it to everybody, or not to programs."""


class ModelError(CitewireError):
    """The embedding model cannot be prepared or run."""


class LanguageModelError(CitewireError):
    """The model that writes answers cannot be asked, or gave nothing that can be read; never holds a key or a text."""


class StoreError(CitewireError):
    """The index cannot be opened, read or written."""


class StoreMissing(StoreError):
    """There is no index yet."""


class StoreLocked(StoreError):
    """Another process is writing."""


class StoreMismatch(StoreError):
    """The index was built with another model or format."""


class ArticleUnknown(StoreError):
    """The index has no article with that id."""


REPAIR = "run `citewire check --repair`, which makes the vectors anew from the catalogue"
"""What to do where vectors are lost or damaged; the end of an error's text."""
