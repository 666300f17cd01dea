"""A mapping in pages is a dictionary, whatever of it was read, changed and put away in between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.reconcile import paging
from pactwatch.reconcile.paging import Form, OutdatedError, Paged, Shelf

TEXT: Form[list[int]] = Form("text")
NUMBERED: Form[list[int]] = Form("numbered", is_numbered=True)


class Shelves:
    """Pages of one mapping with the turn at which they were put there last."""

    def __init__(self, form: Form[list[int]]) -> None:
        self.form, self.held, self.turn, self.pages, self.size = form, dict[str, bytes](), 0, 0, 0
        self.read = 0

    def keep(self, mapping: Paged[Any, list[int]]) -> int:
        """Put away what changed; how many pages that is."""
        self.turn += 1
        changed = mapping.changed(self.turn)
        if mapping.is_whole:
            self.held.clear()
        self.held.update(changed)
        self.pages, self.size = mapping.pages, len(mapping)
        return len(changed)

    def open(self) -> Paged[Any, list[int]]:
        """The mapping as it was put away."""
        return Paged(self.form, Shelf(self._get, lambda: dict(self.held), self.turn, self.pages), self.size)

    def _get(self, page: str) -> bytes | None:
        self.read += 1
        return self.held.get(page)


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    monkeypatch.setattr(paging, "MOST_PAGE", 3)


STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "add", "drop", "look", "all", "keep", "keep")), st.integers(0, 30)), max_size=60
)


@pytest.mark.parametrize("form", [TEXT, NUMBERED], ids=lambda form: form.name)
@settings(max_examples=80, deadline=None)
@given(steps=STEPS)
def test_it_is_a_dictionary(form: Form[list[int]], steps: list[tuple[str, int]]) -> None:
    shelves, held, top = Shelves(form), dict[Any, list[int]](), 0
    mapping: Paged[Any, list[int]] = Paged(form)
    for what, number in steps:
        top += what == "put"
        key: Any = top if form.is_numbered and what == "put" else number if form.is_numbered else f"k{number}"
        if what == "put":  # numbers are given in order, as nodes get theirs
            mapping[key], held[key] = [number], [number]
        elif what == "add" and key in held:
            mapping[key].append(number)  # changed in place
            held[key].append(number)
        elif what == "drop":
            assert mapping.pop(key, None) == held.pop(key, None)
        elif what == "look":
            assert (key in mapping, mapping.get(key)) == (key in held, held.get(key))
        elif what == "all":
            assert dict(mapping.items()) == held
        else:
            shelves.keep(mapping)
            mapping = shelves.open()
        assert len(mapping) == len(held)
    assert dict(mapping.items()) == held


def test_little_is_read_and_written_for_a_small_change() -> None:
    shelves = Shelves(TEXT)
    mapping: Paged[Any, list[int]] = Paged(TEXT)
    for number in range(1000):
        mapping[f"k{number}"] = [number]
    assert shelves.keep(mapping) == shelves.pages > 100
    again = shelves.open()
    again["k7"].append(8)
    assert (shelves.keep(again), shelves.read) == (1, 1)
    assert shelves.open()["k7"] == [7, 8]


def test_pages_of_a_later_turn_and_lost_ones_are_refused() -> None:
    shelves = Shelves(TEXT)
    mapping: Paged[Any, list[int]] = Paged(TEXT)
    mapping["a"] = [1]
    shelves.keep(mapping)
    early, other = shelves.open(), shelves.open()
    other["a"].append(2)
    shelves.keep(other)
    with pytest.raises(OutdatedError):
        early.get("a")
    shelves.held.clear()
    with pytest.raises(OutdatedError):
        shelves.open().get("a")
    with pytest.raises(OutdatedError):
        list(shelves.open())
