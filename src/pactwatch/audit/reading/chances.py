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

    def chances(self, features: Sequence[str], among: Collection[str] = ()) -> dict[str, float]:
        """The chance of each name, of those ``among`` alone where any are given; they sum to one."""
        scores = {name: model.score(features) for name, model in self.models.items() if not among or name in among}
        highest = max(scores.values())
        powers = {name: math.exp(score - highest) for name, score in scores.items()}
        total = sum(powers.values())
        return {name: power / total for name, power in powers.items()}

    def choose(self, features: Sequence[str], otherwise: str, among: Collection[str] = ()) -> str:
        """The likeliest name, or ``otherwise`` where even its chance is below the line."""
        return self.take(self.chances(features, among), otherwise)

    def take(self, chances: Mapping[str, float], otherwise: str) -> str:
        """Of names with their chances, what :meth:`choose` takes."""
        best = likeliest(chances)
        return best if chances[best] >= self.line else otherwise


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
