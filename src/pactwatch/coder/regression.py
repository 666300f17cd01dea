"""Logistic regression and conditional logit with an L2 penalty, on features by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import optimize, sparse

from pactwatch.coder.linear import Features, LinearModel


@dataclass(slots=True)
class Examples:
    """Features with what the coders decided."""

    features: list[Features] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, features: Features | list[str], answer: float, weight: float = 1.0) -> None:
        """One more example."""
        self.features.append(features if isinstance(features, Features) else Features(features))
        self.answers.append(answer)
        self.weights.append(weight)


def _matrix(features: Sequence[Features], index: dict[str, int]) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for row, one in enumerate(features):
        for name in set(one.names):
            if name in index:
                rows.append(row)
                columns.append(index[name])
                values.append(1.0)
        for name, value in one.numbers.items():
            rows.append(row)
            columns.append(index[name])
            values.append(value)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(features), len(index)))


def _index(features: Sequence[Features], rarest: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in features:
        for name in one.names:
            counts[name] = counts.get(name, 0) + 1
        for name in one.numbers:
            counts[name] = rarest
    return {name: place for place, name in enumerate(sorted(name for name, count in counts.items() if count >= rarest))}


def fit(examples: Examples, *, penalty: float = 1.0, rarest: int = 2) -> LinearModel:
    """Logistic regression with an L2 penalty; features seen fewer than ``rarest`` times are left out."""
    index = _index(examples.features, rarest)
    matrix = _matrix(examples.features, index)
    answers, weights = np.array(examples.answers), np.array(examples.weights)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ theta[1:] + theta[0]
        likelihood = np.logaddexp(0.0, scores) - answers * scores
        error = weights * (0.5 * (1.0 + np.tanh(0.5 * scores)) - answers)
        gradient = np.concatenate([[error.sum()], matrix.T @ error + penalty * theta[1:]])
        return float((weights * likelihood).sum() + 0.5 * penalty * (theta[1:] ** 2).sum()), gradient

    found = optimize.minimize(loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return LinearModel(float(found.x[0]), dict(zip(index, map(float, found.x[1:]), strict=True)))


def fit_choices(choices: Sequence[tuple[list[Features], int]], *, penalty: float = 1.0, rarest: int = 3) -> LinearModel:
    """Conditional logit: one of each list of alternatives was chosen."""
    every = [one for alternatives, _ in choices for one in alternatives]
    index = _index(every, rarest)
    matrix = _matrix(every, index)
    sizes = np.array([len(alternatives) for alternatives, _ in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    chosen = np.zeros(len(every))
    chosen[starts + np.array([answer for _, answer in choices])] = 1.0

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ theta
        highest = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - highest[group])
        totals = np.add.reduceat(shares, starts)
        value = (np.log(totals) + highest).sum() - (scores * chosen).sum() + 0.5 * penalty * (theta**2).sum()
        return float(value), matrix.T @ (shares / totals[group] - chosen) + penalty * theta

    found = optimize.minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return LinearModel(0.0, dict(zip(index, map(float, found.x), strict=True)))
