"""The models of the settings: what embeds, what reranks, and what writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from index.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from index.answer.writing import Writer
    from index.config import Config
    from index.follow_up import Follower
    from index.ports import Embedder, LanguageModel, Reranker


def open_embedder(config: Config) -> Embedder:
    """The embedding model of the settings. Raises ModelError.

    Its preference for the question's language is taken out; by default only from the model that was measured for it.
    """
    model, neutral = open_bare_embedder(config), config.embedder.neutral
    if not (config.embedder.kind == "e5-small" if neutral is None else neutral):
        return model
    from index.adapters.language_neutral import NeutralEmbedder

    return NeutralEmbedder(model, model_cache(config))


def open_bare_embedder(config: Config) -> Embedder:
    """The embedding model of the settings as others have it. Raises ModelError."""
    from index.adapters.recent import RecentEmbedder

    return RecentEmbedder(_open_model(config))


def open_reranker(config: Config) -> Reranker | None:
    """The reranking model of the settings, None where they name none. Raises ModelError."""
    if not config.rerank.model:
        return None
    from index.adapters.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(config.rerank.model)


def open_language_model(config: Config) -> LanguageModel | None:
    """The language model of the settings, None where they want none.

    The key comes from the environment, from the variable that the settings name, and from nowhere else. Raises
    ConfigError where that variable is not set, or a package is missing.
    """
    settings = config.llm
    if not settings.writes:
        return None
    from index.adapters.llm import Endpoint, OpenAILikeModel

    key = os.environ.get(settings.api_key_env, "").strip() if settings.api_key_env else ""
    if settings.api_key_env and not key:
        raise ConfigError(f"[llm] api_key_env names the variable {settings.api_key_env}, which is not set")
    return OpenAILikeModel(Endpoint(settings.base_url, settings.model, settings.context, settings.reply, key))


def make_writer(config: Config, model: LanguageModel | None, embedder: Embedder) -> Writer | None:
    """What has answers written by a language model, if there is one."""
    from index.answer.checking import Checker
    from index.answer.writing import Writer

    if model is None:
        return None
    return Writer(model, Checker(embedder), embedder, _room(config), config.llm.timeout)


def make_follower(config: Config, model: LanguageModel | None) -> Follower:
    """What makes follow-ups whole: by a language model, if there is one, else by rules."""
    from index.follow_up import Follower, Rewriter

    return Follower(Rewriter(model, _room(config), config.llm.timeout) if model else None)


def _room(config: Config) -> int:
    """Tokens that the language model can be given."""
    return config.llm.context - config.llm.reply


def model_cache(config: Config) -> Path:
    """The folder in which prepared models, and what was measured of them, are kept."""
    from platformdirs import user_cache_path

    return config.embedder.cache or user_cache_path("citewire")


def _open_model(config: Config) -> Embedder:
    settings = config.embedder
    if settings.kind == "sentence-transformers":
        from index.adapters.sentence_transformers import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(settings.model, settings.query_prefix, settings.passage_prefix)
    from index.adapters.e5_prepare import open_e5

    return open_e5(model_cache(config), settings.weights, settings.threads or _processors())


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
