"""What short reports and articles share, and where the weights of articles stand apart.

The same words tell an event more or less often in the one than in the other, but mostly they tell the same. So each
feature weighs something in every text, and something beside that in articles alone; both are penalised, so that what
stands apart is only what the articles insist on (Daumé III, "Frustratingly easy domain adaptation", ACL 2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from pactwatch.coder.linear import LinearModel

_APART = " @articles"
"""How the name ends of what a feature weighs in articles beside what it weighs in every text."""


def stand_apart(
    matrix: sparse.csr_matrix, names: Sequence[str], of_articles: Sequence[bool]
) -> tuple[sparse.csr_matrix, list[str]]:
    """Features as a matrix, with a second column for each that stands in articles, and one for being an article."""
    rows = np.array(of_articles, dtype=float)
    beside = sparse.diags(rows) @ matrix
    used = np.flatnonzero(np.diff(beside.tocsc().indptr)).tolist()
    wider = sparse.hstack([matrix, beside.tocsc()[:, used], sparse.csr_matrix(rows[:, None])]).tocsr()
    return wider, [*names, *(f"{names[place]}{_APART}" for place in used), _APART]


def of_kind(model: LinearModel, *, is_article: bool) -> LinearModel:
    """The model for reports, or for articles, of one fitted to both."""
    shared = {name: weight for name, weight in model.weights.items() if not name.endswith(_APART)}
    if not is_article:
        return LinearModel(model.bias, shared)
    apart = {name.removesuffix(_APART): model.weights[name] for name in model.weights.keys() - shared.keys()}
    bias = model.bias + apart.pop("", 0.0)
    return LinearModel(bias, {name: weight + apart.get(name, 0.0) for name, weight in shared.items()})


def by_kind(model: LinearModel) -> dict[bool, LinearModel]:
    """The models for reports (``False``) and for articles (``True``) of one fitted to both."""
    return {is_article: of_kind(model, is_article=is_article) for is_article in (False, True)}


def all_of_kind(models: Mapping[str, LinearModel], *, is_article: bool) -> dict[str, LinearModel]:
    """The models for reports, or for articles, of some fitted to both."""
    return {name: of_kind(model, is_article=is_article) for name, model in models.items()}
