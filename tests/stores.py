"""Both databases for tests, and the private server that PostgreSQL needs.

A test that takes ``store`` (an empty place for a ledger), ``workspace`` or ``make_workspace`` (places for all that
commands keep) runs on each. A schema of a running server, its tables and its removal take about 50 ms, so that no
copies of a template are kept.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from pactwatch.ledger.location import is_server

GUARDED = "guarded"
"""The user whom the private server asks for a password."""

DATABASES = ("sqlite", "postgresql")

MakeStore = Callable[[str], str]

_OWN_SERVER = "PACTWATCH_TEST_POSTGRES"
_REQUIRED = "required"  # in place of an address: a server of our own, and no skipping without it
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}


def find_server_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs; ``None`` where there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def private_server() -> Iterator[str]:
    """A server of one's own that listens on a socket in a temporary folder only; yields an address of it.

    Nothing it holds outlives it, so it does not wait for the disk.
    """
    programs = find_server_programs()
    if programs is None:
        needed = f"no PostgreSQL server: install Debian's `postgresql`, or set {_OWN_SERVER}=postgresql://..."
        assert os.environ.get(_OWN_SERVER) != _REQUIRED, needed
        pytest.skip(needed)
    folder = Path(tempfile.mkdtemp(prefix="pactwatch-pg-", dir="/tmp"))
    as_owner = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"

    def run(*words: str) -> None:
        done = subprocess.run([*as_owner, *words], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words[0]}: {done.stderr or done.stdout}"

    try:
        run(str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        rules = data / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n" + rules.read_text())
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items()) + f" -k {folder}"
        pg_ctl = str(programs / "pg_ctl")
        run(pg_ctl, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "-s", "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", str(data), "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database that tests may fill; each makes a schema of its own in it."""
    own = os.environ.get(_OWN_SERVER, _REQUIRED)
    if own != _REQUIRED:
        yield own
        return
    with private_server() as address:
        yield address


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: its ledger as ``--home`` takes it, and the folder of all else; one and the same with SQLite."""

    ledger: str
    folder: Path

    @property
    def option(self) -> list[str]:
        """The option that names it. With a server the folder is told by PACTWATCH_HOME, which the fixtures set."""
        return ["--home", self.ledger]


MakeWorkspace = Callable[[], Workspace]


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The name of a database; a test that takes it runs with each."""
    return str(request.param)


@pytest.fixture
def store(database: str, make_store: MakeStore) -> str:
    """An empty place for a ledger, as ``--home`` takes it: a folder, then a schema of a PostgreSQL server."""
    return make_store(database)


@pytest.fixture
def make_workspace(database: str, make_store: MakeStore, tmp_path: Path) -> MakeWorkspace:
    """Makes empty workspaces, as many as a test wants; to run commands on one, take ``workspace``."""

    def make() -> Workspace:
        place = make_store(database)
        return Workspace(place, tmp_path / f"folder-{uuid4().hex[:8]}" if is_server(place) else Path(place))

    return make


@pytest.fixture
def workspace(make_workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace that commands run on, here and in processes of their own."""
    made = make_workspace()
    monkeypatch.setenv("PACTWATCH_HOME", str(made.folder))
    return made


@pytest.fixture(scope="module", params=DATABASES)
def shared_workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace for all tests of a module, for what takes long to fill."""
    folder = tmp_path_factory.mktemp("workspace")
    with making_stores(folder, lambda: str(request.getfixturevalue("postgres"))) as make:
        place = make(str(request.param))
        made = Workspace(place, folder if is_server(place) else Path(place))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PACTWATCH_HOME", str(made.folder))
            yield made


@pytest.fixture
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes empty places for ledgers by the name of the database, as many as a test wants."""
    with making_stores(tmp_path, lambda: str(request.getfixturevalue("postgres"))) as make:
        yield make


@contextmanager
def making_stores(folder: Path, find_server: Callable[[], str]) -> Iterator[MakeStore]:
    """Makes empty places for ledgers and takes them away in the end.

    Folders are in memory where that can be had, else in ``folder``: a killed process leaves there what it wrote, and
    nobody waits for the disk.
    """
    schemas: list[tuple[str, str]] = []
    memory = Path("/dev/shm")  # noqa: S108
    parent = Path(tempfile.mkdtemp(prefix="pactwatch-", dir=memory)) if os.access(memory, os.W_OK) else folder

    def make(database: str) -> str:
        if database == "sqlite":
            return str(parent / f"home-{uuid4().hex[:8]}")
        address = find_server()
        schema = f"test_{uuid4().hex}"
        execute(address, f"create schema {schema}")
        schemas.append((address, schema))
        return f"{address}{'&' if '?' in address else '?'}schema={schema}"

    try:
        yield make
    finally:
        if parent != folder:
            shutil.rmtree(parent)
        for address, schema in schemas:
            execute(address, f"drop schema {schema} cascade")


def execute(address: str, *statements: str) -> None:
    """Run statements on a ledger's database behind the ledger's back."""
    from pactwatch.ledger.engine import connect
    from pactwatch.ledger.location import locate

    engine = connect(locate(address))
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def tamper(store: str, *statements: str) -> None:
    """Run statements with the guards taken away, and put them back as if nothing had been."""
    if is_server(store):
        names = ("entries_follow", "entries_stay", "entries_remain")
        off = [f"alter table entries disable trigger {name}" for name in names]
        on = [f"alter table entries enable always trigger {name}" for name in names]
        execute(store, *off, *statements, *on)
        return
    with closing(sqlite3.connect(Path(store) / "ledger.sqlite")) as connection, connection:
        guards = dict(connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall())
        for name in guards:
            connection.execute(f"drop trigger {name}")
        for statement in (*statements, *guards.values()):
            connection.execute(statement)
