"""Which of several names fits best, by fitted weights: the chance of each is its share of the exponentiated scores."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pactwatch.coder.linear import LinearModel, make_models

WEIGHTS_FILE = "weights.json"
PICKS = "pick/"


@dataclass(frozen=True, slots=True)
class Chooser:
    """A multinomial logistic model; a name whose chance is below ``line`` is not taken."""

    models: Mapping[str, LinearModel]
    line: float = 0.0

    def chances(self, features: Sequence[str], numbers: Mapping[str, float] | None = None) -> dict[str, float]:
        """The chance of each name by features that are there and by ``numbers``; they sum to one."""
        scores = {name: model.score(features, numbers) for name, model in self.models.items()}
        highest = max(scores.values())
        return _shares({name: math.exp(score - highest) for name, score in scores.items()})

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


def _shares(amounts: Mapping[str, float]) -> dict[str, float]:
    total = sum(amounts.values())
    return {name: amount / total for name, amount in amounts.items()}


def likeliest(chances: Mapping[str, float]) -> str:
    """The name with the best chance; of equal ones always the same."""
    return max(chances, key=lambda name: (chances[name], name))


def read_weights(path: Path) -> tuple[dict[str, Chooser], dict[str, LinearModel]]:
    """The choosers, and the models that pick a parameter's value, by their names, from a file of weights.

    A model ``NAME/ONE`` weighs for ``ONE`` in the chooser ``NAME``; one that picks is called ``pick/NAME``.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    models = make_models(content)
    choosers = {name: Chooser(_within(models, f"{name}/"), line) for name, line in content["lines"].items()}
    return choosers, _within(models, PICKS)


def _within(models: Mapping[str, LinearModel], beginning: str) -> dict[str, LinearModel]:
    """The models whose names begin so, by what follows."""
    return {name.removeprefix(beginning): model for name, model in models.items() if name.startswith(beginning)}
