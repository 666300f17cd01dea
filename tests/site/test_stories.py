"""What the pages of pairs, instruments, series, people, sources, ties and cases say, against the tables behind them."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from pactwatch.charts.press import Press
from pactwatch.edition import Edition
from pactwatch.law.answer import Period
from pactwatch.law.rules import Outcome
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, read_book
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.law_cases import draw_strip
from pactwatch.site.pages.network import say_firmness, shade
from pactwatch.site.pages.quotes import mark_quote
from pactwatch.site.registry import REGISTRY
from tests.site.small import EVIL, ODD_ID, make_results


@pytest.fixture(scope="module")
def book(small_edition: Edition) -> Book:
    return read_book(small_edition, make_results)


@pytest.fixture(scope="module")
def live(book: Book) -> Site:
    return Site(book, REGISTRY, Press(), is_live=True)


def read(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def numbers_of(page: str) -> dict[str, int]:
    """The numbers of a page that open their records, by title."""
    found = re.findall(
        r'<a class="n"[^>]*data-records="([^"]*)" data-count="(\d+)" data-title="([^"]*)">([^<]*)</a>', page
    )
    assert all(len(ids.split()) == min(24, int(count)) and text == count for ids, count, _, text in found)
    return {title: int(count) for _, count, title, _ in found}


def test_every_pair_of_actors_has_a_page_that_counts_its_records(site: Path, small_edition: Edition) -> None:
    parties: dict[str, set[str]] = {}
    for row in small_edition.arrow("parties").to_pylist():
        parties.setdefault(row["record_id"], set()).add(row["actor_code"])
    pairs = {pair for codes in parties.values() for pair in combinations(sorted(codes - {"JPN"}), 2)}
    assert {file.stem for file in (site / "pairs").iterdir()} == {"-".join(pair) for pair in pairs} == {"PHL-USA"}
    shared = sum({"PHL", "USA"} <= codes for codes in parties.values())
    assert numbers_of(read(site, "pairs/PHL-USA.html"))["PHL and USA"] == shared == 8


def test_an_instrument_tells_who_has_it_since_when(site: Path) -> None:
    page = read(site, "instruments/RAA.html")
    assert "8 July 2024" in page and "Reciprocal access agreement" in page
    grid = read(site, "instruments/index.html")
    assert re.search(r'<a class="year"[^>]*records/RAA-1\.html[^>]*>2024</a>', grid)
    assert not (site / "instruments/ACSA.html").exists(), "no record has it"


def test_a_series_shows_who_took_part_in_which_year(site: Path) -> None:
    page = read(site, "series/Summer-Drill.html")
    assert numbers_of(page)["Summer Drill"] == 8
    assert page.count('class="dot') == 8 * 3, "three parties in eight years"
    assert "Summer Drill" in read(site, "series/index.html")


def test_a_term_holds_the_records_dated_wholly_in_it(site: Path) -> None:
    page = read(site, "people/Abe-Shinzo.html")
    assert numbers_of(page)["Abe Shinzo"] == 6, "the drills of 2015 to May 2020"


def test_a_source_tells_what_rests_on_it_and_what_on_it_alone(site: Path) -> None:
    page = read(site, "sources/gazette.html")
    facts = re.sub(r"<[^>]+>", " ", page[page.index('class="facts"') :])
    assert re.search(r"Supports records\s+9\s+Milestones\s+10\s+Alone\s+9", facts)
    assert "https://gazette.example/raa?a=1&amp;b=2" in page
    assert "No address that may be followed is known." in read(site, "sources/script-link.html")


def test_the_network_without_a_script_shows_the_latest_year_as_the_measure_has_it(site: Path, book: Book) -> None:
    from pactwatch.site.pages.measures import read_measure

    page = read(site, "network.html")
    last = max(row["year"] for row in read_measure(book, "ties").rows)
    rows = [row for row in read_measure(book, "ties").rows if row["year"] == last and row["rank_in_year"]]
    assert rows
    for row in rows:
        told = rf'{row["actor_b_code"]}.html">[^<]+</a></th><td class="num">{row["tie_strength"]:.2f}</td>'
        assert re.search(told, page)
        assert say_firmness(row["rank_low"], row["rank_high"]) in page


def test_weights_in_the_address_are_weighed_on_a_server(live: Site) -> None:
    own = live.make("network.html").body.decode()
    only_transfers = live.make("network.html", tuple((name, "0") for name in ("agreement", "exercise"))).body.decode()
    assert ">USA</a></th>" in own.replace("USA.html", "")
    ranks = only_transfers[only_transfers.index('id="ranks"') : only_transfers.index("</table>")]
    assert "PHL" in ranks and "VNM" not in ranks, "with exercises at 0 only the transfer and dialogues count"
    early = live.make("network.csv", (("year", "2016"),)).body.decode().splitlines()
    assert [line.split(",")[0] for line in early[1:]] == ["2016", "2016"]


@pytest.mark.parametrize(
    "query", [(("year", "soon"),), (("half_life", "-1"),), (("exercise", "1e999"),), (("agreement", "nan"),)]
)
def test_weights_that_cannot_be_read_are_named_and_the_own_ones_used(live: Site, query: tuple[tuple[str, str]]) -> None:
    page = live.make("network.html", query).body.decode()
    assert 'role="alert"' in page and query[0][0].replace("_", " ") in page


def test_no_weight_at_all_is_a_fault(live: Site) -> None:
    types = ("agreement", "transfer", "exercise", "training", "dialogue", "policy", "deployment")
    assert (
        "at least one type needs a weight"
        in live.make("network.html", tuple((one, "0") for one in types)).body.decode()
    )


def test_the_drawer_has_a_file_for_every_record_that_is_data_and_nothing_else(site: Path, book: Book) -> None:
    files = list((site / "evidence").iterdir())
    assert len(files) == len(book.records)
    for file in files:
        text = file.read_text("utf-8")
        found = re.fullmatch(r"pactwatchTell\((\".*?\"),(\{.*\})\);\n", text, re.DOTALL)
        assert found
        record = json.loads(found[2])
        assert record["title"] and (site / record["href"]).is_file()
        assert all((site / source["href"]).is_file() for source in record["sources"])
    evil = json.loads(re.search(r",(\{.*\})\)", (site / f"evidence/{slug_of(ODD_ID)}.js").read_text("utf-8"))[1])  # type: ignore[index]
    assert evil["title"] == EVIL and all(not source["out"].startswith("javascript") for source in evil["sources"])


def slug_of(identifier: str) -> str:
    from pactwatch.site.frame.places import name_file

    return name_file(identifier)


def test_a_case_of_the_basket_is_told_over_all_days(site: Path) -> None:
    page = read(site, "law/cases/arms.html")
    outcomes = re.findall(r'data-first="([\d-]+)" data-last="[\d-]+" data-outcome="(\w+)"', page)
    assert ("1970-01-01", "denied") in outcomes
    assert outcomes[-1][0] == "2000-01-01" and outcomes[-1][1] != "denied"


def test_the_form_answers_a_case_and_names_what_it_cannot_read(live: Site) -> None:
    asked = (("supplier", "JPN"), ("item.weapon", "yes"), ("date", "1980-05-01"))
    page = live.make("law/ask.html", asked)
    assert page.status == 200 and "On 1 May 1980" in page.body.decode() and "denied" in page.body.decode()
    wrong = live.make("law/ask.html", (("supplier", EVIL), ("item.kind", "rocket"), ("date", "31 June")))
    body = wrong.body.decode()
    assert wrong.status == 400 and "date:" in body and "supplier:" in body and "item.kind:" in body
    assert "<script>alert" not in body
    assert "Nothing was asked" not in live.make("law/ask.html").body.decode()


def test_what_a_case_leaves_out_is_told_with_what_it_would_change(live: Site) -> None:
    page = live.make("law/ask.html", (("supplier", "JPN"), ("date", "1980-05-01"))).body.decode()
    assert "Not told" in page and "would make it" in page and "item.weapon" in page


def test_a_strip_is_as_wide_as_its_days() -> None:
    periods = [
        Period(first=date(2000, 1, 1), last=date(2009, 12, 31), outcome=Outcome.DENIED, conditions=(), why="a"),
        Period(first=date(2010, 1, 1), last=date(2019, 12, 31), outcome=Outcome.ALLOWED, conditions=(), why="b"),
    ]
    strip = draw_strip(periods, date(2010, 1, 1))
    assert strip.stretches[0].width == pytest.approx(360, abs=0.5)
    assert strip.stretches[1].x == pytest.approx(strip.at) == pytest.approx(360, abs=0.5)
    assert [year for year, _ in strip.decades] == [2010]


def test_a_measure_is_computed_again_by_the_code_on_its_page(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    for name in ("activity", "ties"):
        page = read(site, f"measures/{name}.html")
        snippet = re.search(r'<code class="python">(.*?)</code>', page, re.DOTALL)
        assert snippet
        namespace: dict[str, object] = {}
        exec(snippet[1].replace("&#34;", '"'), namespace)  # noqa: S102 - the page's own words
        rows = len((site / f"measures/{name}.csv").read_text("utf-8").splitlines()) - 1
        assert namespace["table"].to_pyarrow().num_rows == rows > 0  # type: ignore[attr-defined]
        assert capsys.readouterr().out


def test_quotes_are_marked_where_their_words_stand_and_escaped_everywhere() -> None:
    marked = mark_quote(f"Japan gave {EVIL} to Manila & JapanX", {"party": ["Japan"], "item": ["Manila"]})
    assert str(marked).count("<mark") == 2 and "<script>" not in marked and "&lt;script&gt;" in marked
    assert "JapanX" in marked and ">JapanX<" not in marked


def test_what_is_not_there_says_so(live: Site) -> None:
    for path in (
        "pairs/AAA-BBB.html",
        "instruments/none.html",
        "series/x.html",
        "people/x.html",
        "sources/x.html",
        "law/cases/x.html",
    ):
        with pytest.raises(NotFoundError, match=r"of this edition|share no record|no case"):
            live.make(path)


@pytest.mark.parametrize(("strength", "step"), [(0.0, 0), (0.001, 0), (0.01, 1), (10.0, 5), (2.5, 2)])
def test_shades_tell_weak_ties_apart(strength: float, step: int) -> None:
    assert shade(strength, 10.0) == step
