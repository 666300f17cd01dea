"""What a ledger held when an edition was made of it, as sealing needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath, PureWindowsPath
from urllib.parse import urlsplit

from pactwatch.casebook import Casebook
from pactwatch.casebook.world import find_actor
from pactwatch.model.codes import Doubt
from pactwatch.model.documents import Document
from pactwatch.model.judgements import Decision
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Milestone, Record, Source
from pactwatch.reconcile.items import Compiled


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document without its text: where it was found, the document it repeats (or its own id), how many mentions."""

    head: Document
    addresses: tuple[str, ...]
    report: str
    mention_count: int


@dataclass(frozen=True, slots=True)
class ToldMention:
    """A mention as it stands, with its permanent record where it belongs to one and what a person decided of it."""

    id: str
    mention: Mention
    record_id: str | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger up to one entry: ``until`` is the number of the last entry that tells something, ``digest`` that
    entry's, which holds the whole chain before it; ``as_of`` is the day of the latest document.
    """

    until: int
    digest: str
    as_of: date | None
    documents: tuple[ReadDocument, ...]
    mentions: tuple[ToldMention, ...]
    compiled: Compiled


def enrich(casebook: Casebook, view: LedgerView) -> Casebook:
    """The casebook with the records and sources that the ledger gives it; what no person accepted is marked.

    Beside the casebook's own records those enter in which its focus actor or one of its partners takes part.
    """
    decided = {told.id for told in view.mentions if told.decision in (Decision.ACCEPT, Decision.CORRECT)}
    curated = {milestone.milestone_id for record in casebook.records for milestone in record.milestones}

    def mark(milestone: Milestone) -> Milestone:
        evidence = view.compiled.evidence.get(milestone.milestone_id)
        is_accepted = evidence is not None and not decided.isdisjoint(evidence.mentions)
        if milestone.milestone_id in curated or is_accepted:
            return milestone
        return milestone.model_copy(update={"doubts": milestone.doubts | {Doubt.UNREVIEWED}})

    def mark_all(record: Record) -> Record:
        marked = tuple(mark(milestone) for milestone in record.milestones)
        return record if marked == record.milestones else record.model_copy(update={"milestones": marked})

    own, watched = {record.record_id for record in casebook.records}, {casebook.settings.focus}
    watched |= set(casebook.settings.partners)
    records = tuple(
        mark_all(record)
        for record in view.compiled.records
        if record.record_id in own or not watched.isdisjoint(record.parties)
    )
    known = {source.source_id for source in casebook.sources}
    used = {source for record in records for one in record.milestones for source in one.source_ids}
    found = {one.head.id: one.addresses for one in view.documents}
    added = tuple(
        _name_source(one, found.get(one.source_id, ()))
        for one in view.compiled.sources
        if one.source_id in used - known
    )
    listed = {actor.code for actor in casebook.actors}
    others = sorted({code for record in records for code in _name_codes(record)} - listed)
    actors = (*casebook.actors, *(find_actor(code) for code in others))
    gathered = max(casebook.settings.as_of, view.as_of or casebook.settings.as_of)
    settings = casebook.settings.model_copy(update={"as_of": gathered})
    return replace(casebook, settings=settings, records=records, sources=(*casebook.sources, *added), actors=actors)


def _name_source(source: Source, addresses: Collection[str]) -> Source:
    """A source with a publisher and a title to call it by: where a document tells none, its host and its file."""
    host = urlsplit(source.url).hostname or ""
    names = sorted(publish_address(address) for address in addresses)
    title = source.title or next(iter(names), "")
    publisher = source.publisher or host.removeprefix("www.") or "publisher not told"
    return source.model_copy(update={"publisher": publisher, "title": title})


def publish_address(address: str) -> str:
    """An address as an edition tells it: of a file the name alone, since its folder is its reader's own business.

    >>> publish_address("https://gazette.example/raa"), publish_address("/home/ana/papers/raa.pdf")
    ('https://gazette.example/raa', 'raa.pdf')
    """
    if address.startswith(("http://", "https://")):
        return address
    return PureWindowsPath(PurePath(address).name).name or address


def _name_codes(record: Record) -> set[str]:
    return {*record.parties, *(code for code in (record.supplier, record.recipient) if code)}
