"""Which of several values a parameter has, picked by fitted weights: a conditional logit over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.coder.linear import LinearModel

RULE = "rule"
"""The feature of the value that the rules propose."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a parameter may have, and what speaks for or against it."""

    value: Any
    features: tuple[str, ...]


def make_options(told: Mapping[Any, Iterable[str]], shared: Sequence[str]) -> list[Option]:
    """An option for each value: its own features, each alone and beside every one of ``shared``, which all have."""
    options = []
    for value, features in told.items():
        own = list(dict.fromkeys(features))
        options.append(Option(value, (*own, *(f"{one}&{other}" for one in own for other in shared))))
    return options


def name_options(values: Iterable[str], told: Mapping[str, Iterable[str]], words: Iterable[str]) -> list[Option]:
    """An option for each of some names, each once, for which words of the sentence may speak."""
    words = list(words)
    every = dict.fromkeys(values)
    return [Option(value, (*told.get(value, ()), value, *(f"{value}|{word}" for word in words))) for value in every]


def pick(model: LinearModel | None, options: Sequence[Option], line: float = 0.0, besides: Sequence[float] = ()) -> Any:
    """The likeliest value; ``None`` where there is none or its chance is below ``line``.

    ``besides`` is added to the options' scores. Without a model it is what the rules propose.
    """
    if model is None or not options:
        return next((one.value for one in options if RULE in one.features), None)
    scores = [model.score(one.features) for one in options]
    if besides:
        scores = [score + other for score, other in zip(scores, besides, strict=True)]
    highest = max(scores)
    chance = 1.0 / sum(math.exp(score - highest) for score in scores)
    return options[scores.index(highest)].value if chance >= line else None
