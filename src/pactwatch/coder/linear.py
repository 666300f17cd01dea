"""Linear models kept as readable data: a weight for each feature, a logistic curve over their sum."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

SMALLEST = 0.05
"""Weights nearer to nothing are not written: no F1 that could be told from chance is lost by leaving them out."""
_MOST_SUMS = 60_000
"""Sums of parts that a model remembers; from there on it starts anew, so that memory stays flat over a stream."""

Part = tuple[Any, ...]
"""Features that always go together: a function that makes their names, and what it makes them from."""
Words = tuple[str, Sequence[str], str]
"""A feature for each of some words: what its name begins with, the words, what they are crossed with (or nothing)."""


@dataclass(slots=True)
class Features:
    """What a model looks at: features that are there, by name, in parts or by words, and features that are numbers.

    Parts and words are for speed: no names are made to weigh them. A model sums the weights of a part once and knows
    it again by what it is made from; the weights of words, which seldom come again, it keeps in tables by word.
    """

    plain: list[str] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of all features that are there."""
        names = list(self.plain)
        for part in self.parts:
            names += names_of(part)
        for lead, words, crossed in self.words:
            names += [f"{lead}={word}+{crossed}" if crossed else f"{lead}={word}" for word in words]
        return names

    def __add__(self, other: Features) -> Features:
        """The features of both."""
        return Features(
            self.plain + other.plain,
            self.numbers | other.numbers,
            self.parts + other.parts,
            self.words + other.words,
        )


def names_of(part: Part) -> list[str]:
    """The names of the features of a part."""
    make: Callable[..., list[str]] = part[0]
    return make(*part[1:])


class _Sums(dict[Part, float]):
    """What the features of each part weigh together, worked out when first asked for."""

    __slots__ = ("_weights",)

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> float:
        if len(self) >= _MOST_SUMS:
            self.clear()
        get = self._weights.get
        found = self[part] = sum(filter(None, map(get, names_of(part))))
        return found


class _Rows(dict[Part, tuple[float, ...]]):
    """What a part weighs with each of some outcomes, which are told last, worked out when first asked for."""

    __slots__ = ("_weights",)

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> tuple[float, ...]:
        if len(self) >= _MOST_SUMS:
            self.clear()
        get = self._weights.get
        make, *values, outcomes = part
        found = tuple([sum(filter(None, map(get, make(*values, *outcome)))) for outcome in outcomes])
        self[part] = found
        return found


class _Tables(dict[tuple[str, str], dict[str, float]]):
    """The weights of words by what their names begin with and what they are crossed with, sorted when first asked for.

    A name is cut at its first ``+``, unless that is the word itself.
    """

    __slots__ = ("_sorted", "_weights")

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights
        self._sorted: set[str] = set()

    def __missing__(self, key: tuple[str, str]) -> dict[str, float]:
        lead = key[0]
        if lead not in self._sorted:
            self._sorted.add(lead)
            self._sort(f"{lead}=")
        return self.get(key, _NO_WORDS)

    def _sort(self, start: str) -> None:
        for name, weight in self._weights.items():
            if name.startswith(start):
                end = name.find("+", len(start) + 1)
                word, crossed = (name[len(start) :], "") if end < 0 else (name[len(start) : end], name[end + 1 :])
                self.setdefault((start[:-1], crossed), {})[word] = weight


_NO_WORDS: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; unknown features weigh nothing."""

    bias: float
    weights: Mapping[str, float]
    sums: Mapping[Part, float] = field(init=False, repr=False, compare=False)
    """What the features of each part weigh together."""
    rows: Mapping[Part, tuple[float, ...]] = field(init=False, repr=False, compare=False)
    """What the features of each part weigh together with each outcome of a site."""
    tables: Mapping[tuple[str, str], Mapping[str, float]] = field(init=False, repr=False, compare=False)
    """What each word weighs, by what its name begins with and what it is crossed with."""

    def __post_init__(self) -> None:
        """Start without any sums."""
        object.__setattr__(self, "sums", _Sums(self.weights))
        object.__setattr__(self, "rows", _Rows(self.weights))
        object.__setattr__(self, "tables", _Tables(self.weights))

    def score(self, names: Iterable[str], numbers: Mapping[str, float] | None = None) -> float:
        """The log-odds."""
        get = self.weights.get
        score = self.bias + sum(filter(None, map(get, names)))
        return score + self.weigh_numbers(numbers) if numbers else score

    def score_of(self, features: Features) -> float:
        """The log-odds of features."""
        score = self.bias + sum(map(self.sums.__getitem__, features.parts))
        get = self.weights.get
        if features.plain:
            score += sum(filter(None, map(get, features.plain)))
        for lead, words, crossed in features.words:
            score += sum(filter(None, map(self.tables[lead, crossed].get, words)))
        return score + self.weigh_numbers(features.numbers) if features.numbers else score

    def weigh_parts(self, parts: Iterable[Part]) -> float:
        """What parts weigh together, without the bias."""
        return sum(map(self.sums.__getitem__, parts))

    def weigh_numbers(self, numbers: Mapping[str, float]) -> float:
        """What numbers weigh together, without the bias."""
        get = self.weights.get
        return sum([get(name, 0.0) * value for name, value in numbers.items()])

    def weigh_words(self, words: Words) -> float:
        """What words weigh together, without the bias."""
        return sum(filter(None, map(self.tables[words[0], words[2]].get, words[1])))


class Alternatives:
    """Models that look at the same features, one for each of some answers: a feature is looked up once for all."""

    def __init__(self, models: Sequence[LinearModel]) -> None:
        self._biases = tuple(model.bias for model in models)
        self._models = models
        self._nothing = (0.0,) * len(models)
        self._sums: dict[Part, tuple[float, ...]] = {}
        self._tables: dict[tuple[str, str], dict[str, tuple[float, ...]]] = {}
        self._weights = _beside_each_other([model.weights for model in models])

    def scores_of(self, features: Features) -> list[float]:
        """The log-odds of features by each of the models."""
        get = self._weights.get
        rows = [self._biases]
        rows += [self._sums.get(part) or self._sum(part) for part in features.parts]
        rows += filter(None, map(get, features.plain))
        for lead, words, crossed in features.words:
            table = self._table(lead, crossed)
            rows += filter(None, map(table.get, words))
        for name, value in features.numbers.items():
            rows.append(tuple(weight * value for weight in get(name, self._nothing)))
        return [sum(column) for column in zip(*rows, strict=True)]

    def _sum(self, part: Part) -> tuple[float, ...]:
        if len(self._sums) >= _MOST_SUMS:
            self._sums.clear()
        names = names_of(part)
        found = tuple(sum([model.weights.get(name, 0.0) for name in names]) for model in self._models)
        self._sums[part] = found
        return found

    def _table(self, lead: str, crossed: str) -> dict[str, tuple[float, ...]]:
        found = self._tables.get((lead, crossed))
        if found is None:
            tables = [model.tables[lead, crossed] for model in self._models]
            found = _beside_each_other(tables)
            if found:
                self._tables[lead, crossed] = found
        return found


def _beside_each_other(tables: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, ...]]:
    """For every key of any table what each of them says of it."""
    return {key: tuple(table.get(key, 0.0) for table in tables) for key in dict.fromkeys(chain(*tables))}


def logistic(score: float) -> float:
    """``1 / (1 + exp(-score))`` without overflow."""
    return 1.0 / (1.0 + math.exp(-score)) if score > -700 else 0.0


def read_models(path: Path) -> dict[str, LinearModel]:
    """Models by name from a file of weights."""
    return make_models(json.loads(path.read_text(encoding="utf-8")))


def make_models(content: Mapping[str, Any]) -> dict[str, LinearModel]:
    """Models by name from what a file of weights holds."""
    return {name: LinearModel(model["bias"], _shared(model["weights"])) for name, model in content["models"].items()}


def _shared(weights: Mapping[str, float]) -> dict[str, float]:
    """The same weights with one object for each value: a few hundred values stay in a processor's cache."""
    same: dict[float, float] = {}
    return {name: same.setdefault(value, value) for name, value in weights.items()}


def write_models(path: Path, models: Mapping[str, LinearModel], told: Mapping[str, object]) -> None:
    """Write models with ``told``, what a reader should know of them; small weights are left out."""
    content = {
        **told,
        "models": {
            name: {
                "bias": round(model.bias, 4),
                "weights": {
                    key: round(weight, 2) for key, weight in sorted(model.weights.items()) if abs(weight) >= SMALLEST
                },
            }
            for name, model in sorted(models.items())
        },
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
