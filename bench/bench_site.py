"""Speed of the live site, against Datasette serving the same tables in the same run.

Run with ``python bench/bench_site.py``. Both are uvicorn with h11 on loopback, each in one process of its own;
Datasette has the edition's tables in SQLite with indexes on every key and foreign key. The load is our own, asyncio
over plain sockets, from this process: so many connections, each asking as soon as it was answered. Rounds take turns;
the best round of each counts, since neighbours on the machine only ever slow it down. Every record is asked for in
turn, so that kept answers are found as often as by readers of the whole site; what making them costs is told apart:
every record once, on a server that has answered nothing yet.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from large_edition import CODES, PLACES, WORDS, make_large_edition
from pactwatch import flow
from pactwatch.edition import Edition
from pactwatch.edition.schema import TABLES
from pactwatch.site import build_site
from pactwatch.site.verdicts import keep_verdicts

CONNECTIONS = 8
REQUESTS = 1200
ROUNDS = 3
LARGE = 100_000
FILTERS = 300


@dataclass(frozen=True)
class Measured:
    """Requests a second; milliseconds within which half and 99 of 100 were answered; milliseconds of processor time
    that the server spent on each, and at most on 99 of 100 (asked one by one), which neighbours hardly change."""

    rate: float
    p50: float
    p99: float
    cpu: float
    cpu99: float


class NotYetError(Exception):
    """The server asks for patience."""


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, its process, and the seconds until it listened."""

    port: int
    process: int
    seconds: float

    def spent(self) -> float:
        """Seconds of processor time that the threads of its process have used, to the nanosecond."""
        tasks = Path(f"/proc/{self.process}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


async def ask_all(server: Server, paths: Sequence[str], connections: int) -> Measured:
    """Ask for all paths over some connections; every answer has to be whole and good."""
    times: list[float] = []
    waiting = iter(paths)
    spent, began = server.spent(), time.perf_counter()
    await asyncio.gather(*(_ask_in_turn(server.port, waiting, times) for _ in range(connections)))
    took, spent = time.perf_counter() - began, server.spent() - spent
    times.sort()
    half, most = times[len(times) // 2], times[int(len(times) * 0.99)]
    return Measured(len(times) / took, 1e3 * half, 1e3 * most, 1e3 * spent / len(times), 0.0)


async def ask_one_by_one(server: Server, paths: Sequence[str]) -> Measured:
    """Ask for all paths in turn, and tell the processor time of the dearest too."""
    asked = [await ask_all(server, [path], 1) for path in paths]
    times, costs = sorted(one.p50 for one in asked), sorted(one.cpu for one in asked)
    half, most = len(asked) // 2, int(len(asked) * 0.99)
    return Measured(1e3 / (sum(times) / len(times)), times[half], times[most], sum(costs) / len(costs), costs[most])


async def _ask_in_turn(port: int, waiting: Iterator[str], times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in waiting:
        began = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if head.startswith(b"http/1.1 503"):
            raise NotYetError(path)
        assert head.startswith(b"http/1.1 200"), (path, head[:200])
        await _read_body(reader, head)
        times.append(time.perf_counter() - began)
    writer.close()


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"transfer-encoding: chunked" not in head:
        await reader.readexactly(int(head.split(b"content-length:", 1)[1].split(b"\r", 1)[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def make_sqlite(edition: Edition, file: Path) -> None:
    """The edition's tables in SQLite, with primary keys, foreign keys and an index on each of those."""
    with sqlite3.connect(file) as store:
        for table in TABLES:
            keys = [f"PRIMARY KEY ({', '.join(table.key)})"]
            for one, other in table.foreign_keys.items():
                keys.append(f"FOREIGN KEY ({one}) REFERENCES {other.replace('.', '(')})")
            columns = [column.name for column in table.columns]
            store.execute(f"CREATE TABLE {table.name} ({', '.join(columns + keys)})")
            for one in table.foreign_keys:
                store.execute(f"CREATE INDEX {table.name}_{one} ON {table.name} ({one})")
            rows = [[_plain(cell) for cell in row.values()] for row in edition.arrow(table.name).to_pylist()]
            marks = ", ".join("?" * len(columns))
            store.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608 - names are ours
        store.execute("CREATE INDEX records_type ON records (record_type)")
    store.close()


def _plain(cell: object) -> object:
    return str(cell) if isinstance(cell, date) else cell


@contextmanager
def run_server(command: list[str], home: Path) -> Iterator[Server]:
    """A server on a free port, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    own, told = {**os.environ, "PACTWATCH_HOME": str(home)}, subprocess.DEVNULL
    process = subprocess.Popen([*command, "--port", str(port)], env=own, stdout=told, stderr=told)
    try:
        while not _answers(port):
            assert process.poll() is None, command
            time.sleep(0.02)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # pages are still being made
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 0.5):
            return True
    except OSError:
        return False


@dataclass(frozen=True)
class Load:
    """The same asked of both, and how many times faster ours is wished to be."""

    name: str
    ours: list[str]
    theirs: list[str]
    wished: int


def list_loads(ids: list[str]) -> list[Load]:
    """Records in turn, and lists of the records of a type."""
    wanted = (ids * (REQUESTS // len(ids) + 1))[:REQUESTS]
    kinds = [("agreement", "transfer", "exercise", "training", "dialogue")[number % 5] for number in range(REQUESTS)]
    theirs = "/edition/records"
    return [
        Load("record page", [f"/records/{one}.html" for one in wanted], [f"{theirs}/{one}" for one in wanted], 8),
        Load(
            "record JSON", [f"/api/v1/records/{one}" for one in wanted], [f"{theirs}/{one}.json" for one in wanted], 4
        ),
        Load(
            "filtered list",
            [f"/records/index.html?type={kind}&page={number % 2 + 1}" for number, kind in enumerate(kinds)],
            [f"{theirs}?record_type={kind}&_size=50" for kind in kinds],
            4,
        ),
        Load(
            "filtered list, JSON",
            [f"/api/v1/records?type={kind}&limit=50" for kind in kinds],
            [f"{theirs}.json?record_type={kind}&_size=50" for kind in kinds],
            4,
        ),
    ]


def compare(home: Path, edition: Edition) -> None:
    """Ours and theirs, in turn, on the same records and filters."""
    file = home / "edition.db"
    make_sqlite(edition, file)
    keep_verdicts(edition, home)
    ids = sorted(edition.arrow("records").column("record_id").to_pylist())
    ours = [sys.executable, "-m", "pactwatch", "serve", "--rate", "0"]
    theirs = [sys.executable, "-m", "datasette", "serve", str(file)]
    with run_server(ours, home) as own, run_server(theirs, home) as other:
        print(f"listening after {own.seconds:.2f} s (Datasette {other.seconds:.2f} s)")
        wait_for(own, "/index.html", "/api/v1/")
        first = measure(own, [f"/records/{one}.html" for one in ids])
        print(
            f"record page, each for the first time: {first.rate:.0f}/s, p99 {first.p99:.1f} ms, {first.cpu:.2f} ms CPU"
        )
        for load in list_loads(ids):
            rounds = [(measure(own, load.ours), measure(other, load.theirs[: REQUESTS // 4])) for _ in range(ROUNDS)]
            our, their = (max((pair[side] for pair in rounds), key=lambda one: one.rate) for side in (0, 1))
            our_cpu, their_cpu = (min(pair[side].cpu for pair in rounds) for side in (0, 1))
            print(
                f"{load.name}: {our.rate:.0f}/s against {their.rate:.0f}/s, {our.rate / their.rate:.1f} times "
                f"(wished for: {load.wished}); p99 {our.p99:.1f} ms against {their.p99:.1f} ms; "
                f"CPU {our_cpu:.2f} ms against {their_cpu:.2f} ms, {their_cpu / our_cpu:.1f} times"
            )


def wait_for(server: Server, *paths: str) -> None:
    """Ask until it is there: a busy machine may need longer than the server lets a reader wait."""
    for path in paths:
        while True:
            try:
                measure(server, [path], 1)
                break
            except NotYetError:
                time.sleep(1)


def measure(server: Server, paths: Sequence[str], connections: int = CONNECTIONS) -> Measured:
    """Ask for all paths."""
    return asyncio.run(ask_all(server, paths, connections))


def list_filters() -> Iterator[str]:
    """Queries over made-up records, every one another."""
    for number in range(FILTERS // 6):
        code, other, word = CODES[number % 60], CODES[(number + 1) % 60], WORDS[number % 30]
        start, page = 1990 + number % 30, f"&page={number % 3 + 1}"
        yield f"type=transfer&partner={code}{page}"
        yield f"q={word}+{WORDS[(number * 7 + 1) % 30]}{page}"
        yield f"q={word[: number % 4 + 1]}*&stage=held&sort=sources{page}"
        yield f"from={start}&to={start + 1 + number % 5}&grade=B&sort=title{page}"
        yield f"place={quote(PLACES[number % 30])}&reviewed=unreviewed&instrument=MOU{page}"
        yield f"q={word}&sort=relevance&partner={code}&partner={other}{page}"


def search_many(home: Path) -> None:
    """Filters over many made-up records, none asked before and so none kept; one after the other."""
    folder = home / "editions" / "large-1"
    make_large_edition(folder, LARGE)
    queries = list(list_filters())
    command = [sys.executable, "-m", "pactwatch", "serve", "--rate", "0", "--edition", str(folder)]
    with run_server(command, home) as server:
        wait_for(server, "/api/v1/", "/records/index.html?q=radar&view=map")  # columns, words and places are made
        asked = {"page": [f"/records/index.html?{query}" for query in queries]}
        asked |= {view: [f"{path}&view={view}" for path in asked["page"]] for view in ("timeline", "map")}
        asked["API"] = [f"/api/v1/records?{query.rpartition('&page')[0]}" for query in queries]
        told = {name: asyncio.run(ask_one_by_one(server, paths)) for name, paths in asked.items()}
    for name, one in told.items():
        print(
            f"{LARGE} records, {len(queries)} filters not asked before, {name}: p50 {one.p50:.0f} ms, "
            f"p99 {one.p99:.0f} ms; CPU {one.cpu:.1f} ms, p99 {one.cpu99:.1f} ms"
        )


def build(home: Path, edition: Edition) -> None:
    """The static site: how long it takes, how large it is, and its heaviest page as it is sent."""
    results = keep_verdicts(edition, home)
    began, spent = time.perf_counter(), time.process_time()
    report = build_site(edition, results, home / "site")
    took, spent = time.perf_counter() - began, time.process_time() - spent
    print(f"static site: {report.pages} pages, {report.bytes / 1e6:.1f} MB in {took:.1f} s ({spent:.1f} s CPU)")
    weights = []
    for page in report.folder.rglob("*.html"):
        text = re.sub(r"<svg.*?</svg>", "", page.read_text("utf-8"), flags=re.DOTALL)
        weights.append((len(gzip.compress(text.encode())), page.relative_to(report.folder).as_posix()))
    weight, name = max(weights)
    print(f"heaviest page, compressed, without its charts: {weight / 1e3:.0f} KB ({name})")


def main() -> None:
    """Measure both and print ratios."""
    with tempfile.TemporaryDirectory() as folder:
        edition = flow.open_edition(home=folder)
        build(Path(folder), edition)
        compare(Path(folder), edition)
        search_many(Path(folder))


if __name__ == "__main__":
    main()
