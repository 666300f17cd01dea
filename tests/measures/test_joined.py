"""The measures that join imported data sets, computed by hand from a few rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pactwatch.measures import MEASURES, compute, find_missing
from pactwatch.measures.event_matches import compare_events
from pactwatch.model.errors import NotFoundError
from tests.datasets import made
from tests.datasets.joined import make_joined
from tests.editions import held, record, signed

REGISTER = made.new_register(
    (
        *made.NEW_ROWS,
        "6,unknown supplier(s),Philippines,Gun,gun,Artillery,2019,No,1,Yes,2022,No,New,4,4,4,No",
        "7,France,Arcadia,Gun,gun,Artillery,2010,No,1,Yes,2010,No,New,4,4,4,No",
        "8,Japan,Viet Nam,Gun,gun,Artillery,2022,No,1,Yes,2023,No,New,4,4,4,No",
    )
)


def rows(
    name: str, folder: Path, files: dict[str, str], records: tuple[dict[str, Any], ...] = ()
) -> list[dict[str, Any]]:
    edition = make_joined(folder, files, records)
    assert find_missing(name, edition) == ()
    table = compute(name, edition).to_pyarrow()
    assert table.column_names == list(MEASURES[name].columns) == list(MEASURES[name].types)
    found: list[dict[str, Any]] = table.to_pylist()
    keys = [tuple(row[column] for column in MEASURES[name].key) for row in found]
    assert keys == sorted(set(keys))
    return found


def test_dependence_by_spans_of_five_years(tmp_path: Path) -> None:
    found = {
        (row["recipient_code"], row["last_year"]): row for row in rows("dependence", tmp_path, {"r.csv": REGISTER})
    }
    early, late = found["PHL", 2018], found["PHL", 2023]
    assert (early["first_year"], early["tiv"], early["suppliers"]) == (2014, 16.0, 2)
    assert early["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    assert (early["top_supplier_code"], early["top_share"], early["focus_share"]) == ("JPN", 0.75, 0.75)
    assert early["estimate_share"] == 0.75
    assert (late["suppliers"], late["top_supplier_code"], late["top_share"]) == (2, "ISR", 0.8)
    assert found["JPN", 2023]["hhi"] == 0.5
    assert (early["split_share"], late["focus_share"]) == (0.0, 0.0)
    assert {key[0] for key in found} == {"JPN", "PHL", "VNM"}


def test_a_suppliers_share_by_span_names_the_unknown(tmp_path: Path) -> None:
    found = rows("suppliers", tmp_path, {"r.csv": REGISTER})
    late = {
        row["supplier_code"]: row["share"]
        for row in found
        if (row["recipient_code"], row["last_year"]) == ("PHL", 2023)
    }
    assert late == {"ISR": 0.8, "unknown supplier(s)": 0.2}
    assert sum(row["share"] for row in found) == pytest.approx(
        len({(r["recipient_code"], r["last_year"]) for r in found})
    )


def test_split_volumes_are_told_and_the_unfinished_year_left_out(tmp_path: Path) -> None:
    register = made.old_register(
        (
            "Japan,United States,2010,,4,,F-0,fighter,4,?,2011; 2012,New,,5,20,20",
            "Japan,Italy,2010,,4,,F-1,fighter,4,,2022; 2024,New,,5,20,20",
        )
    )
    found = rows("arms_trade", tmp_path, {"r.csv": register})
    trade = {(row["direction"], row["year"], row["partner_code"]): row for row in found}
    assert trade["import", 2011, "USA"]["tiv"] == 10.0
    assert trade["import", 2022, "ITA"]["split_share"] == 1.0
    assert ("import", 2024, "ITA") not in trade  # the register was made in March 2024
    assert trade["import", 2015, "all"] == {
        "direction": "import",
        "year": 2015,
        "partner_code": "all",
        "tiv": 0.0,
        "estimate_share": None,
        "split_share": None,
    }


def test_imports_and_exports_by_year_and_partner(tmp_path: Path) -> None:
    found = rows("arms_trade", tmp_path, {"r.csv": REGISTER})
    told = {(row["direction"], row["year"], row["partner_code"]): row["tiv"] for row in found if row["tiv"]}
    assert told == {
        ("import", 2014, "USA"): 15.0,
        ("import", 2014, "all"): 15.0,
        ("import", 2019, "USA"): 5.0,
        ("import", 2019, "DEU"): 5.0,
        ("import", 2019, "all"): 10.0,
        ("export", 2016, "PHL"): 12.0,
        ("export", 2016, "all"): 12.0,
        ("export", 2023, "VNM"): 4.0,
        ("export", 2023, "all"): 4.0,
    }


def test_spending_stands_in_one_row_a_year(tmp_path: Path) -> None:
    made.write_workbook(tmp_path / "m.xlsx", made.milex_sheets())
    content = (tmp_path / "m.xlsx").read_bytes()
    edition = make_joined(tmp_path, {})
    assert [one.kind.name for one in find_missing("spending", edition)] == ["sipri-milex"]
    assert compute("spending", edition).count().to_pyarrow().as_py() == 0
    (tmp_path / "x").mkdir()
    edition = make_joined(tmp_path / "x", {"m.xlsx": content})
    found = {(row["actor_code"], row["year"]): row for row in compute("spending", edition).to_pyarrow().to_pylist()}
    assert found["JPN", 2023]["gdp_share"] == 0.012
    assert (found["JPN", 2022]["constant_usd"], found["JPN", 2022]["price_year"]) == (55.0, 2022)
    assert found["VNM", 2022]["constant_usd"] == 9.0
    assert ("VNM", 2021) not in found


def test_commitments_before_and_since(tmp_path: Path) -> None:
    records = (
        record("agreement", "JPN PHL", signed("2012-05-01")),
        record("agreement", "JPN PHL USA", signed("2020")),
    )
    found = {
        row["partner_code"]: row
        for row in rows("commitments", tmp_path, {"a.csv": made.ATOP, "d.csv": made.DCAD}, records)
    }
    assert set(found) == {"PHL", "USA", "VNM"}
    usa = found["USA"]
    assert (usa["alliances"], usa["defence_pacts"], usa["alliances_first_year"]) == (1, 1, 1960)
    assert (usa["dcad_agreements"], usa["dcad_agreements_first_year"], usa["recorded_agreements"]) == (1, 1984, 1)
    phl = found["PHL"]
    assert (phl["alliances"], phl["alliances_first_year"], phl["recorded_agreements"]) == (0, None, 2)
    assert found["VNM"]["dcad_agreements_first_year"] == 1997


def test_exercise_partners_beside_the_records(tmp_path: Path) -> None:
    records = (record("exercise", "AUS JPN USA", held("2004-06")), record("exercise", "JPN PHL", held("2015-06")))
    found = {
        (row["year"], row["partner_code"]): row
        for row in rows("exercise_partners", tmp_path, {"m.csv": made.MME_WIDE}, records)
    }
    assert (found[1999, "PHL"]["exercises"], found[1999, "PHL"]["bilateral_exercises"]) == (1, 0)
    assert (
        found[1999, "all"]["exercises"]
        == found[1999, "partners"]["exercises"]
        == found[1999, "baseline"]["exercises"]
        == 1
    )
    assert (found[2004, "THA"]["bilateral_exercises"], found[2004, "partners"]["exercises"]) == (1, 0)
    assert (found[2004, "all"]["exercises"], found[2004, "all"]["recorded_exercises"]) == (1, 1)
    assert (found[2015, "PHL"]["exercises"], found[2015, "PHL"]["recorded_exercises"]) == (None, 1)
    assert found[2001, "all"]["exercises"] == 0


def test_survey_series_with_their_changes(tmp_path: Path) -> None:
    survey = made.SURVEY + "trust,Japan,2021,58,percent\ntrust,Japan,2022,,percent\n"
    found = rows("surveys", tmp_path, {"s.csv": survey})
    assert [(row["actor_code"], row["year"], row["previous_year"], row["change"]) for row in found] == [
        ("JPN", 2019, None, None),
        ("JPN", 2021, 2019, 7.0),
        ("PHL", 2021, None, None),
    ]


EVENTS = "".join(
    f"{line}\n"
    for line in (
        made.gdelt_line(1, "20150510", ("JPN", "PHL"), "057"),
        made.gdelt_line(2, "20150511", ("PHL", "JPN"), "042"),
        made.gdelt_line(2, "20150511", ("PHL", "JPN"), "042"),  # an event that two files hold
        made.gdelt_line(3, "20150612", ("JPN", "USA"), "062"),
        made.gdelt_line(4, "20150613", ("JPN", "USA"), "190"),
        made.gdelt_line(5, "20150613", ("FRA", "USA"), "042"),
    )
)
RECORDS = (
    record("dialogue", "JPN PHL", held("2015-05-12")),
    record("exercise", "JPN VNM", held("2015-06-01")),
    record("exercise", "JPN VNM", held("2019-06-01")),
    record("agreement", "JPN USA", signed("2015")),
)


def test_events_by_month_beside_the_records(tmp_path: Path) -> None:
    found = {
        (row["month"], row["partner_code"]): row
        for row in rows("event_cooperation", tmp_path, {"e.CSV": EVENTS}, RECORDS)
    }
    assert set(found) == {("2015-05", "PHL"), ("2015-06", "USA"), ("2015-06", "VNM")}
    may, june = found["2015-05", "PHL"], found["2015-06", "USA"]
    assert (may["events"], may["cooperative_events"], may["plover_support"], may["plover_consult"]) == (2, 2, 1, 1)
    assert (may["recorded_milestones"], may["recorded_sources"]) == (1, 1)
    assert (june["events"], june["military_events"], june["material_events"], june["conflict_events"]) == (2, 1, 1, 1)
    assert (found["2015-06", "VNM"]["events"], found["2015-06", "VNM"]["recorded_milestones"]) == (0, 1)


def test_events_and_records_compared(tmp_path: Path) -> None:
    found = compare_events("gdelt", make_joined(tmp_path, {"e.CSV": EVENTS}, RECORDS), days=3)
    assert {(one.month, one.partner_code): one.agreement for one in found.months} == {
        ("2015-05", "PHL"): "both",
        ("2015-06", "USA"): "events only",
        ("2015-06", "VNM"): "records only",
    }
    assert [(one.record_id, one.near) for one in found.milestones] == [("R0001", 2), ("R0002", 0)]
    assert found.correlation is not None
    assert -1 <= found.correlation <= 1
    with pytest.raises(NotFoundError, match="compare one of gdelt, icews"):
        compare_events("acled", make_joined(tmp_path, {}, RECORDS))
