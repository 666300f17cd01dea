"""Timeline and map in a real browser: a period by mouse and by keys, on static pages, without scripts, on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import Visit, find_barriers, needs_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser

LIST = "records/index.html"
SHOWN = "figure.view.shown .wide svg"


@pytest.fixture
def base(live: int) -> str:
    return f"http://127.0.0.1:{live}/"


def drag(page: Page, first: str, last: str) -> None:
    """Drag over the bars from one part to another, named by their beginnings."""
    boxes = [page.locator(f"{SHOWN} a.bin[data-since='{one}'] >> nth=0").bounding_box() for one in (first, last)]
    start, end = (box for box in boxes if box)
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 24, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("is_live", [True, False])
def test_dragging_over_the_bars_sets_the_period_in_form_and_address(
    browser: Browser, base: str, site: Path, is_live: bool
) -> None:
    visit = Visit(browser, base if is_live else site)
    visit.open(f"{LIST}?type=exercise&from=2015&to=2022&view=timeline")
    drag(visit.page, "2017-01", "2019-10")
    visit.page.wait_for_url("**from=2017-01**")
    assert "to=2019-12" in visit.page.url and "view=timeline" in visit.page.url and "type=exercise" in visit.page.url
    assert visit.page.input_value("#f-from") == "2017-01" and visit.page.input_value("#f-to") == "2019-12"
    shown = visit.page.locator("#records tbody tr:not([hidden]) th").all_inner_texts()
    assert sorted(shown) == ["Drill 2017", "Drill 2018", "Drill 2019"]
    visit.page.click(".zoom >> text=Whole time")
    visit.page.wait_for_url(lambda url: "from=" not in url)
    assert not visit.complaints
    visit.page.close()


@pytest.mark.parametrize("is_live", [True, False])
def test_a_period_is_chosen_with_keys(browser: Browser, base: str, site: Path, is_live: bool) -> None:
    visit = Visit(browser, base if is_live else site)
    visit.open(f"{LIST}?from=2015&to=2022&view=timeline")
    visit.page.focus(f"{SHOWN} a.bin[tabindex='0']")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        visit.page.keyboard.press(key)
    visit.page.wait_for_url("**from=2015-07**")
    assert "to=2016-03" in visit.page.url
    assert visit.page.is_visible(".hint >> text=Drag over the bars")
    visit.page.close()


QUESTIONS = [
    "view=timeline",
    "view=timeline&from=2015&to=2024",
    "view=timeline&type=exercise&partner=USA&from=2016-03&to=2018",
    "view=timeline&from=2024-05&to=2024-07",
    "view=timeline&type=policy&from=2022-02&to=2022-05",
    "view=map",
    "view=map&type=exercise",
    "view=map&partner=VNM&from=2024",
]


@pytest.mark.parametrize("width", [1200, 390])
def test_static_pages_draw_what_the_server_draws(browser: Browser, base: str, site: Path, width: int) -> None:
    told: list[list[object]] = []
    for place in (base, site):
        visit = Visit(browser, place, width)
        seen: list[object] = []
        for question in QUESTIONS:
            visit.open(f"{LIST}?{question}")
            seen.append(visit.page.evaluate(LOOK))
        told.append(seen)
        assert not visit.complaints
        visit.page.close()
    for question, live, static in zip(QUESTIONS, *told, strict=True):
        assert static == live, question


LOOK = """() => {
  const visible = (one) => one.getClientRects().length;
  const all = (from, what) => [...from.querySelectorAll(what)];
  const texts = (from, what) => all(from, what).map((one) => one.textContent);
  const round = (text) => text.replace(/-?[0-9]+([.][0-9]+)?/g, (one) => Math.round(Number(one) * 5) / 5 + 0);
  const figure = all(document, "figure.view").find(visible), svg = all(figure, "svg").find(visible);
  const measure = figure.querySelector(".measure").textContent;
  const radius = (one) => one.querySelector("circle").getAttribute("r");
  return {
    finding: figure.querySelector(".finding").textContent,
    measure: measure.slice(0, measure.lastIndexOf("; edition")),
    rows: all(figure, "tbody tr").map((row) => [...row.cells].map((cell) => cell.textContent)),
    spots: all(svg, "a.spot:not([visibility])").map((one) => one.textContent + round(radius(one))).sort(),
    box: svg.getAttribute("viewBox"),
    texts: svg.matches(".timeline") ? texts(svg, "text, title") : [],
    paths: all(svg, "path").map((one) => round(one.getAttribute("d"))),
    rects: all(svg, "rect[stroke]").map((one) => round(one.getAttribute("x") + " " + one.getAttribute("width"))),
    parts: all(svg, "a.bin").map((one) => [one.dataset.since, one.dataset.until, one.textContent]),
    moves: all(figure, ".zoom a").map((one) => [one.textContent, [...new URL(one.href).searchParams].sort().join()]),
  };
}"""


def test_pictures_are_read_and_zoomed_without_scripts(browser: Browser, base: str, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}{LIST}?view=timeline&from=2015&to=2022")
    assert page.is_visible(SHOWN) and not page.is_visible(".hint")
    page.click(f"{SHOWN} a.bin[data-since='2016-01'] rect >> nth=0", position={"x": 3, "y": 20})
    page.wait_for_url("**from=2016-01&to=2016-03&view=timeline")
    assert "1 record" in page.inner_text("figure.view .finding")
    page.click(".views >> text=Map")
    page.wait_for_url("**view=map")
    page.click("svg.map a[data-code=PHL] >> visible=true")
    page.wait_for_url("**partner=PHL**")
    page.goto(f"file://{site}/{LIST}")
    assert page.locator("figure.view:visible").count() == 2, "a static page shows all it has"
    assert page.is_visible("#records tbody tr >> nth=0")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_views_fit_a_phone_and_have_no_barriers(browser: Browser, base: str, scheme: str) -> None:
    visit = Visit(browser, base, 390, "dark" if scheme == "dark" else "light")
    for view in ("timeline", "map", "timeline&from=2015&to=2024"):
        visit.open(f"{LIST}?view={view}")
        visit.page.click("figure.view summary")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390, view
        assert not find_barriers(visit), view
    assert not visit.complaints
    visit.page.close()
