"""What the network says of sentences: chances that are chances, and roles only of those who are named up to there."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.reading import read_audit_lexicon
from pactwatch.audit.reading.frame import JUDGED, SentenceClass, Stance
from pactwatch.audit.reading.senses import NOBODY, OTHER, Heads, Sense, open_encoder
from pactwatch.encoder.network import Linear
from pactwatch.encoder.windows import Line
from tests.audit.made import NAMES, make_encoder
from tests.encoder.made import UNITS

ENCODER = make_encoder()


def read(title: str, lines: list[Line], named: tuple[tuple[int, int, tuple[str, ...]], ...] = ()) -> list[Sense]:
    told = ENCODER.read(Line(title, named=named), lines)
    return [sense for sense in told if sense is not None]


JAPAN = Line("japan signed", 0, named=((0, 5, ("JPN",)),))
BOTH = Line("with manila with japan", 0, named=((5, 11, ("PHL",)), (17, 22, ("JPN",))))
TALKS = Line("talks with", 1)
LINES = st.lists(st.sampled_from([JAPAN, BOTH, TALKS, Line("hanoi talks", 2, is_read=False)]), min_size=1, max_size=12)


@given(LINES)
def test_the_chances_of_one_answer_sum_to_one(lines: list[Line]) -> None:
    for sense in read("talks", lines):
        assert sum(map(math.exp, sense.names["class"].values())) == pytest.approx(1.0, abs=1e-5)
        for holds, not_so in sense.shares["types"].values():
            assert math.exp(holds) + math.exp(not_so) == pytest.approx(1.0, abs=1e-5)


@given(LINES)
def test_only_those_named_up_to_a_sentence_can_have_a_role_in_it(lines: list[Line]) -> None:
    seen = [line for line in lines if line.is_read]
    for place, sense in enumerate(read("hanoi talks", seen, ((0, 5, ("VNM",)),))):
        named = {"VNM"} | {code for line in seen[: place + 1] for _, _, codes in line.named for code in codes}
        assert set(sense.roles["focus"]) - {NOBODY} == set(sense.members["partners"]) == named
        assert sum(map(math.exp, sense.roles["focus"].values())) == pytest.approx(1.0, abs=1e-5)


def test_where_nobody_is_named_nobody_has_a_role() -> None:
    (sense,) = read("", [TALKS])
    assert (sense.roles["focus"], sense.members["partners"]) == ({NOBODY: 0.0}, {})
    assert sense.of_actor("focus", "JPN") == 0.0


def test_somebody_who_is_not_named_is_as_likely_as_nobody_of_those_named() -> None:
    (sense,) = read("", [BOTH])
    assert sense.of_actor("focus", "VNM") == sense.roles["focus"][NOBODY]
    assert sense.of_actor("focus", "JPN") == sense.roles["focus"]["JPN"]


def test_an_idle_paragraph_changes_nothing_for_the_others() -> None:
    idle = Line("hanoi with hanoi", 5, is_read=False)
    alone, among = read("", [JAPAN, BOTH]), read("", [JAPAN, idle, BOTH])
    for one, other in zip(alone, [among[0], among[2]], strict=True):
        assert one.names["class"] == pytest.approx(other.names["class"], abs=1e-5)


def test_a_name_that_is_not_known_is_any_other() -> None:
    sense = Sense({"feature": {"hard": -0.1, OTHER: -2.5}, "class": dict.fromkeys(NAMES, -1.0)}, {})
    assert (sense.of_name("feature", "radar"), sense.of_name("class", "law")) == (-2.5, -1.0)


def test_a_set_is_as_likely_as_that_its_members_hold_and_no_others_do() -> None:
    table = {"agreement": (-0.1, -2.0), "exercise": (-3.0, -0.05)}
    assert Sense.of_set([table], ("agreement",)) == pytest.approx(-0.15)
    assert Sense.of_set([table], ()) == pytest.approx(-2.05)


def test_what_a_naming_weighs_falls_on_its_actor_by_its_distance() -> None:
    heads = Heads(
        {},
        {},
        ("focus", "actor", "partners"),
        Linear(np.zeros((2 * UNITS, 6), np.float32), np.zeros(6, np.float32)),
        Linear(np.zeros((UNITS, 6), np.float32), np.zeros(6, np.float32)),
        Linear(np.zeros((UNITS, 3), np.float32), np.zeros(3, np.float32)),
        np.array([[4.0, 3.0, 2.0, 1.0, 0.5]] * 3, np.float32),
    )
    lines = [JAPAN, TALKS, TALKS, TALKS, TALKS, BOTH]
    told = replace(ENCODER, heads=heads).read(Line("hanoi", named=((0, 5, ("VNM", "LAO")),)), lines)
    weights = [sense.members["partners"] for sense in told if sense is not None]
    shares = [{code: round(yes - no, 3) for code, (yes, no) in row.items()} for row in weights]
    assert shares[0] == {"JPN": 4.0, "LAO": 0.5, "VNM": 0.5}
    assert [row["JPN"] for row in shares[1:5]] == [3.0, 2.0, 1.0, 1.0]
    assert shares[5] == {
        "JPN": pytest.approx(math.log(math.exp(4) + math.exp(1)), abs=1e-3),
        "LAO": 0.5,
        "PHL": 4.0,
        "VNM": 0.5,
    }


def test_whatever_is_read_the_answers_are_numbers() -> None:
    lines = [Line(text) for text in ("", "\u200b\x07", "japan" * 500, "with " * 3000, "防衛省 ประเทศ")]
    for sense in read("\x07", lines):
        assert all(math.isfinite(value) for value in sense.names["class"].values())


def test_the_shipped_network_answers_every_question_of_a_reading() -> None:
    encoder = open_encoder()
    assert encoder is not None, "the lock file installs its base"
    sense = encoder.read(Line(""), [Line("Will Tokyo sign more agreements with Manila than with Hanoi?")])[0]
    assert sense is not None
    assert set(sense.names["class"]) == set(SentenceClass)
    assert set(sense.names["kind"]) == set(JUDGED)
    assert set(sense.names["stance"]) == set(Stance)
    assert sense.names["class"]["question"] == max(sense.names["class"].values())
    mix = read_audit_lexicon().settings["mix"]
    denials = {"denial", "denial-outright", "denial-untold"}
    assert set(mix) == {*sense.names, *denials, "stance-hedged", "types", "partners", "focus", "actor"}


def test_for_a_language_that_nothing_was_learnt_for_there_is_none() -> None:
    assert open_encoder("xx") is None
