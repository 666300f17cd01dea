"""Where the model is, what it may cost and how long it may take."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from pactwatch.model.errors import PactwatchError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OMIT = "omit"
"""Value of PACTWATCH_LLM_TEMPERATURE for models that accept neither temperature nor seed."""


class LlmError(PactwatchError):
    """The model could not be asked, or gave no usable answer."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """One model at one address. The key is never shown; prices are per million tokens, in any one currency.

    ``temperature`` and ``seed`` are not sent when ``None``. ``deadline`` bounds one question with all its attempts.
    """

    url: str
    model: str
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    price_in: Decimal | None = None
    price_out: Decimal | None = None
    temperature: float | None = 0.0
    seed: int | None = 1
    max_tokens: int | None = None
    chunk_chars: int = 12_000
    context_chars: int = 1_500
    attempts: int = 4
    timeout: float = 120.0
    deadline: float = 600.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    max_bytes: int = 2_000_000

    def __post_init__(self) -> None:
        if isinstance(self.key, str):  # a plain string would be shown by repr
            object.__setattr__(self, "key", SecretStr(self.key))
        object.__setattr__(self, "url", _checked_url(self.url))
        if not self.model.strip():
            raise LlmError("no model named: set PACTWATCH_LLM_MODEL")
        secret = self.key.get_secret_value()
        if not (secret.isascii() and secret.isprintable() and " " not in secret):
            raise LlmError("PACTWATCH_LLM_KEY holds a space, a line break or a letter that no key has")
        self._check_bounds()

    def _check_bounds(self) -> None:
        for name in ("chunk_chars", "attempts", "timeout", "deadline", "max_bytes"):
            if not getattr(self, name) > 0:
                raise LlmError(f"{name} must be more than 0")
        for name in ("context_chars", "first_wait", "longest_wait", "price_in", "price_out"):
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise LlmError(f"{name} must not be negative")

    @property
    def is_local(self) -> bool:
        """Whether the address is this machine."""
        return urlsplit(self.url).hostname in LOOPBACK


def settings_from_environment(environment: Mapping[str, str] | None = None, **arguments: Any) -> LlmSettings:
    """Settings from ``PACTWATCH_LLM_*``; arguments given win. Raises :class:`LlmError` in plain words."""
    found = os.environ if environment is None else environment

    def told(name: str) -> str:
        return found.get(f"PACTWATCH_LLM_{name}", "").strip()

    values: dict[str, Any] = {
        "url": told("URL"),
        "model": told("MODEL"),
        "key": SecretStr(told("KEY")),
        "price_in": _price("PRICE_IN", told("PRICE_IN")),
        "price_out": _price("PRICE_OUT", told("PRICE_OUT")),
        **_sampling(told("TEMPERATURE")),
    }
    return LlmSettings(**{**values, **arguments})


def _sampling(text: str) -> dict[str, float | None]:
    if not text:
        return {}
    if text == OMIT:
        return {"temperature": None, "seed": None}
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 2:
        raise LlmError(f"PACTWATCH_LLM_TEMPERATURE must be a number from 0 to 2, or {OMIT}")
    return {"temperature": value}


def _price(name: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or price < 0:
        raise LlmError(f"PACTWATCH_LLM_{name} must be a price per million tokens, like 0.15")
    return price


def _checked_url(url: str) -> str:
    if not url.strip():
        raise LlmError("no address: set PACTWATCH_LLM_URL, such as http://127.0.0.1:8000/v1")
    try:
        parts = urlsplit(url.strip())
        is_address = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_address = False
    if not is_address or not url.isprintable():
        raise LlmError("PACTWATCH_LLM_URL must be an address like http://127.0.0.1:8000/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        # addresses are shown in messages and logs, so nothing secret may stand in one
        raise LlmError("PACTWATCH_LLM_URL must hold no user, password or query: the key goes into PACTWATCH_LLM_KEY")
    return url.strip().rstrip("/")
