"""Linear models: scores, chances and their file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder import linear
from pactwatch.coder.linear import SMALLEST, Alternatives, Features, LinearModel, logistic, read_models, write_models

MODEL = LinearModel(0.5, {"a": 1.0, "b": -2.0, "size": 0.25})


@pytest.mark.parametrize(
    ("names", "numbers", "score"),
    [
        ([], None, 0.5),
        (["a"], None, 1.5),
        (["a", "b"], {}, -0.5),
        (["a", "a"], None, 2.5),
        (["unknown"], {"unheard": 9.0}, 0.5),
        (["b"], {"size": 4.0, "a": -1.0}, -1.5),
    ],
)
def test_scores_add_up(names: list[str], numbers: dict[str, float] | None, score: float) -> None:
    assert MODEL.score(names, numbers) == pytest.approx(score)


def _sized(size: int, kind: str) -> list[str]:
    return [f"size={size}", f"size={size}+{kind}", kind]


@given(
    st.dictionaries(st.sampled_from(["size=1", "size=2", "size=1+a", "size=2+b", "a", "b", "odds"]), st.floats(-5, 5)),
    st.lists(st.tuples(st.integers(1, 2), st.sampled_from("ab")), max_size=6),
)
def test_parts_weigh_what_their_names_weigh(weights: dict[str, float], looks: list[tuple[int, str]]) -> None:
    model = LinearModel(0.25, weights)
    features = Features(["a"], {"odds": 2.0}, [(_sized, *look) for look in looks])
    expected = model.score(features.names, features.numbers)
    assert model.score_of(features) == pytest.approx(expected, abs=1e-9)
    assert model.score_of(features) == pytest.approx(expected, abs=1e-9), "what is remembered weighs the same"


WORDS = st.lists(st.sampled_from(["navy", "of", "+", "<s>", "-"]), max_size=4)
CROSSED = st.sampled_from(["", "past", "True+pact/signed"])
LOOKS = st.lists(st.tuples(st.sampled_from(["before", "word"]), WORDS, CROSSED), max_size=6)
NAMES = [
    name
    for look in ("before", "word")
    for word in ("navy", "of", "+", "<s>", "-")
    for name in (f"{look}={word}", f"{look}={word}+past", f"{look}={word}+True+pact/signed")
]


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-5, 5)), LOOKS)
def test_words_weigh_what_their_names_weigh(weights: dict[str, float], looks: list[tuple[str, list[str], str]]) -> None:
    model, features = LinearModel(0.25, weights), Features(words=list(looks))
    assert model.score_of(features) == pytest.approx(model.score(features.names), abs=1e-9)


@given(
    st.lists(st.dictionaries(st.sampled_from([*NAMES, "a", "size=1"]), st.floats(-5, 5)), min_size=4, max_size=4), LOOKS
)
def test_alternatives_weigh_what_each_model_weighs(
    weights: list[dict[str, float]], looks: list[tuple[str, list[str], str]]
) -> None:
    models = [LinearModel(float(place), one) for place, one in enumerate(weights)]
    features = Features(["a", "b"], {}, [(_sized, 1, "a")], list(looks))
    together, expected = Alternatives(models), [one.score(features.names) for one in models]
    assert together.scores_of(features) == pytest.approx(expected, abs=1e-9)
    assert together.scores_of(features) == pytest.approx(expected, abs=1e-9), "what is remembered weighs the same"


def test_a_model_remembers_no_more_than_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "_MOST_SUMS", 3)
    model = LinearModel(0.0, {f"size={size}": float(size) for size in range(10)})
    for size in [*range(10), *range(10)]:
        assert model.score_of(Features(parts=[(_sized, size, "a")])) == size
        assert len(model.sums) <= 3


@pytest.mark.parametrize(("score", "chance"), [(0.0, 0.5), (2.0, 0.880797), (-2.0, 0.119203), (1e9, 1.0), (-1e9, 0.0)])
def test_chances(score: float, chance: float) -> None:
    assert logistic(score) == pytest.approx(chance, abs=1e-6)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_a_higher_score_is_never_a_lower_chance(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= logistic(low) <= logistic(high) <= 1.0


def test_models_come_back_from_their_file_without_what_weighs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    models = {
        "keep": LinearModel(0.123456, {"prior=Türkiye": 1.23456, "tiny": SMALLEST - 1e-4, "edge": -SMALLEST}),
        "empty": LinearModel(0.0, {}),
    }
    write_models(path, models, {"fitted_on": "nothing"})
    assert read_models(path) == {
        "keep": LinearModel(0.1235, {"prior=Türkiye": 1.23, "edge": -SMALLEST}),
        "empty": LinearModel(0.0, {}),
    }
    assert json.loads(path.read_text(encoding="utf-8"))["fitted_on"] == "nothing"


def test_the_same_models_make_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    write_models(one, {"a": MODEL, "b": MODEL}, {})
    write_models(
        other,
        {"b": MODEL, "a": LinearModel(0.5, {name: MODEL.weights[name] for name in reversed(list(MODEL.weights))})},
        {},
    )
    assert one.read_bytes() == other.read_bytes()
