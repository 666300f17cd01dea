"""Logistic regression and conditional logit with an L2 penalty, on features by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.sharing import stand_apart

_MOST_STEPS = 120
_TOLERANCE = 2.2e-9


class Origin(NamedTuple):
    """The document an example comes from, what an example of it counts, and whether it is an article."""

    document: int
    weight: float = 1.0
    is_article: bool = False


@dataclass(slots=True)
class Examples:
    """Features with what the coders decided, and the document each comes from."""

    features: list[Features] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def add(self, features: Features | list[str], answer: float, origin: Origin | None = None) -> None:
        """One more example; without ``origin`` it is a document of its own."""
        self.features.append(features if isinstance(features, Features) else Features(features))
        self.answers.append(answer)
        self.origins.append(Origin(-len(self.features)) if origin is None else origin)

    @property
    def weights(self) -> np.ndarray:
        """What each example counts."""
        return np.array([one.weight for one in self.origins])


class Table:
    """Features as a sparse matrix, to be fitted to several sets of answers.

    A name is left out if it stands in fewer than ``rarest`` documents: what one document alone says, however often it
    says it, is no evidence for the next. Where some rows are of articles, a feature may weigh something else in these:
    models tell both (``sharing.of_kind``).
    """

    def __init__(self, features: Sequence[Features], origins: Sequence[Origin], *, rarest: int = 2) -> None:
        self.names = _common(features, [one.document for one in origins], rarest)
        self.matrix = _matrix(features, {name: place for place, name in enumerate(self.names)})
        of_articles = [one.is_article for one in origins]
        if any(of_articles):
            self.matrix, self.names = stand_apart(self.matrix, self.names, of_articles)

    def fit(self, answers: np.ndarray, weights: np.ndarray, *, penalty: float) -> LinearModel:
        """Logistic regression; ``answers`` between 0 and 1, a row of weight 0 teaches nothing."""
        matrix = self.matrix

        def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
            scores = matrix @ theta[1:] + theta[0]
            likelihood = np.logaddexp(0.0, scores) - answers * scores
            error = weights * (0.5 * (1.0 + np.tanh(0.5 * scores)) - answers)
            gradient = np.concatenate([[error.sum()], matrix.T @ error + penalty * theta[1:]])
            return float((weights * likelihood).sum() + 0.5 * penalty * (theta[1:] ** 2).sum()), gradient

        return self._model(_least(loss, len(self.names) + 1))

    def fit_names(
        self, answers: Sequence[str], weights: np.ndarray, *, penalty: float, tolerance: float = _TOLERANCE
    ) -> dict[str, LinearModel]:
        """Multinomial logistic regression: one model for each name among ``answers``, to be compared by their scores.

        The L2 ``penalty`` bears on the weights and not on the biases; the fit ends where a step betters the loss by
        less than the share ``tolerance``.
        """
        names = sorted(set(answers))
        chosen = np.array([[float(answer == name) for name in names] for answer in answers])
        matrix, shape = self.matrix, (len(self.names) + 1, len(names))

        def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
            table = theta.reshape(shape)
            scores = matrix @ table[1:] + table[0]
            scores -= scores.max(axis=1, keepdims=True)
            totals = np.exp(scores).sum(axis=1, keepdims=True)
            error = weights[:, None] * (np.exp(scores) / totals - chosen)
            gradient = np.vstack([error.sum(axis=0), matrix.T @ error + penalty * table[1:]])
            likelihood = ((scores - np.log(totals)) * chosen).sum(axis=1)
            return float(0.5 * penalty * (table[1:] ** 2).sum() - (weights * likelihood).sum()), gradient.ravel()

        table = _least(loss, shape[0] * shape[1], tolerance).reshape(shape)
        return {name: self._model(table[:, place]) for place, name in enumerate(names)}

    def _model(self, theta: np.ndarray) -> LinearModel:
        return LinearModel(float(theta[0]), dict(zip(self.names, map(float, theta[1:]), strict=True)))

    def scores(self, model: LinearModel) -> np.ndarray:
        """The log-odds of every row."""
        found: np.ndarray = self.matrix @ np.array([model.weights[name] for name in self.names]) + model.bias
        return found


def fit(examples: Examples, *, penalty: float = 1.0, rarest: int = 2) -> LinearModel:
    """Logistic regression with an L2 penalty; features of fewer than ``rarest`` documents are left out."""
    table = Table(examples.features, examples.origins, rarest=rarest)
    return table.fit(np.array(examples.answers), examples.weights, penalty=penalty)


def fit_choices(
    choices: Sequence[tuple[list[Features], int]],
    origins: Sequence[Origin] | None = None,
    *,
    penalty: float = 1.0,
    rarest: int = 3,
) -> LinearModel:
    """Conditional logit: one of each list of alternatives was chosen, in a document of some origin.

    A name is left out if it stands in fewer than ``rarest`` alternatives.
    """
    every = [one for alternatives, _ in choices for one in alternatives]
    origins = [Origin(0)] * len(choices) if origins is None else origins
    of_every = [origin for origin, (alternatives, _) in zip(origins, choices, strict=True) for _ in alternatives]
    table = Table(every, [one._replace(document=place) for place, one in enumerate(of_every)], rarest=rarest)
    matrix = table.matrix
    sizes = np.array([len(alternatives) for alternatives, _ in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    counts = np.array([one.weight for one in origins])
    chosen = np.zeros(len(every))
    chosen[starts + np.array([answer for _, answer in choices])] = counts

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ theta
        highest = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - highest[group])
        totals = np.add.reduceat(shares, starts)
        value = (counts * (np.log(totals) + highest)).sum() - (scores * chosen).sum() + 0.5 * penalty * (theta**2).sum()
        return float(value), matrix.T @ (counts[group] * shares / totals[group] - chosen) + penalty * theta

    theta = _least(loss, len(table.names))
    return LinearModel(0.0, dict(zip(table.names, map(float, theta), strict=True)))


def _least(
    loss: Callable[[np.ndarray], tuple[float, np.ndarray]], size: int, tolerance: float = _TOLERANCE
) -> np.ndarray:
    found = optimize.minimize(
        loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS, "ftol": tolerance}
    )
    theta: np.ndarray = found.x
    return theta


def _common(features: Sequence[Features], documents: Sequence[int], rarest: int) -> list[str]:
    """The names that stand in enough documents, in order, and all names of numbers."""
    seen: dict[str, set[int]] = {}
    numbers: set[str] = set()
    for one, document in zip(features, documents, strict=True):
        for name in one.names:
            told = seen.setdefault(name, set())
            if len(told) < rarest:
                told.add(document)
        numbers.update(one.numbers)
    return sorted({name for name, told in seen.items() if len(told) >= rarest} | numbers)


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
