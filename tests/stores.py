"""Both databases for tests: a fixture ``store`` that runs a test on each, and the private server that needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

_OWN_SERVER = "PACTWATCH_TEST_POSTGRES"
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
        pytest.skip(f"no PostgreSQL server: install Debian's `postgresql`, or set {_OWN_SERVER}=postgresql://...")
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
    own = os.environ.get(_OWN_SERVER)
    if own:
        yield own
        return
    with private_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, make_store: Callable[[str], str]) -> str:
    """An empty place for a ledger, as ``--home`` takes it: a folder, then a schema of a PostgreSQL server."""
    return make_store(str(request.param))


@pytest.fixture
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes empty places for ledgers by the name of the database, as many as a test wants."""
    schemas: list[tuple[str, str]] = []

    def make(database: str) -> str:
        if database == "sqlite":
            return str(tmp_path / f"home-{uuid4().hex[:8]}")
        address: str = request.getfixturevalue("postgres")
        schema = f"test_{uuid4().hex}"
        execute(address, f"create schema {schema}")
        schemas.append((address, schema))
        return f"{address}{'&' if '?' in address else '?'}schema={schema}"

    yield make
    for address, schema in schemas:
        execute(address, f"drop schema {schema} cascade")


def execute(address: str, *statements: str) -> None:
    """Run statements on a ledger's database behind the ledger's back."""
    from pactwatch.ledger.engine import connect
    from pactwatch.ledger.location import locate

    engine = connect(locate(address))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
