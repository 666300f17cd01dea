"""The pages in a real browser: from a claim to its source in clicks, on a phone, in the dark, and silent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browsing import Visit, find_barriers, needs_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser

EVERY_KIND = [
    "index.html",
    "claims/index.html",
    "claims/in-march.html",
    "claims/hostile.html",
    "partners/index.html",
    "partners/PHL.html",
    "pairs/PHL-USA.html",
    "instruments/index.html",
    "instruments/RAA.html",
    "series/index.html",
    "series/Summer-Drill.html",
    "people/index.html",
    "people/Abe-Shinzo.html",
    "network.html",
    "records/index.html",
    "records/RAA-1.html",
    "sources/index.html",
    "sources/gazette.html",
    "timeline.html",
    "months.html",
    "measures/ties.html",
    "law/index.html",
    "law/R-1.html",
    "law/cases/arms.html",
    "data.html",
    "codebook.html",
    "feeds/index.html",
    "methods.html",
    "audit.html",
]
FIRST = ("index.html", "records/index.html", "records/RAA-1.html")
"""Pages that axe looks at in light and narrow too."""
COLOUR = """element => {
  const style = getComputedStyle(element), page = getComputedStyle(document.body);
  return [style.color, page.backgroundColor].map(colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number));
}"""
FILL = COLOUR.replace("style.color", "style.fill")


def contrast(one: list[float], other: list[float]) -> float:
    """Contrast of two colours by WCAG 2.2: 1 (none) to 21."""

    def luminance(colour: list[float]) -> float:
        parts = [value / 255 for value in colour]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_from_the_first_page_to_a_source_in_clicks(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    visit.open("index.html")
    visit.page.click("ul.entries a[href='claims/in-march.html']")
    assert "cluster in March" in visit.page.inner_text("h1")
    visit.page.click("table.records a[href='../records/RAA-1.html']")
    assert visit.page.inner_text("h1") == "Reciprocal access agreement"
    visit.page.click("ul.sources a[href='../sources/gazette.html'] >> nth=0")
    visit.page.wait_for_selector("main a[href='https://gazette.example/raa?a=1&b=2']")
    visit.page.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1200, "dark")])
def test_every_kind_of_page_fits_is_legible_and_silent(
    browser: Browser, site: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    visit = Visit(browser, site, width, scheme)
    for path in EVERY_KIND:
        visit.open(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, path
        for chosen in ("main p", "main a", "main small", "caption", "thead th", "h1", "figure.chart svg:visible text"):
            for element in visit.page.query_selector_all(chosen)[:3]:
                colour, paper = element.evaluate(FILL if "svg" in chosen else COLOUR)
                assert contrast(colour, paper) >= 4.5, (path, chosen, colour, paper)
        if scheme == "dark" or path in FIRST:
            assert not find_barriers(visit), path
    assert not visit.complaints
    assert all(url.startswith("file://") for url in visit.requests)
    visit.page.close()


def test_one_of_the_two_widths_is_shown(browser: Browser, site: Path) -> None:
    for width, shown, hidden in ((1200, "wide", "narrow"), (390, "narrow", "wide")):
        visit = Visit(browser, site, width)
        visit.open("months.html")
        assert visit.page.is_visible(f"figure.chart .{shown} svg")
        assert not visit.page.is_visible(f"figure.chart .{hidden} svg")
        visit.page.close()


def test_records_of_static_pages_are_filtered_and_the_filter_stays_in_the_address(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    visit.open("records/index.html")
    visit.page.select_option("#f-partner", "USA")
    visit.page.fill("#f-q", "drill 2016")
    assert visit.page.inner_text("#f-status") == f"1 of {count_rows(visit)} records"
    assert len(visit.page.query_selector_all("#records tbody tr:not([hidden])")) == 1
    assert visit.page.url.endswith("/records/index.html?q=drill+2016&partner=USA")
    visit.page.goto(visit.page.url.replace("q=drill+2016&", "sort=earliest&from=2019&to=2020&"))
    shown = visit.page.locator("#records tbody tr:not([hidden]) th")
    assert shown.all_inner_texts() == ["Drill 2019", "Drill 2020"]
    assert visit.page.input_value("#f-from") == "2019"
    visit.page.close()


def count_rows(visit: Visit) -> int:
    return len(visit.page.query_selector_all("#records tbody tr"))


def test_a_column_sorts_and_the_theme_turns_by_keyboard(browser: Browser, site: Path) -> None:
    visit = Visit(browser, site)
    visit.open("partners/index.html")
    head = visit.page.locator("#group-partner ~ .scroll th", has_text="Records").first
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    paper = "getComputedStyle(document.body).backgroundColor"
    before = visit.page.evaluate(paper)
    visit.page.locator("#theme").press("Enter")
    assert visit.page.evaluate(paper) != before
    visit.page.close()


def test_pages_work_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/records/index.html")
    assert page.is_visible("#records tbody tr >> nth=0")
    assert not page.is_visible("#filters")
    assert not page.is_visible("#theme")
    context.close()
