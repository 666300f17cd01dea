"""Opening a ledger: what stands in the way is told in one message with what to do, and no message tells a password."""

from __future__ import annotations

import os
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text

from pactwatch.ledger import engine, open_ledger
from pactwatch.ledger.errors import LedgerBusyError, LedgerDamagedError, LedgerError
from pactwatch.ledger.location import is_server, locate
from pactwatch.ledger.migrating import MIGRATIONS, REVISION
from pactwatch.ledger.turns import is_writer
from tests.ledger.made import story
from tests.stores import GUARDED, MakeStore, execute

SECRET = "tell-nobody"  # noqa: S105 - made for these tests


def refusal(home: str | Path, kind: type[LedgerError] = LedgerError, **options: bool) -> str:
    """The message with which a ledger refuses to open; neither it nor the traceback holds the password."""
    with pytest.raises(kind) as caught:
        open_ledger(home, **options)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    return str(caught.value)


def test_the_newest_migration_is_the_one_that_is_run() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [REVISION]


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "is a file; --home names a folder" in refusal(tmp_path / "file")


def test_a_folder_without_a_ledger_gets_one_only_when_asked(tmp_path: Path) -> None:
    assert "holds no ledger yet; `pactwatch read` begins one" in refusal(tmp_path / "home", create=False)
    assert not (tmp_path / "home").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not at all a database" * 1000)
    told = refusal(tmp_path, LedgerDamagedError)
    assert "ledger.sqlite: the file is no SQLite database" in told and "put a copy of it back" in told


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        for number in range(50):
            ledger.append(story(number)[1], "reader")
    file = tmp_path / "ledger.sqlite"
    raw = bytearray(file.read_bytes())
    raw[100:4096] = os.urandom(3996)  # its list of tables
    file.write_bytes(raw)
    assert "put a copy of it back" in refusal(tmp_path, LedgerDamagedError)


def test_another_database_is_left_alone(store: str) -> None:
    if not is_server(store):
        Path(store).mkdir()
    execute(store, "create table recipes (name text)")
    assert "holds other tables (recipes) and no ledger" in refusal(store)


def test_a_newer_ledger_is_left_alone(store: str) -> None:
    open_ledger(store).close()
    execute(store, "update alembic_version set version_num = '9999'")
    told = refusal(store)
    assert f"written by a newer pactwatch (schema 9999; this one knows {REVISION}); install that version" in told


def test_a_writer_gives_up_when_another_never_ends(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 1.0)
    with open_ledger(store) as ledger, open_ledger(store) as other:
        with (
            engine.writing(other.engine, other.location),
            pytest.raises(LedgerBusyError, match="wait for it or end it"),
        ):
            ledger.append(story(1)[1], "reader")
        assert ledger.last() == 0
        assert len(ledger.append(story(1)[1], "reader")) == 3


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("pragma journal_mode = delete")
    (tmp_path / "ledger.sqlite").unlink()
    (tmp_path / "ledger.sqlite").mkdir()
    assert "the file cannot be opened; check the folder and its permissions" in refusal(tmp_path)


ADDRESSES = [
    (f"postgresql://ada:{SECRET}@127.0.0.1:1/watch", "127.0.0.1:1/watch: the server cannot be reached (Connection ref"),
    (f"postgresql://ada:{SECRET}@no-such-host.invalid/watch", "the server cannot be reached"),
    (f"postgresql://ada:{SECRET}@/watch?host=/nowhere", "the server cannot be reached (No such file"),
    (f"postgresql://ada:{SECRET}@host:port/watch", "cannot be understood; write postgresql://USER:PASSWORD@HOST"),
    (f"postgresql://ada:a@{SECRET}@host/watch", "cannot be understood"),
    (f"postgresql://ada:a?b={SECRET}@127.0.0.1:1/watch", "the server cannot be reached"),
    (f"postgresql://ada:{SECRET}/watch", "cannot be understood"),
    (f"postgresql://ada:{SECRET}@host", "names no database"),
    (f"postgresql://:{SECRET}@host/watch", "names no user"),
    (
        f"postgresql://ada:{SECRET}@host/watch?sslmod=require",
        "has an option that is not known; known are: host",
    ),
    (f"postgresql://ada:{SECRET}@127.0.0.1:1/watch?sslmode=maybe", "sslmode 'maybe' is not known"),
]


@pytest.mark.parametrize(("address", "told"), ADDRESSES)
def test_a_server_that_cannot_be_used_is_told_without_the_password(address: str, told: str) -> None:
    assert told in refusal(address)
    if "cannot be reached" in told:
        assert SECRET not in repr(locate(address)) and SECRET not in locate(address).shown


def test_a_wrong_password_or_name_is_told(
    make_store: MakeStore, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store("postgresql")
    if "tester@" not in store:
        pytest.skip("the server given asks for passwords by rules of its own")
    execute(postgres, f"create role {GUARDED} login password '{SECRET}'")
    try:
        wrong = store.replace("tester@", f"{GUARDED}:{SECRET}-not@")
        assert "refused the password; check user and password" in refusal(wrong)
        assert "refused the password" in refusal(store.replace("tester@", f"{GUARDED}@"))
        right = store.replace("tester@", f"{GUARDED}:{SECRET}@")
        assert "or the user may not use it; make it with: create schema" in refusal(right)
        monkeypatch.setenv("PGPASSWORD", SECRET)
        assert "or the user may not use it" in refusal(store.replace("tester@", f"{GUARDED}@"))
        schema = locate(store).schema
        execute(postgres, f"grant usage on schema {schema} to {GUARDED}")
        assert "the user may not do this; ask who runs the server" in refusal(right)
    finally:
        execute(postgres, f"drop owned by {GUARDED}", f"drop role {GUARDED}")
    assert "there is no such database; make it with: createdb" in refusal(store.replace("/postgres?", "/nothing?"))
    assert "no schema has been selected" in refusal(store[:-4] + "none")


def test_a_role_that_may_only_append_and_read_is_enough(make_store: MakeStore, postgres: str) -> None:
    store = make_store("postgresql")
    open_ledger(store).close()
    schema = locate(store).schema
    role = f"appender_{schema[-8:]}"
    rights = [f"grant usage on schema {schema} to {role}", f"grant select, insert on {schema}.entries to {role}"]
    execute(postgres, f"create role {role} login", *rights, f"grant select on {schema}.alembic_version to {role}")
    try:
        if "tester@" not in store:
            pytest.skip("the server given lets in whom it knows only")
        with open_ledger(store.replace("tester@", f"{role}@")) as ledger:
            assert len(ledger.append(story(1)[1], "appender")) == 3
            assert ledger.last() == 3
    finally:
        execute(postgres, f"drop owned by {role}", f"drop role {role}")


class ResetConnection:
    """A connection whose socket the network reset."""

    autocommit = False

    def cursor(self) -> None:
        raise ConnectionResetError(104, "Connection reset by peer")


def test_a_connection_that_the_network_reset_counts_as_lost(make_store: MakeStore) -> None:
    with open_ledger(make_store("postgresql")) as ledger:
        assert ledger.engine.dialect.do_ping(ResetConnection()) is False  # type: ignore[arg-type]


def test_a_connection_that_was_cut_is_made_anew(make_store: MakeStore) -> None:
    store = make_store("postgresql")
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
        with engine.reading(ledger.engine, ledger.location) as connection:
            own = connection.execute(text("select pg_backend_pid()")).scalar()
        execute(store, f"select pg_terminate_backend({own}, 60000)")  # waits until it is gone
        assert ledger.last() == 3


@pytest.mark.parametrize("question", [1, 2])
def test_a_ledger_that_somebody_makes_between_two_questions_is_opened(store: str, question: int) -> None:
    asked = 0

    def make_it_now(connection: Connection, *_ignored: object) -> None:
        nonlocal asked
        asked += not is_writer(connection)
        if asked == question:
            asked = 100  # once only
            with open_ledger(store) as other:
                other.append(story(1)[1], "reader")

    event.listen(Engine, "after_cursor_execute", make_it_now)
    try:
        with open_ledger(store) as ledger:
            assert asked >= 100
            assert ledger.last() > 0
    finally:
        event.remove(Engine, "after_cursor_execute", make_it_now)


def test_a_reader_sees_one_moment(store: str) -> None:
    with open_ledger(store) as ledger, open_ledger(store) as other:
        with engine.reading(ledger.engine, ledger.location) as connection:
            count = text("select count(*) from entries")
            before = connection.execute(count).scalar()
            other.append(story(1)[1], "reader")
            assert connection.execute(count).scalar() == before == 0
        assert ledger.last() > 0
