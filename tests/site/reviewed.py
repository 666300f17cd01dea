"""A live site with a review of a ledger, and a reviewer's browser without its pictures: forms and cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx

from pactwatch.charts.press import Press
from pactwatch.edition import Edition
from pactwatch.edition.shelf import shelf_of
from pactwatch.ledger import open_ledger
from pactwatch.site.library import Library
from pactwatch.site.server import Reviewing, make_application
from pactwatch.site.server.reviewing import Reviewers
from tests.flow.made import append, exercise, tell
from tests.site.shelved import NEW, listen

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PACT = (
    "The ministers met in Manila.\n\nJapan and the Philippines signed a reciprocal access agreement on 8 July 2024. "
    "It still has to be ratified."
)
QUOTE = "Japan and the Philippines signed a reciprocal access agreement on 8 July 2024."


def span(words: str) -> list[list[int]]:
    start = PACT.index(words, PACT.index(QUOTE))
    return [[start, start + len(words)]]


STORIES = [
    exercise("Blue Lantern", "2026-02-18", confidence=0.5),
    exercise("Grey Heron", "2025-11-03", confidence=0.7),
    exercise(
        "Blue Lantern",
        "2026-02-18",
        f"Exercise Blue Lantern ended, Japan and the Philippines said. {EVIL}",
        confidence=0.8,
    ),
    tell(
        PACT,
        {
            **{"type": "agreement", "stage": "signed", "instrument": "RAA", "date": "2024-07-08", "quote": QUOTE},
            **{"confidence": 0.97, "spans": {"act": span("signed"), "date": span("8 July 2024")}},
        },
        published="2024-07-09",
        title=EVIL,
    ),
    tell("word " * 800 + "\x1b[2Jend.", {"name": "Long Word", "date": "2026-01-01", "confidence": 0.95}),
]


def fill(place: str) -> None:
    """Keep the stories in a ledger."""
    with open_ledger(place) as ledger:
        append(ledger, STORIES)


def list_entries(place: str) -> list[tuple[str, str, Mapping[str, object]]]:
    """Kind, author and body of every judgement's entry, withdrawals too."""
    with open_ledger(place) as ledger:
        return [(one.kind, one.author, one.body) for one in ledger.entries() if one.kind == "judgement"]


@contextmanager
def serve_review(home: Path, book: Path, ledger: str, reviewers: Reviewers, address: str = "") -> Iterator[str]:
    """The site of a workspace with the review of a ledger, listening; its address."""
    with Press() as press:
        library = Library(home, Edition(shelf_of(home) / NEW), press, address or "http://127.0.0.1/")
        application = make_application(library, 0, str(book), Reviewing(ledger, reviewers))
        application.begin = lambda: None  # nothing is read ahead that these tests would wait for
        with listen(application) as port:
            yield f"http://127.0.0.1:{port}/"
        application.end()


class Seat:
    """A reviewer at a browser that knows forms and cookies and nothing else."""

    def __init__(self, base: str) -> None:
        limits = httpx.Limits(max_keepalive_connections=0)  # nothing stays open that would have to be closed
        self.client = httpx.Client(base_url=base, timeout=60, follow_redirects=True, limits=limits)
        self.page = self.client.get("/review").text

    def look(self) -> str:
        """Load the page again."""
        self.page = self.client.get("/review").text
        return self.page

    def hidden(self, page: str = "") -> dict[str, str]:
        """What travels in the form of the question on the page."""
        part = (page or self.page).partition('id="answers"')[2]
        return {
            name: unescape(found[1])
            for name in ("mark", "question", "shown")
            if (found := re.search(rf'name="{name}" value="([^"]*)"', part))
        }

    def fields(self) -> dict[str, str]:
        """The fields of the form for a correction as a browser would send them."""
        part = self.page.partition('id="correction"')[2].partition("</form>")[0]
        told = dict(re.findall(r'<input id="[^"]*" name="(f-[^"]*)" value="([^"]*)"', part))
        for name, inner in re.findall(r'<select id="[^"]*" name="(f-[^"]*)".*?>\n(.*?)</select>', part, re.DOTALL):
            told[name] = re.findall(r'<option value="([^"]*)" selected', inner)[0]
        return {name: unescape(value) for name, value in told.items()}

    def answer(self, word: str, page: str = "", **more: str) -> httpx.Response:
        """Press a button of a page, the one shown now unless another is given."""
        found = self.client.post("/review", data={**self.hidden(page), "answer": word, **more})
        if found.status_code == 200:
            self.page = found.text
        return found

    def undo(self, page: str = "") -> httpx.Response:
        """Press the button that undoes."""
        part = (page or self.page).partition('id="undo"')[2]
        sent = {name: str(re.findall(rf'name="{name}" value="([^"]*)"', part)[0]) for name in ("mark", "entry")}
        found = self.client.post("/review", data={**sent, "answer": "undo"})
        if found.status_code == 200:
            self.page = found.text
        return found

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return words_of(re.findall(r"<h1.*?>(.*?)</h1>", self.page, re.DOTALL)[0])


def words_of(page: str) -> str:
    """The text of a page without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))
