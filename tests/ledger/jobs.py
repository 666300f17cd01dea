"""Jobs that append to a ledger, for processes that are killed or run at once."""

from __future__ import annotations

import tempfile

from pactwatch.ledger import open_ledger
from tests.killing import Report
from tests.ledger.made import story


def warm_up() -> None:
    """Do once what costs time the first time only."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(folder) as ledger:
        ledger.append(story(0)[1], "nobody")


def append_stories(report: Report, store: str, first: str, count: str) -> None:
    """Append so many stories, each a batch of three entries, and report each by its document."""
    with open_ledger(store) as ledger:
        report.begins()
        for number in range(int(first), int(first) + int(count)):
            told, bodies = story(number, 4)
            ledger.append(bodies, f"writer {first}")
            report.done(told.id)


def open_and_append(report: Report, store: str, first: str) -> None:
    """The same with one story, and with the opening of the ledger."""
    report.begins()
    with open_ledger(store) as ledger:
        told, bodies = story(int(first), 4)
        ledger.append(bodies, "writer")
        report.done(told.id)


def append_same(report: Report, store: str, count: str) -> None:
    """Append the stories that others append too; report how many entries were new."""
    with open_ledger(store) as ledger:
        report.begins()
        for number in range(int(count)):
            report.done(str(len(ledger.append(story(number)[1], "writer"))))


def only_open(report: Report, store: str) -> None:
    """Open a ledger that may not be there yet."""
    report.begins()
    with open_ledger(store) as ledger:
        report.done(str(ledger.last()))
