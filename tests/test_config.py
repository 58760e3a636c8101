"""The settings: defaults, precedence, and what is refused with which words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from index.config import Config, load_config
from index.errors import ConfigError

ROOT = Path(__file__).parent.parent


def _refused(settings: str, tmp_path: Path, environ: dict[str, str] | None = None) -> str:
    file = tmp_path / "settings.toml"
    file.write_text(settings, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file, environ or {})
    return str(caught.value)


def test_shipped_file_states_the_defaults() -> None:
    """Every value in the shipped config.toml is the default, and every setting is explained there."""
    text = (ROOT / "config.toml").read_text("utf-8")
    shipped = load_config(ROOT / "config.toml", {}).model_dump()
    default = Config().model_dump()
    default["store"]["path"] = ROOT / ".citewire"
    assert shipped == default
    for section, model in Config.model_fields.items():
        assert f"[{section}]" in text
        assert all(
            f"{key} = " in text for key in model.default.model_fields_set | set(type(model.default).model_fields)
        )


def test_environment_beats_the_file(tmp_path: Path) -> None:
    """A CITEWIRE_ variable wins over the settings file."""
    file = tmp_path / "settings.toml"
    file.write_text("[retrieve]\nlimit = 5\n", "utf-8")
    assert load_config(file, {}).retrieve.limit == 5
    assert load_config(file, {"CITEWIRE_RETRIEVE_LIMIT": "7"}).retrieve.limit == 7


def test_command_line_beats_the_environment() -> None:
    """The store named on the command line wins over CITEWIRE_STORE."""
    environ = {"CITEWIRE_STORE": "/a"}
    assert load_config(None, environ).store.path == Path("/a")
    assert load_config(None, environ, "/b").store.path == Path("/b")


def test_variable_names_the_settings_file(tmp_path: Path) -> None:
    """CITEWIRE_CONFIG is read where --config is not given."""
    file = tmp_path / "settings.toml"
    file.write_text("[answer]\nmax_sentences = 2\n", "utf-8")
    assert load_config(None, {"CITEWIRE_CONFIG": str(file)}).answer.max_sentences == 2


def test_relative_paths_start_at_the_settings_file(tmp_path: Path) -> None:
    """A store path in a settings file is taken from that file's folder, not from where one stands."""
    file = tmp_path / "settings.toml"
    file.write_text('[store]\npath = "news"\n', "utf-8")
    assert load_config(file, {}).store.path == tmp_path / "news"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("[retrieve]\nlimit = 5000", "[retrieve] limit = 5000: must be a whole number from 1 to 100"),
        ("[answer]\nmin_confidence = 2", "[answer] min_confidence = 2: must be a number from 0.0 to 1.0"),
        ("[retrieve]\nlimt = 5", "[retrieve] limt: unknown key; known here: candidates, limit"),
        ("[retreive]\nlimit = 5", "[retreive]: unknown section"),
        ('[embedder]\nkind = "gpt"', "must be 'e5-small' or 'sentence-transformers'"),
        ('[clean]\ntimezone_uk = "Mars/Base"', "must be an IANA time zone such as Europe/Kyiv, or empty"),
        ("[chunk]\nmin_words = 300", "min_words must not be above max_words"),
        ("store = 5", "[store]"),
        ('[store]\npath = ""', "[store] path = '': must be the path of a folder, not empty"),
        ('[telegram]\ninvitation_code = "linden7"', "must be at least 8 characters without spaces, so that nobody"),
        ('[telegram]\ninvitation_code = "linden 412"', "must be at least 8 characters without spaces"),
        ("[store", "not valid TOML"),
    ],
)
def test_wrong_settings_are_refused(settings: str, expected: str, tmp_path: Path) -> None:
    """Unknown keys and values out of range are refused, naming file, key and what is allowed."""
    told = _refused(settings, tmp_path)
    assert expected in told
    assert "settings.toml" in told


@pytest.mark.parametrize("name", ["CITEWIRE_LIMIT", "CITEWIRE_RETRIEVE", "CITEWIRE_RETRIEVE_LIMT"])
def test_unknown_variable_is_refused(name: str) -> None:
    """A misspelt CITEWIRE_ variable is an error that names it."""
    with pytest.raises(ConfigError, match=name):
        load_config(None, {name: "1"})


def test_wrong_variable_is_named_in_the_error() -> None:
    """A value out of range that came from a variable names the variable."""
    with pytest.raises(ConfigError, match=r"CITEWIRE_RETRIEVE_LIMIT = '0': must be a whole number from 1 to 100"):
        load_config(None, {"CITEWIRE_RETRIEVE_LIMIT": "0"})


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A settings file that is not there is an error with the remedy."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml: no such settings file; name another with --config"):
        load_config(tmp_path / "nowhere.toml", {})


def test_shipped_file_is_valid_toml() -> None:
    """The optional keys that the file shows as comments are valid where somebody takes the # away."""
    text = (ROOT / "config.toml").read_text("utf-8")
    shown = "\n".join(line.removeprefix("# ") if ' = "' in line else line for line in text.splitlines())
    assert tomllib.loads(shown)["embedder"]["query_prefix"] == "query: "


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('model = "m"', "base_url must say where it is reached"),
        ('base_url = "ollama"', "an address such as http"),
        ('base_url = "https://name:key@models.example/v1"', "without a name or a key in it"),
        ("context = 2048\nreply = 1025", "leave half of context"),
        ("timeout = 0", "a whole number from 1 to 600"),
    ],
)
def test_language_model_settings_are_checked(settings: str, words: str, tmp_path: Path) -> None:
    """An address that is none, a key in it, a model without an address, and too little room are refused in words."""
    assert words in _refused(f"[llm]\n{settings}\n", tmp_path)


def test_no_model_writes_nothing() -> None:
    """Written answers stay off until a model is named, whatever is enabled."""
    environ = {"CITEWIRE_LLM_ENABLED": "true", "CITEWIRE_LLM_BASE_URL": "http://127.0.0.1:8080/v1/"}
    assert not load_config(None, environ).llm.writes
    assert load_config(None, {**environ, "CITEWIRE_LLM_MODEL": "m"}).llm.writes
