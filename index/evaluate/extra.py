"""The libraries that only an evaluation needs: the extra ``eval``."""

from __future__ import annotations

import importlib.util

from index.errors import ConfigError


def require(library: str, option: str) -> None:
    """Raise ConfigError with the remedy where an option's library is not installed; loads nothing."""
    if importlib.util.find_spec(library) is None:
        raise ConfigError(f"{option} needs {library}: pip install 'citewire[eval]'")
