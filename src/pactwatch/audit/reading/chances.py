"""Which of several names fits best, by fitted weights: the chance of each is its share of the exponentiated scores."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch.coder.linear import LinearModel, make_models

WEIGHTS_FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Chooser:
    """A multinomial logistic model; a name whose chance is below ``line`` is not taken.

    ``rows`` hold what each feature weighs for each of the ``names``, in their order.
    """

    names: tuple[str, ...]
    biases: tuple[float, ...]
    rows: Mapping[str, Sequence[float]]
    line: float = 0.0

    @classmethod
    def from_models(cls, models: Mapping[str, LinearModel], line: float = 0.0) -> Chooser:
        """A chooser among models, each by the name it weighs for."""
        features = dict.fromkeys(feature for model in models.values() for feature in model.weights)
        rows = {name: tuple(model.weights.get(name, 0.0) for model in models.values()) for name in features}
        return cls(tuple(models), tuple(model.bias for model in models.values()), rows, line)

    def chances(self, features: Iterable[str], numbers: Mapping[str, float] | None = None) -> dict[str, float]:
        """The chance of each name by features that are there and by ``numbers``; they sum to one."""
        get = self.rows.get
        weighed = [self.biases, *(row for name in features if (row := get(name)) is not None)]
        for name, value in (numbers or {}).items():
            if (row := get(name)) is not None:
                weighed.append(tuple(weight * value for weight in row))
        return shares_of(dict(zip(self.names, (sum(column) for column in zip(*weighed, strict=True)), strict=True)))

    def choose(self, features: Sequence[str], otherwise: str) -> str:
        """The likeliest name, or ``otherwise`` where even its chance is below the line."""
        return self.take(self.chances(features), otherwise)

    def take(self, chances: Mapping[str, float], otherwise: str) -> str:
        """Of names with their chances, what :meth:`choose` takes."""
        best = likeliest(chances)
        return best if chances[best] >= self.line else otherwise


def chances_among(chances: Mapping[str, float], among: Collection[str]) -> dict[str, float]:
    """The chances of some of the names, if it is one of them; all alike where none has any."""
    left = {name: chance for name, chance in chances.items() if name in among}
    return _shares(left if any(left.values()) else dict.fromkeys(left, 1.0))


def shares_of(scores: Mapping[str, float]) -> dict[str, float]:
    """The chance of each name by its score: its share of the exponentiated scores."""
    highest = max(scores.values())
    return _shares({name: math.exp(score - highest) for name, score in scores.items()})


def _shares(amounts: Mapping[str, float]) -> dict[str, float]:
    total = sum(amounts.values())
    return {name: amount / total for name, amount in amounts.items()}


def likeliest(chances: Mapping[str, float]) -> str:
    """The name with the best chance; of equal ones always the same."""
    return max(chances, key=lambda name: (chances[name], name))


def read_weights(path: Path) -> tuple[dict[str, Chooser], dict[str, LinearModel]]:
    """The choosers, and the models that pick a parameter's value, by their names, from a file of weights."""
    content = json.loads(path.read_text(encoding="utf-8"))
    choosers = {
        name: Chooser(tuple(one["names"]), tuple(one["biases"]), one["weights"], one["line"])
        for name, one in content["choosers"].items()
    }
    return choosers, make_models({"models": content["pickers"]})


def write_weights(
    path: Path, choosers: Mapping[str, Chooser], pickers: Mapping[str, LinearModel], told: Mapping[str, object]
) -> None:
    """Write both with ``told``, what a reader should know of them; a line for each feature."""
    content: dict[str, Any] = {
        **told,
        "choosers": {name: _told_chooser(one) for name, one in sorted(choosers.items())},
        "pickers": {
            name: {"bias": model.bias, "weights": dict(sorted(model.weights.items()))}
            for name, model in sorted(pickers.items())
        },
    }
    path.write_text(_in_lines(content) + "\n", encoding="utf-8")


def _told_chooser(one: Chooser) -> dict[str, Any]:
    return {"line": one.line, "names": one.names, "biases": one.biases, "weights": dict(sorted(one.rows.items()))}


def _in_lines(value: object) -> str:
    """JSON with every entry of a table on a line of its own, and lists within their line."""
    if not isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    entries = [f"{json.dumps(key, ensure_ascii=False)}:{_in_lines(one)}" for key, one in value.items()]
    return "{\n" + ",\n".join(entries) + "\n}"
