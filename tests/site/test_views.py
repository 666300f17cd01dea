"""What a search found as a timeline and as a map: sums that add up, places to go to, files that say the same."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.edition import Edition
from pactwatch.site.frame.book import Book, read_book
from pactwatch.site.pages.record_map import count_parties
from pactwatch.site.pages.record_timeline import list_rows, list_ticks, say_finding, share_of
from pactwatch.site.search import read_index, read_search
from pactwatch.site.search.periods import EARLIEST, LATEST, MOST_BINS, MOST_DAYS, cut
from pactwatch.site.search.timeline import sum_timeline
from tests.site.parsed import Page
from tests.site.shelved import NEW
from tests.site.small import EVIL

DAYS = st.integers(EARLIEST, LATEST)


@pytest.fixture(scope="module")
def book(small_edition: Edition) -> Book:
    return read_book(small_edition)


def day(*told: int) -> int:
    return date(*told).toordinal()


@pytest.mark.parametrize(
    ("first", "last", "unit", "count", "ends"),
    [
        (day(2024, 7, 8), day(2024, 7, 8), "day", 1, ("2024-07-08", "2024-07-08")),
        (day(2024, 2, 1), day(2024, 5, 31), "day", 121, ("2024-02-01", "2024-05-31")),
        (day(2024, 2, 10), day(2024, 12, 1), "month", 11, ("2024-02", "2024-12")),
        (day(2015, 5, 1), day(2024, 7, 8), "quarter", 38, ("2015-04", "2024-09")),
        (day(1947, 5, 3), day(2026, 5, 28), "year", 80, ("1947", "2026")),
        (day(1946, 5, 3), day(2026, 5, 28), "decade", 9, ("1940", "2029")),
        (EARLIEST, LATEST, "decade", 31, ("1850", "2150")),
    ],
)
def test_time_is_cut_as_finely_as_can_be_seen(
    first: int, last: int, unit: str, count: int, ends: tuple[str, str]
) -> None:
    made = cut(first, last)
    assert (made.unit, len(made.bins)) == (unit, count)
    assert (made.bins[0].since, made.bins[-1].until) == ends


@given(DAYS, DAYS)
def test_parts_touch_hold_every_day_and_are_named_by_their_ends(one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    made = cut(first, last)
    assert len(made.bins) <= (MOST_BINS if made.months else MOST_DAYS)
    assert made.bins[0].first <= first and made.bins[-1].last >= last
    for before, after in zip(made.bins, made.bins[1:], strict=False):
        assert before.last + 1 == after.first
    for part in made.bins[:: max(1, len(made.bins) // 5)]:
        asked = read_search((("from", part.since), ("to", part.until)))
        assert asked.first_day and asked.last_day
        assert (asked.first_day.toordinal(), asked.last_day.toordinal()) == (part.first, part.last)
    shares = [share for share, _ in list_ticks(made)]
    assert shares == sorted(shares) and all(0 <= share < 1 for share in shares)
    assert 0 <= share_of(one, made) <= 1


PERIODS = ["", "2016", "2019-03", "2023-11-15", "2024", "2025"]


@given(st.sampled_from(PERIODS), st.sampled_from(PERIODS), st.sampled_from(["", "exercise", "transfer"]))
def test_every_record_found_is_in_one_part_or_less_exact(book: Book, one: str, other: str, kind: str) -> None:
    since, until = min(one, other), max(one, other) if one and other else ""
    search = read_search((("from", since), ("to", until), ("type", kind)))
    index = read_index(book)
    found = index.find(search)
    summed = sum_timeline(index, found)
    if not found.total:
        assert summed is None
        return
    assert summed is not None and summed.total == found.total
    assert sum(row["records"] for row in list_rows(summed)) == found.total
    records = [book.records[one_id].main.row for one_id in found.ids.take(0)]
    for place, part in enumerate(summed.cut.bins):
        inside = sum(
            part.first <= row["earliest_date"].toordinal() and row["latest_date"].toordinal() <= part.last
            for row in records
        )
        assert summed.totals[place] == inside
    assert str(found.total) in say_finding(summed)


def test_a_record_with_three_parties_counts_for_each_beside_the_focus(book: Book) -> None:
    counted = count_parties(book, read_search((("type", "exercise"),)))
    assert counted.total == 9 and counted.parties == {"PHL": 8, "USA": 8, "VNM": 1}


def rows_of(web: httpx.Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(web.get(path).text)))


def test_views_are_kept_in_links_files_and_citations(web: httpx.Client) -> None:
    page = web.get("/records/index.html?type=exercise&view=timeline").text
    assert "has 1 of the 9 records" not in page and "9 records, no two of them in one" in page
    for ending in ("csv", "svg"):
        assert f'href="../e/{NEW}/records/timeline.{ending}?type=exercise&amp;view=timeline"' in page
    assert f'href="../e/{NEW}/records/list.csv?type=exercise"' in page
    assert f"https://pact.example/e/{NEW}/records/index.html?type=exercise&amp;view=timeline" in page
    assert 'href="index.html?type=exercise&amp;view=map"' in page and 'href="index.html?type=exercise"' in page
    assert page.count('name="view" value="timeline"') == 1, "a further search keeps the view"
    assert 'class="map"' not in page and 'class="timeline"' not in web.get("/records/index.html").text


def test_the_rows_behind_a_picture_say_what_the_list_says(web: httpx.Client) -> None:
    rows = rows_of(web, "/records/timeline.csv?from=2015&to=2024")
    assert sum(int(row["records"]) for row in rows) == len(rows_of(web, "/records/list.csv?from=2015&to=2024"))
    one = next(row for row in rows if row["from"] == "2016-01")
    assert (one["to"], one["records"], one["exercise"]) == ("2016-03", "1", "1")
    less = [row for row in rows if not row["exercise"]]
    assert [(row["from"], row["to"], row["records"]) for row in less] == [("2022", "2022", "1")], "told as a year"
    parties = {row["code"]: row for row in rows_of(web, "/records/map.csv?type=exercise")}
    assert parties["PHL"]["records"] == "8" and parties["PHL"]["latitude"] == "14.6" and "JPN" not in parties


def test_pictures_are_files_of_their_own(web: httpx.Client) -> None:
    for name, words in (("timeline", "one bar: a quarter"), ("map", "party to 10 of the 12 records")):
        svg = web.get(f"/records/{name}.svg").text
        assert words in re.sub(r"</text><text[^>]*>", " ", svg)
        assert "var(--" not in svg and "<a " not in svg and "<script" not in svg
    assert web.get("/records/map.svg?type=policy").status_code == 404
    assert web.get("/records/timeline.csv?q=nothingness").status_code == 404


def test_periods_beside_the_one_shown_are_links(web: httpx.Client) -> None:
    page = web.get("/records/index.html?view=timeline&from=2018&to=2019").text
    nav = re.search(r'<nav class="zoom".*?</nav>', page, re.DOTALL)
    assert nav is not None
    links = dict(re.findall(r'href="index\.html\?([^"]*)">([^<]*)<', nav[0].replace("&amp;", "&")))
    told = {words: query for query, words in links.items()}
    assert told["Zoom in"] == "from=2018-07&to=2019-07&view=timeline"
    assert told["Zoom out"] == "from=2017&to=2020&view=timeline"
    assert told["Whole time"] == "view=timeline"
    for query in told.values():
        assert web.get(f"/records/index.html?{query}").status_code == 200, query


def test_what_cannot_be_drawn_is_said(web: httpx.Client) -> None:
    wrong = web.get("/records/index.html?view=globe")
    assert wrong.status_code == 400 and "the ways are table, timeline, map" in wrong.text
    assert "No record fits all of this" in web.get("/records/index.html?view=timeline&q=nothingness").text
    assert "None of these has a place on the map" in web.get("/records/index.html?view=map&type=policy").text


def test_hostile_words_stay_words_in_both_pictures(web: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    for view in ("timeline", "map"):
        page = web.get("/records/index.html", params={"view": view, "q": EVIL.split("<img")[0], "place": EVIL})
        file = tmp_path_factory.mktemp("page") / "page.html"
        file.write_text(page.text, "utf-8")
        assert all("src" in one for one in Page(file).named("script"))
        assert "<script>alert" not in page.text
