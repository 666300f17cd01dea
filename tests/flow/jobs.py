"""The whole way, for processes that are killed somewhere on it: read and code, judge, publish."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pactwatch import flow
from pactwatch.coder.grammar import open_coder
from pactwatch.flow.desk import Desk
from pactwatch.flow.intake import reading
from pactwatch.flow.intake.work import Reader, Settled
from pactwatch.ledger import open_ledger
from pactwatch.model.judgements import Decision
from pactwatch.read.crew import Answered, Done
from tests.flow.made import make_casebook
from tests.killing import Report

NAMES = ("Blue Lantern", "Grey Heron", "Red Crane", "Silver Reed", "Quiet Harbour", "North Star", "Amber Gate", "Tide")


class SameProcess:
    """Does what a crew does in this process, so that a kill meets the reading and coding too."""

    def __init__(self, open_work: Callable[[], Callable[[Any], Iterator[Any]]], *_: object) -> None:
        self._open_work = open_work
        self._waiting: deque[Any] = deque()

    def __enter__(self) -> SameProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()

    @property
    def has_room(self) -> bool:
        return len(self._waiting) < 4

    @property
    def is_idle(self) -> bool:
        return not self._waiting

    def submit(self, piece: object) -> None:
        self._waiting.append(piece)

    def poll(self, _: float) -> Iterator[Answered | Done]:
        if self._waiting:
            piece = self._waiting.popleft()
            for answer in self._open_work()(piece):
                yield Answered(piece, answer)
            yield Done(piece)


def write_articles(folder: Path, batches: int) -> None:
    """Folders of two articles each, which tell one exercise that no other folder tells."""
    for number in range(batches):
        day = date(2025, 1, 6) + timedelta(days=41 * number)
        told = f"{day.day} {day:%B %Y}"
        name = NAMES[number % len(NAMES)]
        place = folder / str(number)
        place.mkdir(parents=True)
        (place / "a.txt").write_text(f"Japan and the Philippines held the joint exercise {name} on {told}.\n")
        (place / "b.txt").write_text(
            f"Warships of Japan and the Philippines took part in the exercise {name} on {told}, the navy said.\n"
        )


def warm_up() -> None:
    """Load what takes time the first time: the coder, the libraries, the ways through them."""
    setattr(reading, "Crew", SameProcess)  # noqa: B010 - in place of processes
    coder = open_coder()  # the casebooks of these tests all code alike

    def make(self: Reader, _coder: str, _casebook: Path | None, limits: Any, settled: Settled) -> None:
        self._coder, self._limits, self._settled = coder, limits, settled

    setattr(Reader, "__init__", make)  # noqa: B010
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_casebook(folder / "book")
        write_articles(folder / "articles", 1)
        go(lambda _: None, str(folder / "home"), str(folder), "1")


def go_the_whole_way(report: Report, store: str, folder: str, batches: str) -> None:
    """Read the first batches, decide on every mention, publish; what is there already is left as it is."""
    report.begins()
    go(report.done, store, folder, batches)


def go(done: Callable[[str], None], store: str, folder: str, batches: str) -> None:
    """The way itself; each thing that was done for good is told."""
    place = Path(folder)
    casebook = flow.open_casebook(str(place / "book"))
    names = [str(place / "articles" / str(number)) for number in range(int(batches))]
    outcome = flow.read(names, store, casebook.path)
    done(f"read {outcome.documents}")
    with open_ledger(store) as ledger:
        desk = Desk(casebook, ledger, "Ana")
        while (question := desk.next_question()) is not None:
            decision = Decision.REJECT if int(question.id[-1], 16) < 4 else Decision.ACCEPT
            seq = desk.decide(question, decision)
            done(f"decided {seq} {question.id}")
    edition, _ = flow.publish(casebook, place / "home", store)
    done(f"published {edition.id}")
