"""Dates keep their precision, refuse what is no date, and write valid EDTF."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model.codes import Precision
from pactwatch.model.dates import DateError, FuzzyDate, fiscal_year, parse_date


@pytest.mark.parametrize(
    ("text", "edtf", "precision", "earliest", "latest", "words"),
    [
        ("2024-07-08", "2024-07-08", "day", "2024-07-08", "2024-07-08", "8 July 2024"),
        ("2024-02", "2024-02", "month", "2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02", "2023-02", "month", "2023-02-01", "2023-02-28", "February 2023"),
        ("2024-Q1", "2024-33", "quarter", "2024-01-01", "2024-03-31", "first quarter of 2024"),
        ("2024-36", "2024-36", "quarter", "2024-10-01", "2024-12-31", "fourth quarter of 2024"),
        ("2024", "2024", "year", "2024-01-01", "2024-12-31", "2024"),
        ("2017-11?", "2017-11?", "month", "2017-11-01", "2017-11-30", "November 2017 (inferred)"),
    ],
)
def test_reads_dates_to_the_precision_told(
    text: str, edtf: str, precision: str, earliest: str, latest: str, words: str
) -> None:
    told = parse_date(text)
    assert (told.edtf, str(told.precision), str(told)) == (edtf, precision, words)
    assert (told.earliest.isoformat(), told.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-13-40", "month between 01 and 12"),
        ("2024-02-30", "day between 01 and 29 in February 2024"),
        ("2023-02-29", "day between 01 and 28"),
        ("2567-03-01", "common era"),
        ("8 July 2024", "a date like"),
        ("2024-7-8", "a date like"),
        ("2024-Q5", "a date like"),
        ("2024-00-10", "month between"),
        ("", "a date like"),
        ("2024-07-08T10:00", "a date like"),
        ("٢٠٢٤", "a date like"),  # Arabic-Indic digits are digits to a careless pattern
    ],
)
def test_refuses_what_is_no_date(text: str, expected: str) -> None:
    with pytest.raises(DateError, match=expected):
        parse_date(text)


def test_names_a_fiscal_year_by_the_year_it_starts_in() -> None:
    assert [fiscal_year(day, 4) for day in (date(2024, 3, 31), date(2024, 4, 1), date(2025, 1, 1))] == [
        2023,
        2024,
        2024,
    ]
    assert fiscal_year(date(2024, 3, 31), 1) == 2024


fuzzy_dates = st.builds(
    lambda day, precision, doubt: {
        Precision.DAY: FuzzyDate(day.year, day.month, day.day, None, doubt),
        Precision.MONTH: FuzzyDate(day.year, day.month, None, None, doubt),
        Precision.QUARTER: FuzzyDate(day.year, None, None, (day.month + 2) // 3, doubt),
        Precision.YEAR: FuzzyDate(day.year, None, None, None, doubt),
    }[precision],
    st.dates(date(1850, 1, 1), date(2150, 12, 31)),
    st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR]),
    st.booleans(),
)


@given(fuzzy_dates)
def test_written_and_read_again_is_the_same_date(told: FuzzyDate) -> None:
    assert parse_date(told.edtf) == told
    assert told.earliest <= told.middle <= told.latest
    assert (told.earliest == told.latest) == (told.precision is Precision.DAY)


@given(fuzzy_dates)
def test_the_notation_is_edtf(told: FuzzyDate) -> None:
    """Checked against the reference parser, which is too slow to use at run time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf
    if told.quarter is not None and told.is_uncertain:
        return  # the parser knows no uncertain quarters
    parsed = parse_edtf(told.edtf)
    lower = parsed.lower_strict()
    if told.quarter is None:
        assert (lower.tm_year, lower.tm_mon, lower.tm_mday) == told.earliest.timetuple()[:3]
