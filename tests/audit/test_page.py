"""The page of an audit: one file, hostile text inert, nothing loaded, every panel reached without a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pactwatch.audit.article import read_article_text
from pactwatch.audit.auditing import Auditor
from pactwatch.edition import Edition
from pactwatch.site.audit_page import render_page, write_page
from tests.audit.reading_tools import tools
from tests.browsing import needs_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = """Two navies <script>alert(1)</script>

Japan's accords and deals with Southeast Asia cluster in March. </script><img src=x onerror=alert(2)> Japan and the
Philippines signed a reciprocal access agreement on 8 July 2024. "Drills with Vietnam have multiplied," analysts argue.

These pacts strengthen deterrence & trust. Japan's constitution still stands unamended."""


@pytest.fixture(scope="module")
def page(edition: Edition) -> str:
    auditor = Auditor(edition, tools()[0])
    return render_page(auditor.audit(read_article_text(HOSTILE)), edition)


def test_a_hostile_article_stays_text(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script") == page.count("</script>") == 1
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_is_loaded_and_nothing_may_run(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]
    assert "script-src" not in policy[1]
    assert not re.search(r'<(?:link|img|iframe|object|embed)\b|\bsrc="|url\((?!#)|@import', page)


def test_every_mark_opens_a_panel_that_is_there(page: str) -> None:
    anchors = set(re.findall(r'href="#(s\d+)"', page))
    assert anchors
    for anchor in anchors:
        assert f'id="{anchor}"' in page


def test_the_reviews_are_json_ld(page: str) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert {one["@type"] for one in json.loads(found[1])} == {"ClaimReview"}


def test_the_whole_article_is_there(page: str) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    for word in ("cluster in March", "8 July 2024", "strengthen deterrence &amp; trust", "still stands unamended"):
        assert word in text


def test_writing_fails_whole(edition: Edition, tmp_path: Path) -> None:
    auditor = Auditor(edition, tools()[0])
    audited = auditor.audit(read_article_text("Japan's drills with Vietnam have multiplied."))
    with pytest.raises(OSError, match="No such file"):
        write_page(audited, edition, tmp_path / "nowhere" / "a.html")
    write_page(audited, edition, tmp_path / "a.html")
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


@needs_browser
def test_a_browser_without_scripts_shows_a_panel_and_asks_for_nothing(
    page: str, tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "a.html"
    file.write_text(page, encoding="utf-8")
    heard: list[str] = []
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    shown = context.new_page()
    shown.on("console", lambda message: heard.append(message.text))
    shown.on("request", lambda request: heard.append(request.url) if request.url != file.as_uri() else None)
    shown.goto(file.as_uri())
    assert not shown.locator("#s2").is_visible()
    shown.locator("#m2").first.click()
    assert shown.locator("#s2").is_visible()
    context.close()
    assert [one for one in heard if not one.startswith(file.as_uri())] == []
