"""While the claims are being tested: every page is served, those that need verdicts say so and come again by
themselves, and nothing of it is kept."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.site.frame.testing import LaterVerdicts, UntestedError
from tests.browsing import Visit, find_barriers, needs_browser
from tests.site.shelved import NEW, OLD, listen, make_live
from tests.site.small import make_results

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Slow:
    """Tests of claims that have got to the second and go on when they are told to."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.failure: Exception | None = None
        self.tested: list[str] = []

    def __call__(self, edition: Edition, _: Path, report: Callable[[int], None]) -> Sequence[ClaimResult]:
        self.tested.append(edition.id)
        report(2)
        assert self.go_on.wait(60)
        if self.failure:
            raise self.failure
        return make_results()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()
    monkeypatch.setattr("pactwatch.site.library.keep_verdicts", made)
    return made


@pytest.fixture
def base(home: Path, tmp_path: Path, slow: Slow) -> Iterator[str]:
    """The site of a workspace in which no verdict is kept."""
    shutil.copytree(home / "editions", tmp_path / "home" / "editions")
    with make_live(tmp_path / "home") as application, listen(application) as port:
        yield f"http://127.0.0.1:{port}/"
        slow.go_on.set()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


TOLD = "The claims are being tested: 2 of 5."


def test_pages_are_served_meanwhile_and_say_how_far_it_is(base: str, slow: Slow) -> None:
    with httpx.Client(base_url=base, timeout=60) as web:
        while TOLD not in words_of(web.get("/claims/index.html").text):
            pass
        for path, status in (
            ("/claims/index.html", 503),
            ("/claims/in-march.html", 503),
            ("/index.html", 200),
            ("/records/RAA-1.html", 200),
            (f"/e/{NEW}/records/RAA-1.html", 200),
            ("/law/index.html", 200),
        ):
            found = web.get(path)
            assert (found.status_code, found.headers["refresh"]) == (status, "5"), path
            assert TOLD in words_of(found.text) and "<script>" not in found.text, path
            assert found.headers["cache-control"] == "no-store" and "etag" not in found.headers, path
            stays = web.get(path, params={"refresh": "off"})
            assert stays.status_code == status and "refresh" not in stays.headers, path
        for path in ("/network.html", "/records/index.html", "/partners/index.html", "/api/v1/records?limit=1"):
            found = web.get(path)
            assert found.status_code == 200 and "refresh" not in found.headers and TOLD not in found.text, path
        told = web.get("/data/verdicts.json", headers={"accept": "application/json"})
        assert told.status_code == 503 and "2 of 5" in told.json()["detail"] and told.headers["retry-after"]
        slow.go_on.set()
        told = web.get("/api/v1/claims")
        assert told.status_code == 200 and len(told.json()["claims"]) == 5, "programs are waited for"
        for path in ("/claims/index.html", "/claims/in-march.html", "/index.html", "/records/RAA-1.html"):
            found = web.get(path)
            assert found.status_code == 200 and "refresh" not in found.headers and found.headers["etag"], path
            assert TOLD not in words_of(found.text) and "contradicted" in found.text, path
        assert slow.tested == [NEW]


def test_editions_are_tested_one_at_a_time(base: str, slow: Slow) -> None:
    with httpx.Client(base_url=base, timeout=60) as web:
        assert web.get(f"/e/{OLD}/claims/index.html").status_code == 503
        assert web.get("/claims/index.html").status_code == 503
        assert len(slow.tested) == 1
        slow.go_on.set()
        while web.get(f"/e/{OLD}/claims/index.html").status_code == 503:
            pass
        assert web.get("/api/v1/claims").status_code == 200 and sorted(slow.tested) == [OLD, NEW]


def test_tests_that_fail_are_a_fault_and_no_page_that_waits_for_ever(
    base: str, slow: Slow, caplog: pytest.LogCaptureFixture
) -> None:
    slow.failure = RuntimeError("no such column")
    with httpx.Client(base_url=base, timeout=60) as web:
        assert web.get("/claims/index.html").status_code == 503
        slow.go_on.set()
        while (found := web.get("/claims/index.html")).status_code == 503:
            pass
        assert found.status_code == 500 and "no such column" not in found.text and "refresh" not in found.headers
    assert "could not be tested" in caplog.text


def test_kept_verdicts_are_there_at_once() -> None:
    testing = LaterVerdicts(make_results, lambda _: pytest.fail("tested again"), 5, threading.Lock())
    assert testing() == make_results()
    blocked = threading.Event()

    def test(_: Callable[[int], None]) -> Sequence[ClaimResult]:
        assert blocked.wait(60)
        return make_results()

    testing = LaterVerdicts(lambda: None, test, 5, threading.Lock())
    with pytest.raises(UntestedError, match="0 of 5"):
        testing()
    testing.wait(0.01)
    blocked.set()
    testing.wait(60)
    assert testing() == make_results()


def test_what_somebody_waits_for_comes_before_the_tests() -> None:
    begun = threading.Event()

    def test(_: Callable[[int], None]) -> Sequence[ClaimResult]:
        begun.set()
        return make_results()

    testing = LaterVerdicts(lambda: None, test, 5, threading.Lock())
    with testing.held_back():
        with pytest.raises(UntestedError):
            testing()
        assert not begun.wait(0.1)
    testing.wait(60)
    assert begun.is_set() and testing() == make_results()


@needs_browser
def test_a_page_comes_again_by_itself_without_scripts(browser: Browser, base: str, slow: Slow) -> None:
    visit = Visit(browser, base, 390, "dark")
    visit.open("index.html")
    assert not find_barriers(visit) and visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.close()
    context = browser.new_context(java_script_enabled=False)
    page, still = context.new_page(), context.new_page()
    page.goto(f"{base}claims/index.html")
    still.goto(f"{base}claims/index.html")
    still.click("text=Stay as it is")
    assert "on their way" in still.inner_text("h1") and "refresh=off" in still.url
    slow.go_on.set()
    page.wait_for_selector("h1:has-text('Claims')", timeout=30_000)
    assert "on their way" in still.inner_text("h1")
    context.close()
