"""Texts read window by window: what was read last is remembered, and nothing else about it changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.encoder import Line, Window, reading
from pactwatch.encoder.network import Floats, Network
from tests.encoder.made import PIECES, Chance, make_reader

LINES = st.lists(st.lists(st.sampled_from(PIECES[3:]), min_size=1, max_size=60).map(" ".join), max_size=12)


def read_anew(lines: list[str]) -> list[tuple[Window, Floats]]:
    return make_reader(Chance(2)).read(Line("talks"), [Line(one) for one in lines])


@given(LINES, LINES)
def test_what_was_read_before_changes_nothing(before: list[str], lines: list[str]) -> None:
    reader = make_reader(Chance(2))
    reader.read(Line("talks"), [Line(one) for one in before])
    told = reader.read(Line("talks"), [Line(one) for one in lines])
    for (window, vectors), (other, others) in zip(told, read_anew(lines), strict=True):
        assert window == other
        assert len(vectors) == len(window.pieces)
        np.testing.assert_allclose(vectors, others, atol=1e-4)


def test_the_same_windows_are_read_once_and_only_the_last_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, read = make_reader(Chance(2)), list[int]()
    plain = Network.read

    def count(network: Network, windows: list[tuple[int, ...]]) -> list[Floats]:
        read.append(len(windows))
        return plain(network, windows)

    monkeypatch.setattr(Network, "read", count)
    for text in ("japan signed", "japan signed", "manila signed", "japan signed"):
        reader.read(Line(""), [Line(text)])
    assert read == [1, 1, 1]


def test_beyond_the_most_pieces_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PIECES", 400)
    reader = make_reader(Chance(2))
    told = reader.read(Line(""), [Line("japan " * 90)] * 12)
    assert [row for window, _ in told for row in window.rows] == [0, 1, 2, 3]
