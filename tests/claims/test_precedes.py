"""precedes: first dates, ladders and nearness."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom

from bench_verdicts_orders import STUDIES, Sort, try_worlds
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.precedes import KIND, Parameters
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.methods.nearness import Clock, wind_clock
from pactwatch.claims.methods.orders import Steps, shuffle_across, shuffle_within, spread_of_orders, tilt_chances
from pactwatch.claims.question import Selection
from pactwatch.model.codes import Instrument, RecordType
from worlds_orders import PARTNERS, make_evidence, plant_duplicates

PACT, ARMS = Selection(types=(RecordType.AGREEMENT,)), Selection(types=(RecordType.TRANSFER,))
ORDER = Parameters(earlier=PACT, later=ARMS, earlier_called="pacts", later_called="transfers")
LADDER = Parameters(ladder=(Instrument.MOU, Instrument.DETTA, Instrument.RAA))
NEAR = Parameters(earlier=ARMS, later=PACT, within_months=6)
FEW = Effort(draws=400)


def step(who: str, kind: str, day: str, **told: Any) -> dict[str, Any]:
    return {"day": np.datetime64(day), "parties": frozenset({"JPN", who}), "record_type": kind} | told


def both(who: str, pact: str, arms: str) -> list[dict[str, Any]]:
    return [step(who, "agreement", pact), step(who, "transfer", arms)]


IN_ORDER = [row for who in PARTNERS for row in both(who, "2014-03-01", "2017-06-01")]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"earlier": PACT},
        {"ladder": ("MOU",)},
        {"ladder": ("MOU", "MOU")},
        {"ladder": ("MOU", "RAA"), "later": ARMS},
        {"ladder": ("MOU", "RAA"), "within_months": 3},
    ],
)
def test_one_thing_must_be_asked(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="expected earlier and later"):
        Parameters(**asked)


def test_ten_of_ten_partners_in_order_is_the_sign_test() -> None:
    found = KIND.test(make_evidence(IN_ORDER), ORDER, FEW)
    assert (found.estimate, found.n, found.no_effect) == (1.0, 10, 0.5)
    assert found.p == pytest.approx(0.5**10)
    assert found.p_refute == pytest.approx(1.0)
    assert "median wait between them is 3.3 years" in found.sentence


def test_many_transfers_make_a_first_transfer_likely() -> None:
    rows = [*IN_ORDER, *(step(who, "transfer", "2019-01-01") for who in PARTNERS)]
    rows += [step(who, "transfer", "2020-01-01") for who in PARTNERS]
    found = KIND.test(make_evidence(rows), ORDER, FEW)
    assert found.no_effect == pytest.approx(0.25)
    assert found.p == pytest.approx(0.25**10)


def test_unclear_orders_are_left_out_and_a_lone_transfer_counts_only_where_asked() -> None:
    rows = [*both("PHL", "2014-03-01", "2017-06-01"), *both("VNM", "2015-01-01", "2015-01-01")]
    rows += [step("IDN", "agreement", "2016-04-01"), step("MYS", "transfer", "2016-04-01")]
    rows += [step("THA", "agreement", "2016-03-01", precision="year"), step("THA", "transfer", "2016-09-01")]
    found = KIND.test(make_evidence(rows), ORDER, FEW)
    assert (found.estimate, found.n) == (1.0, 1)
    assert "With 1 more partner transfers came alone" in found.sentence
    assert any("With 2 partners the first dates overlap" in caveat for caveat in found.caveats)
    strict = KIND.test(make_evidence(rows), ORDER.model_copy(update={"later_alone": "against"}), FEW)
    assert (strict.estimate, strict.n) == (0.5, 2)


def test_a_small_sample_tells_that_nothing_could_be_seen() -> None:
    found = KIND.test(make_evidence(IN_ORDER[:6]), ORDER, FEW)
    assert found.detectable is None and "no share at all" in found.sentence


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=8), st.floats(0.1, 0.9))
def test_tilted_chances_have_the_mean_asked(chances: list[float], mean: float) -> None:
    assert float(np.mean(tilt_chances(chances, mean))) == pytest.approx(mean, abs=1e-6)
    assert float(spread_of_orders(chances).sum()) == pytest.approx(1.0)


def test_shuffled_ladders_are_all_orders_alike() -> None:
    steps = Steps(np.array([0, 1, 2]), np.array([10, 20, 30]), np.array([10, 20, 30]))
    draws = shuffle_within([steps], 3, 6_000, np.random.default_rng(1))
    exact = [
        sum(order[i] < order[j] for i in range(3) for j in range(i + 1, 3)) / 3 for order in permutations(range(3))
    ]
    for share in set(exact):
        assert float(np.mean(np.isclose(draws, share))) == pytest.approx(exact.count(share) / 6, abs=0.03)


def test_the_calendar_kept_explains_an_instrument_that_came_late_for_all() -> None:
    partners = [Steps(np.array([0, 1]), np.array([i, 100 + i]), np.array([i, 100 + i])) for i in range(6)]
    assert shuffle_across(partners, 2, 50, np.random.default_rng(1)).tolist() == [1.0] * 50
    assert float(shuffle_within(partners, 2, 2_000, np.random.default_rng(1)).mean()) == pytest.approx(0.5, abs=0.03)


def test_ladder_finding() -> None:
    days = {"MOU": "2012-01-01", "DETTA": "2016-01-01", "RAA": "2020-01-01"}
    rows = [step(who, "agreement", day, instrument=name) for who in PARTNERS[:4] for name, day in days.items()]
    rows += [step("BRN", "agreement", "2012-01-01", instrument="MOU")]
    found = KIND.test(make_evidence(rows), LADDER, FEW)
    assert (found.estimate, found.n) == (1.0, 12)
    assert found.p is not None and found.p < 0.01
    doubled = plant_duplicates(make_evidence(rows), make_evidence(rows).milestones["instrument"] == "MOU")
    assert KIND.test(doubled, LADDER, FEW).p == found.p


def test_the_clock_keeps_the_pace_and_comes_round() -> None:
    clock = Clock(np.array([0.0, 100.0, 200.0]), np.array([0.0, 0.25, 1.0]))
    shifted = clock.shift(np.array([50.0]), np.array([0.125, 0.5, 1.0]))
    assert shifted[:, 0].tolist() == pytest.approx([100.0, 150.0, 50.0])


def test_a_busy_year_runs_long_on_the_clock() -> None:
    years = pd.Series([2020, 2021, 2021, 2021])
    clock = wind_clock(years, years, pd.Timestamp("2021-12-31"))
    assert clock.past[1] == pytest.approx(2.05 / 8.1)
    assert clock.past[-1] == pytest.approx(1.0)


def test_nearness_finding() -> None:
    rows = [row for i, who in enumerate(PARTNERS) for row in both(who, f"{2010 + i}-03-01", f"{2010 + i}-06-01")]
    rows += [step("PHL", "transfer", "2020-01-01", precision="year")]
    found = KIND.test(make_evidence(rows), NEAR, FEW)
    assert (found.estimate, found.n) == (1.0, 10)
    assert found.p is not None and found.p < 0.01
    assert any("left out: 1 row" in caveat for caveat in found.caveats)
    other = [
        row | {"parties": frozenset({"JPN", "PHL" if row["record_type"] == "transfer" else "VNM"})} for row in rows
    ]
    assert KIND.test(make_evidence(other), NEAR, FEW).estimate == 0.0


@pytest.mark.parametrize("asked", [ORDER, LADDER, NEAR])
def test_no_rows_give_no_test(asked: Parameters) -> None:
    found = KIND.test(make_evidence([]), asked, FEW)
    assert (found.estimate, found.p, found.n) == (None, None, 0)


@pytest.mark.parametrize(("name", "small", "large"), [("first", 12, 48), ("ladder", 8, 30), ("near", 40, 120)])
def test_worlds(name: str, small: int, large: int) -> None:
    study = next(study for study in STUDIES if study.name == f"precedes {name}")
    growing = try_worlds(study, Sort("no effect, growing", growth=1.15), small, 40, 150)
    assert sum(outcome.verdict is Verdict.SUPPORTED for outcome in growing) <= binom.ppf(0.999, 40, 0.05)
    outcomes = try_worlds(study, Sort("smallest", 1.0), large, 14, 150)
    able = [outcome for outcome in outcomes if outcome.is_able]
    right = sum(outcome.verdict is Verdict.SUPPORTED for outcome in able)
    assert len(able) >= 6 and right >= binom.ppf(0.001, len(able), 0.8)
