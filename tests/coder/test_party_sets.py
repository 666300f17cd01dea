"""Which sets of actors are weighed, and what tells them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.choosing import choose_parties
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.party_sets import PartySets, likely_sets
from tests.coder.by_hand import candidate_of, parse, weights

SIGNED = "Japan and Fiji signed a defence treaty."


def event(kind: str = "agreement", parties: tuple[str, ...] = ()) -> Candidate:
    return replace(candidate_of(parse(SIGNED), "agreement/signed"), type=kind, parties=parties)


@pytest.mark.parametrize(
    ("kind", "odds", "told", "sets"),
    [
        ("agreement", {}, (), []),
        ("agreement", {"JPN": 3.0}, (), []),
        ("agreement", {"ASEAN": 3.0}, (), [("ASEAN",)]),
        ("agreement", {"JPN": 1.0, "FJI": -9.0}, (), [("FJI", "JPN")]),
        (
            "agreement",
            {"JPN": 1.0, "FJI": 1.0, "LAO": 0.0},
            (),
            [("FJI", "JPN"), ("FJI", "JPN", "LAO"), ("FJI", "LAO"), ("JPN", "LAO")],
        ),
        ("policy", {"JPN": 1.0, "FJI": 2.0}, (), [("FJI",), ("JPN",)]),
    ],
)
def test_likely_sets(kind: str, odds: dict[str, float], told: tuple[str, ...], sets: list[tuple[str, ...]]) -> None:
    assert likely_sets(event(kind), odds, [event(parties=told)] if told else []) == sets


def test_many_actors_make_few_sets() -> None:
    odds = {f"A{number:02}": -float(number) for number in range(60)}
    assert len(likely_sets(event(), odds, [])) < 80


def test_everyone_more_likely_than_not_is_one_set_however_many() -> None:
    odds = {f"A{number:02}": 1.0 for number in range(30)}
    assert tuple(sorted(odds)) in likely_sets(event(), odds, [])


def test_sets_told_before_are_weighed_where_all_are_in_scope() -> None:
    odds = {f"A{number:02}": -float(number) for number in range(20)}
    sets = likely_sets(event(), odds, [event(parties=("A01", "A19")), event(parties=("A01", "ZZZ"))])
    assert ("A01", "A19") in sets
    assert ("A01", "ZZZ") not in sets


@pytest.mark.parametrize(
    ("text", "chosen", "feature"),
    [
        (SIGNED, ("FJI", "JPN"), "is-here=True+2"),
        (SIGNED, ("FJI", "LAO"), "is-here=False+2"),
        (SIGNED, ("FJI", "JPN"), "size=2+agreement"),
        (SIGNED, ("FJI", "JPN"), "list=all+agreement+2"),
        (SIGNED, ("FJI", "LAO"), "list=part+agreement+2"),
        (SIGNED, ("LAO", "WSM"), "list=none+agreement+2"),
        (SIGNED, ("FJI", "JPN", "LAO"), "outside=1+2+agreement"),
        ("TOKYO, May 5 - Fiji and Laos signed a treaty.", ("FJI", "JPN"), "host=True+agreement"),
        ("TOKYO, May 5 - Fiji and Laos signed a treaty.", ("FJI", "LAO"), "host=False+agreement"),
        ("The two countries signed a treaty with Fiji.", ("FJI", "JPN"), "anaphor=2+fits"),
        ("The two countries signed a treaty with Fiji.", ("FJI", "JPN", "LAO"), "anaphor=2+not"),
    ],
)
def test_features_of_a_set(text: str, chosen: tuple[str, ...], feature: str) -> None:
    parsed = parse(text)
    sets = PartySets(candidate_of(parsed, "agreement/signed"), parsed.context, dict.fromkeys(chosen, 0.0), [])
    assert feature in sets.features(chosen).names


def test_the_odds_of_a_set_are_summed_within_bounds() -> None:
    parsed = parse(SIGNED)
    sets = PartySets(
        candidate_of(parsed, "agreement/signed"), parsed.context, {"FJI": 2.0, "JPN": -3.0, "LAO": 99.0}, []
    )
    assert sets.features(("FJI", "JPN")).numbers == {"odds": -1.0, "least": -3.0}
    assert sets.features(("FJI", "LAO")).numbers == {"odds": 11.0, "least": 2.0}


def test_the_set_of_the_event_before_is_known() -> None:
    parsed = parse(SIGNED)
    sets = PartySets(
        candidate_of(parsed, "agreement/signed"),
        parsed.context,
        {"FJI": 0.0, "JPN": 0.0, "LAO": 0.0},
        [event(parties=("FJI", "JPN"))],
    )
    assert "is-last=True+True" in sets.features(("FJI", "JPN")).names
    assert "is-last=False+True" in sets.features(("FJI", "LAO")).names


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ({"odds": 1.0}, ("FJI", "JPN")),
        ({"size=3+agreement": 9.0}, ("FJI", "JPN", "LAO")),
        ({"odds": -1.0}, ("JPN", "LAO")),
    ],
)
def test_the_best_set_is_chosen(weight: dict[str, float], expected: tuple[str, ...]) -> None:
    parsed = parse(SIGNED)
    candidate = candidate_of(parsed, "agreement/signed")
    odds = {"JPN": 1.0, "FJI": 2.0, "LAO": -4.0}
    assert choose_parties(candidate, parsed.context, weights({"party-set": weight}), [], odds) == expected
    assert 1 / 3 < candidate.party_chance < 1


def test_sets_weigh_what_their_features_weigh() -> None:
    parsed = parse("Japan, Fiji and Laos signed a treaty, and both sides held a drill with Samoa.")
    odds = {"JPN": 1.0, "FJI": 2.0, "LAO": -4.0, "WSM": 0.5}
    event_before = event(parties=("FJI", "JPN"))
    sets = likely_sets(event(), odds, [event_before])
    weighing = PartySets(candidate_of(parsed, "exercise/held"), parsed.context, odds, [event_before])
    named = {name for chosen in sets for name in weighing.features(chosen).names}
    model = LinearModel(
        0.5, {name: place / 7 for place, name in enumerate(sorted(named))} | {"odds": 0.3, "least": 0.2}
    )
    expected = [model.score(features.names, features.numbers) for features in map(weighing.features, sets)]
    assert weighing.scores(sets, model) == pytest.approx(expected)
    assert len(set(expected)) > 3
