"""What a ledger tells beside a casebook: mentions as people decided them, items, records. Pure but for the asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pactwatch.model.entries import EntryKind, Naming
from pactwatch.model.errors import NotFoundError
from pactwatch.model.judgements import Decision, Judgement, identify_mention

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.edition.ledger_view import LedgerView
    from pactwatch.ledger import Kept, Ledger
    from pactwatch.ledger.queries import Newest
    from pactwatch.model.documents import Document
    from pactwatch.model.entries import Coding
    from pactwatch.reconcile.items import Compiled, Hearing, Reconciliation
    from pactwatch.reconcile.items import Judged as JudgedEntry
    from pactwatch.review.second_pair import Pending

TELLING = (EntryKind.DOCUMENT, EntryKind.ADDRESS, EntryKind.COPY, EntryKind.CODING, EntryKind.JUDGEMENT)
"""Kinds of entries that change what an edition holds. Names follow from them, and the rest is about the work."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force with its entry, as reconciling and reviewing take it."""

    seq: int
    author: str
    at: datetime
    judgement: Judgement


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
    """Reconcile everything the ledger told up to an entry with the records of a casebook.

    Names given later count too where a record had none yet: an id is permanent, whenever it was given. Merges that
    were told later do not.
    """
    from pactwatch.reconcile import compile_records, hear, open_weights, reconcile
    from pactwatch.reconcile.items import Known

    store = ledger.derived if until is None else None  # what was compared is kept for the ledger as it stands
    until = ledger.last() if until is None else until  # what is appended meanwhile belongs to the next time
    judged, pending = settle_kept(ledger.judgements(until), is_asked=casebook.settings.second_pair_of_eyes)
    heads, copies, codings = ledger.documents(until), ledger.copies(until), ledger.codings(until)
    namings = list_namings(ledger.namings(), until)
    known = Known(casebook.records, casebook.sources, casebook.actors)
    hearing = hear(codings, heads, copies, judged, ledger.former_mentions(until))
    reconciliation = reconcile(hearing, known, judged, namings, open_weights(casebook.path), store)
    compiled = compile_records(reconciliation, hearing, known, heads)
    state = ledger.newest(TELLING, until)
    if state is None:
        raise NotFoundError(f"the ledger {ledger.location.shown} tells nothing yet; `pactwatch read` begins it")
    return Telling(
        state, heads, ledger.all_addresses(until), copies, codings, judged, pending, namings,
        hearing, reconciliation, compiled,
    )  # fmt: skip


def settle_kept(kept: Sequence[Kept[Judgement]], *, is_asked: bool) -> tuple[Sequence[JudgedEntry], Sequence[Pending]]:
    """Judgements in force as the ledger keeps them: those that hold, and the corrections that wait."""
    from pactwatch.review import settle

    return settle([Judged(one.seq, one.author, one.at, one.body) for one in kept], is_asked=is_asked)


def list_namings(kept: Sequence[Kept[Naming]], until: int) -> list[Naming]:
    """Namings up to an entry, then the later ones that only give a name."""
    given = {one.body.record_id for one in kept if one.seq <= until}
    later = [one.body for one in kept if one.seq > until and not one.body.becomes and one.body.record_id not in given]
    return [*(one.body for one in kept if one.seq <= until), *later]


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
