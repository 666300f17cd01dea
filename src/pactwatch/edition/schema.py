"""The tables of an edition: every column with its type and its codebook entry, declared once.

Parquet files, the data package, the codebook and the checks are all made from this module. Suffixes carry meaning:
``_id`` an identifier, ``_code`` an actor or currency code, ``_date`` a day, ``is_`` a boolean. Lists are bridging
tables (``parties``, ``items``, ``doubts``) so that every file opens in a spreadsheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, what it holds, whether it may be empty, and its unit where it has one."""

    name: str
    type: ColumnType
    description: str
    is_nullable: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key, its columns and what a row is. ``foreign_keys`` maps a column to ``table.column``."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: dict[str, str]


def _column(name: str, type_: ColumnType, description: str) -> Column:
    return Column(name, type_, description)


def _maybe(name: str, type_: ColumnType, description: str) -> Column:
    return Column(name, type_, description, is_nullable=True)


ACTORS = Table(
    "actors",
    "States and bodies that occur in the records.",
    ("actor_code",),
    (
        _column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
        _column("actor_name", "string", "short English name"),
        _column("actor_kind", "string", "state or body"),
        _column("actor_group", "string", "the actor's part in the casebook: focus, partner, baseline or other"),
        _column("region", "string", "part of the world"),
        _maybe("capital", "string", "capital"),
        _maybe("latitude", "number", "latitude of the capital in degrees north"),
        _maybe("longitude", "number", "longitude of the capital in degrees east"),
    ),
    {},
)
SOURCES = Table(
    "sources",
    "Pages and papers that the records stand on.",
    ("source_id",),
    (
        _column("source_id", "string", "permanent identifier of the source"),
        _column("publisher", "string", "who published it"),
        _column("source_title", "string", "its title"),
        _maybe("url", "string", "its address"),
        _maybe("published_edtf", "string", "its date in EDTF, to the precision known"),
        _column("source_grade", "string", "Admiralty grade A-F of the source"),
        _column("item_grade", "string", "Admiralty grade 1-6 of what it tells"),
        _column("is_seen", "boolean", "whether the page was opened and read"),
        _maybe("source_note", "string", "remarks"),
    ),
    {},
)
RECORDS = Table(
    "records",
    "One row per real-world item.",
    ("record_id",),
    (
        _column("record_id", "string", "permanent identifier of the record"),
        _column("record_type", "string", "agreement, transfer, exercise, training, dialogue, policy or deployment"),
        _column("title", "string", "what it is, in one line"),
        _maybe(
            "proper_name",
            "string",
            "the name of an exercise, paper, law, programme or named agreement, edition year dropped",
        ),
        _maybe("instrument", "string", "legal or financial form"),
        _column("party_codes", "string", "codes of all parties, sorted, joined by ;"),
        _column("party_count", "integer", "how many parties are named"),
        _maybe("supplier_code", "string", "who gives, of a transfer or training"),
        _maybe("recipient_code", "string", "who receives, of a transfer or training"),
        _column("review_status", "string", "curated, reviewed or unreviewed"),
        _column("milestone_count", "integer", "how many milestones it has"),
    ),
    {"supplier_code": "actors.actor_code", "recipient_code": "actors.actor_code"},
)
PARTIES = Table(
    "parties",
    "Who takes part in which record.",
    ("record_id", "actor_code"),
    (
        _column("record_id", "string", "permanent identifier of the record"),
        _column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
    ),
    {"record_id": "records.record_id", "actor_code": "actors.actor_code"},
)
MILESTONES = Table(
    "milestones",
    "One row per stage of a record with its date.",
    ("milestone_id",),
    (
        _column("milestone_id", "string", "permanent identifier of the milestone"),
        _column("record_id", "string", "permanent identifier of the record"),
        _column("stage", "string", "how far the item had come"),
        _column(
            "is_tentative",
            "boolean",
            "whether the stage tells an intention (proposed, requested, negotiating, planned)",
        ),
        _column("is_done", "boolean", "whether the stage tells a step completed (neither an intention nor an end)"),
        _column("date_edtf", "string", "the date in EDTF, to the precision told; ? where inferred"),
        _column("date_precision", "string", "day, month, quarter or year"),
        _column("earliest_date", "date", "first day the date may be"),
        _column("latest_date", "date", "last day the date may be"),
        _maybe("what", "string", "what happened, in a line"),
        _maybe("money_amount", "number", "amount in units of the currency"),
        _maybe("currency_code", "string", "ISO 4217 currency"),
        _maybe("exercise_level", "string", "port_call, goodwill, tabletop, field or combined; of an exercise"),
        _column("is_hadr", "boolean", "whether disaster relief or humanitarian aid is part of it"),
        _maybe("place", "string", "where, joined by ;"),
        _column("domain", "string", "general, maritime, air, land, hadr, cyber or space"),
        _maybe("legal_basis", "string", "the rule it is said to rest on"),
        _column("is_verified", "boolean", "whether a page behind it was opened and read"),
        _column("source_count", "integer", "how many sources support it"),
        _maybe("doubt_codes", "string", "why it must be read with care, joined by ;"),
        _maybe("note", "string", "doubts and conflicts in words"),
    ),
    {"record_id": "records.record_id"},
)
ITEMS = Table(
    "items",
    "Things named in a milestone.",
    ("milestone_id", "item_number"),
    (
        _column("milestone_id", "string", "permanent identifier of the milestone"),
        _column("item_number", "integer", "place in the milestone's list, from 1"),
        _column("item_category", "string", "radar, vessel, aircraft and so on"),
        _column("item_name", "string", "the thing's name as told"),
        _maybe("quantity_low", "integer", "at least so many"),
        _maybe("quantity_high", "integer", "at most so many"),
        _column("is_approximate", "boolean", "whether the quantity is told as about"),
    ),
    {"milestone_id": "milestones.milestone_id"},
)
SUPPORTS = Table(
    "supports",
    "Which source supports which milestone, and which values conflict with it.",
    ("milestone_id", "support_number"),
    (
        _column("milestone_id", "string", "permanent identifier of the milestone"),
        _column("support_number", "integer", "place in the milestone's list, from 1; supporting sources first"),
        _column("relation", "string", "supports or conflicts"),
        _maybe("source_id", "string", "permanent identifier of the source, where it is in the source table"),
        _maybe("conflict_field", "string", "the field another value is given for"),
        _maybe("conflict_value", "string", "that other value"),
        _maybe("told_by", "string", "who gives it"),
    ),
    {"milestone_id": "milestones.milestone_id", "source_id": "sources.source_id"},
)
OFFICEHOLDERS = Table(
    "officeholders",
    "Who held which office, by date.",
    ("actor_code", "office", "holder_name", "from_edtf"),
    (
        _column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
        _column("office", "string", "head_of_state, head_of_government, defence_minister or foreign_minister"),
        _column("holder_name", "string", "the holder's name"),
        _column("from_edtf", "string", "first day in office in EDTF, to the precision known"),
        _maybe("to_edtf", "string", "last day in office in EDTF; empty while in office or when not known"),
        _column("certainty", "string", "checked (a page says so), recalled or doubtful"),
    ),
    {"actor_code": "actors.actor_code"},
)
PERCEPTIONS = Table(
    "perceptions",
    "Survey figures; only figures of one series may be compared.",
    ("figure_id",),
    (
        _column("figure_id", "string", "permanent identifier of the figure"),
        _column("series_id", "string", "figures that share survey, question, measure, population and basis"),
        _column("survey_year", "integer", "year of the survey"),
        _column("survey", "string", "the survey's name"),
        _column("population", "string", "whose answers"),
        _column("question", "string", "what was asked"),
        _column("measure", "string", "what the figure is"),
        _maybe("figure_value", "number", "the figure"),
        _column("figure_unit", "string", "its unit"),
        _column("basis", "string", "first_published, restated or as_published; never mixed in a series"),
        _maybe("source_id", "string", "permanent identifier of the source"),
        _column("is_seen", "boolean", "whether the page was opened and read"),
        _maybe("figure_note", "string", "remarks"),
    ),
    {"source_id": "sources.source_id"},
)

TABLES: tuple[Table, ...] = (ACTORS, SOURCES, RECORDS, PARTIES, MILESTONES, ITEMS, SUPPORTS, OFFICEHOLDERS, PERCEPTIONS)
"""Every table of an edition, in the order in which the documentation prints them."""
