"""Settings: the environment, scopes, refusals, and the page made from the table."""

import threading
from pathlib import Path

import pytest

from ft_core.errors import SettingsError
from ft_core.settings import TABLE, describe, settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for row in TABLE.values():
        monkeypatch.delenv(row.variable, raising=False)


def test_settings_defaults():
    assert {name: getattr(settings, name) for name in TABLE} == {name: row.default for name, row in TABLE.items()}


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("FT_MODE", "hardened", "mode", "hardened"),
        ("FT_PLUGINS", "a, b,,", "plugins", {"a", "b"}),
        ("FT_DISABLE_PLUGINS", "*", "disable_plugins", {"*"}),
        ("FT_DEBUG_KEYS", "1", "debug_keys", True),
        ("FT_NUM_THREADS", "0", "num_threads", 0),
        ("FT_DEBUG_KEYS", "0", "debug_keys", False),
        ("FT_NUM_THREADS", "4", "num_threads", 4),
        ("FT_DUMP_DIR", "/somewhere", "dump_dir", Path("/somewhere")),
        ("FT_MODE", "", "mode", "strict"),
    ],
)
def test_settings_read_the_environment(monkeypatch, variable, text, name, value):
    monkeypatch.setenv(variable, text)
    assert getattr(settings, name) == value


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("FT_MODE", "lenient", 'FT_MODE: "strict" or "hardened"; got \'lenient\''),
        ("FT_DEBUG_KEYS", "yes", "FT_DEBUG_KEYS: 0 or 1; got 'yes'"),
        ("FT_NUM_THREADS", "-1", "FT_NUM_THREADS: an integer, at least 0; got '-1'"),
        ("FT_NUM_THREADS", "many", "FT_NUM_THREADS: an integer, at least 0; got 'many'"),
    ],
)
def test_settings_name_the_allowed_values(monkeypatch, variable, text, message):
    monkeypatch.setenv(variable, text)
    with pytest.raises(SettingsError) as caught:
        getattr(settings, variable.removeprefix("FT_").lower())
    assert str(caught.value) == message


def test_settings_scopes_nest_and_end(monkeypatch):
    monkeypatch.setenv("FT_MODE", "hardened")
    with settings(mode="strict", num_threads=2):
        with settings(num_threads=3, plugins=["b", "a"]):
            assert (settings.mode, settings.num_threads, settings.plugins) == ("strict", 3, {"a", "b"})
        assert settings.num_threads == 2
    assert (settings.mode, settings.num_threads) == ("hardened", 0)
    with pytest.raises(KeyError), settings(debug_keys=True):
        raise KeyError
    assert settings.debug_keys is False


def test_settings_scopes_hold_on_their_thread():
    seen = []
    with settings(debug_keys=True):
        thread = threading.Thread(target=lambda: seen.append(settings.debug_keys))
        thread.start()
        thread.join()
        assert settings.debug_keys is True
    assert seen == [False]


def test_settings_refuse_before_the_scope_begins():
    with pytest.raises(SettingsError, match='"strict" or "hardened"; got 3'):
        settings(mode=3)
    with pytest.raises(SettingsError, match=r"settings: one of mode, plugins, .*; got 'colour'"):
        settings(colour=1)
    with pytest.raises(AttributeError, match="got 'colour'"):
        _ = settings.colour


def test_settings_page_has_a_row_for_each():
    page = describe()
    for row in TABLE.values():
        assert f"| `{row.variable}` | `{row.name}` | {row.allowed} |" in page
        assert row.prose.endswith(".")
    assert set(dir(settings)) == set(TABLE)
