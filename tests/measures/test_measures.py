"""What every measure owes: declared columns, a key, words on its limits, an answer on an empty edition, and no heavy
import.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pactwatch.edition import Edition
from pactwatch.measures import MEASURES, compute, find_measure
from pactwatch.model.errors import NotFoundError
from tests.editions import figure, held, make_edition, milestone, record, signed, source

JOINED = tuple(name for name, measure in MEASURES.items() if measure.needs)
OWN = tuple(name for name in MEASURES if name not in JOINED)
NAMES = ("activity", "timing", "ties", "balance", "breadth", "depth", "pathways", "network", "lag", "coverage")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    records = [
        record(
            "agreement", "JPN PHL", milestone("negotiating", "2023-11"), signed("2024-07-08", ["S1"]), instrument="RAA"
        ),
        record("exercise", "JPN PHL USA", held("2024-05", 3, exercise_level="field")),
        record("transfer", "JPN PHL", milestone("contracted", "2022", items=["radar"])),
        record("exercise", "ASEAN AUS JPN", held("2019-Q3", exercise_level="tabletop")),
        record("policy", "JPN", milestone("decided", "2014-04-01")),
    ]
    figures = [figure("trust", 2019, 60.0), figure("trust", 2021, 52.0)]
    return make_edition(tmp_path_factory.mktemp("edition"), records, [source("S1", "2024-07-09")], figures)


def test_the_measures_are_those_of_the_design() -> None:
    assert tuple(MEASURES) == (*NAMES, "perception", *JOINED)
    assert all(measure.name == name for name, measure in MEASURES.items())


@pytest.mark.parametrize("name", OWN)
def test_a_measure_gives_its_declared_columns_ordered_by_a_key(name: str, edition: Edition) -> None:
    measure = find_measure(name)
    table = compute(name, edition).to_pyarrow()
    assert table.column_names == list(measure.columns)
    keys = list(zip(*(table[column].to_pylist() for column in measure.key), strict=True))
    assert keys
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_of_nothing_is_empty_and_of_the_same_types(name: str, tmp_path: Path, edition: Edition) -> None:
    empty = compute(name, make_edition(tmp_path)).to_pyarrow()
    assert empty.num_rows == 0
    assert empty.schema.equals(compute(name, edition).to_pyarrow().schema)


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_says_what_it_is_and_what_it_cannot_show(name: str) -> None:
    measure = find_measure(name)
    for words in (
        measure.title,
        measure.definition,
        measure.unit,
        measure.source,
        measure.cannot_show,
        measure.example,
    ):
        assert words == " ".join(words.split())
        assert words
    assert all(note.description and note.unit for note in measure.columns.values())


def test_shares_are_shares(edition: Edition) -> None:
    for name in MEASURES:
        table = compute(name, edition).to_pyarrow()
        for column in table.column_names:
            if column.endswith("_share"):
                assert all(0 <= value <= 1 for value in table[column].to_pylist() if value is not None)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"'tie'.*activity, timing, ties"):
        find_measure("tie")


def test_naming_the_measures_imports_nothing_heavy() -> None:
    heavy = "{'ibis', 'pandas', 'scipy', 'rustworkx', 'duckdb', 'pyarrow', 'numpy'}"
    code = f"import sys, pactwatch.measures; sys.exit(str({heavy} & set(sys.modules) or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
