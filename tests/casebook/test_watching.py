"""feeds.toml and watchlists.toml: read strictly, all faults at once, and of no effect on an edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.casebook.template import write_template
from pactwatch.casebook.watching import read_span
from pactwatch.model.errors import InputError

FEEDS = '[[feed]]\nname = "news"\nurl = "https://example.org/feed.xml"\npublisher = "A ministry"\nevery = "30m"\n'
LISTS = (
    '[[watchlist]]\nname = "pacts"\ntitle = "Pacts"\nactors = ["JPN", "PHL"]\ntogether = true\ntypes = ["agreement"]\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_template(tmp_path / "book")
    return tmp_path / "book"


def test_feeds_and_watchlists_are_read_and_change_no_digest(folder: Path) -> None:
    before = load_casebook(folder)
    assert not before.feeds and not before.watchlists
    (folder / "feeds.toml").write_text(FEEDS)
    (folder / "watchlists.toml").write_text(LISTS)
    after = load_casebook(folder)
    assert after.digest == before.digest
    assert (after.feeds[0].name, after.feeds[0].minutes) == ("news", 30)
    assert after.watchlists[0].together


def test_the_remarks_of_the_template_are_right(folder: Path) -> None:
    """What the template shows as an example is an example once its marks are taken away."""
    for name in ("feeds.toml", "watchlists.toml"):
        lines = (folder / name).read_text().splitlines()
        shown = [
            line.removeprefix("# ")
            for line in lines
            if line.startswith(("# [[", "# ")) and ("=" in line or "[[" in line)
        ]
        (folder / name).write_text("\n".join(shown).replace('"AAA", "BBB"', '"JPN", "PHL"'))
    book = load_casebook(folder)
    assert len(book.feeds) == len(book.watchlists) == 1


def test_the_shipped_feeds_say_that_nobody_asked_them() -> None:
    book = load_casebook(find_casebook("japan-asean"))
    assert book.feeds and all("not fetched" in feed.note for feed in book.feeds)
    assert all(feed.url.startswith("https://") for feed in book.feeds)


def test_all_faults_at_once(folder: Path) -> None:
    bad = (FEEDS + FEEDS).replace("30m", "2m", 1).replace("https", "ftp", 1)
    (folder / "feeds.toml").write_text(bad + 'colour = "red"\n')
    (folder / "watchlists.toml").write_text(LISTS.replace("PHL", "PHX") + '[[watchlist]]\nname = "b"\ntitle = "B"\n')
    with pytest.raises(InputError) as caught:
        load_casebook(folder)
    told = [f"{one.file.split('/')[1]}:{one.line} [{one.field}] {one.expected}" for one in caught.value.faults]
    assert any(one.startswith("feeds.toml:3 [feed.url]") and "https://" in one for one in told)
    assert any(one.startswith("feeds.toml:5 [feed.every]") and "30m, 6h" in one for one in told)
    assert any(one.startswith("feeds.toml:11 [feed.colour]") for one in told)
    assert any(one.startswith("watchlists.toml:7 [watchlist]") and "at least one" in one for one in told)


def test_actors_and_names_are_checked_against_the_rest(folder: Path) -> None:
    (folder / "feeds.toml").write_text(FEEDS + FEEDS)
    (folder / "watchlists.toml").write_text(LISTS.replace("PHL", "PHX"))
    with pytest.raises(InputError) as caught:
        load_casebook(folder)
    told = str(caught.value)
    assert "feeds.toml:7 [name]" in told and "feeds.toml:8 [url]" in told
    assert "watchlists.toml:4 [actors]: found 'PHX'; expected a code of actors.csv" in told


@pytest.mark.parametrize(("text", "minutes"), [("30m", 30), ("6h", 360), ("1d", 1440), ("31 d", 44640)])
def test_spans(text: str, minutes: int) -> None:
    assert read_span(text) == minutes


@pytest.mark.parametrize("text", ["", "4m", "32d", "-1h", "1w", "1.5h", "h", "999999999d"])
def test_no_spans(text: str) -> None:
    with pytest.raises(ValueError, match="30m"):
        read_span(text)
