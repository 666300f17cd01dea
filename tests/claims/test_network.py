"""network: the place of an actor, and why records gathered around it cannot tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from bench_verdicts_orders import STUDIES, Sort, try_worlds
from pactwatch.claims.finding import Fact, Verdict
from pactwatch.claims.kinds.network import KIND, Parameters, share_brokerage, share_ties, weave
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.methods.events import label_events
from pactwatch.claims.question import Selection
from pactwatch.claims.verdict import reach_verdict
from worlds_orders import Size, make_evidence, network_world, plant_duplicates

ASKED = Parameters(cut=2017)
FEW = Effort(draws=400)


def meeting(codes: str, day: str) -> dict[str, Any]:
    return {"day": np.datetime64(day), "parties": frozenset(codes.split())}


def test_measures_by_hand() -> None:
    evidence = make_evidence(
        [meeting("JPN PHL", "2015-01-01"), meeting("JPN USA", "2015-02-01"), meeting("JPN PHL USA", "2018-01-01")]
    )
    rows = evidence.milestones
    web = weave(rows, frozenset({"JPN", "PHL", "USA"}), label_events(rows, "JPN"), 2017)
    every = np.array([[True, True, True], [True, True, False]])
    assert share_ties(web, every, "JPN").tolist() == pytest.approx([(1 + 1 + 2 / 3) / 3, 1.0])
    assert share_brokerage(web, every, "JPN").tolist() == [0.0, 1.0]


def test_records_gathered_around_the_actor_get_no_verdict() -> None:
    rows = [meeting(f"JPN {who}", f"{year}-05-01") for year in range(2010, 2024) for who in ("PHL", "VNM", "USA")]
    found = KIND.test(make_evidence(rows), ASKED, FEW)
    assert (found.fact, found.p, found.p_refute) == (Fact.UNKNOWN, None, None)
    assert "42 of 42 records have JPN as a party" in found.sentence
    assert reach_verdict(found, found.p, found.p_refute, ()).verdict is Verdict.NOT_ENOUGH_EVIDENCE


def test_a_selection_that_demands_the_focus_actor_is_such_a_gathering() -> None:
    evidence = network_world(np.random.default_rng(3), Size(300), 1.0)
    asked = ASKED.model_copy(update={"selection": Selection()})
    assert KIND.test(evidence, asked, FEW).fact is Fact.UNKNOWN


def test_an_actor_that_enters_everything_is_seen() -> None:
    early = [meeting("PHL USA" if i % 2 else "VNM AUS", f"2012-{1 + i // 28:02d}-{1 + i % 28:02d}") for i in range(60)]
    late = [meeting("PHL JPN" if i % 2 else "VNM AUS", f"2020-{1 + i // 28:02d}-{1 + i % 28:02d}") for i in range(60)]
    found = KIND.test(make_evidence([*early, *late]), ASKED, FEW)
    assert found.estimate == pytest.approx(0.5)
    assert found.p is not None and found.p < 0.01 and found.fact is None


def test_duplicates_change_nothing() -> None:
    evidence = network_world(np.random.default_rng(4), Size(200), 1.0)
    own = evidence.milestones["parties"].map(lambda parties: "JPN" in parties).astype(bool)
    doubled = plant_duplicates(evidence, own & (evidence.milestones["year"] >= 2017))
    one, two = (KIND.test(world, ASKED, FEW) for world in (evidence, doubled))
    assert [one.n, one.estimate, one.p] == pytest.approx([two.n, two.estimate, two.p])


@pytest.mark.parametrize("rows", [[], [meeting("PHL USA", "2012-01-01"), meeting("PHL USA", "2020-01-01")]])
def test_too_little_gives_no_test(rows: list[dict[str, Any]]) -> None:
    found = KIND.test(make_evidence(rows), ASKED, FEW)
    assert (found.estimate, found.p, found.fact) == (None, None, None)


def test_worlds_without_a_change_are_seldom_called_one() -> None:
    study = next(study for study in STUDIES if study.name == "network")
    outcomes = try_worlds(study, Sort("no effect, growing", growth=1.15), 150, 60, 200)
    assert sum(outcome.verdict is Verdict.SUPPORTED for outcome in outcomes) <= binom.ppf(0.999, 60, 0.05)
