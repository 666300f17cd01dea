"""Linear models kept as readable data: a weight for each feature, a logistic curve over their sum."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SMALLEST = 0.02
"""Weights nearer to nothing are not written."""
_MOST_SUMS = 60_000
"""Sums of parts that a model remembers; from there on it starts anew, so that memory stays flat over a stream."""

Part = tuple[Any, ...]
"""Features that always go together: a function that makes their names, and what it makes them from."""


@dataclass(slots=True)
class Features:
    """What a model looks at: features that are there, by name or in parts, and features that are numbers.

    Parts are for speed: a model sums the weights of a part once and knows it again by what it is made from, without
    making its names.
    """

    plain: list[str] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of all features that are there."""
        names = list(self.plain)
        for part in self.parts:
            names += names_of(part)
        return names


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
        found = self[part] = sum([get(name, 0.0) for name in names_of(part)])
        return found


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; unknown features weigh nothing."""

    bias: float
    weights: Mapping[str, float]
    sums: Mapping[Part, float] = field(init=False, repr=False, compare=False)
    """What the features of each part weigh together."""

    def __post_init__(self) -> None:
        """Start without any sums."""
        object.__setattr__(self, "sums", _Sums(self.weights))

    def score(self, names: Iterable[str], numbers: Mapping[str, float] | None = None) -> float:
        """The log-odds."""
        get = self.weights.get
        score = self.bias + sum([get(name, 0.0) for name in names])
        if numbers:
            score += sum([get(name, 0.0) * value for name, value in numbers.items()])
        return score

    def score_of(self, features: Features) -> float:
        """The log-odds of features."""
        score = self.bias + sum(map(self.sums.__getitem__, features.parts))
        get = self.weights.get
        if features.plain:
            score += sum([get(name, 0.0) for name in features.plain])
        for name, value in features.numbers.items():
            score += get(name, 0.0) * value
        return score


def logistic(score: float) -> float:
    """``1 / (1 + exp(-score))`` without overflow."""
    return 1.0 / (1.0 + math.exp(-score)) if score > -700 else 0.0


def read_models(path: Path) -> dict[str, LinearModel]:
    """Models by name from a file of weights."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {name: LinearModel(model["bias"], model["weights"]) for name, model in content["models"].items()}


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
