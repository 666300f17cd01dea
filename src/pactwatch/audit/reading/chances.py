"""Which of several names fits best, by fitted weights: the chance of each is its share of the exponentiated scores."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pactwatch.coder.linear import LinearModel, read_models

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
        chances = self.chances(features, among)
        best = max(chances, key=lambda name: (chances[name], name))
        return best if chances[best] >= self.line else otherwise


def read_choosers(path: Path) -> dict[str, Chooser]:
    """The choosers by name from a file of weights: a model ``NAME/ONE`` weighs for ``ONE`` in chooser ``NAME``."""
    lines: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["lines"]
    models = read_models(path)
    return {
        name: Chooser({key.split("/")[1]: model for key, model in models.items() if key.startswith(f"{name}/")}, line)
        for name, line in lines.items()
    }


def read_pickers(path: Path) -> dict[str, LinearModel]:
    """The models that pick a parameter's value, by its name: those called ``pick/NAME`` in a file of weights."""
    models = read_models(path)
    return {name.split("/")[1]: model for name, model in models.items() if name.startswith(PICKS)}
