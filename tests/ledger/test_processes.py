"""Many at once, and processes that die: no entry is lost, none is half there, and the next one goes on."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from pactwatch.ledger import Ledger, open_ledger
from pactwatch.ledger.chain import parse
from pactwatch.ledger.checking import Checker
from pactwatch.ledger.paging import follow
from pactwatch.ledger.verify import verify_ledger
from pactwatch.model.entries import EntryKind
from tests.killing import Ended, Job, Killer, killer
from tests.ledger.made import story
from tests.stores import MakeStore

JOBS = "tests.ledger.jobs"
STORY = [EntryKind.DOCUMENT, EntryKind.ADDRESS, EntryKind.CODING]
LOADED = ("alembic.command", "pactwatch.ledger.postgresql", "sqlalchemy.dialects.postgresql.pg8000", "pg8000.dbapi")
KILLS = 200


@pytest.fixture(scope="module")
def processes() -> Iterator[Killer]:
    with killer(JOBS, *LOADED) as helper:
        yield helper


def test_processes_that_write_at_once_lose_nothing(store: str, processes: Killer) -> None:
    """They also all find no ledger, and make it together."""
    jobs = [Job(f"{JOBS}:append_stories", (store, str(1000 * writer), "15")) for writer in range(4)]
    ended = processes.run(*jobs)
    assert [one.error for one in ended] == [""] * 4
    with open_ledger(store) as ledger:
        assert verify_ledger(ledger).problems == ()
        assert ledger.last() == 4 * 15 * 3
        assert set(ledger.documents()) == {doc for one in ended for doc in one.done}
        authors = [entry.author for entry in ledger.entries()]
    assert {author: authors.count(author) for author in authors} == {f"writer {1000 * one}": 45 for one in range(4)}
    # batches are whole
    assert all(authors[place] == authors[place + 1] == authors[place + 2] for place in range(0, 180, 3)), (
        "whole batches"
    )


def test_processes_that_append_the_same_keep_it_once(store: str, processes: Killer) -> None:
    ended = processes.run(*[Job(f"{JOBS}:append_same", (store, "20"))] * 3)
    assert [one.error for one in ended] == [""] * 3
    assert sum(int(new) for one in ended for new in one.done) == 60
    with open_ledger(store) as ledger:
        assert ledger.last() == 60
        assert verify_ledger(ledger).problems == ()


def test_processes_that_make_a_ledger_at_once_agree(store: str, processes: Killer) -> None:
    ended = processes.run(*[Job(f"{JOBS}:only_open", (store,))] * 6)
    assert [(one.error, one.done) for one in ended] == [("", ("0",))] * 6


def test_threads_that_share_a_ledger_lose_nothing(store: str) -> None:
    with open_ledger(store) as ledger:
        barrier = Barrier(4)

        def write(first: int) -> None:
            barrier.wait()
            for number in range(first, first + 10):
                ledger.append(story(number)[1], "thread")
                assert ledger.has_document(story(number)[0].id)

        threads = [Thread(target=write, args=(100 * one,)) for one in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ledger.last() == 4 * 10 * 3
        assert verify_ledger(ledger).problems == ()


def test_a_reader_sees_a_ledger_grow_by_whole_batches(store: str) -> None:
    with open_ledger(store) as ledger:
        writer = Thread(target=lambda: [ledger.append(story(number)[1], "thread") for number in range(30)])
        writer.start()
        seen = []
        while writer.is_alive():
            seen.append(ledger.last())
        writer.join()
    assert all(last % 3 == 0 for last in seen)
    assert seen == sorted(seen)


def test_killed_anywhere_nothing_reported_is_lost_and_nothing_is_half_there(store: str, processes: Killer) -> None:
    checker, documents = Checker(), set[str]()
    killed = cut_short = 0
    with open_ledger(store) as ledger:
        for ended in processes.storm(f"{JOBS}:append_stories", lambda run: (store, str(100 * run), "6"), KILLS - 40, 7):
            _check(ended, ledger, checker, documents)
            killed += ended.was_killed
            cut_short += ended.was_killed and 0 < len(ended.done) < 6
        for ended in processes.storm(f"{JOBS}:open_and_append", lambda run: (store, str(10**5 + run)), 40, 8):
            _check(ended, ledger, checker, documents)
            killed += ended.was_killed
        assert ledger.append(story(10**6)[1], "the next run")
        assert verify_ledger(ledger).problems == ()
    assert killed > KILLS * 0.5, "most were killed before they were done"
    assert cut_short > KILLS * 0.2, "and many in the midst of their work"


def test_killed_while_it_makes_the_ledger_the_next_one_makes_it(make_store: MakeStore, processes: Killer) -> None:
    """Not one ledger but 20, each killed at another point of its making."""
    (counted,) = processes.run(Job(f"{JOBS}:only_open", (make_store("sqlite"),), counts=True))
    for database in ("sqlite", "postgresql"):
        for number in range(10):
            store = make_store(database)
            (ended,) = processes.run(Job(f"{JOBS}:only_open", (store,), at_call=counted.calls * (2 * number + 1) // 20))
            assert not ended.error
            with open_ledger(store) as ledger:
                ledger.append(story(1)[1], "the next run")
                assert verify_ledger(ledger).problems == ()


def _check(ended: Ended, ledger: Ledger, checker: Checker, documents: set[str]) -> None:
    """What was appended since is chained and in whole batches; what was reported is there."""
    assert not ended.error
    fresh = list(follow(ledger.engine, ledger.location, after=checker.seq))
    assert [checker.find_fault(written) for written in fresh] == [""] * len(fresh)
    assert [written.kind for written in fresh] == STORY * (len(fresh) // 3)
    documents.update(parse(written.body)["document"]["id"] for written in fresh[::3])
    assert documents.issuperset(ended.done)
