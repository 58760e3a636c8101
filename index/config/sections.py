"""The sections of config.toml and what each key may be; the meaning of every key is told in config.toml itself."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _existing_zone(name: str) -> str:
    try:
        if name:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("an IANA time zone such as Europe/Kyiv, or empty") from error
    return name


def _some_path(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("the path of a folder, not empty")
    return value


def chroma_address(url: str) -> str:
    """The address of a Chroma server without a slash at its end, empty for none; raises ValueError for another."""
    address = url.strip().rstrip("/")
    found = re.fullmatch(r"https?://(?:[^/\s?#@:\[\]]+|\[[0-9a-fA-F:.]+\])(?::([0-9]{1,5}))?", address)
    if address and not (found and 1 <= int(found[1] or 1) <= 65535):  # noqa: PLR2004 - the greatest port
        raise ValueError("the address of a Chroma server such as http://127.0.0.1:8000, without path or token")
    return address


def _variable_name(name: str) -> str:
    if not re.fullmatch(r"(?:[A-Za-z_][A-Za-z0-9_]*)?", name):
        raise ValueError("the name of an environment variable such as CHROMA_TOKEN, never the token itself")
    return name


def _listed(value: object) -> object:
    """A variable or a key may give a list as words with commas between."""
    return [each for each in value.replace(",", " ").split() if each] if isinstance(value, str) else value


def _folders(value: object) -> object:
    """A variable gives several folders as PATH does."""
    return [each for each in value.split(os.pathsep) if each.strip()] if isinstance(value, str) else value


def _web_address(url: str) -> str:
    address = url.strip()
    if not re.fullmatch(r"https?://[^/\s?#@]+(?:[/?][^\s]*)?", address):
        raise ValueError("addresses such as https://news.example/feed.xml, without a name or a password in them")
    return address


Zone = Annotated[str, AfterValidator(_existing_zone)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreSettings(_Section):
    """Where the index and its vectors live, and how long articles stay in it."""

    path: Annotated[Path, BeforeValidator(_some_path)] = Path(".citewire")
    keep_days: int = Field(default=0, ge=0, le=100_000)
    chroma_url: Annotated[str, AfterValidator(chroma_address)] = ""
    chroma_token_env: Annotated[str, AfterValidator(_variable_name)] = ""


class EmbedderSettings(_Section):
    """Which model turns text into vectors, and where it is kept."""

    kind: Literal["e5-small", "sentence-transformers"] = "e5-small"
    model: str = "intfloat/multilingual-e5-base"
    query_prefix: str | None = None
    passage_prefix: str | None = None
    neutral: bool | None = None
    cache: Path | None = None
    weights: Path | None = None
    threads: int = Field(default=0, ge=0, le=64)


class LoadSettings(_Section):
    """What is read."""

    max_megabytes: int = Field(default=20, ge=1, le=1000)
    private_addresses: bool = False


class SourcesSettings(_Section):
    """What is watched, how often, how much of a feed is read, and whether the bot does it."""

    folders: Annotated[tuple[Path, ...], BeforeValidator(_folders)] = ()
    feeds: Annotated[tuple[Annotated[str, AfterValidator(_web_address)], ...], BeforeValidator(_listed)] = ()
    minutes: int = Field(default=15, ge=1, le=10_080)
    newest: int = Field(default=50, ge=1, le=1000)
    in_bot: bool = False

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.in_bot and not (self.folders or self.feeds):
            raise ValueError("in_bot is true, so folders or feeds must name what to watch")
        return self


class CleanSettings(_Section):
    """The time zone a bare clock time is meant in, by the language of the article; empty leaves it without one."""

    timezone_ru: Zone = ""
    timezone_uk: Zone = "Europe/Kyiv"
    timezone_en: Zone = ""

    def zones(self) -> dict[str, str]:
        """Language to zone, for the languages that have one."""
        pairs = {"ru": self.timezone_ru, "uk": self.timezone_uk, "en": self.timezone_en}
        return {language: zone for language, zone in pairs.items() if zone}


class ChunkSettings(_Section):
    """How long a passage is."""

    min_words: int = Field(default=120, ge=10, le=400)
    max_words: int = Field(default=220, ge=20, le=400)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_words > self.max_words:
            raise ValueError("min_words must not be above max_words")
        return self


class RetrieveSettings(_Section):
    """How passages are searched."""

    candidates: int = Field(default=80, ge=10, le=1000)
    limit: int = Field(default=10, ge=1, le=100)


class RerankSettings(_Section):
    """Which model reads question and passage together, if any, and how many of the best hits it puts in order."""

    model: str = ""
    candidates: int = Field(default=20, ge=2, le=100)


class AnswerSettings(_Section):
    """How an answer is put together."""

    max_sentences: int = Field(default=3, ge=1, le=10)
    min_confidence: float = Field(default=0.28, ge=0.0, le=1.0)


def _model_address(url: str) -> str:
    address = url.strip().rstrip("/")
    if address and not re.fullmatch(r"https?://[^/\s?#@]+(?:/[^\s?#]*)?", address):
        raise ValueError("an address such as http://127.0.0.1:11434/v1, without a name or a key in it")
    return address


class LlmSettings(_Section):
    """Which language model writes answers, if any, where it is reached, and what it may take."""

    enabled: bool = False
    base_url: Annotated[str, AfterValidator(_model_address)] = ""
    model: str = ""
    api_key_env: str = ""
    timeout: int = Field(default=30, ge=1, le=600)
    context: int = Field(default=4096, ge=2048, le=1_000_000)
    reply: int = Field(default=600, ge=100, le=32_000)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.model and not self.base_url:
            raise ValueError("model is named, so base_url must say where it is reached")
        if 2 * self.reply > self.context:
            raise ValueError("reply must leave half of context to the passages")
        return self

    @property
    def writes(self) -> bool:
        """Whether answers are written unless somebody says otherwise."""
        return self.enabled and bool(self.model)


def _server_address(url: str) -> str:
    address = url.rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#]+(?:/[^\s?#]*)?/bot", address):
        raise ValueError("the part of the address before the token, such as https://api.telegram.org/bot")
    return address


def _long_enough(code: str) -> str:
    if code and not re.fullmatch(r"\S{8,}", code):
        raise ValueError("at least 8 characters without spaces, so that nobody guesses it; or empty")
    return code


Ids = Annotated[tuple[int, ...], BeforeValidator(_listed)]


class TelegramSettings(_Section):
    """How the bot is reached, who may ask it, how much, and how long anything may take."""

    base_url: Annotated[str, AfterValidator(_server_address)] = "https://api.telegram.org/bot"
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    allowed_users: Ids = ()
    invitation_code: Annotated[str, AfterValidator(_long_enough)] = ""
    administrators: Ids = ()
    questions_per_user: int = Field(default=0, ge=0, le=1_000_000)
    questions_per_chat: int = Field(default=0, ge=0, le=1_000_000)
    quota_minutes: int = Field(default=60, ge=1, le=10_080)
    queue: int = Field(default=2000, ge=1, le=100_000)
    workers: int = Field(default=0, ge=0, le=64)
    answer_seconds: int = Field(default=60, ge=1, le=600)
    shutdown_seconds: int = Field(default=10, ge=1, le=300)
    metrics_port: int = Field(default=0, ge=0, le=65535)
    log_texts: bool = False


class Config(_Section):
    """All settings."""

    store: StoreSettings = StoreSettings()
    embedder: EmbedderSettings = EmbedderSettings()
    load: LoadSettings = LoadSettings()
    sources: SourcesSettings = SourcesSettings()
    clean: CleanSettings = CleanSettings()
    chunk: ChunkSettings = ChunkSettings()
    retrieve: RetrieveSettings = RetrieveSettings()
    rerank: RerankSettings = RerankSettings()
    answer: AnswerSettings = AnswerSettings()
    llm: LlmSettings = LlmSettings()
    telegram: TelegramSettings = TelegramSettings()
