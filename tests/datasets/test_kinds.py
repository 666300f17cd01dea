"""Each kind: recognised by its content, read into typed rows, with every quirk of its publisher."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.datasets.kinds import KINDS, find_kinds
from pactwatch.model.errors import InputError, NotFoundError
from tests.datasets import made
from tests.datasets.made import notes_of, read, write

RECOGNISED = {
    "old.csv": (made.old_register(), "sipri-register"),
    "new.csv": (made.new_register(), "sipri-register"),
    "tiv.csv": (made.TIV, "sipri-tiv"),
    "dcad.csv": (made.DCAD, "dcad"),
    "mme.csv": (made.MME_WIDE, "mme"),
    "long.csv": (made.MME_LONG, "mme"),
    "atop.csv": (made.ATOP, "atop"),
    "nmc.csv": (made.CAPABILITIES, "cow-capabilities"),
    "states.csv": (made.STATES, "cow-states"),
    "codes.csv": ("StateAbb,CCode,StateNme\nJPN,740,Japan\n", "cow-states"),
    "unga.csv": (made.UNGA, "unga"),
    "survey.csv": (made.SURVEY, "survey"),
    "ties.csv": (made.TIES, "network"),
    "icews.tab": (made.icews(made.icews_line(1, "2018-06-01", "Japan", "Vietnam")), "icews"),
    "gdelt.csv": (made.gdelt_line(1, "20151027", ("JPN", "PHL")) + "\n", "gdelt"),
}


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_file_is_recognised_by_its_content(name: str, tmp_path: Path) -> None:
    content, kind = RECOGNISED[name]
    found, rows, reading = read(write(tmp_path, "download", content))
    assert found == kind
    assert reading.rows_read > 0
    assert sum(map(len, rows.values())) > 0


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_documents_itself_and_its_columns(kind: object) -> None:
    one = KINDS[kind.name]  # type: ignore[attr-defined]
    assert all((one.title, one.publisher, one.terms, one.cite, one.where))
    for table in one.tables:
        assert {*table.key} <= {column.name for column in table.columns}
        assert all(column.description for column in table.columns)


def test_an_unknown_file_and_an_unknown_kind_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="begins 'a,b'"):
        read(write(tmp_path, "x.csv", "a,b\n1,2\n"))
    with pytest.raises(NotFoundError, match="sipri-register"):
        find_kinds("spiri")
    assert [kind.name for kind in find_kinds("sipri")] == ["sipri-register", "sipri-tiv", "sipri-milex"]


def test_an_order_keeps_its_flags_and_its_volume_is_split_as_an_estimate(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "r.csv", made.old_register()))
    first = rows["arms_orders"][0]
    assert (first["supplier_code"], first["recipient_code"], first["is_order_year_estimate"]) == ("USA", "JPN", True)
    assert (first["is_number_ordered_estimate"], first["number_ordered"], first["file_line"]) == (False, 4.0, 7)
    split = [row for row in rows["arms_deliveries"] if row["order_id"] == first["order_id"]]
    assert [(row["delivery_year"], row["tiv_delivered"], row["is_split"], row["is_estimate"]) for row in split] == [
        (2011, 10.0, True, True),
        (2012, 10.0, True, True),
    ]
    soviet = next(row for row in rows["arms_deliveries"] if row["supplier_name"] == "Soviet Union")
    assert (soviet["supplier_code"], soviet["is_split"], soviet["tiv_delivered"]) == ("SUN", False, 6.0)
    assert reading.vintage == "2024-03-18"
    assert {one.value for one in reading.findings.unplaced} == {"MNLF (Philippines)*", "unknown supplier(s)"}
    empty = rows["arms_orders"][3]
    assert (empty["number_ordered"], empty["tiv_delivered"], empty["supplier_code"]) == (None, 0.0, "ARE")


def test_a_delivery_row_has_its_own_volume(tmp_path: Path) -> None:
    _, rows, _ = read(write(tmp_path, "r.csv", made.new_register()))
    assert sum(row["tiv_delivered"] for row in rows["arms_deliveries"]) == 57.0  # type: ignore[misc]
    assert not any(row["is_split"] for row in rows["arms_deliveries"])
    order = rows["arms_orders"][0]
    assert (order["number_delivered"], order["delivery_years"], order["tiv_delivered"]) == (4.0, "2014;2019", 20.0)
    assert order["is_order_year_estimate"] is True


def test_volumes_tell_nothing_from_little_and_their_totals_are_checked(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "t.csv", made.TIV))
    cells = {(row["country_name"], row["year"]): (row["tiv"], row["is_under_half"]) for row in rows["arms_volumes"]}
    assert cells == {
        ("Japan", 2020): (10.0, False),
        ("Japan", 2022): (21.0, False),
        ("UAE", 2020): (5.0, False),
        ("UAE", 2021): (0.0, True),
        ("Libya HoR*", 2022): (14.0, False),
    }
    assert "add up" not in notes_of(reading)
    _, _, wrong = read(write(tmp_path, "w.csv", made.TIV.replace("Japan,10,", "Japan,19,")))
    assert "the countries of 2020 do not add up to the total told (line 11)" in notes_of(wrong)
    assert "a row's years do not add up to its own total (line 8)" in notes_of(wrong)
    _, _, cut = read(write(tmp_path, "c.csv", made.TIV[: made.TIV.index("Total")]))
    assert "no row of totals" in notes_of(cut)


def test_regions_of_a_volume_table_are_filled_down(tmp_path: Path) -> None:
    text = (
        "Volume of exports of major arms by region broken down by suppliers\n\n,,2020,2021,2022,2020-2022,%\n"
        "Africa,Regional total,3,1,,4,100%\n,Japan,2,1,,3,75%\n,UAE,1,,,1,25%\nAsia,Regional total,5,,,5,100%\n"
        ",Japan,5,,,5,100%\nSource: TIV\n"
    )
    _, rows, reading = read(write(tmp_path, "r.csv", text.replace("\nSource: TIV\n", "\n")[:-1] + "\n"))
    found = [(row["region"], row["country_name"], row["year"], row["tiv"]) for row in rows["arms_volumes"]]
    assert found[0] == ("Africa", "Japan", 2020, 2.0)
    assert ("Asia", "Japan", 2020, 5.0) in found
    assert rows["arms_volumes"][0]["direction"] == "export"
    assert "add up" not in notes_of(reading)


def test_a_workbook_keeps_colours_and_what_is_missing(tmp_path: Path) -> None:
    path = made.write_workbook(tmp_path / "milex.xlsx", made.milex_sheets())
    kind, rows, reading = read(path)
    cells = {(row["series"], row["country_name"], row["year"]): row for row in rows["military_spending"]}
    assert kind == "sipri-milex"
    assert cells["constant_usd", "Japan", 2022]["certainty"] == "estimate"
    assert cells["constant_usd", "Japan", 2022]["price_year"] == 2022
    assert cells["constant_usd", "Viet Nam", 2022]["certainty"] == "uncertain"
    assert cells["constant_usd", "Viet Nam", 2021]["missing_reason"] == "no_data"
    assert cells["constant_usd", "Viet Nam", 2023]["missing_reason"] == "no_country"
    assert cells["constant_usd", "Japan", 2021]["notes"] == "§"
    assert cells["share_of_gdp", "Japan", 2023]["figure"] == 0.012
    assert cells["regional_totals", "World", 2022]["figure"] == 105.0
    assert reading.vintage == "to 2023"


def test_a_sheet_of_the_workbook_saved_as_csv_says_that_colours_are_lost(tmp_path: Path) -> None:
    head = "Military expenditure by country as share of GDP;;;\nCountry;Notes;2000;2001\n"
    text = f"{head}Japan;;1,0%;1,1%\nKosovo;;xxx;...\n"
    _, rows, reading = read(write(tmp_path, "gdp.csv", text))
    figures = [(row["figure"], row["missing_reason"], row["certainty"]) for row in rows["military_spending"]]
    assert figures == [
        (pytest.approx(0.010), None, "unknown"),
        (pytest.approx(0.011), None, "unknown"),
        (None, "no_country", "unknown"),
        (None, "no_data", "unknown"),
    ]
    assert "lost its colours" in notes_of(reading)


def test_a_hostile_workbook_is_refused(tmp_path: Path) -> None:
    path = made.write_workbook(tmp_path / "m.xlsx", made.milex_sheets())
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet/>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="document type"):
        read(path)


def test_codes_for_missing_stay_apart_from_numbers_and_disagreeing_codes_are_listed(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "d.csv", made.DCAD))
    one, two, three, four = rows["defence_agreements"]
    assert (one["signed_edtf"], one["span_years"], one["first_code"], one["second_code"]) == (
        "1984-04-01",
        5,
        "USA",
        "JPN",
    )
    assert (two["signed_edtf"], two["span_years"], two["span_missing_code"]) == ("1997-03", None, -77)
    assert (two["earliest_date"], two["latest_date"]) == (date(1997, 3, 1), date(1997, 3, 31))
    assert (two["second_code"], two["in_force_edtf"]) == ("VNM", None)
    assert (three["signed_edtf"], three["categories"]) == ("1990", "DCA;DIC")
    assert four["first_code"] is None
    assert [(one.value, one.first_line) for one in reading.findings.unplaced] == [("145 VEN", 5)]


def test_exercises_under_one_number_are_told_apart_and_unnamed_ones_kept(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "m.csv", made.MME_WIDE))
    exercises = {row["exercise_id"]: row for row in rows["exercises"]}
    assert list(exercises) == ["mme1", "mme2", "mme2#2", "mme3"]
    assert (exercises["mme2"]["exercise_name"], exercises["mme2"]["start_edtf"]) == ("", "2004-05")
    assert exercises["mme1"]["traits"] == "Sea;Warfighting"
    assert exercises["mme2#2"]["participant_count"] == 0
    who = {(row["exercise_id"], row["participant_name"]): row["actor_code"] for row in rows["exercise_participants"]}
    assert who["mme3", "Russia"] == "RUS"
    assert who["mme3", "Baltic States"] is None
    assert "the number mme2 stands for another exercise too" in notes_of(reading)
    _, long_rows, _ = read(write(tmp_path, "l.csv", made.MME_LONG))
    assert [row["participant_name"] for row in long_rows["exercise_participants"]] == ["Japan", "Philippines"]


def test_a_date_told_twice_must_be_one_date(tmp_path: Path) -> None:
    _, rows, reading = read(
        write(tmp_path, "m.csv", made.MME_WIDE.replace("1/14/99,1999,1,14", "14.01.1999,1999,1,14"))
    )
    assert rows["exercises"][0]["start_edtf"] == "1999-01-14"
    _, _, other = read(write(tmp_path, "n.csv", made.MME_WIDE.replace("1/14/99,1999,1,14", "1/14/99,1998,1,14")))
    assert "tell two dates" not in notes_of(reading)
    assert "StartDate and its parts tell two dates; the parts were taken (line 2)" in notes_of(other)


def test_a_membership_without_an_exit_is_in_force(tmp_path: Path) -> None:
    _, rows, _ = read(write(tmp_path, "a.csv", made.ATOP))
    treaty, _, japan, russia = rows["alliance_members"]
    assert (treaty["actor_code"], treaty["is_in_force"], treaty["exit_edtf"]) == ("USA", True, None)
    assert (japan["is_in_force"], japan["exit_edtf"]) == (False, "1918-11")
    assert russia["actor_code"] == "RUS"
    assert (treaty["has_defense"], japan["has_defense"]) == (True, False)


def test_members_in_columns_share_the_alliances_dates(tmp_path: Path) -> None:
    text = "atopid,begyr,begmo,begday,endyr,endmo,endday,bilat,phase,defense,consul,mem1,mem2,version\n"
    _, rows, reading = read(write(tmp_path, "a.csv", f"{text}3375,1960,6,23,0,0,0,1,0,1,1,2,740,5.1\n"))
    assert [row["actor_code"] for row in rows["alliance_members"]] == ["USA", "JPN"]
    assert "entry and exit are those of the alliance" in notes_of(reading)


def test_capabilities_missing_are_empty_and_the_index_is_computed_anew(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "n.csv", made.CAPABILITIES))
    japan = rows["capabilities"][1]
    assert (japan["military_spending"], japan["energy_use"], japan["population"]) == (None, None, 120.0)
    assert [row["actor_code"] for row in rows["capabilities"]] == ["USA", "JPN", "SUN", "VNM"]
    assert "the index of" not in notes_of(reading)
    without = "".join(line for line in made.CAPABILITIES.splitlines(keepends=True) if not line.startswith("USA"))
    _, _, cut = read(write(tmp_path, "c.csv", without))
    assert "the index of 2000 is not what its parts give: rows are missing or damaged" in notes_of(cut)


def test_states_and_ideal_points_and_surveys_and_networks(tmp_path: Path) -> None:
    _, states, _ = read(write(tmp_path, "s.csv", made.STATES))
    assert [(row["actor_code"], row["end_date"]) for row in states["cow_states"]] == [
        ("CSK", date(1939, 3, 15)),
        ("JPN", date(1945, 8, 14)),
    ]
    _, points, _ = read(write(tmp_path, "u.csv", made.UNGA))
    assert [(row["actor_code"], row["agree_usa_share"]) for row in points["ideal_points"]] == [
        ("JPN", 0.5),
        ("YEM", None),
        ("SUN", 0.1),
    ]
    _, survey, _ = read(write(tmp_path, "v.csv", made.SURVEY))
    assert [(row["actor_code"], row["figure"], row["unit"]) for row in survey["survey_figures"]] == [
        ("JPN", 51.0, "percent"),
        ("PHL", 58.2, "percent"),
    ]
    with pytest.raises(InputError, match="one figure for trust in 2019"):
        read(write(tmp_path, "w.csv", made.SURVEY + "trust,Japan,2019,52,percent\n"))
    _, ties, _ = read(write(tmp_path, "t.csv", made.TIES))
    assert ties["network_ties"][1]["second_code"] == "PHL"
