"""The files analysts really download, where they are beside the repository: every one is read, every figure comes
out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pactwatch.datasets.importing import Job, import_files, read_tables
from pactwatch.datasets.library import open_workspace
from pactwatch.datasets.reproduction import read_figures, reproduce
from pactwatch.datasets.shape import Scope

EXTERNAL = Path(__file__).parents[2].parent / "shared" / "external"

FILES = {
    "sipri/register_new_20240413.csv": {"arms_orders": 13_893, "arms_deliveries": 27_838},
    "sipri/register_old_20240318.csv": {"arms_orders": 29_056, "arms_deliveries": 59_157},
    "sipri/milex_1948_2023.xlsx": {"military_spending": 79_332},
    "sipri/tiv_import_1990_2023.csv": {"arms_volumes": 3_881},
    "dcad/DCAD-v1.0-main.csv": {"defence_agreements": 1_871},
    "mme/mme_v7.csv": {"exercises": 3_707, "exercise_participants": 13_661},
    "atop/atop5_1m.csv": {"alliance_members": 2_510},
    "cow/NMC-60-abridged.csv": {"capabilities": 15_951},
    "cow/states2016.csv": {"cow_states": 243},
    "un_voting/qss_unvoting_idealpoints.csv": {"ideal_points": 9_120},
    "gdelt/gdelt2_20151027_61col.tsv": {"events": 2_116},
    "gdelt/gdelt1_20141124.export.CSV.zip": {"events": 100},
    "icews/events.2018.sample.tab": {"events": 3_705},
    "netsci/csv/alliances_edges.csv": {"network_ties": 13_155},
    "netsci/csv/alliances_nodes.csv": {"network_members": 3_280},
}

pytestmark = pytest.mark.skipif(
    not EXTERNAL.is_dir(), reason="the data sets are not beside the repository (../shared/external)"
)


def test_every_published_figure_comes_out_or_says_why(tmp_path: Path) -> None:
    outcomes = list(import_files([EXTERNAL / name for name in FILES], Job(tmp_path, scope=Scope())))
    assert {one.file: one.status for one in outcomes if one.status != "imported"} == {}
    assert [one.entry.details["rows"] for one in outcomes if one.entry] == [
        dict(sorted(rows.items())) for rows in FILES.values()
    ]
    results = reproduce(open_workspace(tmp_path))
    told = [
        f"{one.figure.what}: {one.computed} for {one.figure.published}" for one in results if one.status == "differs"
    ]
    assert told == []
    counts = Counter(one.status for one in results)
    assert counts == {"reproduced": len(read_figures()[0]) - 1, "explained": 1}


def test_the_register_adds_up_to_the_published_volumes() -> None:
    """Two downloads of one release: sums of the register are the TIV table's cells, which round to a whole million."""
    _, register, _ = read_tables(EXTERNAL / "sipri/register_new_20240413.csv")
    _, volumes, _ = read_tables(EXTERNAL / "sipri/tiv_import_1990_2023.csv")
    sums: Counter[tuple[str, int]] = Counter()
    for row in register["arms_deliveries"].to_pylist():
        sums[row["recipient_name"], row["delivery_year"]] += row["tiv_delivered"]
    told = {(row["country_name"], row["year"]): row["tiv"] for row in volumes["arms_volumes"].to_pylist()}
    assert told.keys() == set(sums)
    assert max(abs(sums[key] - value) for key, value in told.items()) <= 0.51
