"""Choosing by fitted weights: chances, lines, and what the shipped weights hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.audit.reading import SentenceClass
from pactwatch.audit.reading.chances import Chooser, chances_among, read_weights, write_weights
from pactwatch.audit.reading.frame import JUDGED, LAW
from pactwatch.audit.reading.picking import RULE, make_options, name_options, pick
from pactwatch.coder.linear import LinearModel
from tests.audit.reading_tools import read_last, tools

MODELS = {
    "up": LinearModel(0.0, {"rises": 2.0, "speed": 0.5}),
    "down": LinearModel(0.0, {"falls": 2.0}),
    "flat": LinearModel(1.0, {}),
}


def test_chances_sum_to_one() -> None:
    chances = Chooser.from_models(MODELS).chances(["rises", "unheard"])
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["up"] / chances["flat"] == pytest.approx(2.718281828)


def test_numbers_weigh_as_much_as_they_are() -> None:
    chances = Chooser.from_models(MODELS).chances((), {"speed": 4.0, "unheard": 9.0})
    assert chances["up"] / chances["flat"] == pytest.approx(2.718281828)


def test_only_those_asked_for_count() -> None:
    assert chances_among({"up": 0.6, "down": 0.2, "flat": 0.2}, ("up", "down")) == pytest.approx(
        {"up": 0.75, "down": 0.25}
    )
    assert chances_among({"up": 0.0, "down": 0.0, "flat": 1.0}, ("up", "down")) == {"up": 0.5, "down": 0.5}


@pytest.mark.parametrize(("line", "wanted"), [(0.0, "up"), (0.6, "up"), (0.7, "none")])
def test_a_name_below_the_line_is_not_taken(line: float, wanted: str) -> None:
    assert Chooser.from_models(MODELS, line).choose(["rises"], "none") == wanted


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    choosers = {"way": Chooser.from_models(MODELS, 0.3)}
    write_weights(tmp_path / "weights.json", choosers, {"part": LinearModel(0.5, {'a "b"': 1.0})}, {"what": "a test"})
    read, pickers = read_weights(tmp_path / "weights.json")
    assert read["way"].chances(["falls"], {"speed": 1.0}) == choosers["way"].chances(["falls"], {"speed": 1.0})
    assert (read["way"].line, pickers["part"]) == (0.3, LinearModel(0.5, {'a "b"': 1.0}))


def test_the_shipped_weights_know_every_class_and_kind() -> None:
    choosers, pickers = tools()[1].choosers, tools()[1].pickers
    assert choosers.keys() == {"class", "kind", "direction", "class-again", "kind-again"}
    of_records = {"types", "feature", "topic", "earlier", "later", "since", "until", "months", "instruments", "hadr"}
    assert pickers.keys() == {"focus", "partners", "actor", "against", *of_records}
    for look in ("", "-again"):
        assert set(choosers[f"class{look}"].names) == set(SentenceClass)
        assert set(choosers[f"kind{look}"].names) == JUDGED.keys() - {LAW}
    assert all(0 < chooser.line < 1 for chooser in choosers.values())


@pytest.mark.parametrize("text", ["Zzyzx qwerty.", "Blue over the tall.", "Hm, well, there."])
def test_what_says_nothing_gets_no_test(text: str) -> None:
    assert read_last(text).kind in ("", "none")


def test_a_value_is_picked_by_what_speaks_for_it_and_only_where_it_is_likely() -> None:
    model = LinearModel(0.0, {"named": 1.0, "named&trend": 1.0, "title": 0.5})
    options = make_options({"PHL": ["title"], "VNM": ["named"], "IDN": [RULE]}, ["trend"])
    assert pick(model, options).value == "VNM"
    assert pick(model, options, line=0.95).value is None
    assert pick(None, options) == ("IDN", ())
    assert pick(None, options[:2]).value is None


def test_words_of_a_sentence_speak_for_a_name() -> None:
    options = name_options(["vessel", "radar", "vessel"], {"radar": ["told"]}, ["word:boats"])
    assert [one.value for one in options] == ["vessel", "radar"]
    assert pick(LinearModel(0.0, {"vessel|word:boats": 2.0, "told": 1.0}), options).value == "vessel"
