"""Killed anywhere between a file and an edition: nothing that was reported is lost, nothing is half there, and the
next run comes to the same records.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pactwatch.edition import Edition
from pactwatch.edition.shelf import list_editions
from pactwatch.edition.verify import verify_edition
from pactwatch.ledger import Ledger, open_ledger
from pactwatch.ledger.verify import verify_ledger
from tests.flow.jobs import write_articles
from tests.flow.made import make_casebook
from tests.killing import Ended, Job, Killer, killer
from tests.stores import MakeStore

JOBS = "tests.flow.jobs"
WAY = f"{JOBS}:go_the_whole_way"
KILLS = int(os.environ.get("PACTWATCH_TEST_KILLS", "200"))
"""On each of the two databases."""

LANES, BATCHES = 5, 5
"""Ledgers at once, and batches of articles that each comes to read."""


@pytest.fixture(scope="module")
def processes() -> Iterator[Killer]:
    with killer(JOBS, "pactwatch.ledger.opening", "alembic.command", "pg8000.dbapi") as helper:
        yield helper


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Memory where it can be had: a killed process leaves what it wrote there too, and nothing waits for a disk."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:  # noqa: S108
        place = Path(name)
        make_casebook(place / "book")
        write_articles(place / "articles", BATCHES)
        yield place


def _make_store(database: str, make_store: MakeStore, folder: Path) -> str:
    return make_store(database) if database == "postgresql" else str(folder / uuid4().hex)


def test_killed_anywhere_the_next_run_comes_to_the_same(
    database: str, make_store: MakeStore, processes: Killer, folder: Path
) -> None:
    counted, timed, *stores = (_make_store(database, make_store, folder) for _ in range(LANES + 2))
    calls, _, expected = _go(counted, processes, folder, counts=True)
    _, seconds, again = _go(timed, processes, folder)
    assert again == expected
    chance, steps = random.Random(11), KILLS // LANES
    killed, last_done = 0, Counter[str]()
    for step in range(steps):
        batches = str(1 + BATCHES * step // steps)
        jobs = [
            Job(WAY, (store, str(folder), batches), at_call=chance.randint(1, calls * 4 // 5))
            if (step + lane) % 2
            else Job(WAY, (store, str(folder), batches), after=chance.uniform(1e-4, 0.7 * seconds))
            for lane, store in enumerate(stores)
        ]
        for store, ended in zip(stores, processes.run(*jobs), strict=True):
            killed += ended.was_killed
            if not ended.was_killed and batches == str(BATCHES):
                seconds = min(seconds, ended.seconds)  # the first may have been measured while the machine was busy
            last_done[ended.done[-1].split()[0] if ended.done else "nothing"] += ended.was_killed
            with open_ledger(store) as ledger:
                _check(ended, ledger, folder / "home")
    for store in stores:
        assert _go(store, processes, folder)[2] == expected
    assert killed > KILLS * 0.5, "most were killed before they were done: fewer batches than all take less time"
    assert min(last_done[part] for part in ("nothing", "read", "decided")) > KILLS * 0.05, "in every part of the way"


def _go(store: str, processes: Killer, folder: Path, *, counts: bool = False) -> tuple[int, float, dict[str, str]]:
    """Go the whole way to its end; the digests of the rows that are published then."""
    (ended,) = processes.run(Job(WAY, (store, str(folder), str(BATCHES)), counts=counts))
    assert not ended.error, ended.error
    edition = Edition(folder / "home" / "editions" / ended.done[-1].split()[1])
    with open_ledger(store) as ledger:
        assert verify_ledger(ledger).problems == ()
    assert not verify_edition(edition)
    rows: dict[str, str] = edition.metadata["row_sha256"]
    return ended.calls, ended.seconds, rows


def _check(ended: Ended, ledger: Ledger, home: Path) -> None:
    assert not ended.error, ended.error
    told = [line.split() for line in ended.done]
    kept = {one.seq for one in ledger.judgements()}
    assert {int(words[1]) for words in told if words[0] == "decided"} <= kept
    for words in told:
        if words[0] == "published":
            assert any(one.body.edition == words[1] for one in ledger.publications())
    for doc in ledger.documents():
        assert len(ledger.addresses(doc)) >= 1, "a document and where it was found are kept together"
    shelf = {edition.path.name: edition for edition in list_editions(home)}
    for publication in ledger.publications():
        assert publication.body.edition in shelf, "what is said to be published is there"
