"""Searching: the columns find what looking at every record finds, and any words are safe to search for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.edition import Edition
from pactwatch.site.frame.book import Book, RecordView, read_book
from pactwatch.site.search import Search, SearchError, read_index, read_search, write_search
from pactwatch.site.search.facets import FACETS
from pactwatch.site.search.words import MOST_RANKED, WordIndex, write_expression


@pytest.fixture(scope="module")
def book(small_edition: Edition) -> Book:
    return read_book(small_edition)


VALUES = {
    "type": ["agreement", "exercise", "transfer", "policy", "nothing"],
    "stage": ["signed", "held", "delivered", "in_force"],
    "partner": ["PHL", "VNM", "USA", "XXX"],
    "instrument": ["RAA", "OSA"],
    "place": ["Manila"],
    "reviewed": ["curated", "verified", "unverified"],
    "grade": ["B", "F"],
}
DATES = ["", "2015", "2019-08", "2022-01-01", "2024", "2024-Q1", "2024-05-03"]


def queries() -> st.SearchStrategy[list[tuple[str, str]]]:
    facets = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])
    others = st.sampled_from([("from", day) for day in DATES] + [("to", day) for day in DATES] + [("q", "drill")])
    return st.lists(st.one_of(facets, facets, others), max_size=5)


def look(book: Book, record: RecordView, search: Search) -> bool:
    """Whether a record fits, by looking at it."""
    for facet in FACETS:
        chosen = search.of(facet.name)
        if chosen and not set(chosen) & set(facet.values(book, record)):
            return False
    row = record.main.row
    if search.first_day and row["latest_date"] < search.first_day:
        return False
    if search.last_day and row["earliest_date"] > search.last_day:
        return False
    return not search.words or "drill" in record.title.lower()


@given(queries())
def test_the_columns_find_what_looking_finds(book: Book, query: list[tuple[str, str]]) -> None:
    try:
        search = read_search(tuple(query))
    except SearchError as error:
        assert error.faults == {"to": "the period ends before it begins"}
        return
    index = read_index(book)
    expected = [record.id for record in reversed(list(book.records.values())) if look(book, record, search)]
    assert index.find(search).ids.take(0) == expected
    for name, options in index.list_options(search).items():
        for option in options:
            alone = read_search(((name, option.value), *((key, value) for key, value in query if key != name)))
            assert index.find(alone).total == option.count, (name, option)
    assert read_search(tuple(parse(write_search(search)))) == search


def parse(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query)


ORDERS: dict[str, Callable[[RecordView], Any]] = {
    "title": lambda record: record.title.casefold(),
    "type": lambda record: record.type,
    "sources": lambda record: -len(record.sources),
    "earliest": lambda record: record.order[:1],
}


@pytest.mark.parametrize("sort", ORDERS)
def test_orders_are_kept(book: Book, sort: str) -> None:
    ids = read_index(book).find(Search(sort=sort)).ids.take(0)
    keys = [ORDERS[sort](book.records[one]) for one in ids]
    assert keys == sorted(keys) and len(ids) == len(book.records)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("reciprocal ACCESS", ["RAA-1"]),
        ("drill -2016 201*", ["R0008", "R0007", "R0006", "R0004"]),
        ('"drill 2016"', ["R0005"]),
        ("2016 drill", ["R0005"]),
        ("レーダー", ["R0002"]),
        ("警戒管制", ["R0002"]),
        ("日本", ["R0002"]),
        ("manila", ["RAA-1"]),
        ("RAA-1", ["RAA-1"]),
        ("nothingness", []),
        ("-drill", []),
        ("!!!", []),
    ],
)
def test_words_are_found(book: Book, words: str, ids: list[str]) -> None:
    assert read_index(book).find(read_search((("q", words),))).ids.take(0) == ids


def test_words_may_order_what_they_find(book: Book) -> None:
    found = read_index(book).find(read_search((("q", "agreement"), ("sort", "relevance"))))
    assert found.is_ranked and found.ids.take(0)[0] == "RAA-1"
    assert len(book.records) < MOST_RANKED


@given(st.text(max_size=60) | st.text(alphabet="\"*-():^+ NEAROTD\x00'", max_size=30))
def test_any_words_are_safe_to_search_for(book: Book, words: str) -> None:
    book.once(WordIndex).find(words)
    book.once(WordIndex).rank(words)
    assert write_expression(words).count('"') % 2 == 0


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ((("from", "2024-02-31"), ("sort", "size"), ("page", "0")), {"from", "sort", "page"}),
        ((("from", "2024"), ("to", "2023")), {"to"}),
        ((("q", "a" * 1001),), {"q"}),
        ((("page", "٣"),), {"page"}),
        (tuple(("place", str(number)) for number in range(101)), {"place"}),
    ],
)
def test_every_fault_of_a_query_is_told(query: tuple[tuple[str, str], ...], faults: set[str]) -> None:
    with pytest.raises(SearchError) as told:
        read_search(query)
    assert set(told.value.faults) == faults


def test_a_facet_tells_its_own_choices_as_if_it_were_not_chosen(book: Book) -> None:
    options = read_index(book).list_options(read_search((("type", "exercise"), ("partner", "PHL"))))
    assert {one.value: one.count for one in options["type"]} == {"agreement": 1, "transfer": 1, "exercise": 8}
    assert {one.value: (one.count, one.is_chosen) for one in options["partner"]} == {
        "PHL": (8, True),
        "USA": (8, False),
        "VNM": (1, False),
    }
