"""Values in words, safe addresses and names, and the little Markdown."""

from __future__ import annotations

import pytest

from pactwatch.edition import Edition
from pactwatch.model.dates import parse_date
from pactwatch.site.frame.book import Book, MilestoneView, RecordView
from pactwatch.site.frame.markdown import render_markdown
from pactwatch.site.frame.places import name_file, root_of
from pactwatch.site.frame.words import (
    find_address,
    say_cell,
    say_estimate,
    say_money,
    say_number,
    say_probability,
    say_quantity,
    say_told,
)
from pactwatch.site.pages.claims import explain_numbers
from pactwatch.site.pages.record import draw_line
from tests.charts.results import make_result


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//host/path",
        "https://",
        "file:///etc",
        "https://a b",
        "https://a/<b>",
        "http://[bad",
        "https://a\nb",
    ],
)
def test_an_address_that_is_not_plain_web_is_none(url: str | None) -> None:
    assert find_address(url) == ""


def test_a_web_address_stays() -> None:
    assert find_address(" HTTPS://example.org/a?b=1 ") == "HTTPS://example.org/a?b=1"


@pytest.mark.parametrize("identifier", ["../up", "a/b", "", ".hidden", "a..b", "x" * 101, "日本", 'a"b'])
def test_an_odd_identifier_becomes_a_plain_name_of_its_own(identifier: str) -> None:
    name = name_file(identifier)
    assert name.isalnum() and name.isascii()
    assert name != name_file(identifier + "?")


def test_a_plain_identifier_stays() -> None:
    assert name_file("PHL-RAA_1.2") == "PHL-RAA_1.2"
    assert root_of("claims/a.html") == "../"


def test_numbers_have_thin_spaces_and_no_false_precision() -> None:
    assert say_number(1234567) == "1\u2009234\u2009567"
    assert say_number(0.046789) == "0.047"
    assert [say_number(value) for value in (-0.000749, 0.00149, 0.0003, 11.2704)] == [
        "-0.001",
        "0.001",
        "0.000",
        "11.3",
    ]
    assert say_cell("p", 0.0003) == "< 0.001"
    assert say_cell("survey_year", 2024) == "2024", "a year has no spaces"
    assert say_cell("share", None) == "–" == say_cell("share", float("nan"))
    assert say_cell("is_seen", True) == "yes"


def test_estimates_speak_the_language_of_their_unit() -> None:
    assert say_estimate(0.287, "share of events") == "28.7\u2009%"
    assert say_estimate(-0.017, "change of the share") == "-1.7\u2009points"
    assert say_estimate(0.951, "ratio of yearly growth factors") == "0.951"
    assert [say_probability(p) for p in (None, 0.0002, 0.049, 0.31)] == ["–", "< 0.001", "0.049", "0.31"]


def test_the_records_of_a_test_are_told_as_they_stand() -> None:
    told = [
        explain_numbers(make_result(kind, records=records))[-1][2]
        for kind, records in (("series", ()), ("share", ("R1",)), ("share", ("R1", "R2")))
    ]
    assert told == [
        "None: the figures of this test stand in the survey table.",
        "1 record used, listed below.",
        "2 records used, all listed below.",
    ]


def test_some_names_take_an_article_inside_a_sentence(small_edition: Edition) -> None:
    actors = {"PHL": {"actor_name": "Philippines"}, "VNM": {"actor_name": "Vietnam"}}
    book = Book(small_edition, actors, {}, {})
    assert [book.say_name(code) for code in ("PHL", "VNM", "IDN")] == ["the Philippines", "Vietnam", "IDN"]


def test_money_and_quantities_are_told_as_told() -> None:
    assert say_money(1_500_000_000, "JPY") == "1.5 billion JPY"
    assert say_money(1_234_567_890, "USD") == "1\u2009234\u2009567\u2009890 USD"
    assert [
        say_quantity(*told)
        for told in ((None, None, False), (3, 3, True), (2, None, False), (None, 4, False), (2, 4, False))
    ] == ["", "about 3", "at least 2", "up to 4", "2 to 4"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("date", "2015-05", "May 2015"),
        ("date", "mid-May", "mid-May"),
        ("stage", "in_force", "in force"),
        ("what", None, "–"),
    ],
)
def test_another_value_is_told_as_its_field_is(field: str, value: str | None, told: str) -> None:
    assert say_told({"conflict_field": field, "conflict_value": value}) == told


def test_markdown_has_its_shapes_and_no_markup_of_its_own() -> None:
    html = render_markdown("# A `b`\n\n**x** <script>\n\n| h | i |\n|---|---|\n| a<b | c |\n\n- one\n- two", lower=1)
    assert '<h2 id="a-b">A <code>b</code></h2>' in html
    assert "<p><strong>x</strong> &lt;script&gt;</p>" in html
    assert '<th scope="row">a&lt;b</th><td>c</td>' in html
    assert "<ul><li>one</li><li>two</li></ul>" in html


def view(*told: str) -> RecordView:
    dates = [parse_date(text) for text in told]
    rows = [
        {
            "milestone_id": text,
            "earliest_date": when.earliest,
            "latest_date": when.latest,
            "is_verified": True,
            "is_tentative": False,
        }
        for text, when in zip(told, dates, strict=True)
    ]
    return RecordView({"record_id": "R"}, [MilestoneView(row, [], [], []) for row in rows], ["JPN"])


def test_a_record_line_gives_a_month_the_width_of_a_month() -> None:
    line = draw_line(view("2024-01", "2024-07-01"))
    assert line is not None
    month, day = line["marks"]
    assert (month["is_day"], day["is_day"]) == (False, True)
    assert month["width"] == pytest.approx(31 / 365.25 * 616, abs=0.1)
    assert month["x"] == 12.0
    assert draw_line(view("2024")) is None, "one milestone needs no line"
