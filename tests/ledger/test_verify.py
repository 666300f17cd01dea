"""Tampering for real: whatever is done behind the ledger's back, the first broken entry is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pactwatch.ledger import open_ledger
from pactwatch.ledger.appending import insert_rows, row_of
from pactwatch.ledger.bodies import columns_of
from pactwatch.ledger.chain import Written, parse
from pactwatch.ledger.engine import writing
from pactwatch.ledger.location import is_server
from pactwatch.ledger.paging import follow
from pactwatch.ledger.verify import Verification, verify_ledger
from tests.ledger.made import story
from tests.stores import MakeStore, execute, tamper


@pytest.fixture
def filled(store: str) -> str:
    """A ledger of 12 entries: four documents, each found and coded."""
    with open_ledger(store) as ledger:
        for number in range(4):
            ledger.append(story(number)[1], "reader")
    return store


def verify(store: str, holds: str = "") -> Verification:
    with open_ledger(store) as ledger:
        return verify_ledger(ledger, holds)


FORBIDDEN = [
    "update entries set author = 'Eve' where seq = 5",
    "update entries set author = author",
    "delete from entries where seq = 12",
    "delete from entries",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_or_remove(filled: str, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never changed or removed"):
        execute(filled, statement)
    assert verify(filled) == Verification(12, verify(filled).digest, ())


@pytest.mark.parametrize(
    "values",
    [
        "14, 'naming', 'x', 'Eve', '9', (select digest from entries where seq = 12)",  # leaves a gap
        "13, 'naming', 'x', 'Eve', '9', 'another'",  # follows no entry
        "13, 'naming', 'x', 'Eve', '0', (select digest from entries where seq = 12)",  # goes back in time
        "5, 'naming', 'x', 'Eve', '9', (select digest from entries where seq = 4)",  # takes another's place
    ],
)
def test_the_database_refuses_what_does_not_follow(filled: str, values: str) -> None:
    columns = "seq, kind, subject, author, at, previous, digest, size, head, body"
    for verb in ["insert"] if is_server(filled) else ["insert", "insert or replace", "replace"]:
        with pytest.raises(DBAPIError, match="must follow the last one"):
            execute(filled, f"{verb} into entries ({columns}) values ({values}, 'x', 2, '', '{{}}')")


def test_a_server_refuses_truncation_and_whoever_plays_replica(make_store: MakeStore) -> None:
    store = make_store("postgresql")
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
    for statements in (["truncate entries"], ["set session_replication_role = replica", "delete from entries"]):
        with pytest.raises(DBAPIError, match="never changed or removed"):
            execute(store, *statements)


CHANGED = "entry 5: it was changed: its digest is not that of what it says"
TAMPERED = [
    ("update entries set author = 'Eve' where seq = 5", CHANGED, 4),
    ("update entries set kind = 'copy' where seq = 5", CHANGED, 4),
    ("update entries set at = '2020-01-01T00:00:00.000000Z' where seq = 5", CHANGED, 4),
    ("update entries set body = replace(body, 'gazette', 'tribune') where seq = 5", CHANGED, 4),
    ("update entries set digest = previous where seq = 5", CHANGED, 4),
    ("update entries set body = '' where seq = 5", CHANGED, 4),
    ("update entries set subject = 'd0' where seq = 5", "entry 5: the column subject is not what its body says", 4),
    ("update entries set head = '{}' where seq = 4", "entry 4: the column head is not what its body says", 3),
    ("update entries set size = 1 where seq = 4", "entry 4: the column size is not what its body says", 3),
    ("delete from entries where seq = 1", "entry 2: entry 1 before it is missing", 0),
    ("delete from entries where seq = 5", "entry 6: entry 5 before it is missing", 4),
    ("delete from entries where seq in (5, 6, 7)", "entry 8: entry 5 to 7 before it is missing", 4),
]


@pytest.mark.parametrize(("statement", "told", "sound"), TAMPERED)
def test_the_first_broken_entry_is_named(filled: str, statement: str, told: str, sound: int) -> None:
    tamper(filled, statement)
    found = verify(filled)
    assert found.problems == (told,)
    assert found.entries == sound


def test_swapped_entries_are_found(filled: str) -> None:
    tamper(
        filled,
        "update entries set seq = 100 where seq = 5",
        "update entries set seq = 5 where seq = 6",
        "update entries set seq = 6 where seq = 100",
    )
    assert verify(filled).problems == (CHANGED,)


def test_an_entry_that_follows_another_is_found(filled: str) -> None:
    """A forger who makes the digest of one entry anew breaks the one after it."""
    five = _row(filled, 5)
    forged = replace(five, author="Eve").sealed()
    tamper(filled, _replacing(forged))
    assert verify(filled).problems == ("entry 6: it does not follow the entry before: it was made to follow another",)


def test_a_chain_made_anew_is_told_by_a_digest_noted_before(filled: str) -> None:
    noted = verify(filled).digest
    tamper(filled, *_forge_all(filled))
    assert verify(filled).problems == (), "no chain can tell by itself"
    assert "replaced, or cut off" in verify(filled, noted).problems[0]


def test_a_cut_off_end_is_told_by_a_digest_noted_before(filled: str) -> None:
    with open_ledger(filled) as ledger:
        digests = [entry.digest for entry in ledger.entries()]
    assert verify(filled, digests[8][:12]).problems == ()
    tamper(filled, "delete from entries where seq > 8")
    assert verify(filled).entries == 8
    assert verify(filled, digests[7]).problems == ()
    assert verify(filled, digests[8][:12]).problems


def test_what_another_program_appended_with_right_digests_is_read_with_care(filled: str) -> None:
    with open_ledger(filled) as ledger:
        last = list(ledger.entries())[-1]
    body = '{"doc":"d0","original":"d1","similarity":1}'
    _insert(filled, Written(13, "copy", "Eve", "2999-01-01T00:00:00.000000Z", last.digest, body).sealed())
    assert verify(filled).problems == ("entry 13: it tells of the document 'd0', which no earlier entry holds",)


def test_missing_guards_are_told(filled: str) -> None:
    on = " on entries" if is_server(filled) else ""
    execute(filled, f"drop trigger entries_stay{on}")
    (problem,) = verify(filled).problems
    assert "trigger entries_stay" in problem


def test_guards_that_are_switched_off_are_told(make_store: MakeStore) -> None:
    store = make_store("postgresql")
    open_ledger(store).close()
    execute(store, "alter table entries disable trigger entries_stay")
    assert ["entries_stay" in problem for problem in verify(store).problems] == [True]


def test_guards_that_do_nothing_are_told(filled: str) -> None:
    if is_server(filled):
        execute(
            filled,
            "create or replace function entries_follow() returns trigger language plpgsql "
            "as $$ begin return new; end $$",
        )
        assert ["entries_follow" in problem for problem in verify(filled).problems] == [True]
    else:
        execute(
            filled,
            "drop trigger entries_stay",
            "create trigger entries_stay before update on entries begin select 1; end",
        )
        assert ["entries_stay" in problem for problem in verify(filled).problems] == [True]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"pact 2-0.", b"pact 9-0.", "entry 7: it was changed"),
        (b"pact 2-0.", b"pact \xff-0.", "entry 7: it cannot be read"),
    ],
)
def test_bytes_edited_in_the_file_are_found(make_store: MakeStore, before: bytes, after: bytes, told: str) -> None:
    store = make_store("sqlite")
    with open_ledger(store) as ledger:
        for number in range(4):
            ledger.append(story(number)[1], "reader")
    file = Path(store) / "ledger.sqlite"
    raw = file.read_bytes()
    assert before in raw
    file.write_bytes(raw.replace(before, after))
    assert [problem for problem in verify(store).problems if problem.startswith(told)]


def _row(store: str, seq: int) -> Written:
    with open_ledger(store) as ledger:
        return next(follow(ledger.engine, ledger.location, after=seq - 1))


def _replacing(forged: Written) -> str:
    values = f"author = 'Eve', previous = '{forged.previous}', digest = '{forged.digest}'"
    return f"update entries set {values} where seq = {forged.seq}"  # noqa: S608 - that is the point


def _forge_all(store: str) -> Iterator[str]:
    previous = "0" * 64
    for seq in range(1, 13):
        forged = replace(_row(store, seq), author="Eve", previous=previous).sealed()
        yield _replacing(forged)
        previous = forged.digest


def _insert(store: str, written: Written) -> None:
    with open_ledger(store) as ledger, writing(ledger.engine, ledger.location) as connection:
        insert_rows(connection, [row_of(written, columns_of(written.kind, parse(written.body), written.body))])
