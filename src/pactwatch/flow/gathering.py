"""What a ledger tells beside a casebook: mentions as people decided them, items, records. Pure but for the asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.flow.standing import Standing, hear_documents, list_namings, stand
from pactwatch.model.entries import EntryKind, Naming
from pactwatch.model.errors import NotFoundError

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.ledger import Ledger
    from pactwatch.ledger.queries import Newest
    from pactwatch.model.documents import Document
    from pactwatch.model.entries import Coding
    from pactwatch.reconcile.items import Compiled, Hearing, Reconciliation
    from pactwatch.reconcile.items import Judged as JudgedEntry
    from pactwatch.review.second_pair import Pending

TELLING = (EntryKind.DOCUMENT, EntryKind.ADDRESS, EntryKind.COPY, EntryKind.CODING, EntryKind.JUDGEMENT)
"""Kinds of entries that change what an edition holds. Names follow from them, and the rest is about the work."""


@dataclass(frozen=True)
class Telling:
    """What a ledger told up to an entry, beside a casebook."""

    state: Newest
    heads: dict[str, Document]
    addresses: dict[str, tuple[str, ...]]
    copies: dict[str, str]
    codings: dict[str, Coding]
    judged: Sequence[JudgedEntry]
    pending: Sequence[Pending]
    namings: Sequence[Naming]
    hearing: Hearing
    reconciliation: Reconciliation
    compiled: Compiled


def gather(casebook: Casebook, ledger: Ledger, until: int | None = None) -> Telling:
    """Everything the ledger told up to an entry, reconciled with the records of a casebook."""
    from pactwatch.reconcile import compile_records
    from pactwatch.reconcile.answering import with_adrift
    from pactwatch.reconcile.items import Known
    from pactwatch.reconcile.linking import Decided

    def answer(standing: Standing) -> tuple[Standing, Sequence[Naming], Reconciliation]:
        namings = list_namings(ledger.namings(), standing.until)
        decided = Decided(tuple(standing.judged), tuple(namings))
        return standing, namings, standing.linker.reconciliation(decided)

    standing, namings, reconciliation = stand(casebook, ledger, until, answer)
    until = standing.until
    heads, copies, codings = ledger.documents(until), ledger.copies(until), ledger.codings(until)
    known = Known(casebook.records, casebook.sources, casebook.actors)
    hearing = hear_documents(ledger, standing.judged, until)
    reconciliation = with_adrift(reconciliation, hearing)
    compiled = compile_records(reconciliation, hearing, known, heads)
    state = ledger.newest(TELLING, until)
    if state is None:
        raise NotFoundError(f"the ledger {ledger.location.shown} tells nothing yet; `pactwatch read` begins it")
    return Telling(
        state, heads, ledger.all_addresses(until), copies, codings, standing.judged, standing.pending, namings,
        hearing, reconciliation, compiled,
    )  # fmt: skip
