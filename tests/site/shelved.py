"""A workspace with two editions of one casebook, and the live site of it on a real server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pactwatch.charts.press import Press
from pactwatch.claims.finding import Verdict
from pactwatch.edition import Edition
from pactwatch.edition.shelf import shelf_of
from pactwatch.edition.sums import SUMS_FILE
from pactwatch.flow.keeping import name_inputs
from pactwatch.flow.verdicts import write_verdicts
from pactwatch.site.library import Library
from pactwatch.site.server import make_application
from pactwatch.site.server.application import Application
from tests.editions import held, record
from tests.site.small import make_results, make_small_edition, seal

OLD, NEW = "test-0", "test-1"


def make_shelf(home: Path) -> None:
    """The edition test-0, in which RAA-1 has another title, GONE-1 still stands and one claim has another verdict, and
    test-1 after it."""
    gone = record("exercise", "JPN IDN", held("2019-04-02"), record_id="GONE-1", title="Withdrawn drill")
    make_small_edition(shelf_of(home) / OLD, "Draft of an agreement", [gone])
    make_small_edition(shelf_of(home) / NEW)
    rename(shelf_of(home) / OLD, OLD, "2023-12-31")
    rename(shelf_of(home) / NEW, NEW, "2024-12-31")
    new = make_results()
    before = {"verdict": Verdict.MIXED, "n": 2, "records": ("RAA-1", "GONE-1")}
    old = [one.model_copy(update=before if one.id == "radar-exists" else {}) for one in new]
    for name, results in ((OLD, old), (NEW, new)):
        edition = Edition(shelf_of(home) / name)
        inputs = name_inputs(edition)
        assert inputs is not None, "sealed"
        write_verdicts(edition, home, inputs, results)


def rename(folder: Path, name: str, as_of: str) -> None:
    """Give an edition its id, the day it was gathered up to, and a version that grows with it; seal it again."""
    file = folder / "edition.json"
    metadata = json.loads(file.read_text("utf-8"))
    metadata["edition"] = name
    metadata["settings"] |= {"as_of": as_of, "version": name[-1]}
    file.write_text(json.dumps(metadata), "utf-8")
    (folder / SUMS_FILE).unlink()
    seal(folder)


@contextmanager
def make_live(home: Path, per_minute: int = 0, address: str = "https://pact.example/") -> Iterator[Application]:
    """The application of a workspace, not yet listening."""
    with Press() as press:
        application = make_application(Library(home, Edition(shelf_of(home) / NEW), press, address), per_minute)
        try:
            yield application
        finally:
            application.end()


@contextmanager
def listen(application: Application) -> Iterator[int]:
    """The application on a free port of loopback, which is given."""
    import socket

    import uvicorn

    from pactwatch.site.server.running import configure

    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(configure(application))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(10)
