"""Two vintages compared: added, dropped, revised, reworded, and what only one of them covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.datasets.differences import DifferenceError, TableChanges, compare_files
from tests.datasets import made
from tests.datasets.made import write


def changes(tmp_path: Path, old: str, new: str) -> dict[str, TableChanges]:
    found = compare_files(write(tmp_path, "old.csv", old), write(tmp_path, "new.csv", new))
    return {table.table: table for table in found.tables}


def test_the_same_file_differs_in_nothing(tmp_path: Path) -> None:
    tables = changes(tmp_path, made.old_register(), made.old_register())
    assert all(not (one.added or one.dropped or one.revised or one.reworded) for one in tables.values())
    assert tables["arms_orders"].same == 5


def test_orders_added_dropped_revised_and_reworded(tmp_path: Path) -> None:
    rows = list(made.OLD_ROWS)
    rows[0] = rows[0].replace("fighter,4,?,2011; 2012", "fighter,2,?,2011").replace(",5,20,20", ",5,20,10")
    rows[2] = rows[2].replace("patrol craft", "patrol boat")
    rows[3] = rows[3].replace("UAE", "United Arab Emirates")
    rows[4] = "Japan,France,2015,,1,,Gun,gun,1,,2016,New,,2,2,2"
    orders = changes(tmp_path, made.old_register(), made.old_register(rows))["arms_orders"]
    assert orders.added == ("FRA / JPN / 2015 / Gun",)
    assert orders.dropped == ("unknown supplier(s) / MNLF (Philippines)* / 1999 / Tube",)
    (revised,) = orders.revised
    assert revised.key == "USA / JPN / 2010 / F-0"
    assert {one.column: (one.before, one.after) for one in revised.revisions} == {
        "number_delivered": (4.0, 2.0),
        "delivery_years": ("2011;2012", "2011"),
        "tiv_delivered": (20.0, 10.0),
    }
    assert [one.key for one in orders.reworded] == ["JPN / PHL / 2013 / Boat-44"]
    assert orders.same == 2  # a state under another name is the same state


def test_an_order_whose_weapon_was_renamed_is_reworded(tmp_path: Path) -> None:
    rows = [made.OLD_ROWS[0].replace("F-0", "F-0 Falcon"), *made.OLD_ROWS[1:]]
    orders = changes(tmp_path, made.old_register(), made.old_register(rows))["arms_orders"]
    assert not orders.added
    assert not orders.dropped
    assert [one.revisions[0].after for one in orders.reworded] == ["F-0 Falcon"]


def test_yearly_sums_show_what_a_revision_does(tmp_path: Path) -> None:
    rows = [made.NEW_ROWS[0].replace(",3,No,2014,No,New,5,5,15", ",2,No,2014,No,New,5,5,10"), *made.NEW_ROWS[1:]]
    deliveries = changes(tmp_path, made.new_register(), made.new_register(rows))["arms_deliveries"]
    assert [(one.key, one.revisions[0].before, one.revisions[0].after) for one in deliveries.revised] == [
        ("USA / JPN / 2014", 15.0, 10.0)
    ]


def test_years_that_only_one_file_covers_are_not_compared(tmp_path: Path) -> None:
    new = made.TIV.replace("2020,2021,2022,2020-2022", "2021,2022,2023,2021-2023")
    volumes = changes(tmp_path, made.TIV, new)["arms_volumes"]
    assert volumes.outside == 4
    assert {one.key for one in volumes.revised} | {*volumes.added, *volumes.dropped}


def test_files_of_two_kinds_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(DifferenceError, match=r"old.csv is dcad, new.csv is mme"):
        changes(tmp_path, made.DCAD, made.MME_WIDE)
