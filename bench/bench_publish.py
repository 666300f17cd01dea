"""What publishing costs after one new document, beside publishing the same ledger from nothing.

A ledger of 20,000 and more mentions in 10,000 documents, made of the default casebook's records told with noise. CPU
seconds of this process (what a neighbour takes does not count), the best of several; the edition is the same both ways.
Beside them the floor: writing the edition's files and their sums, which every edition needs whole.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from made_mentions import make_items, tell
from pactwatch import flow
from pactwatch.casebook import Casebook
from pactwatch.edition import Edition
from pactwatch.edition.seal import _write_all
from pactwatch.ledger import Ledger, open_ledger
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import AddressFound, Body, Coding, DocumentRead
from pactwatch.model.mentions import Mention

MENTIONS, RUNS = 21_000, 3


def fill(ledger: Ledger, casebook: Casebook) -> None:
    """Keep a made world's documents, two mentions each."""
    rng = random.Random(3)
    told = tell(make_items(casebook.records, MENTIONS // 12, rng), MENTIONS, rng)
    by_document: dict[str, list[tuple[Mention, date | None]]] = defaultdict(list)
    for one, _ in told:
        by_document[one.mention.doc].append((one.mention, one.published))
    bodies: list[Body] = []
    for name, mentions in by_document.items():
        bodies += keep(name, mentions)
    ledger.append(bodies, "bench")


def keep(name: str, mentions: list[tuple[Mention, date | None]]) -> list[Body]:
    """A document that holds its mentions' quotes where they say."""
    text = ""
    placed = []
    for mention, _ in sorted(mentions, key=lambda pair: pair[0].start):
        text = text.ljust(mention.start) + mention.quote
    text = f"{text} ({name})"
    document = Document(id=identify_text(text), text=text, title=f"Story {name}", published=mentions[0][1])
    placed = [mention.model_copy(update={"doc": document.id}) for mention, _ in mentions]
    address = AddressFound(doc=document.id, address=f"https://news.example/{name}")
    return [DocumentRead(document=document), address, Coding(doc=document.id, coder="made", mentions=tuple(placed))]


def one_more(number: int) -> list[Body]:
    """A document like the others that was not there."""
    text = f"Japan and the Philippines held exercise Late Arrival {number} on 3 May 2024."
    mention = Mention.model_validate(
        {
            **{"doc": "", "type": "exercise", "stage": "held", "parties": ("JPN", "PHL"), "modality": "actual"},
            **{"name": f"Late Arrival {number}", "date": "2024-05-03", "precision": "day", "quote": text, "start": 0},
            **{"end": len(text), "confidence": 0.8, "coder": "made"},
        }
    )
    return keep(f"late {number}", [(mention, date(2024, 5, 4))])


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of a call."""
    cpu, wall = time.process_time(), time.perf_counter()
    do()
    return time.process_time() - cpu, time.perf_counter() - wall


def write_again(edition: Edition, casebook: Casebook) -> list[tuple[float, float]]:
    """What writing the files of an edition takes, its tables being there."""
    tables = {table.name: edition.arrow(table.name) for table in edition.tables}
    found = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as name:
            found.append(timed(lambda: _write_all(Path(name), edition.metadata, tables, casebook)))
    return found


def main() -> None:
    """Print both costs and their ratio."""
    casebook = flow.open_casebook()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with open_ledger(home) as ledger:
            fill(ledger, casebook)
        again, nothing = [], []
        first = timed(lambda: flow.publish(casebook, home))
        for number in range(RUNS):
            with open_ledger(home) as ledger:
                ledger.append(one_more(number), "bench")
            again.append(timed(lambda: flow.publish(casebook, home)))
            edition = flow.open_edition(home=home)
            with open_ledger(home) as ledger:
                for kind in ("reconcile", f"edition {casebook.settings.name}"):
                    ledger.derived.drop(kind)
            shutil.rmtree(home / "editions")
            nothing.append(timed(lambda: flow.publish(casebook, home)))
            assert flow.open_edition(home=home).id == edition.id
        rows = edition.metadata["row_count"]
        floor = write_again(flow.open_edition(home=home), casebook)
    print(f"{rows['documents']:,} documents, {rows['mentions']:,} mentions, {rows['records']:,} records")
    print(f"first time         {first[0]:6.2f} s CPU {first[1]:6.2f} s wall")
    for words, found in (("from nothing", nothing), ("one document more", again), ("writing alone", floor)):
        cpu, wall = min(found)
        print(f"{words:18} {cpu:6.2f} s CPU {wall:6.2f} s wall")
    print(f"ratio              {min(nothing)[0] / min(again)[0]:6.1f}")


if __name__ == "__main__":
    main()
