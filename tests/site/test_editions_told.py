"""What pages say of other editions: what changed, the verdict then and now, a record's history."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from pactwatch.edition import Edition
from pactwatch.edition.shelf import shelf_of
from pactwatch.site.verdicts import list_earlier, recall_verdicts
from tests.site.shelved import NEW, OLD


def words_of(web: httpx.Client, path: str) -> str:
    """The text of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", web.get(path).text))


def test_the_first_page_says_what_changed_since_the_last_edition(web: httpx.Client) -> None:
    told = words_of(web, "/index.html")
    assert f"0 new, 1 changed, 1 withdrawn record since {OLD}" in told
    assert "withdrawn Withdrawn drill" in told and "changed Reciprocal access agreement" in told


def test_editions_are_listed_with_their_changes_and_pinned(web: httpx.Client) -> None:
    page = web.get("/editions.html").text
    assert f'href="e/{OLD}/index.html"' in page
    assert web.get(f"/e/{OLD}/index.html").status_code == 200
    assert "records: title" in words_of(web, "/editions.html")
    pinned = web.get(f"/e/{NEW}/editions.html").text
    assert f'href="../../e/{OLD}/index.html"' in pinned


def test_a_record_tells_its_history(web: httpx.Client) -> None:
    told = words_of(web, "/records/RAA-1.html")
    assert f"changed in edition {NEW}" in told and f"new in edition {OLD}" in told


def test_a_claim_tells_its_verdict_then_and_now(web: httpx.Client) -> None:
    told = words_of(web, "/claims/in-march.html")
    section = told[told.index("The verdict over editions") :]
    assert section.index(OLD) < section.index(NEW)
    assert section.count("contradicted") >= 2 and "; unchanged" in section


def test_earlier_editions_are_those_of_the_casebook_before_this_one(home: Path, tmp_path: Path) -> None:
    old, new = (Edition(shelf_of(home) / name) for name in (OLD, NEW))
    assert [one.id for one in list_earlier(new, home)] == [OLD]
    assert list_earlier(old, home) == []
    assert recall_verdicts(old, home), "kept when they were tested"
    assert recall_verdicts(old, tmp_path) is None, "nothing is tested for it"
