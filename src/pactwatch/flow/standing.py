"""Where the mentions of a ledger stand beside a casebook: what was joined before is kept, and only documents of which
the ledger told something since are heard again.

What is kept names the entry it covers and that entry's digest, which holds the whole chain before it: it is used only
for the ledger that has that entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pactwatch.model.entries import EntryKind, Naming
from pactwatch.model.judgements import Judgement, MentionRef, RecordRef

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.ledger import Kept, Ledger
    from pactwatch.reconcile import Linker
    from pactwatch.reconcile.items import Hearing
    from pactwatch.reconcile.items import Judged as JudgedEntry
    from pactwatch.review.second_pair import Pending

T = TypeVar("T")

HEARD = (EntryKind.COPY, EntryKind.CODING)
"""Kinds of entries after which the documents they are about are to be heard again; judgements are looked at by
themselves.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force with its entry, as reconciling and reviewing take it."""

    seq: int
    author: str
    at: datetime
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Standing:
    """The linker with every mention told up to the entry ``until``, and the judgements it was told with; ``hearing``
    are the mentions of the documents ``docs`` (of all, where that is nothing), which were heard again for it.
    """

    linker: Linker
    until: int
    hearing: Hearing
    docs: frozenset[str] | None
    judged: Sequence[JudgedEntry]
    pending: Sequence[Pending]


def stand(casebook: Casebook, ledger: Ledger, until: int | None, answer: Callable[[Standing], T]) -> T:
    """Bring what is kept of a ledger up to its last entry, keep it, and answer from it; ``until`` an entry, from
    nothing.

    ``answer`` is called again where another process changed what is kept while it was looked at: it is to do nothing
    that lasts.
    """
    from pactwatch.reconcile import open_weights
    from pactwatch.reconcile.answering import ask_linker

    found: list[Standing] = []

    def change(linker: Linker) -> None:
        found[:] = [_catch_up(casebook, ledger, linker, until)]

    store = ledger.derived if until is None else None  # what was compared is kept for the ledger as it stands
    weights = open_weights(casebook.path)
    return ask_linker(store, casebook.records, weights, change, lambda _: answer(found[0]))


def _catch_up(casebook: Casebook, ledger: Ledger, linker: Linker, until: int | None) -> Standing:
    from pactwatch.reconcile.linking import Decided

    until = ledger.last() if until is None else until  # what is appended meanwhile belongs to the next time
    judged, pending = settle_kept(ledger.judgements(until), is_asked=casebook.settings.second_pair_of_eyes)
    docs = _documents_to_hear(ledger, linker.state, judged, until)
    hearing = hear_documents(ledger, judged, until, docs)
    linker.follow(hearing, Decided(tuple(judged), tuple(_namings_that_join(casebook, ledger, judged, until))), docs)
    linker.state = {
        "until": until,
        "digest": ledger.digest(until),
        "judged": {str(one.seq): sorted(_documents_of(one)) for one in judged},
    }
    return Standing(linker, until, hearing, None if docs is None else frozenset(docs), judged, pending)


def _documents_to_hear(
    ledger: Ledger, state: dict[str, Any], judged: Sequence[JudgedEntry], until: int
) -> set[str] | None:
    """The documents of which something may be told otherwise than when the state was kept; ``None`` for all."""
    if not state or ledger.digest(state["until"]) != state["digest"]:
        return None
    told = ledger.subjects(HEARD, state["until"], until)
    docs = {subject for _, subject in told}
    copied = {subject for kind, subject in told if kind is EntryKind.COPY}
    if copied:  # what is a copy of these is now a copy of their originals
        originals = ledger.copies(until)
        groups = {originals.get(doc, doc) for doc in copied} | copied
        docs |= {doc for doc, original in originals.items() if original in groups}
    before, now = state["judged"], {str(one.seq): _documents_of(one) for one in judged}
    for seq in before.keys() ^ now.keys():
        docs.update(now.get(seq, ()), before.get(seq, ()))
    return docs


def _documents_of(judged: JudgedEntry) -> set[str]:
    sides = (judged.judgement.about, judged.judgement.other)
    return {side.doc for side in sides if isinstance(side, MentionRef)}


def hear_documents(
    ledger: Ledger, judged: Sequence[JudgedEntry], until: int, docs: Collection[str] | None = None
) -> Hearing:
    """The mentions in force of all documents, or of some."""
    from pactwatch.reconcile import hear

    about = judged if docs is None else [one for one in judged if not _documents_of(one).isdisjoint(docs)]
    heads, copies = ledger.documents(until, docs), ledger.copies(until, docs)
    return hear(ledger.codings(until, docs), heads, copies, about, ledger.former_mentions(until, docs))


def _namings_that_join(
    casebook: Casebook, ledger: Ledger, judged: Sequence[JudgedEntry], until: int
) -> Sequence[Naming]:
    """The namings that bear on what is joined: of records that judgements are about, and of the casebook's own."""
    sides = (side for one in judged for side in (one.judgement.about, one.judgement.other))
    wanted = {side.record_id for side in sides if isinstance(side, RecordRef)}
    wanted |= {record.record_id for record in casebook.records}
    return list_namings(ledger.namings(record_ids=wanted), until)


def settle_kept(kept: Sequence[Kept[Judgement]], *, is_asked: bool) -> tuple[Sequence[JudgedEntry], Sequence[Pending]]:
    """Judgements in force as the ledger keeps them: those that hold, and the corrections that wait."""
    from pactwatch.review import settle

    return settle([Judged(one.seq, one.author, one.at, one.body) for one in kept], is_asked=is_asked)


def list_namings(kept: Sequence[Kept[Naming]], until: int) -> list[Naming]:
    """Namings up to an entry, then the later ones that only give a name.

    Names given later count too where a record had none yet: an id is permanent, whenever it was given. Merges that
    were told later do not.
    """
    given = {one.body.record_id for one in kept if one.seq <= until}
    later = [one.body for one in kept if one.seq > until and not one.body.becomes and one.body.record_id not in given]
    return [*(one.body for one in kept if one.seq <= until), *later]
