"""What narrows a claim to some records: months, instruments, whom others are set against."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading.frame import BASELINE, OTHERS
from tests.audit.reading_tools import read_last


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Agreements with the region cluster in the last quarter of the Japanese fiscal year.", (1, 2, 3)),
        ("Agreements with the region cluster in the last quarter.", (10, 11, 12)),
        ("Exercises with the region cluster in early summer.", (6,)),
        ("Exercises with the region cluster from late August until the beginning of December.", (8, 9, 10, 11, 12)),
        ("Exercises with the region cluster between the middle of June and the end of August.", (6, 7, 8)),
        ("Exercises with the region cluster from November into February.", (1, 2, 11, 12)),
        ("Exercises with the region cluster around the turn of the year.", (1, 12)),
        ("Grants cluster in March. Exercises with the region show no such pattern.", (3,)),
    ],
)
def test_the_months_of_a_cluster(text: str, months: tuple[int, ...]) -> None:
    reading = read_last(text, "Japan and Southeast Asia")
    assert (reading.kind, reading.frame.months) == ("cluster", months)


def test_a_month_that_dates_something_else_narrows_nothing() -> None:
    reading = read_last("Japan has exercised with Vietnam, whose new port was opened in March.")
    assert reading.frame.months == ()


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("The Philippines has a reciprocal access agreement. Vietnam has no such agreement with Japan.", ("RAA",)),
        ("Japan has concluded agreements on logistics with Australia and India.", ("ACSA",)),
        ("Japan has held exercises with Vietnam.", ()),
    ],
)
def test_which_instruments_are_meant(text: str, instruments: tuple[str, ...]) -> None:
    assert read_last(text, "Japan's agreements").frame.instruments == instruments


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Drills with Malaysia more often include disaster relief than those with Indonesia and Thailand.", "IDN THA"),
        ("Drills with Malaysia more often include disaster relief than those with other partners.", OTHERS),
        ("Japan is turning from its traditional allies towards Southeast Asia.", BASELINE),
        ("Japan is turning away from Australia and towards Southeast Asia.", "AUS"),
    ],
)
def test_who_is_set_against_whom(text: str, against: str) -> None:
    assert read_last(text, "Japan and its partners").frame.against == tuple(against.split())


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("Vietnam has taken part in none of Japan's exercises.", True),
        ("Japan has sold Vietnam nothing.", True),
        ("Japan has sold Vietnam nothing but radars.", False),
        ("Japan has exercised with Vietnam.", False),
    ],
)
def test_that_there_has_been_none_denies_that_there_has_been_some(text: str, is_denied: bool) -> None:
    reading = read_last(text, "Japan and Vietnam")
    assert (reading.kind, reading.is_denied) == ("exists", is_denied)
