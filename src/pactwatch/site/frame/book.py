"""An edition and its tested claims gathered into the values that pages show."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.edition.rows import group_rows
from pactwatch.measures import compute
from pactwatch.model.codes import RecordType
from pactwatch.model.errors import NotFoundError
from pactwatch.model.prose import in_sentence
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.testing import UntestedError

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
T = TypeVar("T")

Recall: TypeAlias = Callable[[Edition], Sequence[ClaimResult] | None]
"""Claims tested earlier on an edition; nothing where that was not done or not kept."""

TYPES = [str(type_) for type_ in RecordType]
"""Record types in the order of the codebook."""


@dataclass(frozen=True)
class MilestoneView:
    """A milestone with what it stands on."""

    row: Row
    items: list[Row]
    sources: list[Row]
    conflicts: list[Row]

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
    """A record with its milestones in order of date and its parties."""

    row: Row
    milestones: list[MilestoneView]
    parties: list[str]

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


class Book:
    """Everything the pages show. What is costly (verdicts, measures, the law) is worked out once, when a page first
    asks for it; safe to ask from several threads."""

    def __init__(
        self,
        edition: Edition,
        actors: Mapping[str, Row],
        sources: Mapping[str, Row],
        records: Mapping[str, RecordView],
        test: Callable[[], Sequence[ClaimResult]] = tuple,
        earlier: Sequence[Edition] = (),
    ) -> None:
        """``records`` come earliest first; ``test`` gives the tested claims when they are first asked for;
        ``earlier`` are the editions before this one, oldest first. ``recall`` may be set to what gives the claims
        tested on one of them, ``measure`` to what keeps measures that were computed."""
        self.earlier = tuple(earlier)
        self.recall: Recall = lambda _: None
        self.measure: Callable[[str, Edition], pa.Table] = lambda name, edition: compute(name, edition).to_pyarrow()
        self.edition, self.actors, self.sources, self.records = edition, actors, sources, records
        self.test = test
        self._kept: dict[Callable[..., Any], Any] = {}
        self._locks: defaultdict[Callable[..., Any], threading.RLock] = defaultdict(threading.RLock)

    def once(self, work: Callable[[Book], T]) -> T:
        """What a function makes of this book, made once; others who ask meanwhile wait for it."""
        if work not in self._kept:
            with self._locks[work]:
                if work not in self._kept:
                    self._kept[work] = work(self)
        kept: T = self._kept[work]
        return kept

    @property
    def results(self) -> Sequence[ClaimResult]:
        """The tested claims; raises :class:`UntestedError` while a server still tests them."""
        return self.once(_test_claims)

    @property
    def awaited(self) -> tuple[int, int] | None:
        """How many claims are tested of how many, while they are being tested; ``None`` when the results are there."""
        try:
            _ = self.results
        except UntestedError as untested:
            return untested.progress
        return None

    def claims_of(self, record_id: str) -> list[ClaimResult]:
        """The tested claims that use a record."""
        return self.once(_claims_by_record).get(record_id, [])

    @property
    def unreviewed_count(self) -> int:
        """How many records a machine coded and nobody has accepted."""
        return self.once(_count_unreviewed)

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
        return in_sentence(self.name(code))

    def find_record(self, slug: str) -> RecordView:
        """The record whose page has this name; raises :class:`NotFoundError`."""
        slugs = self.once(_record_slugs)
        if slug not in slugs:
            raise NotFoundError("no record of this edition has this name")
        return self.records[slugs[slug]]

    def with_party(self, code: str) -> list[RecordView]:
        """Records an actor takes part in, earliest first."""
        return self.once(_records_by_party).get(code, [])

    def using(self, source_id: str) -> list[RecordView]:
        """Records that a source supports, earliest first."""
        return self.once(_records_by_source).get(source_id, [])


def slugs_of(identifiers: Iterable[str]) -> dict[str, str]:
    """Identifiers by the names of their pages."""
    return {name_file(identifier): identifier for identifier in identifiers}


def read_book(
    edition: Edition,
    test: Callable[[], Sequence[ClaimResult]] = tuple,
    earlier: Sequence[Edition] = (),
    recall: Recall = lambda _: None,
) -> Book:
    """Read every table of an edition once; ``test`` gives its tested claims when a page first needs them, ``earlier``
    the editions that changes are told from, ``recall`` their tested claims where they are known."""
    sources = {row["source_id"]: row for row in _rows(edition, "sources")}
    milestones = _gather_milestones(edition, sources)
    parties = group_rows(_rows(edition, "parties"), "record_id")
    views = [
        RecordView(row, own, [party["actor_code"] for party in parties[row["record_id"]]])
        for row in _rows(edition, "records")
        if (own := milestones.get(row["record_id"]))
    ]
    ordered = sorted(views, key=lambda view: view.order)
    actors = {row["actor_code"]: row for row in _rows(edition, "actors")}
    book = Book(edition, actors, sources, {view.id: view for view in ordered}, test, earlier)
    book.recall = recall
    return book


def _test_claims(book: Book) -> Sequence[ClaimResult]:
    return tuple(book.test())


def _claims_by_record(book: Book) -> dict[str, list[ClaimResult]]:
    found: defaultdict[str, list[ClaimResult]] = defaultdict(list)
    for result in book.results:
        for record_id in result.records:
            found[record_id].append(result)
    return dict(found)


def _record_slugs(book: Book) -> dict[str, str]:
    return slugs_of(book.records)


def _records_by_party(book: Book) -> dict[str, list[RecordView]]:
    found: defaultdict[str, list[RecordView]] = defaultdict(list)
    for record in book.records.values():
        for code in record.parties:
            found[code].append(record)
    return dict(found)


def _count_unreviewed(book: Book) -> int:
    return sum(record.row["review_status"] == "unreviewed" for record in book.records.values())


def _records_by_source(book: Book) -> dict[str, list[RecordView]]:
    found: defaultdict[str, list[RecordView]] = defaultdict(list)
    for record in book.records.values():
        for source in record.sources:
            found[source["source_id"]].append(record)
    return dict(found)


def _gather_milestones(edition: Edition, sources: dict[str, Row]) -> dict[str, list[MilestoneView]]:
    items = group_rows(_rows(edition, "items"), "milestone_id")
    supports = group_rows(_rows(edition, "supports"), "milestone_id")
    found: dict[str, list[MilestoneView]] = defaultdict(list)
    for row in _rows(edition, "milestones"):
        own = supports[row["milestone_id"]]
        named = [
            sources[one["source_id"]] for one in own if one["relation"] == "supports" and one["source_id"] in sources
        ]
        conflicts = [one for one in own if one["relation"] == "conflicts"]
        found[row["record_id"]].append(MilestoneView(row, items[row["milestone_id"]], named, conflicts))
    return {record_id: sorted(own, key=lambda one: one.order) for record_id, own in found.items()}


def _rows(edition: Edition, table: str) -> list[Row]:
    rows: list[Row] = edition.arrow(table).to_pylist()
    return rows
