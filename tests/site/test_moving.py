"""What scripts add: the network by year and weights, the evidence beside the page, a day picked on a case's line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures import compute
from tests.browsing import Visit, find_barriers, needs_browser
from tests.site.small import EVIL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser


def slide(visit: Visit, chosen: str, value: int) -> None:
    visit.page.locator(chosen).evaluate(
        "(field, value) => { field.value = value; field.dispatchEvent(new Event('input', {bubbles: true})); }", value
    )


def read_ranks(visit: Visit) -> list[tuple[str, ...]]:
    rows = visit.page.locator("#ranks tbody tr").all()
    return [(row.get_attribute("data-code") or "", *row.locator("td").all_inner_texts()) for row in rows]


def test_the_slider_gives_what_the_measure_gives_and_the_address_keeps_it(
    browser: Browser, site: Path, small_edition: Edition
) -> None:
    ties = compute("ties", small_edition).to_pyarrow().to_pylist()
    visit = Visit(browser, site)
    visit.open("network.html")
    for year in (2016, 2020):
        slide(visit, "#w-year", year)
        own = sorted((r for r in ties if r["year"] == year and r["rank_in_year"]), key=lambda r: r["rank_in_year"])
        told = read_ranks(visit)
        assert [(code, rank, strength) for code, rank, strength, _ in told] == [
            (row["actor_b_code"], str(row["rank_in_year"]), f"{row['tie_strength']:.2f}") for row in own
        ]
        for (_, _, _, words), row in zip(told, own, strict=True):
            low, high = row["rank_low"], row["rank_high"]
            assert words == "firm" if low == high else words.endswith(f"{low} to {high}")
        assert f"year={year}" in visit.page.evaluate("location.search")
        assert str(year) in visit.page.inner_text("#n-finding")
    visit.page.click(".weights summary")
    visit.page.fill("#w-exercise", "0")
    assert "exercise=0" in visit.page.evaluate("location.search")
    assert "VNM" not in [row[0] for row in read_ranks(visit)], "it has nothing but an exercise"
    visit.page.reload()
    assert visit.page.input_value("#w-exercise") == "0", "the address brings the weights back"
    visit.page.focus("#w-year")
    visit.page.keyboard.press("Home")
    first = visit.page.inner_text("#w-year-out")
    visit.page.click("#w-play")
    visit.page.wait_for_function("first => document.getElementById('w-year-out').textContent !== first", arg=first)
    visit.page.click("#w-play")
    assert visit.page.inner_text("#w-play") == "Play"
    assert not visit.complaints and not find_barriers(visit)
    visit.page.close()


def test_a_number_opens_its_records_beside_the_page_and_escape_goes_back(browser: Browser, site: Path) -> None:
    for width in (1200, 390):
        visit = Visit(browser, site, width)
        visit.open("partners/VNM.html")
        visit.page.focus("a.n[data-records]")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector(".drawer article h3")
        assert visit.page.inner_text(".drawer h3") == EVIL, "hostile words are words"
        assert visit.page.evaluate("document.activeElement.id") == "drawer-title"
        box = visit.page.locator(".drawer").bounding_box()
        assert box and (box["x"] > 600 if width > 760 else box["y"] > 200), "right, or at the bottom of a phone"
        assert not find_barriers(visit)
        visit.page.keyboard.press("Escape")
        assert not visit.page.is_visible(".drawer")
        assert visit.page.evaluate("document.activeElement.className") == "n"
        assert not visit.complaints and all(url.startswith("file://") for url in visit.requests)
        visit.page.close()


def test_without_scripts_a_number_leads_to_the_list(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"file://{site}/partners/PHL.html")
    page.click("a.n >> nth=0")
    assert "/records/index.html?partner=PHL" in page.url
    page.goto(f"file://{site}/network.html")
    assert page.is_visible("svg.network") and page.is_visible("#ranks") and not page.is_visible("#weights")
    page.close()


def test_a_day_on_a_case_shows_the_answer_of_that_day_and_why(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    visit.open("law/cases/arms.html?day=1980-05-01")
    assert visit.page.inner_text("#day-answer .big").strip() == "denied"
    assert "1 May 1980" in visit.page.inner_text("#day-why")
    slide(visit, "#day", int(visit.page.get_attribute("#day", "max") or 0))
    assert visit.page.inner_text("#day-answer .big").strip() != "denied"
    assert visit.page.locator("#periods li.now").count() == 1
    assert not visit.complaints and not find_barriers(visit)
    visit.page.close()


def test_keys_go_somewhere_until_they_are_switched_off(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    visit.open("index.html")
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.activeElement.id") == "find"
    visit.page.keyboard.press("Escape")
    visit.page.evaluate("document.activeElement.blur()")
    visit.page.keyboard.press("g")
    visit.page.keyboard.press("n")
    visit.page.wait_for_url("**/network.html")
    visit.page.click("#keys-switch")
    visit.page.evaluate("document.activeElement.blur()")
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.activeElement.id") != "find"
    visit.page.close()


def test_a_chart_is_taken_away_as_a_picture(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    for path in ("measures/activity.html", "network.html"):
        visit.open(path)
        with visit.page.expect_download() as waiting:
            visit.page.click("text=Image (PNG) >> nth=0")
        picture = waiting.value.path().read_bytes()
        assert waiting.value.suggested_filename.endswith(".png") and picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20], "big") > 1000, "twice as large as on the page"
    assert not visit.complaints
    visit.page.close()
