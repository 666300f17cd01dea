"""The review in a real browser: by keys and by buttons, with and without scripts, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pactwatch.site.server.reviewing import Reviewers
from tests.browsing import Visit, find_barriers, needs_browser
from tests.flow.made import make_casebook
from tests.site.reviewed import fill, list_entries, serve_review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser


@pytest.fixture
def place(tmp_path: Path) -> str:
    fill(str(tmp_path / "home"))
    return str(tmp_path / "home")


@pytest.fixture
def base(home: Path, tmp_path: Path, place: str) -> Iterator[str]:
    make_casebook(tmp_path / "book")
    with serve_review(home, tmp_path / "book", place, Reviewers("Ana")) as address:
        yield address


CLOCK = "let now = 0; performance.now = () => now; window.advance = (by) => { now += by; };"
"""In place of the browser's clock: time passes when it is told to, however busy the machine is."""


def press(page: Page, key: str) -> None:
    """Press a key of the review once the page listens to it, and wait for the page that comes."""
    page.evaluate("window.advance && window.advance(1000)")
    page.wait_for_timeout(0 if page.evaluate("!!window.advance") else 400)
    with page.expect_navigation():
        page.keyboard.press(key)


def click(page: Page, selector: str) -> None:
    """Click on what leads to another page, and wait for that."""
    with page.expect_navigation():
        page.click(selector)


def decisions(place: str) -> list[str]:
    return [str(body["decision"]) for _, _, body in list_entries(place)]


def question(page: Page) -> str:
    return page.get_attribute("#answers input[name=question]", "value") or ""


def test_a_sitting_by_keys(browser: Browser, base: str, place: str) -> None:
    visit = Visit(browser, base)
    visit.page.add_init_script(CLOCK)
    visit.open("review")
    page, first = visit.page, question(visit.page)
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert decisions(place) == [], "a key pressed while the page was coming decides nothing"
    press(page, " ")
    assert "asked again at the end" in page.inner_text("[role=status]") and question(page) != first
    press(page, "a")
    assert "Kept as entry" in page.inner_text("[role=status]") and decisions(place) == ["accept"]
    press(page, "Backspace")
    assert "withdrawn" in page.inner_text("[role=status]") and decisions(place) == ["accept", "withdraw"]
    press(page, "x")
    while not page.locator("#c-1").count():
        press(page, " ")
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.id") == "c-1"
    press(page, "d")
    assert decisions(place)[-2:] == ["reject", "different"]
    page.keyboard.press("e")
    assert page.locator("#edit").get_attribute("open") is not None
    page.fill("#f-name", "accessed")
    page.keyboard.press("a")
    assert decisions(place)[-1] == "different", "what is typed into a field is no key"
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]:has-text('Kept')")
    assert list_entries(place)[-1][2]["correction"] == {"name": "accesseda"}
    assert "1 corrected" in page.inner_text(".sitting") and not visit.complaints
    assert all(url.startswith(base) for url in visit.requests)
    page.close()


def test_keys_that_go_elsewhere_or_are_switched_off_decide_nothing(browser: Browser, base: str, place: str) -> None:
    visit = Visit(browser, base)
    visit.open("review")
    page = visit.page
    page.wait_for_timeout(400)
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/data.html")
    visit.open("review")
    page.wait_for_timeout(400)
    page.keyboard.press("Control+a")
    page.click("text=Add a reason")
    page.fill("#why", "because")
    page.keyboard.press("Enter")
    page.click("#keys-switch")
    assert not page.locator(".actions kbd").first.is_visible()
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert decisions(place) == []
    page.close()


def test_a_whole_sitting_without_scripts(browser: Browser, base: str, place: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}review")
    page.click("text=Edit the fields")
    page.fill("#f-date", "yesterday")
    click(page, "text=Keep the correction")
    assert page.input_value("#f-date") == "yesterday" and "Expected a date" in page.inner_text("#w-date")
    page.fill("#f-date", "2026-02")
    click(page, "text=Keep the correction")
    click(page, "button[value=skip]")
    click(page, "button[value=reject]")
    click(page, "#undo button")
    while page.locator("#answers").count():
        click(page, "button[value=accept]")
    assert page.inner_text("h1") == "Nothing is open"
    told = decisions(place)
    assert told[:3] == ["correct", "reject", "withdraw"] and set(told[3:]) == {"accept"}
    context.close()


def test_every_state_fits_a_phone_and_has_no_barriers(browser: Browser, base: str, place: str) -> None:
    for width, scheme in ((390, "dark"), (1200, "light")):
        visit = Visit(browser, base, width, "dark" if scheme == "dark" else "light")
        visit.open("review")
        page, states = visit.page, []

        def look(name: str, page: Page = page, visit: Visit = visit, width: int = width) -> None:
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert not find_barriers(visit), name

        page.click("text=Edit the fields")
        look("editing")
        page.fill("#f-parties", "JPN XXX")
        click(page, "text=Keep the correction")
        page.wait_for_selector("#faults")
        assert page.evaluate("document.activeElement.id") == "faults"
        look("faults")
        page.evaluate("document.querySelector('#answers input[name=shown]').value = 'other'")
        click(page, "button[value=accept]")
        page.wait_for_selector("text=It changed while you looked at it")
        look("stale")
        click(page, "text=Go on with what is open now")
        page.wait_for_selector("#answers")
        look("next")
        while page.locator("#answers").count() and width > 1000:
            click(page, "button[value=accept]")
            states.append(page.url)
        if states:
            page.wait_for_selector("text=Nothing is open")
            look("done")
        assert [words for words in visit.complaints if "status of 4" not in words] == []
        page.close()
    assert "accept" in decisions(place)
