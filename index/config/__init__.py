"""The settings of config.toml: typed, bounded, unknown keys refused.

Order of precedence, weakest first: the defaults below, the settings file, ``CITEWIRE_*`` variables, the command line.
A variable is named after its section and key (``CITEWIRE_RETRIEVE_LIMIT``); ``CITEWIRE_STORE`` is short for the store's
path and ``CITEWIRE_CONFIG`` names the settings file.
"""

from index.config.loading import load_config
from index.config.sections import (
    AnswerSettings,
    ChunkSettings,
    CleanSettings,
    Config,
    EmbedderSettings,
    LlmSettings,
    LoadSettings,
    RerankSettings,
    RetrieveSettings,
    SourcesSettings,
    StoreSettings,
    TelegramSettings,
    chroma_address,
)

__all__ = [
    "AnswerSettings",
    "ChunkSettings",
    "CleanSettings",
    "Config",
    "EmbedderSettings",
    "LlmSettings",
    "LoadSettings",
    "RerankSettings",
    "RetrieveSettings",
    "SourcesSettings",
    "StoreSettings",
    "TelegramSettings",
    "chroma_address",
    "load_config",
]
