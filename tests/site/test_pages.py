"""The pages as a whole: every link leads somewhere, nothing hostile lives, and they can be read without seeing."""

from __future__ import annotations

import itertools
import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import pactwatch as pw
from pactwatch.edition import Edition
from pactwatch.edition.sums import SUMS_FILE
from pactwatch.edition.verify import verify_edition
from pactwatch.site import build_site
from pactwatch.site.build import SiteError
from pactwatch.site.frame.places import place_record
from pactwatch.site.pages.downloads import list_sealed
from tests.site.parsed import Page, read_pages
from tests.site.small import ODD_ID, make_results, make_small_edition

OUTSIDE = {"https://gazette.example/raa?a=1&b=2", "https://ok.example/?q='x'&lang=日本語"}
KINDS = (
    "claims/in-march",
    "partners/PHL",
    "records/RAA-1",
    "sources/index",
    "timeline",
    "months",
    "measures/ties",
    "law/index",
    "law/R-1",
    "law/R-2",
    "data",
    "codebook",
    "methods",
)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return read_pages(site)


def test_there_is_a_page_of_every_kind(pages: dict[str, Page]) -> None:
    assert {f"{kind}.html" for kind in KINDS} <= set(pages)
    assert place_record(ODD_ID) in pages, "an odd id gets a page of a plain name"
    assert len([path for path in pages if path.startswith("records/")]) == 13


def test_every_inner_link_leads_to_a_page_a_file_or_an_anchor(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, page in pages.items():
        targets = [one.get("href") or one.get("src") or "" for one in page.named("a", "link", "script", "img")]
        for target in targets:
            parts = urlsplit(target)
            if parts.scheme:
                continue
            file = (site / name).parent / unquote(parts.path) if parts.path else site / name
            if (
                not file.is_file()
                or not file.resolve().is_relative_to(site.resolve())
                or (
                    parts.fragment
                    and parts.fragment not in pages[file.resolve().relative_to(site.resolve()).as_posix()].ids
                )
            ):
                broken.append((name, target))
    assert not broken


def test_ids_are_unique_on_a_page(pages: dict[str, Page]) -> None:
    assert not [name for name, page in pages.items() if len(page.ids) != len(set(page.ids))]


def test_hostile_words_and_addresses_stay_words(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert all("src" in one for one in page.named("script")), name
        assert not page.named("img", "iframe", "object", "embed", "style"), name
        handlers = [
            one for _, one in page.tags if any(attribute.startswith("on") or attribute == "style" for attribute in one)
        ]
        assert not handlers, name
        outside = [one for one in page.named("a") if urlsplit(one.get("href", "")).scheme]
        assert {one["href"] for one in outside} <= OUTSIDE, name
        assert all(one["rel"] == "noopener noreferrer nofollow" for one in outside), name


def test_hostile_words_stay_words_in_saved_pictures(site: Path) -> None:
    pictures = sorted((site / "figures").glob("*.svg"))
    assert pictures
    for picture in pictures:
        tags = {element.tag.rpartition("}")[2] for element in ET.parse(picture).iter()}  # noqa: S314 - our own files
        assert not tags & {"script", "a", "foreignObject", "image"}, picture.name


def test_pages_ask_for_nothing_from_outside(site: Path, pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert not [
            one for one in page.named("link", "script") if urlsplit(one.get("href") or one.get("src") or "").scheme
        ]
    for file in (site / "static").iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), file.name


def test_pages_can_be_read_without_seeing(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.named("h1")) == 1, name
        assert page.named("html")[0]["lang"] == "en"
        assert [len(page.named(landmark)) for landmark in ("main", "header", "footer")] == [1, 1, 1], name
        assert page.named("a")[0] == {"class": "skip", "href": "#main"}, name
        assert all(one.get("scope") for one in page.named("th")), name
        assert len(page.named("caption")) == len(page.named("table")), name
        pictures = list(page.named("svg"))
        assert all(
            one.get("role") in ("img", "group") and one.get("aria-labelledby") in page.ids for one in pictures
        ), name
        labels = {one.get("for") for one in page.named("label")}
        fields = [one for one in page.named("input", "select") if one.get("type") != "hidden"]
        assert all(one["id"] in labels for one in fields), name
        assert all(
            "id" not in one or one["aria-labelledby"] for one in page.named("figure") if "aria-labelledby" in one
        )


def test_headings_go_down_one_step_at_a_time(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), (name, levels)


def test_dates_are_told_to_their_precision_and_no_further(site: Path) -> None:
    record = (site / "records/RAA-1.html").read_text("utf-8")
    assert "November 2023: " in record and "1 November 2023:" not in record
    assert "11 September 2025 (inferred)" in record
    transfer = (site / "records/R0002.html").read_text("utf-8")
    assert "first quarter of 2024" in transfer
    assert "1.5 billion JPY" in transfer


def test_a_record_tells_its_doubts_its_conflicts_and_its_claims(site: Path) -> None:
    record = (site / "records/RAA-1.html").read_text("utf-8")
    assert "Known only from an announcement made beforehand." in record
    assert "Values that differ, side by side" in record
    assert "usually reliable" in record and "page not opened" in record
    assert "../claims/in-march.html" in record


def test_a_claim_names_every_record_it_used(site: Path) -> None:
    page = Page(site / "claims/in-march.html")
    links = {one.get("href") for one in page.named("a")}
    assert {f"../{place_record(record_id)}" for record_id in ("R0004", "R0005", "RAA-1", ODD_ID)} <= links


def test_the_files_hold_what_the_pages_show(site: Path, small_edition: Edition) -> None:
    verdicts = json.loads((site / "data/verdicts.json").read_text("utf-8"))
    assert [claim["id"] for claim in verdicts["claims"]] == [result.id for result in make_results()]
    assert (site / "data/edition/data/records.parquet").read_bytes() == small_edition.file("records").read_bytes()
    joined = (site / "data/csv/records_joined.csv").read_text("utf-8")
    assert joined.count("\nRAA-1,") == 3


def test_the_edition_of_the_site_is_sound_and_opens_as_its_pages_say(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = unescape((site / "claims/in-march.html").read_text("utf-8"))
    python = re.search(r'pw\.open_edition\("([^"]+)"\)', page)
    command = re.search(r"pactwatch claims in-march --edition (\S+) --json", page)
    assert python and command and python[1] == command[1]
    assert "pactwatch measure ties --edition data/edition --csv" in (site / "measures/ties.html").read_text("utf-8")
    monkeypatch.chdir(site)
    opened = pw.open_edition(python[1], home=tmp_path)
    assert opened.id == "test-1"
    assert verify_edition(opened) == []


def test_only_sealed_files_go_with_the_edition(tmp_path: Path) -> None:
    edition = make_small_edition(tmp_path / "own")
    sealed = list_sealed(edition)
    (tmp_path / "outside.txt").write_text("no part of it", "utf-8")
    (edition.path / "stray.csv").write_text("no part of it", "utf-8")
    with (edition.path / SUMS_FILE).open("a", encoding="utf-8") as sums:
        sums.write("0  ../outside.txt\n")
    assert list_sealed(edition) == sealed
    assert {"edition.json", SUMS_FILE, "data/records.parquet"} <= set(sealed)


def test_built_twice_gives_the_same_bytes_and_replaces_the_site_whole(
    site: Path, small_edition: Edition, tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    report = build_site(small_edition, make_results(), folder)
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files == {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert report.bytes == sum(map(len, files.values()))
    assert [path.name for path in tmp_path.iterdir()] == ["again"], "nothing is left beside the site"


def test_a_folder_that_is_no_site_is_left_alone(small_edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(SiteError, match="no earlier site"):
        build_site(small_edition, [], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
