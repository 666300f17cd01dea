"""A claim written as an entry of ``claims.toml``: it can be pasted there and edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from json import dumps
from typing import Any

from pactwatch.claims.question import Claim


def write_entry(claim: Claim) -> str:
    """The entry; reading it back gives the same claim."""
    head: dict[str, Any] = {name: getattr(claim, name) for name in ("id", "text", "said_by", "reading", "kind")}
    if claim.denies:
        head["denies"] = True
    if claim.caveats:
        head["caveats"] = list(claim.caveats)
    lines = ["[[claim]]", *_write_values(head)]
    if claim.parameters:
        lines += _write_table("claim.parameters", claim.parameters)
    for other in claim.otherwise:
        lines += ["[[claim.otherwise]]", f"words = {_write(other.words)}", f"parameters = {_write(other.parameters)}"]
    return "\n".join(lines) + "\n"


def _write_table(name: str, values: Mapping[str, Any]) -> list[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    lines = [f"[{name}]", *_write_values(plain)]
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += _write_table(f"{name}.{key}", value)
    return lines


def _write_values(values: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_write(value)}" for key, value in values.items()]


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_write(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_write(one) for one in value) + "]"
    return str(value)


def _quote(text: str) -> str:
    """A basic string: TOML escapes what JSON escapes, and DEL besides; unpaired surrogates have no place in it."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
