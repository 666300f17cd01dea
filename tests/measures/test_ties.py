"""Tie strength by hand: fading, sharing, ranks and their range."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.measures.ties import Weigher, vary_weights
from tests.editions import held, make_edition, milestone, record, signed
from tests.measures.rows import row_of, rows_of


def test_a_record_fades_by_half_each_half_life(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, [record("agreement", "JPN PHL", signed("2014-03-01"))])
    strengths = {row["year"]: row["tie_strength"] for row in rows_of("ties", edition)}
    assert min(strengths) == 2014
    assert max(strengths) == 2024
    assert (strengths[2014], strengths[2019], strengths[2024]) == (4, 2, 1)
    assert strengths[2015] == pytest.approx(4 * 0.5**0.2)


def test_each_party_gives_the_weight_once_over_its_partners(tmp_path: Path) -> None:
    records = [record("exercise", "AUS JPN PHL USA", held("2024-05-03", 2))]
    rows = rows_of("ties", make_edition(tmp_path, records))
    assert len(rows) == 6
    assert [row["tie_strength"] for row in rows] == pytest.approx([2 / 3] * 6)
    assert {(row["records"], row["supports"]) for row in rows} == {(1, 2)}
    of_focus = [row for row in rows if "JPN" in (row["actor_a_code"], row["actor_b_code"])]
    assert [(row["actor_a_code"], row["actor_b_code"]) for row in of_focus] == [
        ("JPN", "AUS"),
        ("JPN", "PHL"),
        ("JPN", "USA"),
    ]
    assert sum(row["tie_strength"] for row in of_focus) == pytest.approx(2)
    assert {row["rank_in_year"] for row in of_focus} == {1}
    assert {row["rank_in_year"] for row in rows if row not in of_focus} == {None}


def test_types_without_weight_tentative_records_and_lone_parties_tie_nobody(tmp_path: Path) -> None:
    records = [
        record("deployment", "JPN PHL", held("2024-05-03")),
        record("dialogue", "JPN VNM", held("2024-05-03")),
        record("exercise", "JPN USA", milestone("planned", "2024-05-03")),
        record("exercise", "JPN", held("2024-05-03")),
    ]
    assert rows_of("ties", make_edition(tmp_path, records, tie_weights={"dialogue": 0.0, "exercise": 1.0})) == []


def test_the_range_of_a_rank_shows_how_much_it_owes_to_the_weights(tmp_path: Path) -> None:
    records = [
        record("agreement", "JPN PHL", signed("2024-03-01")),
        *[record("dialogue", "JPN USA", held("2024-05-03")) for _ in range(3)],
        record("dialogue", "JPN VNM", held("2024-05-03")),
    ]
    edition = make_edition(tmp_path, records, tie_weights={"agreement": 4.0, "dialogue": 1.0})
    ranks = {
        row["actor_b_code"]: (row["rank_in_year"], row["rank_low"], row["rank_high"])
        for row in rows_of("ties", edition, year=2024)
    }
    # Equal weights and half the weight on agreements put USA (3) before PHL (1 or 2); nothing lifts VNM alone above.
    assert ranks == {"PHL": (1, 1, 2), "USA": (2, 1, 2), "VNM": (3, 2, 3)}


def test_the_weightings_are_the_documented_ones() -> None:
    varied = vary_weights({"agreement": 4.0, "dialogue": 1.0, "policy": 0.0}, 5.0)
    assert set(varied) == {
        "base",
        "equal",
        "half agreement",
        "double agreement",
        "half dialogue",
        "double dialogue",
        "half half-life",
        "double half-life",
    }
    assert varied["double agreement"] == ({"agreement": 8.0, "dialogue": 1.0}, 5.0)
    assert varied["half half-life"] == ({"agreement": 4.0, "dialogue": 1.0}, 2.5)
    assert varied["equal"][0] == {"agreement": 1.0, "dialogue": 1.0}


def test_doubling_all_weights_doubles_ties_and_leaves_ranks(tmp_path: Path) -> None:
    records = [
        record("agreement", "JPN PHL", signed("2012-03-01")),
        record("exercise", "JPN PHL USA", held("2020")),
        record("dialogue", "JPN VNM", held("2022-Q2")),
    ]
    single = rows_of("ties", make_edition(tmp_path / "single", records))
    weights = {"agreement": 8.0, "exercise": 4.0, "dialogue": 2.0}
    double = rows_of("ties", make_edition(tmp_path / "double", records, tie_weights=weights))
    assert [row["tie_strength"] for row in double] == pytest.approx([2 * row["tie_strength"] for row in single])
    assert [row["rank_in_year"] for row in double] == [row["rank_in_year"] for row in single]


def test_a_pair_is_there_from_its_first_record_on(tmp_path: Path) -> None:
    records = [record("dialogue", "JPN PHL", held("2022-01-01")), record("dialogue", "JPN USA", held("2024-01-01"))]
    edition = make_edition(tmp_path, records)
    assert [(row["year"], row["actor_b_code"]) for row in rows_of("ties", edition)] == [
        (2022, "PHL"),
        (2023, "PHL"),
        (2024, "PHL"),
        (2024, "USA"),
    ]
    assert row_of("ties", edition, year=2024, actor_b_code="USA")["rank_in_year"] == 1


def test_planned_once_it_weighs_as_the_measure_does(tmp_path: Path) -> None:
    records = [
        record("agreement", "JPN PHL", signed("2020-03-01")),
        record("exercise", "JPN PHL USA", held("2022-05-03")),
        record("dialogue", "JPN USA", held("2024-05-03")),
    ]
    edition = make_edition(tmp_path, records)
    weigher, settings = Weigher(edition), edition.settings
    own = {(row["year"], row["actor_a_code"], row["actor_b_code"]): row for row in rows_of("ties", edition)}
    for _ in range(2):
        weighed = [
            row
            for year in range(2019, int(settings.as_of[:4]) + 1)
            for row in weigher.weigh(settings.tie_weights, settings.tie_half_life_years, year).to_pylist()
        ]
        assert {(row["year"], row["actor_a_code"], row["actor_b_code"]): row for row in weighed} == own
        (heavy,) = weigher.weigh({"agreement": 8.0}, 1.0, 2020).to_pylist()
        assert (heavy["tie_strength"], heavy["rank_in_year"]) == (8.0, 1)
    other = Weigher(edition)
    assert other.weigh({"agreement": 2.0}, 1.0, 2021).to_pylist()[0]["tie_strength"] == 1.0
