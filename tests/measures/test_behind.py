"""The records behind each number are as many as the number says."""

from __future__ import annotations

import pytest

from pactwatch.edition import Edition
from pactwatch.measures import MEASURES, compute
from pactwatch.measures.behind import COUNTING, list_behind
from tests.editions import held, make_edition, milestone, record, signed, source


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    records = [
        record("agreement", "JPN PHL", milestone("negotiating", "2023-11"), signed("2024-07-08", ["a", "b"])),
        record("agreement", "IDN JPN", signed("2021-03", ["a"]), instrument="MOU"),
        record("exercise", "JPN PHL USA", held("2019-05-03", ["b"], exercise_level="field")),
        record("exercise", "JPN PHL", held("2019-06", exercise_level="port_call")),
        record("exercise", "PHL USA", held("2020-06-07", ["a"])),
        record("transfer", "JPN VNM", milestone("delivered", "2022-Q1", ["b"], ["vessel"]), instrument="OSA"),
        record("training", "JPN VNM", held("2022")),
        record("policy", "JPN", milestone("published", "2022-12-16", ["a"])),
    ]
    sources = [source("a", "2024-07-09"), source("b", "2024-08-01", publisher="Courier")]
    return make_edition(tmp_path_factory.mktemp("behind"), records, sources)


@pytest.mark.parametrize("name", [name for name in COUNTING if "records" in MEASURES[name].columns])
def test_as_many_records_stand_behind_a_row_as_it_counts(name: str, edition: Edition) -> None:
    rows = compute(name, edition).to_pyarrow().to_pylist()
    assert rows
    for row in rows:
        key = {column: row[column] for column in MEASURES[name].key}
        behind = list_behind(name, edition, key)
        assert behind is not None
        assert len(behind) == row["records"], (name, row)


def test_balance_and_pathways_name_what_they_count(edition: Edition) -> None:
    for row in compute("balance", edition).to_pyarrow().to_pylist():
        behind = list_behind("balance", edition, {name: row[name] for name in ("year", "partner_code")})
        assert behind is not None
        assert len(behind) == row["hard_records"] + row["soft_records"] + row["unclassed_records"]
    behind = list_behind("pathways", edition, {"earlier_step": "exercise", "later_step": "agreement"})
    assert behind == ("R0001", "R0003", "R0004")


def test_measures_of_no_records_say_so(edition: Edition) -> None:
    assert list_behind("perception", edition, {"series_id": "trust", "survey_year": 2020, "figure_id": "x"}) is None
    counted = {name for name, measure in MEASURES.items() if not measure.needs} - {"perception"}
    assert set(COUNTING) == counted, "a new measure that counts records must say which"
