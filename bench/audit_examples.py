"""The examples of the audit's words, and single sentences, with their labels: what it learns from beside articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pactwatch.audit.reading.lexicon import list_examples, list_lines

EXAMPLES_PUBLISHED = date(2025, 6, 3)
"""The day by which examples are read."""
_LISTS = frozenset({"types", "partners", "months", "instruments", "against"})
_NUMBERS = frozenset({"since", "until", "months"})


def read_examples() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The examples of words and the plain sentences: text, title, and the label of the last sentence."""
    for _, line in list_lines():
        yield line["example"], line.get("title", ""), parse_reading(line["read"])
    for one in list_examples():
        yield one["text"], "", parse_reading(one["read"])


def read_sentences(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Single sentences with their labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        told, text = line.split("\t")
        named, _, kind = told.partition(" ")
        yield text, {"class": named, "kind": kind or None}


def parse_reading(told: str) -> dict[str, Any]:
    """The label that an example's one line of reading stands for."""
    read = told.split()
    kind = read[2] if len(read) > 2 and "=" not in read[2] else None
    params: dict[str, Any] = dict(word.split("=") for word in read if "=" in word)
    params |= {name: params[name].split(",") for name in _LISTS & params.keys()}
    params |= {name: _as_numbers(params[name]) for name in _NUMBERS & params.keys()}
    params |= {"hadr": True} if "hadr" in params else {}
    return {"class": read[0], "stance": read[1], "kind": kind, "params": params}


def _as_numbers(told: str | list[str]) -> int | list[int]:
    return int(told) if isinstance(told, str) else [int(one) for one in told]
