"""Settings of the language-model coder are checked, and tell no secrets."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pytest

from pactwatch.coder.llm import LlmError, LlmSettings, open_llm_coder, settings_from_environment

KEY = "sk-a-key-nobody-may-see"


def test_without_httpx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(LlmError, match=r"pactwatch\[llm\]"):
        open_llm_coder(LlmSettings("http://127.0.0.1:1/v1", "m"))


def test_settings_come_from_the_environment_and_arguments_win() -> None:
    told = {
        "PACTWATCH_LLM_URL": "http://127.0.0.1:8000/v1/",
        "PACTWATCH_LLM_MODEL": "m",
        "PACTWATCH_LLM_KEY": KEY,
        "PACTWATCH_LLM_PRICE_IN": "0.15",
        "PACTWATCH_LLM_TEMPERATURE": "omit",
    }
    settings = settings_from_environment(told, model="n")
    assert (settings.url, settings.model, settings.price_in) == ("http://127.0.0.1:8000/v1", "n", Decimal("0.15"))
    assert (settings.temperature, settings.seed, settings.price_out) == (None, None, None)
    assert KEY not in repr(settings) and settings.key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"URL": ""}, "PACTWATCH_LLM_URL"),
        ({"URL": "ftp://h/v1"}, "PACTWATCH_LLM_URL"),
        ({"URL": "http://h:port/v1"}, "PACTWATCH_LLM_URL"),
        ({"URL": "http://me:secret-word@h/v1"}, "PACTWATCH_LLM_KEY"),
        ({"URL": "http://h/v1?key=secret-word"}, "PACTWATCH_LLM_KEY"),
        ({"MODEL": " "}, "PACTWATCH_LLM_MODEL"),
        ({"KEY": "secret-word\nx"}, "PACTWATCH_LLM_KEY"),
        ({"KEY": "secret-wörd"}, "PACTWATCH_LLM_KEY"),
        ({"PRICE_IN": "cheap"}, "PRICE_IN"),
        ({"PRICE_OUT": "-1"}, "PRICE_OUT"),
        ({"TEMPERATURE": "hot"}, "TEMPERATURE"),
    ],
)
def test_bad_settings_are_told_without_secrets(change: dict[str, str], words: str) -> None:
    told = {"URL": "http://127.0.0.1:8000/v1", "MODEL": "m", **change}
    with pytest.raises(LlmError, match=words) as caught:
        settings_from_environment({f"PACTWATCH_LLM_{name}": value for name, value in told.items()})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("bad", [{"attempts": 0}, {"chunk_chars": 0}, {"timeout": -1.0}, {"price_in": Decimal(-1)}])
def test_bounds_of_settings_are_checked(bad: dict[str, Any]) -> None:
    with pytest.raises(LlmError, match=next(iter(bad))):
        LlmSettings("http://127.0.0.1:8000/v1", "m", **bad)
