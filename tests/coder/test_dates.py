"""Dates in sentences: what each expression means, told as done and told as ahead."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from pactwatch.coder.dates import Around, DateReader, DateSpan, FiscalYear, When
from pactwatch.model.codes import Precision

ROOT = Path(__file__).parents[2]
READER = DateReader(tomllib.loads((ROOT / "src/pactwatch/lexicons/en/dates.toml").read_text(encoding="utf-8")))
THURSDAY = date(2024, 10, 10)
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def found(text: str, published: date | None = THURSDAY, context: str | None = None) -> list[DateSpan]:
    """The dates of a sentence; the context is written as a date."""
    when = When(context, PRECISIONS[len(context)]) if context else None
    return READER.find(text, 0, len(text), published=published, around=Around(when))


def told(text: str, published: date | None = THURSDAY, context: str | None = None) -> list[tuple[str | None, ...]]:
    """The readings of each date of a sentence."""
    return [(span.past.date, span.future.date) for span in found(text, published, context)]


ABSOLUTE = [
    ("signed on 8 July 2024", "2024-07-08"),
    ("signed on July 8, 2024", "2024-07-08"),
    ("on the 8th of July 2024", "2024-07-08"),
    ("8 Jul. 2024", "2024-07-08"),
    ("Tuesday, 9 July 2024", "2024-07-09"),
    ("dated 2024-07-08", "2024-07-08"),
    ("dated 2024/07/08", "2024-07-08"),
    ("dated 08.07.2024", "2024-07-08"),
    ("dated 7/8/2024", "2024-07-08"),
    ("dated 25/12/2024", "2024-12-25"),
    ("8.VII.2024", "2024-07-08"),
    ("08-Jul-2024", "2024-07-08"),
    ("in July 2024", "2024-07"),
    ("in Dec. 2023", "2023-12"),
    ("May '24", "2024-05"),
    ("early 2024", "2024"),
    ("from mid-2028 on", "2028"),
    ("by 2030", "2030"),
    ("in spring 2024", "2024"),
    ("from 3 to 12 July 2024", "2024-07-03"),
    ("July 3-12, 2024", "2024-07-03"),
    ("28 June to 3 July 2024", "2024-06-28"),
    ("30 December to 3 January 2025", "2024-12-30"),
    ("between 2016 and 2018", "2016"),
    ("during 2016-18", "2016"),
    ("in 2007-08", "2007"),
    ("April-June 2025", "2025-04"),
    ("Q1 2025", "2025-Q1"),
    ("in 3Q 2025", "2025-Q3"),
    ("the first quarter of 2025", "2025-Q1"),
    ("the second half of 2025", "2025"),
    ("FY2024", "2024"),
    ("FY 2024-25", "2024"),
    ("fiscal year 2024", "2024"),
    ("financial year 2023-24", "2023"),
    ("JFY2023", "2023"),
    ("Reiwa 6", "2024"),
    ("the 30th day of June Heisei 30", "2018-06-30"),
    ("令和6年7月8日に署名", "2024-07-08"),
    ("令和元年", "2019"),
    ("2024年7月8日", "2024-07-08"),
    ("B.E. 2567", "2024"),
    ("12 December 2567", "2024-12-12"),
    ("2024-W28", "2024-07"),
    ("the tenth of March nineteen seventy-eight", "1978-03-10"),
    ("the first Friday of July 2016", "2016-07-01"),
    ("the first week of July 2016", "2016-07"),
    ("done this eighth day of July 2016", "2016-07-08"),
    ("in the summer of 2023", "2023"),
    ("the years 2023 to 2026", "2023"),
    ("since then (2010), it", "2010"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
@pytest.mark.parametrize("published", [None, THURSDAY])
def test_a_date_with_its_year_needs_nothing_else(text: str, expected: str, published: date | None) -> None:
    assert told(text, published) == [(expected, expected)]


RELATIVE = [
    ("met on Tuesday", "2024-10-08", "2024-10-15"),
    ("met on Thursday", "2024-10-10", "2024-10-10"),
    ("last Thursday", "2024-10-03", "2024-10-03"),
    ("next Tuesday", "2024-10-15", "2024-10-15"),
    ("this Tuesday", "2024-10-08", "2024-10-08"),
    ("Friday next week", "2024-10-18", "2024-10-18"),
    ("on July 8", "2024-07-08", "2025-07-08"),
    ("on Monday, July 8", "2024-07-08", "2025-07-08"),
    ("12 Dec", "2023-12-12", "2024-12-12"),
    ("Feb 29", "2024-02-29", "2028-02-29"),
    ("8-9 July", "2024-07-08", "2025-07-08"),
    ("8/9 July", "2024-07-08", "2025-07-08"),
    ("July 8, 9 and 10", "2024-07-08", "2025-07-08"),
    ("on 4/22", "2024-04-22", "2025-04-22"),
    ("fifty years ago this month", "1974-10", "1974-10"),
    ("in the spring of last year", "2023", "2023"),
    ("Aug. 2 and 3", "2024-08-02", "2025-08-02"),
    ("the first of May", "2024-05-01", "2025-05-01"),
    ("in July", "2024-07", "2025-07"),
    ("in October", "2024-10", "2024-10"),
    ("last August", "2024-08", "2024-08"),
    ("last October", "2023-10", "2023-10"),
    ("next March", "2025-03", "2025-03"),
    ("this January", "2024-01", "2024-01"),
    ("August last year", "2023-08", "2023-08"),
    ("March of this year", "2024-03", "2024-03"),
    ("last week", "2024-10", "2024-10"),
    ("last month", "2024-09", "2024-09"),
    ("the end of last month", "2024-09", "2024-09"),
    ("next year", "2025", "2025"),
    ("later this year", "2024", "2024"),
    ("earlier in the day", "2024-10-10", "2024-10-10"),
    ("yesterday", "2024-10-09", "2024-10-09"),
    ("this morning", "2024-10-10", "2024-10-10"),
    ("two years ago", "2022", "2022"),
    ("three weeks ago", "2024-09", "2024-09"),
    ("ten years ago today", "2014-10-10", "2014-10-10"),
    ("a decade ago", "2014", "2014"),
    ("in two years", None, "2026"),
    ("last summer", "2024", "2024"),
    ("next spring", "2025", "2025"),
    ("in the first quarter", "2024-Q1", "2025-Q1"),
    ("this fiscal year", "2024", "2024"),
    ("on the 14th", "2024-09-14", "2024-10-14"),
    ("the 20th of next month", "2024-11-20", "2024-11-20"),
    ("the second Monday of next month", "2024-11-11", "2024-11-11"),
    ("on Christmas Eve", "2023-12-24", "2024-12-24"),
    ("a few months ago", None, None),
    ("over the past three years", None, None),
    ("in the 1990s", None, None),
]


@pytest.mark.parametrize(("text", "past", "future"), RELATIVE)
def test_a_relative_date_is_counted_from_the_publication(text: str, past: str | None, future: str | None) -> None:
    assert told(text) == [(past, future)]


@pytest.mark.parametrize("text", ["on Tuesday", "last year", "in July", "two years ago", "on 8 July", "the 14th, it"])
def test_without_a_publication_date_nothing_relative_is_dated(text: str) -> None:
    assert all(reading == (None, None) for reading in told(text, None))


CONTEXT = [
    ("that December", "2021", "2021-12"),
    ("in May of the same year", "2021-03", "2021-05"),
    ("the following month", "2021-03-04", "2021-04"),
    ("the following March", "2021-03-04", "2022-03"),
    ("nine days later", "2021-03-28", "2021-04-06"),
    ("ten months later", "2021-03-28", "2022-01"),
    ("two years later", "2021-03-28", "2023"),
    ("nine days later", "2021-03", None),
    ("the same day", "2021-03-28", "2021-03-28"),
    ("a month earlier", "2021-03-28", "2021-02"),
    ("on the 14th", "2021-03", "2021-03-14"),
    ("the year before", "2021-03", "2020"),
    ("the 9th of that month", "2021-03-02", "2021-03-09"),
    ("that summer", "2021-03-02", "2021"),
    ("In July, it", "2021", "2021-07"),
    ("six years after they met", "2021-03-02", "2015"),
]


@pytest.mark.parametrize(("text", "context", "expected"), CONTEXT)
def test_a_date_told_before_is_the_context(text: str, context: str, expected: str | None) -> None:
    assert told(text, THURSDAY, context)[0][0] == expected


WITHIN = [
    ("In 2019 staffs met in April and, in November, drilled.", ["2019", "2019-04", "2019-11"]),
    ("Ratified in February, it has been law since 3 June.", ["2024-02", "2024-06-03"]),
    ("Talks began in June 2012 and ended seven months later.", ["2012-06", "2013-01"]),
    ("on 8 July and 12 August 2022", ["2022-07-08", "2022-08-12"]),
    ("held in 2019 and 2021", ["2019", "2021"]),
    ("It was bought in 2016 and arrived in August.", ["2016", "2024-08"]),
]


@pytest.mark.parametrize(("text", "expected"), WITHIN)
def test_dates_of_one_sentence_frame_each_other(text: str, expected: list[str]) -> None:
    assert [past for past, _ in told(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may sign and may not.",
        "Troops march 20 kilometres.",
        "under Article 9 March columns",
        "F-15 and KF-21 with the Type 2025 radar",
        "Resolution 1874 and No. 2024",
        "2,024 troops, 2000 soldiers and 1,900-km reach",
        "at 15:30 and 1900 hours",
        "the Second Fleet and the 7th Fleet",
        "worth $2024 or ¥2000",
        "in the coming weeks",
        "two TC-90s in august company",
        "open 24/7 since 9/11",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_day_that_does_not_exist_is_not_a_date_of_that_day() -> None:
    assert all(span.past.precision is not Precision.DAY for span in found("on 31 February 2024"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Balikatan 2024 opened", "edition"),
        ("Vostok-2018 closed", "edition"),
        ("In 2024 it opened", "absolute"),
        ("FY2024", "fiscal"),
        ("3-12 July", "range"),
        ("the 1990s", "decade"),
        ("over the past two years", "duration"),
    ],
)
def test_the_kind_is_told(text: str, kind: str) -> None:
    assert [span.kind for span in found(text)] == [kind]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Signed in 1999. Renewed on 8 July 2024."
    (span,) = READER.find(text, 16, len(text), published=None)
    assert text[span.start : span.end] == "8 July 2024"


@pytest.mark.parametrize(
    ("starts", "named_by_end", "years"),
    [
        (1, False, ["2024", "2025", "2024", "2025"]),
        (4, False, ["2023", "2024", "2024", "2024"]),
        (10, True, ["2024", "2025", "2025", "2025"]),
    ],
)
def test_a_fiscal_year_is_the_one_of_whom_it_is_told(starts: int, named_by_end: bool, years: list[str]) -> None:
    around = Around(fiscal=FiscalYear(starts, is_named_by_end=named_by_end))
    told = (
        "this fiscal year; next fiscal year; the fiscal year starting in May 2024; the fiscal year ending in June 2025"
    )
    spans = READER.find(told, 0, len(told), published=date(2024, 2, 1), around=around)
    assert [span.past.date for span in spans] == years
