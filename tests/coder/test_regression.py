"""Fits find the weights that made the answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pactwatch.coder.linear import Features, LinearModel, logistic, read_models, write_models
from pactwatch.coder.regression import Examples, Origin, Table, fit, fit_choices


def examples_of(rows: Sequence[tuple[list[str], float]]) -> Examples:
    examples = Examples()
    for names, answer in rows:
        examples.add(names, answer)
    return examples


SEPARABLE = [(["good", "common"], 1.0), (["bad", "common"], 0.0), (["good"], 1.0), (["bad"], 0.0)] * 10


@pytest.mark.parametrize(("names", "is_likely"), [(["good"], True), (["good", "common"], True), (["bad"], False)])
def test_a_separable_truth_is_found(names: list[str], is_likely: bool) -> None:
    assert (fit(examples_of(SEPARABLE)).score(names) > 0.5) is is_likely


def test_what_tells_nothing_weighs_next_to_nothing() -> None:
    model = fit(examples_of(SEPARABLE))
    assert abs(model.weights["common"]) < 0.05
    assert model.weights["good"] > 1.0
    assert model.weights["good"] == pytest.approx(-model.weights["bad"], abs=1e-3)


def test_the_chances_that_made_the_answers_come_back() -> None:
    chance = random.Random(5)
    truth = LinearModel(-1.0, {"a": 2.0, "b": -1.0, "size": 0.5})
    examples = Examples()
    for _ in range(4_000):
        names = [name for name in ("a", "b") if chance.random() < 0.5]
        numbers = {"size": chance.uniform(-2, 2)}
        examples.add(Features(names, numbers), float(chance.random() < logistic(truth.score(names, numbers))))
    found = fit(examples, penalty=0.1)
    assert found.bias == pytest.approx(truth.bias, abs=0.25)
    assert dict(found.weights) == pytest.approx(truth.weights, abs=0.25)


def test_a_bias_alone_is_the_share_of_yes() -> None:
    model = fit(examples_of([([], answer) for answer in (1.0, 1.0, 1.0, 0.0)]))
    assert logistic(model.bias) == pytest.approx(0.75, abs=1e-3)
    assert model.weights == {}


def test_what_one_document_says_often_is_still_rare() -> None:
    examples = Examples()
    for document, names in ((1, ["often", "here"]), (1, ["often", "here"]), (2, ["often"])):
        examples.add(names, 1.0, Origin(document))
    assert set(fit(examples, rarest=2).weights) == {"often"}


def test_rows_of_no_weight_teach_nothing() -> None:
    examples = examples_of(SEPARABLE)
    table = Table(examples.features, examples.origins)
    answers, weights = np.array(examples.answers), np.ones(len(SEPARABLE))
    weights[20:] = 0.0
    some = table.fit(answers, weights, penalty=1.0)
    half = fit(examples_of(SEPARABLE[:20]))
    assert some.weights == pytest.approx(half.weights, abs=1e-3)
    assert table.scores(some)[0] == pytest.approx(some.score(SEPARABLE[0][0]), abs=1e-9)


def test_rare_features_are_left_out_and_numbers_never() -> None:
    examples = examples_of([(["often", "once"], 1.0), (["often"], 0.0)])
    examples.add(Features([], {"size": 1.0}), 1.0)
    assert set(fit(examples, rarest=2).weights) == {"often", "size"}


def test_a_heavier_penalty_makes_smaller_weights() -> None:
    light, heavy = (fit(examples_of(SEPARABLE), penalty=penalty).weights["good"] for penalty in (0.1, 10.0))
    assert 0 < heavy < light


def test_a_feature_named_twice_counts_once() -> None:
    once = fit(examples_of([(["a"], 1.0), (["b"], 0.0)] * 5))
    twice = fit(examples_of([(["a", "a"], 1.0), (["b"], 0.0)] * 5))
    assert dict(twice.weights) == pytest.approx(dict(once.weights))


def choice(right: str, *wrong: str) -> tuple[list[Features], int]:
    """Alternatives in order of the alphabet, whichever is right."""
    names = sorted([right, *wrong])
    return [Features([name, "common"]) for name in names], names.index(right)


def test_choices_rank_as_they_were_made() -> None:
    model = fit_choices([choice("best", "good", "bad"), choice("good", "bad"), choice("best", "bad")] * 10)
    assert model.score(["best"]) > model.score(["good"]) > model.score(["bad"])
    assert model.bias == 0.0


def test_a_heavier_penalty_makes_choices_less_sure() -> None:
    choices = [choice("best", "bad")] * 10
    light, heavy = (fit_choices(choices, penalty=penalty).weights["best"] for penalty in (0.1, 10.0))
    assert 0 < heavy < light


def test_a_choice_counts_with_its_weight() -> None:
    one, other = choice("best", "bad"), choice("bad", "best")
    uneven = fit_choices([one, other] * 10, [Origin(0), Origin(0, 0.5)] * 10)
    repeated = fit_choices([one, one, other] * 10, [Origin(0, 0.5)] * 30)
    assert uneven.weights["best"] > 0.1
    assert uneven.weights["best"] == pytest.approx(repeated.weights["best"], abs=1e-4)


def test_what_all_alternatives_share_weighs_nothing() -> None:
    assert abs(fit_choices([choice("best", "bad")] * 10).weights["common"]) < 1e-3


def test_the_shares_that_made_the_choices_come_back() -> None:
    chance = random.Random(7)
    truth = {"a": 1.5, "b": 0.0, "size": -1.0}
    choices = []
    for _ in range(4_000):
        alternatives = [Features([name], {"size": chance.uniform(0, 2)}) for name in ("a", "b")]
        first, second = (truth[one.names[0]] + truth["size"] * one.numbers["size"] for one in alternatives)
        choices.append((alternatives, int(chance.random() >= logistic(first - second))))
    found = fit_choices(choices, penalty=0.1).weights
    assert found["a"] - found["b"] == pytest.approx(1.5, abs=0.25)
    assert found["size"] == pytest.approx(-1.0, abs=0.25)


def test_a_fit_comes_back_from_its_file(tmp_path: Path) -> None:
    fitted = fit(examples_of(SEPARABLE))
    write_models(tmp_path / "weights.json", {"keep": fitted}, {"what": "a trial"})
    read = read_models(tmp_path / "weights.json")["keep"]
    for names in (["good"], ["bad", "common"], ["unheard"]):
        assert read.score(names) == pytest.approx(fitted.score(names), abs=0.02)


def test_the_same_examples_give_the_same_weights() -> None:
    assert fit(examples_of(SEPARABLE)) == fit(examples_of(SEPARABLE))


def test_a_multinomial_fit_tells_names_apart_and_gives_the_shares_without_features() -> None:
    features = [Features(["a"])] * 30 + [Features(["b"])] * 30 + [Features([])] * 40
    answers = ["one"] * 30 + ["two"] * 30 + ["three"] * 30 + ["one"] * 10
    table = Table(features, [Origin(place) for place in range(100)])
    fitted = table.fit_names(answers, np.ones(100), penalty=0.1)
    best = [max(fitted, key=lambda name: fitted[name].score(names)) for names in (["a"], ["b"], [])]
    assert best == ["one", "two", "three"]
    flat = Table([Features([])] * 100, [Origin(place) for place in range(100)]).fit_names(
        answers, np.ones(100), penalty=0.1
    )
    powers = {name: np.exp(model.bias) for name, model in flat.items()}
    shares = {name: power / sum(powers.values()) for name, power in powers.items()}
    assert shares == pytest.approx({"one": 0.4, "two": 0.3, "three": 0.3}, abs=1e-3)
