"""exists: what the records hold, hold partly, or do not tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.exists import KIND, Parameters
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.question import Selection
from pactwatch.model.codes import ItemCategory, RecordType, Stage
from worlds_orders import make_evidence

RADAR = Selection(types=(RecordType.TRANSFER,), categories=(ItemCategory.RADAR,))
BOATS = Selection(types=(RecordType.TRANSFER,), categories=(ItemCategory.VESSEL,))


def transfer(day: str, category: str = "radar", **told: Any) -> dict[str, Any]:
    row = {"day": np.datetime64(day), "parties": frozenset({"JPN", "PHL"}), "record_type": "transfer"}
    return row | {"stage": "contracted", "categories": frozenset({category})} | told


PLAN: dict[str, Any] = {"stage": "proposed", "is_done": False, "is_tentative": True}


def find(evidence: Evidence, **asked: Any) -> Finding:
    return KIND.test(evidence, Parameters(**{"selection": RADAR, **asked}), Effort())


@pytest.mark.parametrize(
    ("rows", "asked", "fact"),
    [
        ([transfer("2020-08-28")], {}, Fact.HOLDS),
        ([transfer("2020-08-28", is_verified=False)], {}, Fact.PARTLY),
        ([transfer("2020-08-28", **PLAN)], {}, Fact.UNKNOWN),
        ([transfer("2020-08-28", "vessel")], {}, Fact.UNKNOWN),
        ([], {}, Fact.UNKNOWN),
        ([transfer("2020-08-28", "vessel")], {"instead": BOATS}, Fact.FAILS),
        ([transfer("2020-08-28")], {"at_least": 2}, Fact.PARTLY),
        ([transfer("2020-08-28"), transfer("2020-09-01")], {"distinct_years": 2}, Fact.PARTLY),
        ([transfer("2020-08-28"), transfer("2023-11-03")], {"at_least": 2, "distinct_years": 2}, Fact.HOLDS),
        ([transfer("2020-08-28"), transfer("2021-01-01", "vessel")], {"absent": BOATS}, Fact.PARTLY),
        ([transfer("2021-01-01", "vessel")], {"absent": BOATS}, Fact.FAILS),
        ([transfer("2020-08-28")], {"absent": BOATS}, Fact.HOLDS),
    ],
)
def test_facts(rows: list[dict[str, Any]], asked: dict[str, Any], fact: Fact) -> None:
    assert find(make_evidence(rows), **asked).fact is fact


def test_a_month_that_is_not_told_is_not_found_in_it_and_is_counted() -> None:
    evidence = make_evidence([transfer("2024-03-10", precision="year"), transfer("2023-03-05", precision="month")])
    found = find(evidence, selection=RADAR.model_copy(update={"months": (3,)}))
    assert (found.fact, found.n) == (Fact.HOLDS, 1)
    assert any(caveat.startswith("1 row of another precision") for caveat in found.caveats)
    assert "March 2023" in found.sentence and "5 March" not in found.sentence


def test_the_answer_names_its_records_and_its_stage() -> None:
    found = find(make_evidence([transfer("2020-08-28", **PLAN)]))
    assert found.records == ("r00000",)
    assert found.n == 0
    assert found.sentence.startswith("No record shows records of the kind claimed as done; 1 record tells an intention")
    assert "proposed, 28 August 2020" in found.sentence
    assert found.table[0]["part"] == "only intended"


def test_stages_asked_by_name_are_not_widened_to_intentions() -> None:
    asked = RADAR.model_copy(update={"stages": (Stage.DELIVERED,)})
    assert find(make_evidence([transfer("2020-08-28", **PLAN)]), selection=asked).fact is Fact.UNKNOWN


def test_other_cut_offs_are_one_more_and_one_fewer() -> None:
    words = [words for words, _ in KIND.alternatives(Parameters(selection=RADAR, at_least=3))]
    assert words == ["2 rows needed", "4 rows needed"]
    assert KIND.alternatives(Parameters(selection=RADAR)) == []
