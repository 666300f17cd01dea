"""The network's chances weighed beside those of the fitted weights."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.reading import Stance
from pactwatch.audit.reading.looks import Look, Spot, weigh_in
from pactwatch.audit.reading.picking import Option, pick
from pactwatch.audit.reading.reader import _weigh_stance
from pactwatch.audit.reading.senses import Sense
from pactwatch.audit.reading.sensing import Weighing, lay_out, weigh_article
from pactwatch.coder.linear import LinearModel
from pactwatch.encoder import reading
from tests.audit.reading_tools import read, tools

SHARES = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3).map(lambda told: [one / sum(told) for one in told])
NAMES = ("claim", "event", "other")
UNASKED = {"since", "until", "months", "instruments", "hadr", "against"}
"""What only the fitted weights pick."""


def make_weighing(mix: tuple[float, float], shares: list[float]) -> Weighing:
    told = dict(zip(NAMES, map(math.log, shares), strict=True))
    sense = Sense({"class": told, "kind": told}, {})
    return Weighing(sense, {"class": mix, "kind": mix})


@given(SHARES, SHARES, st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_joined_chances_sum_to_one(own: list[float], other: list[float], one: float, two: float) -> None:
    joined = make_weighing((one, two), other).join("class", dict(zip(NAMES, own, strict=True)))
    assert sum(joined.values()) == pytest.approx(1.0)


@given(SHARES, SHARES)
def test_what_counts_nothing_changes_nothing(own: list[float], other: list[float]) -> None:
    chances = dict(zip(NAMES, own, strict=True))
    assert make_weighing((1.0, 0.0), other).join("class", chances) == pytest.approx(chances)
    told = dict(zip(NAMES, other, strict=True))
    assert make_weighing((0.0, 1.0), other).join("class", chances) == pytest.approx(told)


def test_a_certain_class_stays_certain() -> None:
    look = Look({"claim": 0.0, "event": 0.0, "other": 1.0}, dict.fromkeys(NAMES, 1 / 3))
    weighing = make_weighing((1.0, 1.0), [0.9, 0.05, 0.05])
    (certain,) = weigh_in([look], [Spot(certain="other")], [weighing])
    (left_alone,) = weigh_in([look], [Spot()], [None])
    assert certain.classes == {"claim": 0.0, "event": 0.0, "other": 1.0}
    assert left_alone is look


def test_partners_are_weighed_as_a_set_without_the_focus() -> None:
    members = {"JPN": (-0.01, -4.0), "PHL": (-0.1, -2.3), "VNM": (-3.0, -0.05)}
    sense = Sense({}, {"special": {"partners": (-5.0, -0.01)}}, {}, {"partners": members})
    weighing = Weighing(sense, {"partners": (1.0, 2.0)})
    named, both, others = weighing.scores("partners", [("PHL",), ("PHL", "VNM"), ("IDN",)], "JPN")
    assert named == pytest.approx(2 * (-0.1 - 0.05 - 0.01))
    assert both == pytest.approx(2 * (-0.1 - 3.0 - 0.01))
    assert others == pytest.approx(2 * (-2.3 - 0.05 - 0.01 - 1.0)), "who is not in reach is less likely"


def test_the_likeliest_set_is_offered_and_the_one_without_its_least_certain_value() -> None:
    sense = Sense({}, {"types": {"training": (-0.1, -2.4), "transfer": (-0.6, -0.8), "exercise": (-3.0, -0.05)}})
    sets = Weighing(sense, {}).likely_sets("types")
    assert sets == [("training", "transfer"), ("training",)]


def test_an_article_is_laid_out_with_who_is_named_where() -> None:
    seen, _ = read("Tokyo and Hanoi signed a pact.\n\nCakes are baked for an hour.", title="“Japan” and Manila")
    title, lines = lay_out(seen)
    assert [(title.text[start:end], codes) for start, end, codes in title.named] == [
        ("Japan", ("JPN",)),
        ("Manila", ("PHL",)),
    ]
    first = [(lines[0].text[start:end], codes) for start, end, codes in lines[0].named]
    assert first == [("Tokyo", ("JPN",)), ("Hanoi", ("VNM",))]
    assert [line.is_read for line in lines] == [True, False]


def test_beyond_what_the_network_reads_the_weights_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PIECES", 12)
    seen, readings = read("Cakes are baked.\n\nTokyo and Hanoi signed a pact.")
    assert [told is None for told in weigh_article(seen, tools()[1].encoder, {})] == [True, False]
    assert len(readings) == 2


@pytest.mark.parametrize(
    ("denied", "told", "wanted"),
    [(0.7, False, True), (0.6, False, False), (0.1, True, True), (0.02, True, False)],
)
def test_a_denial_is_weighed_by_itself(denied: float, told: bool, wanted: bool) -> None:
    chances = {"denied": math.log(denied), "asserted": math.log(1 - denied)}
    weighing = Weighing(Sense({"stance": chances}, {}), {"denial": (3.0, 1.0), "denial-untold": (-0.8, 1.0)})
    assert weighing.is_denied("denial" if told else "denial-untold") is wanted


@pytest.mark.parametrize(
    ("likeliest", "kind", "told", "wanted"),
    [
        (Stance.HEDGED, "trend", True, (Stance.DENIED, True)),
        (Stance.QUOTED, "trend", True, (Stance.QUOTED, True)),
        (Stance.HEDGED, "trend", False, (Stance.HEDGED, False)),
        (Stance.ASKED, "trend", False, (Stance.ASSERTED, False)),
        (Stance.DENIED, "none", False, (Stance.DENIED, True)),
        (Stance.ASSERTED, "none", True, (Stance.ASSERTED, False)),
        (Stance.DENIED, "", False, (Stance.DENIED, False)),
    ],
)
def test_stance_and_denial_say_the_same(likeliest: Stance, kind: str, told: bool, wanted: tuple[Stance, bool]) -> None:
    chances = {str(stance): -5.0 for stance in Stance} | {"asserted": -4.0, str(likeliest): -0.1}
    weighing = Weighing(
        Sense({"stance": chances}, {}), {"stance": (0.0, 1.0), "denial": (9.0, 1.0), "denial-untold": (0.0, 1.0)}
    )
    assert _weigh_stance(weighing, Stance.ASSERTED, kind, "denial" if told else "denial-untold") == wanted


def test_what_stands_beside_a_score_may_turn_the_choice() -> None:
    options = [Option("up", ("a",)), Option("down", ("b",))]
    model = LinearModel(0.0, {"a": 1.0, "b": 0.5})
    assert pick(model, options).value == "up"
    assert pick(model, options, besides=(0.0, 1.0)).value == "down"
    assert pick(model, options, 0.9, (0.0, 0.5)) == (None, (("down", 0.5),))


def test_every_question_of_a_reading_has_its_two_numbers() -> None:
    lexicon = tools()[1]
    mix = lexicon.settings["mix"]
    assert {len(numbers) for numbers in mix.values()} == {2}
    assert set(mix) >= {"class", "kind", "direction", "stance", "denial", *(lexicon.pickers.keys() - UNASKED)}
    assert not UNASKED & mix.keys()


def test_what_the_network_is_not_asked_of_is_left_to_the_weights() -> None:
    sense = Sense({}, {})
    assert Weighing(sense, {"types": (1.0, 1.0)}).scores("since", [2014, None]) == []


def test_without_a_network_there_is_nothing_to_weigh() -> None:
    seen, _ = read("Tokyo and Hanoi signed a pact. Nobody saw it.")
    assert weigh_article(seen, None, {}) == [None, None]
