"""From anything an edition holds down to the quotes and pages it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pactwatch.edition.opened import Edition
from pactwatch.edition.rows import group_rows
from pactwatch.model.errors import NotFoundError

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Trace:
    """One thing and what it stands on. ``kind`` is record, milestone, mention, document, source, conflict, ...;
    ``told`` are its own values, those that are empty left out.
    """

    kind: str
    id: str
    title: str
    told: dict[str, Any] = field(default_factory=dict)
    under: tuple[Trace, ...] = ()

    def walk(self) -> Iterator[Trace]:
        """This and everything beneath it."""
        yield self
        for one in self.under:
            yield from one.walk()

    def as_values(self) -> dict[str, Any]:
        """The trace as plain values."""
        under = {"under": [one.as_values() for one in self.under]} if self.under else {}
        return {"kind": self.kind, "id": self.id, "title": self.title, **self.told, **under}


class Tracer:
    """Follows ids through the tables of one edition, each read once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def find(self, wanted: str) -> Trace | None:
        """The trace of a record (also by an id that stands for it), milestone, mention, document or source."""
        record_id = self._aliases.get(wanted, wanted)
        if record_id in self._records:
            return self.trace_record(record_id, asked_as=wanted)
        if wanted in self._milestones:
            return self.trace_milestone(self._milestones[wanted])
        if wanted in self._mentions:
            return self.trace_mention(self._mentions[wanted])
        if wanted in self._documents:
            return self.trace_document(self._documents[wanted], is_whole=True)
        return self.trace_source(self._sources[wanted], is_whole=True) if wanted in self._sources else None

    def trace_record(self, record_id: str, asked_as: str = "") -> Trace:
        """A record down to its passages. Raises ``NotFoundError`` for an unknown id."""
        row = self._records.get(record_id)
        if row is None:
            raise NotFoundError(f"the edition {self.edition.id} has no record {record_id!r}")
        told = _choose(row, "record_type", "instrument", "proper_name", "party_codes", "supplier_code")
        told |= _choose(row, "recipient_code", "review_status")
        if asked_as and asked_as != record_id:
            told = {"asked_as": asked_as, **told}
        milestones = [self.trace_milestone(one) for one in self._milestones_of[record_id]]
        used = {one.id for milestone in milestones for one in milestone.under if one.kind == "mention"}
        loose = [row for row in self._mentions.values() if row["record_id"] == record_id]
        others = [self.trace_mention(one) for one in loose if one["mention_id"] not in used]
        return Trace("record", record_id, row["title"], told, (*milestones, *others))

    def trace_milestone(self, row: Row) -> Trace:
        """A milestone with its sources, the mentions that tell it, and the values that conflict with it."""
        told = _choose(row, "stage", "date_edtf", "what", "money_amount", "currency_code", "doubt_codes", "note")
        title = f"{row['stage']} {row['date_edtf']}"
        fields: dict[str, list[str]] = defaultdict(list)
        for one in self._evidence_of[row["milestone_id"]]:
            fields[one["mention_id"]].append(one["told_field"])
        mentions = [self.trace_mention(self._mentions[name], tuple(names)) for name, names in fields.items()]
        read = {one["document_id"] for name in fields for one in (self._mentions[name],)}
        supports = self._supports_of[row["milestone_id"]]
        sources = [
            self.trace_source(self._sources[one["source_id"]])
            for one in supports
            if one["relation"] == "supports" and one["source_id"] in self._sources and one["source_id"] not in read
        ]
        conflicts = [
            Trace("conflict", "", f"{one['conflict_field']}: {one['conflict_value']}", {"told_by": one["told_by"]})
            for one in supports
            if one["relation"] == "conflicts"
        ]
        return Trace("milestone", row["milestone_id"], title, told, (*mentions, *sources, *conflicts))

    def trace_mention(self, row: Row, fields: tuple[str, ...] = ()) -> Trace:
        """A mention: its passage word for word with its place, what was coded, and its document."""
        told: dict[str, Any] = _choose(row, "quote", "quote_start", "quote_end", "page_number")
        told |= {"tells": list(fields)} if fields else _choose(row, "record_id")
        told["coded"] = _choose(
            row,
            *("record_type", "stage", "party_codes", "modality", "date_edtf", "supplier_code", "recipient_code"),
            *("instrument", "proper_name", "told_items", "money_amount", "currency_code", "exercise_level", "speaker"),
        )
        told |= _choose(row, "confidence", "coder", "decision")
        title = f"{row['record_type']} {row['stage']}, {row['party_codes']}"
        return Trace(
            "mention", row["mention_id"], title, told, (self.trace_document(self._documents[row["document_id"]]),)
        )

    def trace_document(self, row: Row, *, is_whole: bool = False) -> Trace:
        """A document and where it was found; ``is_whole`` adds the mentions coded in it."""
        own = row["document_id"]
        told = _choose(row, "publisher", "published_edtf", "language_code", "media_type")
        told |= {"addresses": self._addresses_of[own]} if self._addresses_of[own] else {}
        told |= {"repeats": row["report_id"]} if row["report_id"] != own else {}
        mentions = [one for one in self._mentions.values() if is_whole and one["document_id"] == own]
        under = tuple(self._name_mention(one) for one in sorted(mentions, key=lambda one: one["quote_start"]))
        return Trace("document", own, row["document_title"] or "(no title)", told, under)

    def trace_source(self, row: Row, *, is_whole: bool = False) -> Trace:
        """A page of the casebook; ``is_whole`` adds the milestones that stand on it."""
        told = _choose(row, "publisher", "published_edtf", "url")
        told["grade"] = f"{row['source_grade']}{row['item_grade']}"
        told |= {} if row["is_seen"] else {"is_seen": False}
        under = [
            Trace("milestone", name, f"{self._milestones[name]['stage']} {self._milestones[name]['date_edtf']}")
            for name, supports in self._supports_of.items()
            if is_whole and any(one["source_id"] == row["source_id"] for one in supports)
        ]
        return Trace("source", row["source_id"], row["source_title"], told, tuple(under))

    def known_ids(self) -> dict[str, list[str]]:
        """Every id by what it names, for a message that tells what ids look like."""
        return {
            "record": list(self._records),
            "milestone": list(self._milestones),
            "mention": list(self._mentions),
            "document": list(self._documents),
            "source": list(self._sources),
        }

    def _name_mention(self, row: Row) -> Trace:
        told = {"quote": row["quote"], **_choose(row, "quote_start", "quote_end", "record_id", "decision")}
        return Trace("mention", row["mention_id"], f"{row['record_type']} {row['stage']}, {row['party_codes']}", told)

    def _rows(self, table: str) -> list[Row]:
        rows: list[Row] = self.edition.arrow(table).to_pylist()
        return rows

    def _by_id(self, table: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in self._rows(table)}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {row["alias_id"]: row["record_id"] for row in self._rows("aliases")}

    @cached_property
    def _records(self) -> dict[str, Row]:
        return self._by_id("records", "record_id")

    @cached_property
    def _milestones(self) -> dict[str, Row]:
        return self._by_id("milestones", "milestone_id")

    @cached_property
    def _mentions(self) -> dict[str, Row]:
        return self._by_id("mentions", "mention_id")

    @cached_property
    def _documents(self) -> dict[str, Row]:
        return self._by_id("documents", "document_id")

    @cached_property
    def _sources(self) -> dict[str, Row]:
        return self._by_id("sources", "source_id")

    @cached_property
    def _addresses_of(self) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows("addresses"):
            found[row["document_id"]].append(row["address"])
        return found

    @cached_property
    def _milestones_of(self) -> defaultdict[str, list[Row]]:
        rows = sorted(self._milestones.values(), key=lambda row: (row["earliest_date"], row["milestone_id"]))
        return group_rows(rows, "record_id")

    @cached_property
    def _evidence_of(self) -> defaultdict[str, list[Row]]:
        return group_rows(self._rows("evidence"), "milestone_id")

    @cached_property
    def _supports_of(self) -> defaultdict[str, list[Row]]:
        return group_rows(self._rows("supports"), "milestone_id")


def _choose(row: Row, *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in columns if row[column] not in (None, "")}
