"""Which of several values a parameter has, picked by fitted weights: a conditional logit over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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


def with_words(options: Iterable[Option], words: Sequence[str]) -> list[Option]:
    """The same options of sets; words of the sentence may speak for each that holds one value, or none."""
    told = []
    for one in options:
        name = "nothing" if not one.value else one.value[0] if len(one.value) == 1 else ""
        told.append(Option(one.value, (*one.features, *(f"{name}|{word}" for word in words))) if name else one)
    return told


def name_options(values: Iterable[str], told: Mapping[str, Iterable[str]], words: Iterable[str]) -> list[Option]:
    """An option for each of some names, each once, for which words of the sentence may speak."""
    words = list(words)
    every = dict.fromkeys(values)
    return [Option(value, (*told.get(value, ()), value, *(f"{value}|{word}" for word in words))) for value in every]


def flag_options(*, is_told: bool, shared: Sequence[str], words: Iterable[str]) -> list[Option]:
    """Whether something holds or not: what the rules propose (``is_told``), and words that speak for it."""
    words = [*shared, *words]
    holds = Option(True, ("holds", *([RULE] if is_told else []), *(f"holds|{word}" for word in words)))
    return [holds, Option(False, ())]


class Picked(NamedTuple):
    """A value that was picked (``None`` where none is likely enough), and the others that come near, each with its
    chance."""

    value: Any
    near: tuple[tuple[Any, float], ...] = ()


NEAR = 0.1
"""The chance from which on a value that was not picked comes near."""


def pick(
    model: LinearModel | None, options: Sequence[Option], line: float = 0.0, besides: Sequence[float] = ()
) -> Picked:
    """The likeliest value; none where there is none or its chance is below ``line``.

    ``besides`` is added to the options' scores. Without a model it is what the rules propose.
    """
    if model is None or not options:
        return Picked(next((one.value for one in options if RULE in one.features), None))
    chances = weigh_options(model, options, besides)
    best = max(range(len(chances)), key=lambda place: (chances[place][1], -place))
    near = tuple(one for place, one in enumerate(chances) if place != best and one[1] >= NEAR)
    return Picked(options[best].value if chances[best][1] >= line else None, near)


def weigh_options(
    model: LinearModel, options: Sequence[Option], besides: Sequence[float] = ()
) -> list[tuple[Any, float]]:
    """Every value with its chance among them; ``besides`` is added to their scores."""
    scores = [model.score(one.features) for one in options]
    if besides:
        scores = [score + other for score, other in zip(scores, besides, strict=True)]
    highest = max(scores)
    total = sum(math.exp(score - highest) for score in scores)
    return [(one.value, math.exp(score - highest) / total) for one, score in zip(options, scores, strict=True)]
