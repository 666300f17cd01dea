"""What it means that two mentions of the same event agree in a field. One entry per field of the codebook."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pactwatch.model.dates import DateError, FuzzyDate, parse_date
from pactwatch.model.mentions import Mention

Pair = tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its value as it is compared, and whether a mention tells it at all."""

    name: str
    value: Callable[[Mention], Any]
    is_told: Callable[[Mention], bool]

    def agrees(self, one: Mention, other: Mention) -> bool:
        """Whether two mentions have the same value, or both none."""
        return bool(self.value(one) == self.value(other))


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a field agrees over pairs; ``told`` counts the pairs where either side has a value."""

    pairs: int
    agreed: int
    told: int
    told_agreed: int

    @property
    def accuracy(self) -> float | None:
        """Share of pairs that agree, no value on both sides included."""
        return self.agreed / self.pairs if self.pairs else None

    @property
    def told_accuracy(self) -> float | None:
        """Share of the pairs with a value on either side that agree."""
        return self.told_agreed / self.told if self.told else None


def fold(text: str | None) -> str:
    """A name as it is compared: without case, accents' encoding, outer punctuation and runs of space."""
    words = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text or ""))
    return words.strip().casefold()


@lru_cache(4096)
def _read_date(text: str | None) -> FuzzyDate | str | None:
    try:
        return parse_date(text) if text is not None else None
    except DateError:
        return text


def is_same_date(one: Mention, other: Mention) -> bool:
    """Whether two mentions tell the same date, whichever notation a quarter has."""
    return _read_date(one.date) == _read_date(other.date)


def _quantities(mention: Mention) -> Counter[tuple[str, int]]:
    return Counter((item.category, item.quantity or 1) for item in mention.items)  # "a" = 1 is optional (ruling 8)


def _plain(name: str) -> Field:
    return Field(name, lambda mention: getattr(mention, name), lambda mention: getattr(mention, name) is not None)


def _folded(name: str) -> Field:
    return Field(name, lambda mention: fold(getattr(mention, name)), lambda mention: bool(getattr(mention, name)))


def _of_items(name: str, value: Callable[[Mention], Any]) -> Field:
    return Field(name, value, lambda mention: bool(mention.items))


FIELDS = (
    _plain("supplier"),
    _plain("recipient"),
    _plain("instrument"),
    _folded("name"),
    _of_items("items.category", lambda mention: Counter(item.category for item in mention.items)),
    _of_items("items.name", lambda mention: Counter(fold(item.name) for item in mention.items)),
    _of_items("items.quantity", _quantities),
    _plain("money"),
    Field("date", lambda mention: _read_date(mention.date), lambda mention: mention.date is not None),
    Field("precision", lambda mention: mention.precision, lambda mention: mention.date is not None),
    _plain("level"),
    Field("hadr", lambda mention: mention.hadr, lambda mention: mention.hadr),
    _folded("speaker"),
)
"""The fields that are compared once a pair stands; type, stage, parties and modality decided the pair."""


KEY_FIELDS = tuple(_plain(name) for name in ("type", "stage", "parties", "modality"))
"""The fields that decide whether two mentions are a pair."""


def score_fields(pairs: Iterable[Pair]) -> dict[str, FieldScore]:
    """Agreement by field over pairs of mentions."""
    listed = list(pairs)
    return {field.name: _score(field, listed) for field in FIELDS}


def differing_fields(one: Mention, other: Mention) -> tuple[str, ...]:
    """The names of the fields two mentions do not agree in, those that decide a pair first."""
    return tuple(field.name for field in KEY_FIELDS + FIELDS if not field.agrees(one, other))


def _score(field: Field, pairs: list[Pair]) -> FieldScore:
    agreed = [field.agrees(one, other) for one, other in pairs]
    told = [field.is_told(one) or field.is_told(other) for one, other in pairs]
    both = sum(same and there for same, there in zip(agreed, told, strict=True))
    return FieldScore(len(pairs), sum(agreed), sum(told), both)
