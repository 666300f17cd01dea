"""first: certain order only; dates that overlap settle nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.claims.finding import Fact
from pactwatch.claims.kinds.first import KIND, Arrival, Parameters, Place, find_place
from pactwatch.claims.kinds.shape import Effort
from pactwatch.model.codes import Instrument, Stage
from worlds_orders import make_evidence

ASKED = Parameters(actor="PHL", instruments=(Instrument.RAA, Instrument.ACSA))


def signed(who: str, instrument: str, day: str, **told: Any) -> dict[str, Any]:
    row = {"day": np.datetime64(day), "parties": frozenset({"JPN", *who.split()}), "record_type": "agreement"}
    return row | {"stage": "signed", "instrument": instrument} | told


PHL_RAA, VNM_RAA = signed("PHL", "RAA", "2024-07-08"), signed("VNM", "RAA", "2025-01-10")


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([PHL_RAA, VNM_RAA], Fact.HOLDS),
        ([PHL_RAA, signed("VNM", "RAA", "2024-07-08")], Fact.UNKNOWN),
        ([PHL_RAA, signed("VNM", "RAA", "2024-07-01", precision="month")], Fact.UNKNOWN),
        ([PHL_RAA, signed("VNM", "RAA", "2024-06-01", precision="month")], Fact.FAILS),
        ([VNM_RAA], Fact.FAILS),
        ([PHL_RAA, signed("VNM", "ACSA", "2020-01-01")], Fact.PARTLY),
        ([PHL_RAA, signed("AUS", "RAA", "2022-01-06")], Fact.HOLDS),
        ([], Fact.UNKNOWN),
        ([PHL_RAA | {"stage": "negotiating", "is_done": False}, VNM_RAA], Fact.FAILS),
    ],
)
def test_facts(rows: list[dict[str, Any]], fact: Fact) -> None:
    assert KIND.test(make_evidence(rows), ASKED, Effort()).fact is fact


def test_an_instrument_nobody_has_is_told_and_not_counted() -> None:
    found = KIND.test(make_evidence([PHL_RAA, VNM_RAA]), ASKED, Effort())
    assert (found.estimate, found.n) == (1.0, 1)
    assert "Nobody has ACSA." in found.sentence
    assert [row["place"] for row in found.table] == ["first", "nobody yet"]
    assert "RAA: PHL 8 July 2024, then VNM 10 January 2025" in found.sentence


def test_the_stage_asked_counts() -> None:
    rows = [PHL_RAA, VNM_RAA | {"stage": "in_force"}]
    asked = ASKED.model_copy(update={"stages": (Stage.IN_FORCE,)})
    assert KIND.test(make_evidence(rows), asked, Effort()).fact is Fact.FAILS


def test_names_stand_in_the_sentence_and_inferred_dates_say_so() -> None:
    evidence = make_evidence([PHL_RAA | {"is_inferred": True}, VNM_RAA])
    found = KIND.test(replace(evidence, names={"PHL": "Philippines"}), ASKED, Effort())
    assert "RAA: Philippines 8 July 2024 (inferred), then VNM 10 January 2025" in found.sentence
    assert found.table[0]["date"] == "8 July 2024 (inferred)"


def test_a_vague_later_stage_does_not_date_the_first_step() -> None:
    vague = PHL_RAA | {"record_id": "one", "stage": "in_force", "stage_rank": 5, "precision": "year"}
    rows = [PHL_RAA | {"record_id": "one", "stage_rank": 3}, vague, signed("VNM", "RAA", "2024-03-01")]
    assert "RAA: VNM 1 March 2024, then PHL 8 July 2024" in KIND.test(make_evidence(rows), ASKED, Effort()).sentence


def arrival(code: str, first: int, span: int) -> Arrival:
    earliest = pd.Timestamp(date(2020, 1, 1)) + pd.Timedelta(days=first)
    return Arrival(code, code, earliest, earliest + pd.Timedelta(days=span), "", "r", is_verified=True)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=2, max_size=5), st.data())
def test_a_certain_place_is_the_place_on_every_day_possible(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    arrivals = [arrival(f"A{i}", first, span) for i, (first, span) in enumerate(spans)]
    place = find_place("A0", arrivals)
    days = [first + data.draw(st.integers(0, span)) for first, span in spans]
    if place is Place.FIRST:
        assert days[0] < min(days[1:])
    if place is Place.LATER:
        assert days[0] > min(days[1:])
