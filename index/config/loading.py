"""The settings in force, from the file, the environment and the command line; what is wrong, in words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from index.config.sections import Config
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

PREFIX = "CITEWIRE_"
_SECRET = ("invitation_code", "chroma_token_env", "chroma_url")
"""Keys whose values are not repeated in errors: what is refused may be a secret in the wrong place."""


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
    _place_folders(values.get("sources"), file.parent)
    return values, {}


def _place_folders(sources: object, parent: Path) -> None:
    folders = sources.get("folders") if isinstance(sources, dict) else None
    if isinstance(folders, list) and isinstance(sources, dict):
        sources["folders"] = [
            str(parent / Path(each).expanduser()) if isinstance(each, str) else each for each in folders
        ]


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
    # An address may hold a password.
    value = "..." if key in _SECRET else re.sub(r"(?<=//)[^/?#\s]*@", "...@", repr(error["input"]))
    return f"{place} = {value}: must be {_allowed(model.model_fields[key], error)}"


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
