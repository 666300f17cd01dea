"""The network by hand, and what must hold for every network."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.measures import compute
from pactwatch.measures.network import measure_centrality, rank_strengths, weigh_pairs
from tests.editions import held, make_edition, milestone, record

PARTIES = st.lists(st.frozensets(st.sampled_from(["AUS", "IDN", "JPN", "PHL", "USA"]), max_size=5), max_size=12)


def pair(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


def test_a_record_of_three_shares_its_weight_over_three_pairs() -> None:
    weights = weigh_pairs([pair("JPN PHL"), pair("JPN PHL USA"), pair("JPN")])
    assert weights == pytest.approx({pair("JPN PHL"): 4 / 3, pair("JPN USA"): 1 / 3, pair("PHL USA"): 1 / 3})


def test_the_middle_of_a_path_bridges_all_and_a_triangle_bridges_nothing() -> None:
    path = measure_centrality({pair("JPN PHL"): 1.0, pair("JPN USA"): 2.0})
    assert (path["JPN"].degree, path["JPN"].strength, path["JPN"].betweenness, path["JPN"].brokerage) == (2, 3, 1, 1)
    assert (path["PHL"].degree, path["PHL"].betweenness, path["PHL"].brokerage) == (1, 0, 0)
    triangle = measure_centrality(dict.fromkeys([pair("JPN PHL"), pair("JPN USA"), pair("PHL USA")], 1.0))
    assert {actor.brokerage + actor.betweenness for actor in triangle.values()} == {0}


def test_in_a_square_each_corner_brokers_one_pair_of_three_and_shares_its_paths() -> None:
    square = measure_centrality(dict.fromkeys([pair("A B"), pair("B C"), pair("C D"), pair("D A")], 1.0))
    for corner in square.values():
        assert corner.brokerage == pytest.approx(1 / 3)
        assert corner.betweenness == pytest.approx(1 / 6)


def test_a_pair_alone_and_a_tie_of_no_weight() -> None:
    assert measure_centrality({}) == {}
    alone = measure_centrality({pair("JPN PHL"): 1.0, pair("JPN USA"): 0.0})
    assert list(alone) == ["JPN", "PHL"]
    assert (alone["JPN"].degree, alone["JPN"].betweenness, alone["JPN"].brokerage) == (1, 0, 0)


@given(PARTIES)
def test_weights_sum_to_records_and_strengths_to_twice_that(parties: list[frozenset[str]]) -> None:
    weights = weigh_pairs(parties)
    joint = sum(len(codes) > 1 for codes in parties)
    assert sum(weights.values()) == pytest.approx(joint)
    assert sum(actor.strength for actor in measure_centrality(weights).values()) == pytest.approx(2 * joint)
    assert weigh_pairs(reversed(parties)) == weights


@given(PARTIES)
def test_brokerage_is_what_counting_open_pairs_gives(parties: list[frozenset[str]]) -> None:
    weights = weigh_pairs(parties)
    network = measure_centrality(weights)
    for code, actor in network.items():
        pairs = list(combinations(sorted(set(network) - {code}), 2))
        bridged = [
            two
            for two in pairs
            if frozenset(two) not in weights and all(frozenset({code, other}) in weights for other in two)
        ]
        assert actor.brokerage == pytest.approx(len(bridged) / len(pairs) if pairs else 0)
        assert 0 <= actor.betweenness <= 1


def test_equal_strengths_share_the_better_rank() -> None:
    assert rank_strengths({"A": 3, "B": 2, "C": 2 + 1e-12, "D": 1}) == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_windows_of_one_and_five_years(tmp_path: Path) -> None:
    records = [
        record("exercise", "JPN PHL", held("2018-05-01", 2)),
        record("dialogue", "JPN USA", held("2022-05-01")),
        record("policy", "JPN", milestone("decided", "2022-04-01")),
        record("exercise", "JPN VNM", milestone("planned", "2022-06-01")),
    ]
    rows = compute("network", make_edition(tmp_path, records, as_of="2023-12-31")).to_pyarrow().to_pylist()

    def actors(window: int, year: int) -> dict[str, dict[str, Any]]:
        return {row["actor_code"]: row for row in rows if (row["window_years"], row["year"]) == (window, year)}

    assert set(actors(1, 2022)) == {"JPN", "USA"}
    assert set(actors(5, 2022)) == {"JPN", "PHL", "USA"}
    assert actors(5, 2022)["JPN"] | {"year": 0} == {
        "window_years": 5,
        "year": 0,
        "actor_code": "JPN",
        "degree": 2,
        "strength": 2.0,
        "betweenness": 1.0,
        "brokerage": 1.0,
        "rank_in_window": 1,
        "records": 2,
        "supports": 3,
    }
    assert set(actors(5, 2023)) == {"JPN", "USA"}
    assert actors(1, 2023) == {}
