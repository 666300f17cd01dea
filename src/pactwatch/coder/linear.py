"""Linear models kept as readable data: a weight for each feature, a logistic curve over their sum."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SMALLEST = 0.02
"""Weights nearer to nothing are not written."""


@dataclass(slots=True)
class Features:
    """What a model looks at: features that are there, and features that are numbers."""

    names: list[str] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; unknown features weigh nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, names: Iterable[str], numbers: Mapping[str, float] | None = None) -> float:
        """The log-odds."""
        get = self.weights.get
        score = self.bias + sum([get(name, 0.0) for name in names])
        if numbers:
            score += sum([get(name, 0.0) * value for name, value in numbers.items()])
        return score

    def score_of(self, features: Features) -> float:
        """The log-odds of features that are there and features that are numbers."""
        return self.score(features.names, features.numbers)


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
