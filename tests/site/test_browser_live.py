"""The live site in a real browser: search, keep, take away and cite; without scripts, on a phone, in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browsing import PATIENCE, Visit, find_barriers, needs_browser
from tests.site.shelved import NEW, OLD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser


@pytest.fixture
def base(live: int) -> str:
    return f"http://127.0.0.1:{live}/"


def search_for_drills(page: Page, base: str) -> None:
    page.goto(base)
    page.click("nav[aria-label=Main] >> text=Records")
    page.fill("#f-q", "drill")
    page.select_option("#f-partner", "USA")
    page.fill("#f-from", "2018")
    page.press("#f-q", "Enter")
    page.wait_for_selector("text=5 records")


def test_from_the_first_page_to_what_a_source_says_in_three_clicks(browser: Browser, base: str) -> None:
    visit = Visit(browser, base)
    visit.open("")
    visit.page.click("ul.entries a >> nth=0")
    visit.page.click("table.records a[href='../records/RAA-1.html']")
    visit.page.click("ul.sources a[href='../sources/gazette.html'] >> nth=0")
    visit.page.wait_for_selector("main a[href='https://gazette.example/raa?a=1&b=2']")
    assert not visit.complaints and all(url.startswith(base) for url in visit.requests)
    visit.page.close()


def test_a_search_is_kept_by_its_address_taken_away_and_cited(browser: Browser, base: str) -> None:
    visit = Visit(browser, base)
    search_for_drills(visit.page, base)
    assert "q=drill" in visit.page.url and "partner=USA" in visit.page.url and "from=2018" in visit.page.url
    titles = visit.page.locator("#records tbody th").all_inner_texts()
    assert titles == [f"Drill {year}" for year in (2022, 2021, 2020, 2019, 2018)]
    visit.page.click("summary:has-text('Cite')")
    assert f"e/{NEW}/records/index.html?q=drill" in visit.page.inner_text(".citation")
    with visit.page.expect_download() as waiting:
        visit.page.click("text=CSV")
    assert waiting.value.suggested_filename == "records.csv"
    assert waiting.value.path().read_text("utf-8").count("Drill") == 5
    visit.page.click("#permalink")
    visit.page.wait_for_url(f"**/e/{NEW}/records/index.html?q=drill**")
    assert visit.page.locator("#records tbody th").all_inner_texts() == titles
    assert "which is the latest" in visit.page.inner_text(".pin")
    visit.page.click(".chip >> nth=0")
    visit.page.wait_for_url(lambda url: "partner" not in url)
    assert visit.page.locator(".chip").count() == 0 and visit.page.locator("#records tbody tr").count() == 5
    assert not visit.complaints
    visit.page.close()


def test_everything_works_without_scripts(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    search_for_drills(page, base)
    page.click("text=More ways to choose")
    page.select_option("#f-sort", "earliest")
    page.click("#filters button")
    page.wait_for_url("**sort=earliest**")
    assert page.locator("#records tbody th").first.inner_text() == "Drill 2018"
    page.click("#records a >> nth=0")
    assert page.inner_text("h1") == "Drill 2018"
    context.close()


LIVE = (
    "records/index.html?q=drill&partner=USA",
    "records/index.html?from=never",
    f"e/{OLD}/records/RAA-1.html",
    f"e/{OLD}/records/GONE-1.html",
    "nothing.html",
)


def test_live_pages_fit_a_phone_and_have_no_barriers(browser: Browser, base: str) -> None:
    visit = Visit(browser, base, 390, "dark")
    for path in LIVE:
        visit.open(path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert not find_barriers(visit), path
    assert [words for words in visit.complaints if "status of 4" not in words] == []
    visit.page.close()


def test_a_reader_can_search_by_keyboard_and_sees_where_they_are(browser: Browser, base: str) -> None:
    visit = Visit(browser, base)
    visit.open("records/index.html")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visit.page.focus("#f-q")
    visit.page.keyboard.type("agreement")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("text=1 record")
    visit.page.focus("#records tbody a")
    assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    visit.page.close()


PASTED = """Two coasts, one drill

Japan's accords and deals with Southeast Asia cluster in March. Japan and the Philippines signed a reciprocal access
agreement on 8 July 2024.
"""


@pytest.mark.parametrize(("width", "has_scripts"), [(1200, True), (390, False)])
def test_a_pasted_article_is_audited_and_its_verdict_leads_to_a_record(
    browser: Browser, base: str, width: int, has_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)  # the first audit starts a worker
    page.goto(base)
    page.fill("#a-text", "unos buques y una bahía, en la que se hicieron los ejercicios de las partes " * 5)
    page.click("text=Audit it")
    page.wait_for_selector("[role=alert] >> text=another language")
    assert page.input_value("#a-text").startswith("unos buques"), "what was pasted is still there"
    page.fill("#a-text", PASTED)
    page.click("text=Audit it")
    page.click("a.mark >> text=cluster in March")
    assert page.locator(".panel:target .word").inner_text().split()[-1] in ("supported", "contradicted", "evidence")
    page.click(".panel:target >> text=close")
    page.click("a.mark >> text=reciprocal access")
    page.click(".panel:target summary >> text=Records")
    page.click(".panel:target a[href='/records/RAA-1.html']")
    page.wait_for_selector("h1 >> text=Reciprocal access agreement")
    context.close()


def test_the_page_of_an_audit_has_no_barriers(browser: Browser, base: str) -> None:
    visit = Visit(browser, base, 390, "dark")
    visit.open("audit.html")
    visit.page.fill("#a-text", PASTED)
    visit.page.click("text=Audit it")
    visit.page.click("a.mark >> text=cluster in March")
    assert not find_barriers(visit)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not visit.complaints and all(url.startswith(base) for url in visit.requests)
    visit.page.close()
