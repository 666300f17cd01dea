"""What a ledger held when an edition was made of it, as sealing needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from urllib.parse import urlsplit

from pactwatch.casebook import Casebook
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


def publishable(casebook: Casebook, compiled: Compiled, decided: Collection[str]) -> tuple[Record, ...]:
    """Those of some compiled records that are published; what no person accepted is marked.

    Beside the casebook's own records those enter in which its focus actor or one of its partners takes part.
    ``decided`` are the mentions that a person accepted or corrected.
    """
    own, watched = {record.record_id for record in casebook.records}, {casebook.settings.focus}
    watched |= set(casebook.settings.partners)
    curated = {milestone.milestone_id for record in casebook.records for milestone in record.milestones}

    def mark(milestone: Milestone) -> Milestone:
        evidence = compiled.evidence.get(milestone.milestone_id)
        is_accepted = evidence is not None and any(one in decided for one in evidence.mentions)
        if milestone.milestone_id in curated or is_accepted:
            return milestone
        return milestone.model_copy(update={"doubts": milestone.doubts | {Doubt.UNREVIEWED}})

    def mark_all(record: Record) -> Record:
        marked = tuple(mark(milestone) for milestone in record.milestones)
        return record if marked == record.milestones else record.model_copy(update={"milestones": marked})

    return tuple(
        mark_all(record)
        for record in compiled.records
        if record.record_id in own or not watched.isdisjoint(record.parties)
    )


def name_source(source: Source, addresses: Collection[str]) -> Source:
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
