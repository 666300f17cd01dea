"""How fast the ledger is: appending, and loading 100,000 mentions, beside SQLite without chain, checks or guards.

The alternative writes the same JSON to a table of a bare SQLite file and reads it back as plain dictionaries. Times are
processor seconds (of this process) and seconds on the clock, the best of several; only their ratios mean something on
another machine.
"""

from __future__ import annotations

import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path

import orjson

from pactwatch.ledger import Ledger, open_ledger
from pactwatch.ledger.verify import verify_ledger
from pactwatch.model.codes import Modality, Precision, RecordType, Stage
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import AddressFound, Body, Coding, DocumentRead
from pactwatch.model.mentions import Mention
from pactwatch.uncollected import uncollected

DOCUMENTS = 20_000
MENTIONS = 5
BATCH = 500
SINGLES = 200


def stories(count: int) -> Iterator[list[Body]]:
    """Documents of a few hundred words, each found and coded with five mentions like those of the grammar."""
    filler = "The ministers also spoke of trade, fisheries and the weather at some length. " * 5
    for number in range(count):
        quotes = [
            f"Japan and the Philippines signed pact {number}-{one} in Manila on 3 March." for one in range(MENTIONS)
        ]
        text = f"{filler}\n".join(quotes)
        told = Document(id=identify_text(text), text=text, title=f"Story {number}", publisher="The Gazette")
        yield [
            DocumentRead(document=told),
            AddressFound(doc=told.id, address=f"https://gazette.example/{number}"),
            Coding(doc=told.id, coder="grammar", mentions=tuple(_mention(told, quote) for quote in quotes)),
        ]


def _mention(told: Document, quote: str) -> Mention:
    start = told.text.index(quote)
    spans: dict[str, tuple[tuple[int, int], ...]] = {
        name: ((start + 5 * one, start + 5 * one + 4),) for one, name in enumerate(("act", "date", "parties"))
    }
    return Mention(
        doc=told.id,
        type=RecordType.AGREEMENT,
        stage=Stage.SIGNED,
        parties=("JPN", "PHL"),
        modality=Modality.ACTUAL,
        date="2026-03-03",
        precision=Precision.DAY,
        quote=quote,
        start=start,
        end=start + len(quote),
        spans=spans,
        confidence=0.875,
        coder="grammar",
        why={"act": "signed", "group": "pact", "weights": {"act": 1.25, "group": 0.5}},
    )


def measure(work: Callable[[], object], times: int = 1) -> tuple[float, float]:
    """Best processor time and best clock time of some runs."""
    taken = []
    for _ in range(times):
        started, clock = time.process_time(), time.perf_counter()
        work()
        taken.append((time.process_time() - started, time.perf_counter() - clock))
    return min(one for one, _ in taken), min(one for _, one in taken)


def tell(what: str, count: int, ours: tuple[float, float], bare: tuple[float, float]) -> None:
    """One line: both sides and their ratio."""
    print(
        f"{what:<44} {count / ours[1]:>9,.0f}/s ({ours[0]:6.2f} s cpu, {ours[1]:6.2f} s)  "
        f"bare sqlite3 {count / bare[1]:>9,.0f}/s ({bare[0]:6.2f} s cpu, {bare[1]:6.2f} s)  "
        f"{ours[0] / bare[0]:5.1f} times the cpu"
    )


def bare_table(file: Path) -> sqlite3.Connection:
    """The alternative: a table, a write-ahead log, and nothing else."""
    connection = sqlite3.connect(file)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table entries (seq integer primary key, kind text, subject text, body text)")
    return connection


def bare_rows(bodies: list[Body]) -> list[tuple[str, str, bytes]]:
    """What the alternative keeps of bodies."""
    return [(type(body).__name__, "", orjson.dumps(body.model_dump(mode="json"))) for body in bodies]


def bare_append(connection: sqlite3.Connection, parts: list[list[Body]]) -> None:
    """A transaction of the alternative for each part."""
    for bodies in parts:
        with connection:
            connection.executemany("insert into entries (kind, subject, body) values (?, ?, ?)", bare_rows(bodies))


def bare_load(connection: sqlite3.Connection, kind: str) -> list[object]:
    """Bodies of a kind as plain dictionaries."""
    rows = connection.execute("select body from entries where kind = ?", [kind])
    with uncollected():  # as the ledger does
        return [orjson.loads(row[0]) for row in rows]


def append_all(ledger: Ledger, parts: list[list[Body]]) -> None:
    """A transaction of the ledger for each part."""
    for bodies in parts:
        ledger.append(bodies, "bench")


def bench_appending(ledger: Ledger, bare: sqlite3.Connection) -> list[Body]:
    """Append everything, then one by one; returns the first batch."""
    told = list(stories(DOCUMENTS + SINGLES))
    batches = [list(chain(*told[start : start + BATCH])) for start in range(0, DOCUMENTS, BATCH)]
    for what, parts, count in (
        (f"append, {BATCH} documents a batch (documents)", batches, DOCUMENTS),
        ("append, one document a batch", told[DOCUMENTS:], SINGLES),
    ):
        ours = measure(partial(append_all, ledger, parts))
        tell(what, count, ours, measure(partial(bare_append, bare, parts)))
    return batches[0]


def bench_loading(ledger: Ledger, bare: sqlite3.Connection) -> None:
    """Load what is asked most."""
    for what, load, kind, count in (
        ("load every coding (mentions)", ledger.codings, "Coding", DOCUMENTS * MENTIONS),
        ("load every document's head", ledger.documents, "DocumentRead", DOCUMENTS),
    ):
        tell(what, count, measure(load, 3), measure(partial(bare_load, bare, kind), 3))


def main() -> None:
    """Print one line a measure."""
    with tempfile.TemporaryDirectory() as folder:
        file, other = Path(folder) / "ledger.sqlite", Path(folder) / "bare.sqlite"
        with open_ledger(folder) as ledger, closing(bare_table(other)) as bare:
            first = bench_appending(ledger, bare)
            bench_loading(ledger, bare)
            again = measure(partial(append_all, ledger, [first]), 3)
            print(f"append {BATCH} documents that are there already: {BATCH / again[1]:,.0f}/s ({again[0]:.2f} s cpu)")
            verified = measure(partial(verify_ledger, ledger))
            print(f"verify: {ledger.last() / verified[1]:,.0f} entries/s ({verified[0]:.2f} s cpu)")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        sizes = f"{file.stat().st_size / 1e6:,.0f} MB, bare {other.stat().st_size / 1e6:,.0f} MB"
        print(f"files: {sizes}; most memory (with the stories themselves): {memory:,.0f} MB")


if __name__ == "__main__":
    main()
