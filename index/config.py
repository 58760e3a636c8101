"""The settings of config.toml: typed, bounded, unknown keys refused.

Order of precedence, weakest first: the defaults below, the settings file, ``CITEWIRE_*`` variables, the command line.
A variable is named after its section and key (``CITEWIRE_RETRIEVE_LIMIT``); ``CITEWIRE_STORE`` is short for the store's
path and ``CITEWIRE_CONFIG`` names the settings file.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

PREFIX = "CITEWIRE_"


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


Zone = Annotated[str, AfterValidator(_existing_zone)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreSettings(_Section):
    """Where the index lives."""

    path: Annotated[Path, BeforeValidator(_some_path)] = Path(".citewire")


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

    candidates: int = Field(default=50, ge=10, le=1000)
    limit: int = Field(default=10, ge=1, le=100)


class RerankSettings(_Section):
    """Which model reads question and passage together, if any, and how many of the best hits it puts in order."""

    model: str = ""
    candidates: int = Field(default=20, ge=2, le=100)


class AnswerSettings(_Section):
    """How an answer is put together."""

    max_sentences: int = Field(default=3, ge=1, le=10)
    min_confidence: float = Field(default=0.28, ge=0.0, le=1.0)


def _listed(value: object) -> object:
    """A variable or a key may give a list as words with commas between."""
    return [each for each in value.replace(",", " ").split() if each] if isinstance(value, str) else value


def _server_address(url: str) -> str:
    address = url.rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#]+(?:/[^\s?#]*)?/bot", address):
        raise ValueError("the part of the address before the token, such as https://api.telegram.org/bot")
    return address


Ids = Annotated[tuple[int, ...], BeforeValidator(_listed)]


class TelegramSettings(_Section):
    """How the bot is reached, who may ask it, how much, and how long anything may take."""

    base_url: Annotated[str, AfterValidator(_server_address)] = "https://api.telegram.org/bot"
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    allowed_users: Ids = ()
    invitation_code: str = ""
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
    clean: CleanSettings = CleanSettings()
    chunk: ChunkSettings = ChunkSettings()
    retrieve: RetrieveSettings = RetrieveSettings()
    rerank: RerankSettings = RerankSettings()
    answer: AnswerSettings = AnswerSettings()
    telegram: TelegramSettings = TelegramSettings()


def load_config(path: Path | None, environ: Mapping[str, str], store: str | None = None) -> Config:
    """The settings in force.

    Args:
        path: The settings file; None takes the one ``CITEWIRE_CONFIG`` names, else ``config.toml`` in the working
            folder if there is one.
        environ: The environment's variables.
        store: The store's path from the command line; wins over everything.

    Raises:
        ConfigError: A file or a value is wrong; the text names the key and what is allowed.
    """
    file = path or _named_file(environ)
    if file is None and Path("config.toml").is_file():
        file = Path("config.toml")
    values, origins = ({}, {}) if file is None else _read(file)
    for name, section, key, value in _overrides(environ):
        _section(values, section)[key] = value
        origins[section, key] = name
    if store is not None:
        _section(values, "store")["path"] = store
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError(_explain(error.errors()[0], origins, file)) from None


def _named_file(environ: Mapping[str, str]) -> Path | None:
    name = environ.get(PREFIX + "CONFIG")
    return Path(name) if name else None


def _section(values: dict[str, Any], section: str) -> dict[str, Any]:
    """The section's table, made where missing; a section that is no table is left for validation to refuse."""
    found = values.setdefault(section, {})
    return found if isinstance(found, dict) else {}


def _read(file: Path) -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
    """The file's values, its relative paths taken from the file's own folder."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such settings file; name another with --config") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None
    for section, key in (("store", "path"), ("embedder", "cache"), ("embedder", "weights")):
        table = values.get(section)
        if isinstance(table, dict) and isinstance(table.get(key), str) and table[key].strip():
            table[key] = str(file.parent / Path(table[key]).expanduser())
    return values, {}


def _overrides(environ: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Each ``CITEWIRE_*`` variable with the section and key it sets."""
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name == PREFIX + "CONFIG":
            continue
        words = name.removeprefix(PREFIX).lower()
        section, _, key = ("store", "", "path") if words == "store" else words.partition("_")
        if section not in Config.model_fields or not key:
            raise ConfigError(f"{name}: unknown variable; the names are {PREFIX}<SECTION>_<KEY>, as in config.toml")
        yield name, section, key, environ[name]


def _explain(error: ErrorDetails, origins: Mapping[tuple[str, str], str], file: Path | None) -> str:
    """One line naming the key, its value and what is allowed there."""
    section, key = ([str(part) for part in error["loc"]] + [""])[:2]
    place = origins.get((section, key)) or f"{file or 'settings'}: [{section}] {key}".rstrip()
    model = _model_of(section)
    if error["type"] == "extra_forbidden":
        known = Config.model_fields if model is None else model.model_fields
        return f"{place}: unknown {'section' if model is None else 'key'}; known here: {', '.join(known)}"
    if model is None or key not in model.model_fields:
        return f"{place}: {error['msg'].removeprefix('Value error, ')}"
    return f"{place} = {error['input']!r}: must be {_allowed(model.model_fields[key], error)}"


def _model_of(section: str) -> type[BaseModel] | None:
    field = Config.model_fields.get(section)
    annotation = field.annotation if field else None
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _allowed(field: FieldInfo, error: ErrorDetails) -> str:
    """What a value may be: the range of a number, the choices of a word, else the validator's own words."""
    bounds = {name: getattr(mark, name) for mark in field.metadata for name in ("ge", "le") if hasattr(mark, name)}
    if len(bounds) == 2:  # noqa: PLR2004 - a lower and an upper bound
        kind = "a whole number" if field.annotation is int else "a number"
        return f"{kind} from {bounds['ge']} to {bounds['le']}"
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return message[0].lower() + message[1:]
