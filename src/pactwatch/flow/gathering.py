"""What a ledger tells beside a casebook: mentions as people decided them, items, records. Pure but for the asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.flow.standing import Standing, hear_documents, list_namings, stand
from pactwatch.model.entries import EntryKind, Naming
from pactwatch.model.errors import NotFoundError
from pactwatch.model.judgements import Decision, identify_mention

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.edition.ledger_view import LedgerView
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
    from pactwatch.reconcile.items import Known
    from pactwatch.reconcile.linking import Decided, with_adrift

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


def view_of(telling: Telling) -> LedgerView:
    """What an edition holds of it."""
    from pactwatch.edition.ledger_view import LedgerView, ReadDocument, ToldMention

    record_of = {one: item.key for item in telling.reconciliation.items for one in item.mentions}
    told = {one.id: one for one in telling.hearing.told}
    mentions: list[ToldMention] = []
    for coding in telling.codings.values():
        for coded in coding.mentions:
            name = identify_mention(coded)
            one = told.get(name)
            if one is not None:
                mentions.append(ToldMention(name, one.mention, record_of.get(name), one.decision))
            elif name in telling.hearing.rejected:
                mentions.append(ToldMention(name, coded, None, Decision.REJECT))
    counts = Counter(one.mention.doc for one in mentions)
    documents = tuple(
        ReadDocument(head, telling.addresses.get(doc, ()), telling.copies.get(doc, doc), counts[doc])
        for doc, head in telling.heads.items()
    )
    latest = max((head.published for head in telling.heads.values() if head.published), default=None)
    as_of = min(latest, telling.state.at.date()) if latest else None  # a page may bear a day that is still to come
    return LedgerView(telling.state.seq, telling.state.digest, as_of, documents, tuple(mentions), telling.compiled)
