"""One telling looked up among milestones: the points are those of linking, whatever the order of the milestones."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.reconcile import Finder, open_weights
from pactwatch.reconcile.levels import HOW_MUCH, WHEN
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import Side, known_sides
from pactwatch.reconcile.weights import read_rarity

WEIGHTS = open_weights(find_casebook("japan-asean"))
SIDES = [*known_sides(load_casebook(find_casebook("japan-asean")).records)]
FINDER, SCORER = Finder(SIDES, WEIGHTS), Scorer(WEIGHTS, read_rarity())
tellings = st.sampled_from(SIDES).map(lambda side: replace(side, id="told", known=""))


@given(tellings)
def test_points_are_those_of_linking(told: Side) -> None:
    by_id = {side.id: side for side in SIDES}
    for match in FINDER.find(told):
        assert match.points() == SCORER.link(told, by_id[match.side.id]).points


@given(tellings, st.randoms(use_true_random=False))
def test_the_order_of_milestones_does_not_matter(told: Side, chance: random.Random) -> None:
    shuffled = chance.sample(SIDES, len(SIDES))
    assert [*Finder(shuffled, WEIGHTS).find(told)] == [*FINDER.find(told)]


@given(tellings, st.integers(-2000, 2000), st.floats(0.1, 10))
def test_what_is_at_issue_can_be_left_out(told: Side, days: int, factor: float) -> None:
    """Events of other names are kept apart by date and name together: those levels are of both."""
    money = (told.money[0] * factor, told.money[1]) if told.money else None
    altered = replace(told, early=told.early + days, late=told.late + days, money=money, name="")
    plain = [one.points(WHEN | HOW_MUCH) for one in FINDER.find(replace(told, name=""))]
    assert [one.points(WHEN | HOW_MUCH) for one in FINDER.find(altered)] == plain


@given(tellings)
def test_every_milestone_of_two_of_the_parties_is_found(told: Side) -> None:
    wanted = {
        side.id
        for side in SIDES
        if side.family == told.family
        and (len({*side.parties} & {*told.parties}) > 1 or len(side.parties) == len(told.parties) == 1)
        and {*side.parties} & {*told.parties}
    }
    assert {match.side.id for match in FINDER.find(told)} == wanted
