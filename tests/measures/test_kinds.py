"""Balance, breadth and depth by hand."""

from __future__ import annotations

from math import log2
from pathlib import Path
from typing import Any

import pytest

from tests.editions import held, make_edition, milestone, record, signed
from tests.measures.rows import row_of, rows_of


def agreement(instrument: str | None, **fields: Any) -> dict[str, Any]:
    return record("agreement", "JPN PHL", signed("2024-07-08", **fields), instrument=instrument)


def drill(level: str | None, **fields: Any) -> dict[str, Any]:
    return record("exercise", "JPN PHL", held("2024-05-03", exercise_level=level, **fields))


def gift(*items: str, **fields: Any) -> dict[str, Any]:
    return record("transfer", "JPN PHL", milestone("delivered", "2024-05-03", items=items, **fields))


@pytest.mark.parametrize(
    ("spec", "side"),
    [
        (agreement("RAA"), "hard"),
        (agreement("DETTA"), "hard"),
        (agreement("MOU"), "soft"),
        (agreement("joint_statement"), "soft"),
        (agreement("contract"), "unclassed"),
        (agreement(None), "unclassed"),
        (agreement("RAA", domain="hadr"), "soft"),
        (drill("combined"), "hard"),
        (drill("field", is_hadr=True), "hard"),
        (drill("field", domain="hadr"), "soft"),
        (drill("tabletop"), "soft"),
        (drill("port_call"), "soft"),
        (drill(None), "unclassed"),
        (gift("radar"), "hard"),
        (gift("protective", "vessel"), "hard"),
        (gift("protective", "training_aid"), "soft"),
        (gift("other"), "unclassed"),
        (gift(), "unclassed"),
        (record("training", "JPN PHL", held("2024-05-03")), "soft"),
        (record("dialogue", "JPN PHL", held("2024-05-03")), "soft"),
        (record("policy", "JPN", milestone("decided", "2024-05-03")), "unclassed"),
    ],
)
def test_a_record_is_classed_by_the_typology(tmp_path: Path, spec: dict[str, Any], side: str) -> None:
    row = row_of("balance", make_edition(tmp_path, [spec]), year=2024, partner_code="all")
    assert [name for name in ("hard", "soft", "unclassed") if row[f"{name}_records"]] == [side]


def test_the_share_is_hard_among_hard_and_soft(tmp_path: Path) -> None:
    talks = [record("dialogue", "JPN PHL", held("2024-05-03", 2)) for _ in range(3)]
    edition = make_edition(tmp_path, [agreement("RAA", sources=2), agreement("contract"), *talks])
    assert row_of("balance", edition, year=2024, partner_code="PHL") == {
        "hard_records": 1,
        "soft_records": 3,
        "unclassed_records": 1,
        "hard_share": 0.25,
        "hard_supports": 2,
        "soft_supports": 6,
        "hard_supports_share": 0.25,
    }


def test_with_nothing_classed_there_is_no_share(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, [agreement("contract")])
    assert row_of("balance", edition, year=2024, partner_code="all")["hard_share"] is None


def test_breadth_by_hand(tmp_path: Path) -> None:
    records = [
        record("dialogue", "JPN PHL", held("2020-01-01")),
        record("dialogue", "JPN PHL", held("2022-01-01", 2)),
        record("exercise", "IDN JPN VNM", held("2022-02-01")),
    ]
    edition = make_edition(tmp_path, records, as_of="2023-06-30")
    years = {row["year"]: row for row in rows_of("breadth", edition)}
    assert list(years) == [2020, 2021, 2022, 2023]
    assert years[2022] == {
        "year": 2022,
        "records": 2,
        "supports": 3,
        "partners": 3,
        "partner_entropy": 1.5,
        "partner_evenness": pytest.approx(1.5 / log2(3)),
        "partner_hhi": 0.375,
        "types": 2,
        "type_entropy": 1,
        "type_evenness": 1,
        "type_hhi": 0.5,
        "new_partners": 2,
        "cumulative_partners": 3,
    }
    assert (years[2020]["partner_entropy"], years[2020]["partner_evenness"], years[2020]["partner_hhi"]) == (0, None, 1)
    assert (years[2021]["records"], years[2021]["partner_entropy"], years[2021]["cumulative_partners"]) == (0, None, 1)


def test_depth_leaves_untold_levels_out_of_the_level_columns(tmp_path: Path) -> None:
    levels = ("port_call", "port_call", "combined", None)
    edition = make_edition(tmp_path, [drill(level) for level in levels])
    assert row_of("depth", edition, year=2024, partner_code="PHL") == {
        "records": 4,
        "supports": 4,
        "level_told_records": 3,
        "median_level": 0,
        "highest_level": "combined",
        "demanding_share": pytest.approx(1 / 3),
    }


def test_depth_without_any_level_and_with_an_even_number(tmp_path: Path) -> None:
    untold = row_of("depth", make_edition(tmp_path / "untold", [drill(None)]), year=2024, partner_code="all")
    assert (untold["level_told_records"], untold["median_level"], untold["highest_level"]) == (0, None, None)
    assert untold["demanding_share"] is None
    even = make_edition(tmp_path / "even", [drill("goodwill"), drill("tabletop"), agreement("RAA")])
    assert row_of("depth", even, year=2024, partner_code="all")["median_level"] == 1.5
