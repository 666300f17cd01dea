"""Reports and articles share weights, and articles have some that stand apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.regression import Examples, Origin, fit, fit_choices
from pactwatch.coder.sharing import all_of_kind, of_kind, stand_apart

REPORT, ARTICLE = Origin(1), Origin(2, is_article=True)


def fitted(rows: list[tuple[str, float, bool]], penalty: float = 1.0) -> LinearModel:
    examples = Examples()
    for place, (name, answer, is_article) in enumerate(rows):
        examples.add([name], answer, Origin(place, 1.0, is_article))
    return fit(examples, penalty=penalty)


def test_what_the_two_kinds_agree_in_is_shared_and_what_they_do_not_stands_apart() -> None:
    both = [("sign", 1.0, is_article) for is_article in (False, True)] * 20
    apart = [("visit", float(not is_article), is_article) for is_article in (False, True)] * 20
    rest = [("rain", 0.0, is_article) for is_article in (False, True)] * 20
    model = fitted([*both, *apart, *rest])
    reports, articles = (of_kind(model, is_article=is_article) for is_article in (False, True))
    assert reports.score(["sign"]) > 1 < articles.score(["sign"])
    assert reports.score(["visit"]) > 1
    assert articles.score(["visit"]) < -1
    apart_by = {name: abs(articles.weights[name] - reports.weights[name]) for name in ("sign", "visit")}
    assert apart_by["sign"] < apart_by["visit"]


def test_reports_learn_from_articles_what_they_have_not_met() -> None:
    model = fitted(
        [("sign", 1.0, False), ("rain", 0.0, False)] * 5 + [("hand over", 1.0, True), ("rain", 0.0, True)] * 5
    )
    assert of_kind(model, is_article=False).score(["hand over"]) > 0


def test_without_articles_both_kinds_are_the_same() -> None:
    model = fitted([("sign", 1.0, False), ("rain", 0.0, False)] * 5)
    assert of_kind(model, is_article=True) == of_kind(model, is_article=False) == model


def test_every_model_is_taken_for_its_kind() -> None:
    model = LinearModel(-1.0, {"sign": 2.0, "sign @articles": -0.5, "rain": 0.1, " @articles": 0.25})
    assert all_of_kind({"keep": model}, is_article=False) == {"keep": LinearModel(-1.0, {"sign": 2.0, "rain": 0.1})}
    assert all_of_kind({"keep": model}, is_article=True) == {"keep": LinearModel(-0.75, {"sign": 1.5, "rain": 0.1})}


def test_only_features_of_articles_have_a_second_column() -> None:
    matrix = sparse.csr_matrix(np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]]))
    wider, names = stand_apart(matrix, ["a", "b", "size"], [False, True])
    assert names == ["a", "b", "size", "b @articles", "size @articles", " @articles"]
    assert wider.toarray().tolist() == [[1, 0, 2, 0, 0, 0], [0, 1, 3, 1, 3, 1]]


@pytest.mark.parametrize(("is_article", "is_better"), [(False, True), (True, False)])
def test_choices_may_stand_apart_too(is_article: bool, is_better: bool) -> None:
    alternatives = [Features(["here"]), Features(["named before"])]
    choices = [(alternatives, 0), (alternatives, 1)] * 10
    model = of_kind(fit_choices(choices, [REPORT, ARTICLE] * 10), is_article=is_article)
    assert (model.score(["here"]) > model.score(["named before"])) is is_better
