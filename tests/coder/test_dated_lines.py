"""Dates that open a line, and what they hold for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.dates import DatedLines, find_dated_lines
from pactwatch.coder.typography import plain_text
from pactwatch.model.documents import Document
from tests.coder.opened import NEEDS_WEIGHTS, coder

TODAY = date(2025, 6, 3)
SIGNED = "Japan and the Philippines sign a defence equipment agreement"


def lines_of(text: str, published: date | None = TODAY) -> DatedLines:
    return find_dated_lines(plain_text(text).text, coder().grammar.dates, published)


def told(text: str, published: date | None = TODAY) -> list[tuple[str, str | None]]:
    document = Document(id="x", text=text, published=published)
    return [(f"{one.type} {one.stage}", one.date) for one in coder().code(document)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("2016: notes are exchanged.", "2016"),
        ("2016 – notes are exchanged.", "2016"),
        ("2016—notes are exchanged.", "2016"),
        ("2016 | notes are exchanged.", "2016"),
        ("2016. Notes are exchanged.", "2016"),
        ("(2016) Notes are exchanged.", "2016"),
        ("• 2016: notes are exchanged.", "2016"),
        ("3. 2016: notes are exchanged.", "2016"),
        ("**2016** Notes are exchanged.", "2016"),
        ("February 2016: notes are exchanged.", "2016-02"),
        ("29 February 2016: notes are exchanged.", "2016-02-29"),
        ("2016-02-29: notes are exchanged.", "2016-02-29"),
        ("It rained. 2016: notes are exchanged.", "2016"),
        ("2016 saw notes exchanged.", None),
        ("In 2016: notes are exchanged.", None),
        ("The visit of 2016: notes are exchanged.", None),
        ("2016-2018: notes are exchanged.", None),
        ("1,600: notes are exchanged.", None),
        ("2016 Notes are exchanged.", None),
        ("3 March 2025: notes are exchanged.", None),
        ("2025: notes are exchanged.", "2025"),
        ("The accord was signed in\n2016. Notes are exchanged.", None),
    ],
)
def test_what_opens_a_line(text: str, held: str | None) -> None:
    line = lines_of(text).at(text.index("otes are exch") if "otes are exch" in text else text.index("otes exch"))
    assert (line.span.past.date if line is not None else None) == held


def test_a_year_alone_on_its_line_holds_until_the_next_heading() -> None:
    text = "Before\n\n2016\n\nFirst entry.\n- Second\n\n2017:\nThird entry.\n\nTrade and culture\n\nFourth entry."
    lines = lines_of(text)
    held = {word: lines.at(text.index(word)) for word in ("Before", "First", "Second", "Third", "Fourth")}
    assert {word: line and line.year for word, line in held.items()} == {
        "Before": None,
        "First": 2016,
        "Second": 2016,
        "Third": 2017,
        "Fourth": None,
    }


def test_a_dated_line_holds_for_lines_below_it_that_open_with_a_month() -> None:
    text = "2016: First entry.\nApril: Second entry.\n- 12 May: Third entry.\nFourth entry."
    lines = lines_of(text)
    years = [line.year if (line := lines.at(text.index(word))) else None for word in ("First", "Sec", "Third", "Four")]
    assert years == [2016, 2016, 2016, None]


def test_bare_years_open_lines_where_they_are_several_in_order() -> None:
    text = "2014 Notes on ports.\n2015 Notes on roads.\n2018 Notes on rail."
    assert lines_of(text).at(text.index("rail")).year == 2018  # type: ignore[union-attr]
    two, disordered = "2014 Notes on ports.\n2015 Notes on roads.", "2014 Notes.\n2018 Roads.\n2015 Rail."
    assert all(lines_of(part).at(part.index("oads")) is None for part in (two, disordered))


@NEEDS_WEIGHTS
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"2016: {SIGNED} on 29 February.", [("agreement signed", "2016-02-29")]),
        (f"2016: {SIGNED}.", [("agreement signed", "2016")]),
        (
            f"2016: {SIGNED} in February. The agreement enters into force on 26 April.",
            [("agreement signed", "2016-02"), ("agreement in_force", "2016-04-26")],
        ),
        (f"2016 – In February, {SIGNED}.", [("agreement signed", "2016-02")]),
        (f"2016\nFebruary: {SIGNED}.", [("agreement signed", "2016-02")]),
        (f"2015\n\nNothing was signed.\n\n2016\n\n{SIGNED}.", [("agreement signed", "2016")]),
        (
            f"29 November 2016: {SIGNED}. On 1 December, the agreement enters into force.",
            [("agreement signed", "2016-11-29"), ("agreement in_force", "2016-12-01")],
        ),
        (f"In February, {SIGNED}.", [("agreement signed", "2025-02")]),
    ],
)
def test_days_of_a_dated_line_lie_in_its_year(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("They signed it in 2016, in February.", "2016-02"),
        ("Signed: 2016 (February).", "2016-02"),
        ("They kept the plan for 2016 in February.", "2025-02"),
        ("The vision for 2030, in February, was new.", "2025-02"),
    ],
)
def test_a_month_beside_a_year_lies_in_it(text: str, month: str) -> None:
    spans = coder().grammar.dates.find(text, 0, len(text), published=TODAY)
    assert spans[-1].past.date == month


@NEEDS_WEIGHTS
def test_the_year_of_a_line_is_quoted_as_where_a_date_was_read() -> None:
    document = Document(id="x", text=f"2016: {SIGNED}.", published=TODAY)
    (mention,) = coder().code(document)
    assert [document.text[start:end] for start, end in mention.spans["date"]] == ["2016"]


@NEEDS_WEIGHTS
def test_a_line_dates_documents_of_unknown_day() -> None:
    assert told(f"2016: {SIGNED} on 29 February.", None) == [("agreement signed", "2016-02-29")]


@NEEDS_WEIGHTS
def test_a_report_is_not_dated_by_its_dateline() -> None:
    assert told(f"3 June 2025 – The ministry said {SIGNED.replace('sign', 'signed')} in December.") == [
        ("agreement signed", "2024-12")
    ]


@NEEDS_WEIGHTS
@pytest.mark.parametrize(
    ("giver", "year"),
    [("Japan", "2023"), ("The United States", "2024"), ("Australia", "2023"), ("Canada and the United States", "2023")],
)
def test_this_fiscal_year_is_that_of_whom_the_sentence_begins_with(giver: str, year: str) -> None:
    text = f"{giver} delivered two patrol boats to the Philippine Navy this fiscal year."
    assert told(text, date(2024, 2, 1)) == [("transfer delivered", year)]


@NEEDS_WEIGHTS
def test_a_fiscal_year_is_that_of_the_state_named_first_in_the_text() -> None:
    text = "Japan runs the grants. Two patrol boats were delivered to the United States Navy this fiscal year."
    assert [when for _, when in told(text, date(2024, 2, 1))] == ["2023"]


LINES = st.lists(
    st.sampled_from(["2016", "2016:", "- 2017: in May", "In May", "Trade", "", "# Notes", "2018 Notes", "4 May 2019 –"])
)


@given(LINES, st.sampled_from([None, TODAY]))
def test_dated_lines_stand_in_order_and_keep_apart(parts: list[str], published: date | None) -> None:
    text = "\n".join(parts)
    lines = lines_of(text, published)
    found = {(one.start, one.stop): one for place in range(len(text)) if (one := lines.at(place)) is not None}
    bounds = sorted(found)
    assert all(stop <= start for (_, stop), (start, _) in pairwise(bounds))
    assert all(start <= one.span.start < one.span.end <= stop for (start, stop), one in found.items())


@given(st.text(alphabet="2016 :-\n.May(", max_size=60))
def test_any_text_whatever_has_dated_lines(text: str) -> None:
    lines = lines_of(text)
    assert all(
        line is None or line.start <= place < line.stop for place in range(len(text)) for line in [lines.at(place)]
    )
