"""The basket of typical cases: told in full, so that rules alone decide; its counts add up on every day."""

from __future__ import annotations

import itertools

from pactwatch.law.basket import follow_basket, read_basket, tabulate
from pactwatch.law.rules import Outcome
from tests.law.opened import court

DAYS = follow_basket(court())


def test_the_counts_add_up_and_each_row_differs_from_the_one_before() -> None:
    rows = tabulate(DAYS)
    size = len(read_basket(court()))
    for row in rows:
        assert sum(row[outcome] for outcome in Outcome) == size
    for before, after in itertools.pairwise(rows):
        assert before["outcomes"] != after["outcomes"]
        assert before["date"] < after["date"]
    assert all(
        row["gained"] or row["lost"] or row["unknown"] != rows[place]["unknown"] for place, row in enumerate(rows[1:])
    )


def test_the_rules_alone_decide_since_1967_but_for_what_a_case_cannot_tell() -> None:
    for one in DAYS:
        if one.day.year >= 1967:
            open_cases = {name for name, outcome in one.outcomes.items() if outcome is Outcome.UNKNOWN}
            assert open_cases <= {"protective-gear"}  # whether it was on the list of military goods before 2014


def test_the_view_of_1976_tightened_and_what_followed_loosened() -> None:
    lost = {str(row["date"]): row["lost"] for row in tabulate(DAYS) if row["lost"]}
    assert set(lost) == {"1967-04-21", "1976-02-27"}
