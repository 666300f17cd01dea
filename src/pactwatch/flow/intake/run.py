"""One run of reading: pieces go out to the workers, what comes back is kept in batches, each whole or not at all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pactwatch.flow.intake.asking import Asking, Question
from pactwatch.flow.intake.comparing import Comparing
from pactwatch.flow.intake.outcome import Outcome
from pactwatch.flow.intake.work import CODED_LANGUAGES, Again, Told
from pactwatch.model.entries import AddressFound, Alert, Body, Coding, DocumentRead, Entry, EntryKind
from pactwatch.model.entries import Fetched as FetchedEntry
from pactwatch.model.errors import Fault
from pactwatch.read import Passed, Piece, Wanted
from pactwatch.read.crew import Answered, Crew, Done
from pactwatch.read.fetch import Fetched
from pactwatch.read.guard import hide_credentials
from pactwatch.read.pieces import Hints, ReadError

if TYPE_CHECKING:
    from pactwatch.ledger import Ledger

BATCH = 200
"""Documents kept in one transaction at most: what a kill can cost is read again in seconds."""

BATCH_SECONDS = 3.0
_LASTING = range(400, 500)
_PASSING = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a caller wants of a run: faults as they come, progress, when to stop, and alerts on what is new."""

    on_fault: Callable[[Fault], None] = lambda _: None
    on_progress: Callable[[Outcome], None] = lambda _: None
    is_stopped: Callable[[], bool] = lambda: False
    find_alerts: Callable[[Told, str], Iterable[Alert]] = lambda *_: ()


@dataclass(slots=True)
class _Asked:
    """An address that was asked for, and what has to be done before that can be kept."""

    entry: FetchedEntry
    address: str
    feed: str
    open: int = 0
    is_whole: bool = True


class Run:
    """The state of one run; ``coders`` tells of documents that may be coded anew who coded them."""

    def __init__(self, ledger: Ledger, coders: Mapping[str, str], author: str, hooks: Hooks, asking: Asking) -> None:
        self._ledger, self._hooks, self._asking = ledger, hooks, asking
        self._comparing = Comparing(ledger, author)
        self._coders = dict(coders)
        self._batch: list[Body] = []
        self._documents_in_batch = 0
        self._since = time.monotonic()
        self._asked: dict[str, _Asked] = {}
        self._found: set[tuple[str, str]] = set()
        self.outcome = Outcome()

    def ask(self, address: str, hints: Hints, feed: str = "") -> None:
        """Ask for an address: all of it the first time, later what is new."""
        kept = self._ledger.fetched(address)
        if feed and kept is not None and (kept.body.status < 300 or _is_lasting(kept.body.status)):
            return  # a page that a feed pointed at before
        if feed:
            self._asked[feed].open += 1
        told = (kept.body.etag, kept.body.last_modified) if kept and not feed else ("", "")
        self._asking.ask(Question(address, hints, *told, feed))

    def go(self, crew: Crew, places: Iterator[Piece | Fault | Passed | Again]) -> None:
        """Work until everything is read or the caller wants to stop; what came is kept either way."""
        is_over = False
        try:
            while not self._hooks.is_stopped():
                while not is_over and crew.has_room:
                    place = next(places, None)
                    is_over = place is None
                    self._take_place(crew, place)
                if is_over and crew.is_idle and self._asking.is_idle:
                    break
                for question, answer in self._asking.poll(0.05 if crew.is_idle else 0):
                    self._take_answer(crew, question, answer)
                for event in crew.poll(0.0 if crew.is_idle else 0.2):
                    self._take_event(event)
                self._keep_if_due()
                self._hooks.on_progress(self.outcome)
            self.outcome.is_stopped = self._hooks.is_stopped()
        finally:
            self._keep()
        if not self.outcome.is_stopped:
            self.outcome.copies += self._comparing.catch_up()

    def _take_place(self, crew: Crew, place: Piece | Fault | Passed | Again | None) -> None:
        if isinstance(place, Fault):
            self._note(place)
        elif isinstance(place, Passed):
            self.outcome.passed += 1
        elif place is not None:
            crew.submit(place)

    def _take_answer(self, crew: Crew, question: Question, answer: Fetched | ReadError) -> None:
        """A server's answer: bytes to be read, nothing new, or a fault."""
        address = question.address
        status = getattr(answer, "status", 0)
        if isinstance(answer, ReadError):
            self._note(answer.fault(hide_credentials(address)))
            if _is_lasting(status):
                self._batch.append(FetchedEntry(address=address, status=status))
            self._settle_feed(question.feed, is_whole=_is_lasting(status))
            return
        entry = FetchedEntry(address=address, status=status, etag=answer.etag, last_modified=answer.last_modified)
        if answer.is_unchanged:
            self.outcome.unchanged += 1
            return
        self._asked[address] = _Asked(entry, address, question.feed, open=1)
        hints = replace(question.hints, url=question.hints.url if question.feed else "")
        at = answer.address
        self._asked[at] = self._asked[address]
        crew.submit(Piece(at, data=answer.data, media_type=answer.media_type, charset=answer.charset, hints=hints))

    def _take_event(self, event: Answered | Done) -> None:
        piece = event.piece
        if isinstance(event, Done):
            self.outcome.pieces += 1
            if event.lost:
                self._note(_lost(piece, event.lost))
            if isinstance(piece, Piece) and piece.address in self._asked:
                self._settle(self._asked[piece.address])
        elif isinstance(event.answer, Fault):
            self._note(event.answer)
        elif isinstance(event.answer, Wanted):
            self._want(piece, event.answer)
        else:
            self._take_told(event.answer, piece)

    def _want(self, piece: Piece, wanted: Wanted) -> None:
        """A page a feed points at; a feed on disk points at pages too."""
        if piece.address not in self._asked:
            entry = FetchedEntry(address=piece.address, status=200)
            self._asked[piece.address] = _Asked(entry, "", "", open=1)
        self.ask(wanted.address, wanted.hints, piece.address)

    def _take_told(self, told: Told, piece: Piece | Again) -> None:
        document = told.document
        if told.address:
            self._take_document(told)
            self._add_addresses(told, piece)
        if told.coding is not None and self._coders.get(document.id) != told.coding.coder:
            self.outcome.coded += 1
            self.outcome.recoded += document.id in self._coders
            self._coders[document.id] = told.coding.coder
            self.outcome.mentions.update(str(one.type) for one in told.coding.mentions)
            self.outcome.telling.update([document.id] if told.coding.mentions else ())
            self._batch.append(told.coding)
            alerts = list(self._hooks.find_alerts(told, self._comparing.index.original_of(document.id)))
            self.outcome.alerts += len(alerts)
            self._batch += alerts
        elif told.coding is None and document.language not in CODED_LANGUAGES:
            self.outcome.languages[document.language] += 1

    def _take_document(self, told: Told) -> None:
        document = told.document
        if document.id in self._comparing:
            self.outcome.known += 1
            return
        from pactwatch.read.copies import sign

        self.outcome.documents += 1
        self._documents_in_batch += 1
        copies = self._comparing.add(document, told.signature or sign(document.text))
        self.outcome.copies += len(copies)
        self._batch += [DocumentRead(document=document), *copies]

    def _add_addresses(self, told: Told, piece: Piece | Again) -> None:
        """Where the document was found: its own address, and the one that led there."""
        asked = self._asked.get(piece.address) if isinstance(piece, Piece) else None
        places = [told.address]
        if asked is not None and asked.address and isinstance(piece, Piece) and told.address == piece.address:
            places.append(asked.address)
        for place in dict.fromkeys(places):
            if (told.document.id, place) not in self._found:
                self._found.add((told.document.id, place))
                self._batch.append(AddressFound(doc=told.document.id, address=place))

    def _settle(self, asked: _Asked) -> None:
        """One thing less to be done for an address; when all is done, what its server said is kept."""
        asked.open -= 1
        if asked.open > 0 or not asked.address:
            return
        entry = asked.entry if asked.is_whole else asked.entry.model_copy(update={"etag": "", "last_modified": ""})
        self._batch.append(entry)
        self._settle_feed(asked.feed, is_whole=True)

    def _settle_feed(self, feed: str, *, is_whole: bool) -> None:
        if feed:
            self._asked[feed].is_whole &= is_whole
            self._settle(self._asked[feed])

    def _note(self, fault: Fault) -> None:
        self.outcome.note_fault(fault)
        self._hooks.on_fault(fault)

    def _keep_if_due(self) -> None:
        if self._documents_in_batch >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
            self._keep()

    def _keep(self) -> None:
        """Append the batch: all of it or nothing."""
        batch, self._batch = self._batch, []
        self._documents_in_batch, self._since = 0, time.monotonic()
        if batch:
            entries = self._comparing.append(batch)
            self.outcome.addresses += sum(entry.kind == EntryKind.ADDRESS for entry in entries)
            self._take_back(batch, entries)

    def _take_back(self, batch: Sequence[Body], entries: Sequence[Entry]) -> None:
        """Count out what another process kept in the meantime, so that what is told to be new is what this run kept."""
        read = {entry.body["document"]["id"] for entry in entries if entry.kind == EntryKind.DOCUMENT}
        coded = {entry.body["doc"] for entry in entries if entry.kind == EntryKind.CODING}
        for body in batch:
            if isinstance(body, DocumentRead) and body.document.id not in read:
                self.outcome.documents -= 1
                self.outcome.known += 1
            elif isinstance(body, Coding) and body.doc not in coded:
                self.outcome.coded -= 1
                self.outcome.mentions.subtract(str(one.type) for one in body.mentions)
                self.outcome.mentions += Counter()  # drops what is none
                self.outcome.telling.discard(body.doc)


def _is_lasting(status: int) -> bool:
    """Whether a status says that asking again is of no use."""
    return status in _LASTING and status not in _PASSING


def _lost(piece: Any, why: str) -> Fault:
    address = piece.address if isinstance(piece, Piece) else piece.document.id
    fix = "Leave it out, or read the part that matters."
    return Fault(address, getattr(piece, "line", 0), "", f"what cannot be read: {why}", "an ordinary document", fix)
