"""An edition and its tested claims gathered into the values that pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.model.codes import RecordType

Row = dict[str, Any]

WITH_ARTICLE = ("Philippines", "United States", "United Kingdom")
"""Actors whose names take an article inside a sentence."""

TYPES = [str(type_) for type_ in RecordType]
"""Record types in the order of the codebook."""


@dataclass(frozen=True)
class Passage:
    """A mention that tells a milestone, the document it stands in, and where that was found."""

    row: Row
    document: Row
    addresses: list[str]

    @property
    def address(self) -> str:
        """The first web address it was found under; empty for a file."""
        return next((one for one in self.addresses if one.startswith("http")), "")


@dataclass(frozen=True)
class MilestoneView:
    """A milestone with what it stands on."""

    row: Row
    items: list[Row]
    sources: list[Row]
    conflicts: list[Row]
    passages: list[Passage] = field(default_factory=list)

    @property
    def is_reviewed(self) -> bool:
        """Whether a person answers for it."""
        return "unreviewed" not in self.doubts

    @property
    def doubts(self) -> list[str]:
        """Codes of the reasons to read it with care."""
        return (self.row["doubt_codes"] or "").split(";") if self.row["doubt_codes"] else []

    @property
    def is_firm(self) -> bool:
        """Whether it tells something done that a page was read for."""
        return bool(self.row["is_verified"]) and not self.row["is_tentative"]

    @property
    def order(self) -> tuple[date, date, str]:
        """By when it may have been."""
        return self.row["earliest_date"], self.row["latest_date"], self.row["milestone_id"]


@dataclass(frozen=True)
class RecordView:
    """A record with its milestones in order of date, its parties, and the claims that use it."""

    row: Row
    milestones: list[MilestoneView]
    parties: list[str]
    claims: list[ClaimResult] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its permanent identifier."""
        return str(self.row["record_id"])

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return str(self.row["title"])

    @property
    def type(self) -> str:
        """Its type."""
        return str(self.row["record_type"])

    @property
    def first_done(self) -> MilestoneView | None:
        """The first milestone of something completed."""
        return next((one for one in self.milestones if one.row["is_done"]), None)

    @property
    def main(self) -> MilestoneView:
        """The milestone that dates it: the first completed one, else the first."""
        return self.first_done or self.milestones[0]

    @property
    def year(self) -> int:
        """The year of the milestone that dates it."""
        return int(self.main.row["earliest_date"].year)

    @property
    def sources(self) -> list[Row]:
        """Every source of its milestones once."""
        return list({source["source_id"]: source for one in self.milestones for source in one.sources}.values())

    @property
    def best_grade(self) -> str:
        """The best Admiralty grade among its sources; empty without one."""
        return min((str(source["source_grade"]) for source in self.sources), default="")

    @property
    def is_firm(self) -> bool:
        """Whether the milestone that dates it is done and verified."""
        return self.main.is_firm

    @property
    def order(self) -> tuple[date, date, str]:
        """By the milestone that dates it."""
        return self.main.order[0], self.main.order[1], self.id


@dataclass(frozen=True)
class Book:
    """Everything the pages show."""

    edition: Edition
    results: Sequence[ClaimResult]
    actors: dict[str, Row]
    sources: dict[str, Row]
    records: dict[str, RecordView]

    @property
    def unreviewed_count(self) -> int:
        """How many records a machine coded and nobody has accepted."""
        return sum(record.row["review_status"] == "unreviewed" for record in self.records.values())

    @property
    def edition_words(self) -> str:
        """The edition as the subtitle of a chart names it, with how many of its records nobody has reviewed."""
        count = self.unreviewed_count
        return f"edition {self.edition.id}" + (f", {count} of its records unreviewed" if count else "")

    @property
    def focus(self) -> str:
        """The actor whose partnerships are watched."""
        return self.edition.settings.focus

    def name(self, code: str) -> str:
        """An actor's name; its code when it is not in the table."""
        return str(self.actors[code]["actor_name"]) if code in self.actors else code

    def say_name(self, code: str) -> str:
        """An actor's name as it stands inside a sentence: "the Philippines"."""
        name = self.name(code)
        return f"the {name}" if name in WITH_ARTICLE else name

    def with_party(self, code: str) -> list[RecordView]:
        """Records an actor takes part in, earliest first."""
        return [record for record in self.records.values() if code in record.parties]

    def using(self, source_id: str) -> list[RecordView]:
        """Records that a source supports, earliest first."""
        return self._records_of_source.get(source_id, [])

    @property
    def _records_of_source(self) -> dict[str, list[RecordView]]:
        if "by_source" not in self.__dict__:
            found: dict[str, list[RecordView]] = defaultdict(list)
            for record in self.records.values():
                for source in record.sources:
                    found[source["source_id"]].append(record)
            self.__dict__["by_source"] = found
        cached: dict[str, list[RecordView]] = self.__dict__["by_source"]
        return cached


def read_book(edition: Edition, results: Sequence[ClaimResult]) -> Book:
    """Read every table of an edition once; records come earliest first."""
    sources = {row["source_id"]: row for row in _rows(edition, "sources")}
    milestones = _gather_milestones(edition, sources)
    parties = _group(_rows(edition, "parties"), "record_id")
    claims: dict[str, list[ClaimResult]] = defaultdict(list)
    for result in results:
        for record_id in result.records:
            claims[record_id].append(result)
    views = [
        RecordView(row, own, [party["actor_code"] for party in parties[row["record_id"]]], claims[row["record_id"]])
        for row in _rows(edition, "records")
        if (own := milestones.get(row["record_id"]))
    ]
    ordered = sorted(views, key=lambda view: view.order)
    actors = {row["actor_code"]: row for row in _rows(edition, "actors")}
    return Book(edition, results, actors, sources, {view.id: view for view in ordered})


def _gather_milestones(edition: Edition, sources: dict[str, Row]) -> dict[str, list[MilestoneView]]:
    items = _group(_rows(edition, "items"), "milestone_id")
    supports = _group(_rows(edition, "supports"), "milestone_id")
    passages = _gather_passages(edition)
    found: dict[str, list[MilestoneView]] = defaultdict(list)
    for row in _rows(edition, "milestones"):
        own = supports[row["milestone_id"]]
        named = [
            sources[one["source_id"]] for one in own if one["relation"] == "supports" and one["source_id"] in sources
        ]
        conflicts = [one for one in own if one["relation"] == "conflicts"]
        own_items, told = items[row["milestone_id"]], passages[row["milestone_id"]]
        found[row["record_id"]].append(MilestoneView(row, own_items, named, conflicts, told))
    return {record_id: sorted(own, key=lambda one: one.order) for record_id, own in found.items()}


def _gather_passages(edition: Edition) -> defaultdict[str, list[Passage]]:
    """The mentions that tell each milestone, those that say it was not so among them, by their documents' dates."""
    documents = {row["document_id"]: row for row in _rows(edition, "documents")}
    mentions = {row["mention_id"]: row for row in _rows(edition, "mentions")}
    addresses = _group(_rows(edition, "addresses"), "document_id")
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for milestone_id, mention_id in {(row["milestone_id"], row["mention_id"]): 0 for row in _rows(edition, "evidence")}:
        row = mentions[mention_id]
        places = [one["address"] for one in addresses[row["document_id"]]]
        found[milestone_id].append(Passage(row, documents[row["document_id"]], places))
    for own in found.values():
        own.sort(key=lambda one: (one.document["published_edtf"] or "9999", one.row["mention_id"]))
    return found


def _rows(edition: Edition, table: str) -> list[Row]:
    rows: list[Row] = edition.arrow(table).to_pylist()
    return rows


def _group(rows: Iterable[Row], key: str) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped
