"""Choosing by fitted weights: chances, lines, and what the shipped weights hold."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading import SentenceClass
from pactwatch.audit.reading.chances import Chooser
from pactwatch.audit.reading.frame import JUDGED, LAW
from pactwatch.audit.reading.picking import RULE, make_options, name_options, pick
from pactwatch.coder.linear import LinearModel
from tests.audit.reading_tools import read_last, tools

MODELS = {
    "up": LinearModel(0.0, {"rises": 2.0}),
    "down": LinearModel(0.0, {"falls": 2.0}),
    "flat": LinearModel(1.0, {}),
}


def test_chances_sum_to_one_and_only_those_asked_for_count() -> None:
    chances = Chooser(MODELS).chances(["rises", "unheard"])
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["up"] / chances["flat"] == pytest.approx(2.718281828)
    assert set(Chooser(MODELS).chances([], ("up", "down"))) == {"up", "down"}


@pytest.mark.parametrize(("line", "wanted"), [(0.0, "up"), (0.6, "up"), (0.7, "none")])
def test_a_name_below_the_line_is_not_taken(line: float, wanted: str) -> None:
    assert Chooser(MODELS, line).choose(["rises"], "none") == wanted


def test_the_shipped_weights_know_every_class_and_kind() -> None:
    choosers = tools()[1].choosers
    assert choosers["class"].models.keys() == set(SentenceClass)
    assert choosers["kind"].models.keys() == JUDGED.keys() - {LAW}
    assert all(0 < chooser.line < 1 for chooser in choosers.values())


@pytest.mark.parametrize("text", ["Zzyzx qwerty.", "Blue over the tall.", "Hm, well, there."])
def test_what_says_nothing_gets_no_test(text: str) -> None:
    assert read_last(text).kind in ("", "none")


def test_a_value_is_picked_by_what_speaks_for_it_and_only_where_it_is_likely() -> None:
    model = LinearModel(0.0, {"named": 1.0, "named&trend": 1.0, "title": 0.5})
    options = make_options({"PHL": ["title"], "VNM": ["named"], "IDN": [RULE]}, ["trend"])
    assert pick(model, options) == "VNM"
    assert pick(model, options, line=0.95) is None
    assert pick(None, options) == "IDN"
    assert pick(None, options[:2]) is None


def test_words_of_a_sentence_speak_for_a_name() -> None:
    options = name_options(["vessel", "radar", "vessel"], {"radar": ["told"]}, ["word:boats"])
    assert [one.value for one in options] == ["vessel", "radar"]
    assert pick(LinearModel(0.0, {"vessel|word:boats": 2.0, "told": 1.0}), options) == "vessel"
