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


def column(name: str, type_: ColumnType, description: str) -> Column:
    """A column that is never empty."""
    return Column(name, type_, description)


def maybe(name: str, type_: ColumnType, description: str) -> Column:
    """A column that may be empty."""
    return Column(name, type_, description, is_nullable=True)


ACTORS = Table(
    "actors",
    "States and bodies that occur in the records.",
    ("actor_code",),
    (
        column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
        column("actor_name", "string", "short English name"),
        column("actor_kind", "string", "state or body"),
        column("actor_group", "string", "the actor's part in the casebook: focus, partner, baseline or other"),
        column("region", "string", "part of the world"),
        maybe("capital", "string", "capital"),
        maybe("latitude", "number", "latitude of the capital in degrees north"),
        maybe("longitude", "number", "longitude of the capital in degrees east"),
    ),
    {},
)
SOURCES = Table(
    "sources",
    "Pages and papers that the records stand on.",
    ("source_id",),
    (
        column("source_id", "string", "permanent identifier of the source"),
        column("publisher", "string", "who published it"),
        column("source_title", "string", "its title"),
        maybe("url", "string", "its address"),
        maybe("published_edtf", "string", "its date in EDTF, to the precision known"),
        column("source_grade", "string", "Admiralty grade A-F of the source"),
        column("item_grade", "string", "Admiralty grade 1-6 of what it tells"),
        column("is_seen", "boolean", "whether the page was opened and read"),
        maybe("source_note", "string", "remarks"),
    ),
    {},
)
RECORDS = Table(
    "records",
    "One row per real-world item.",
    ("record_id",),
    (
        column("record_id", "string", "permanent identifier of the record"),
        column("record_type", "string", "agreement, transfer, exercise, training, dialogue, policy or deployment"),
        column("title", "string", "what it is, in one line"),
        maybe(
            "proper_name",
            "string",
            "the name of an exercise, paper, law, programme or named agreement, edition year dropped",
        ),
        maybe("instrument", "string", "legal or financial form"),
        column("party_codes", "string", "codes of all parties, sorted, joined by ;"),
        column("party_count", "integer", "how many parties are named"),
        maybe("supplier_code", "string", "who gives, of a transfer or training"),
        maybe("recipient_code", "string", "who receives, of a transfer or training"),
        column("review_status", "string", "curated, reviewed or unreviewed"),
        column("milestone_count", "integer", "how many milestones it has"),
    ),
    {"supplier_code": "actors.actor_code", "recipient_code": "actors.actor_code"},
)
PARTIES = Table(
    "parties",
    "Who takes part in which record.",
    ("record_id", "actor_code"),
    (
        column("record_id", "string", "permanent identifier of the record"),
        column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
    ),
    {"record_id": "records.record_id", "actor_code": "actors.actor_code"},
)
MILESTONES = Table(
    "milestones",
    "One row per stage of a record with its date.",
    ("milestone_id",),
    (
        column("milestone_id", "string", "permanent identifier of the milestone"),
        column("record_id", "string", "permanent identifier of the record"),
        column("stage", "string", "how far the item had come"),
        column(
            "is_tentative",
            "boolean",
            "whether the stage tells an intention (proposed, requested, negotiating, planned)",
        ),
        column("is_done", "boolean", "whether the stage tells a step completed (neither an intention nor an end)"),
        column("date_edtf", "string", "the date in EDTF, to the precision told; ? where inferred"),
        column("date_precision", "string", "day, month, quarter or year"),
        column("earliest_date", "date", "first day the date may be"),
        column("latest_date", "date", "last day the date may be"),
        maybe("what", "string", "what happened, in a line"),
        maybe("money_amount", "number", "amount in units of the currency"),
        maybe("currency_code", "string", "ISO 4217 currency"),
        maybe("exercise_level", "string", "port_call, goodwill, tabletop, field or combined; of an exercise"),
        column("is_hadr", "boolean", "whether disaster relief or humanitarian aid is part of it"),
        maybe("place", "string", "where, joined by ;"),
        column("domain", "string", "general, maritime, air, land, hadr, cyber or space"),
        maybe("legal_basis", "string", "the rule it is said to rest on"),
        column("is_verified", "boolean", "whether a page behind it was opened and read"),
        column("source_count", "integer", "how many sources support it"),
        maybe("doubt_codes", "string", "why it must be read with care, joined by ;"),
        maybe("note", "string", "doubts and conflicts in words"),
    ),
    {"record_id": "records.record_id"},
)
ITEMS = Table(
    "items",
    "Things named in a milestone.",
    ("milestone_id", "item_number"),
    (
        column("milestone_id", "string", "permanent identifier of the milestone"),
        column("item_number", "integer", "place in the milestone's list, from 1"),
        column("item_category", "string", "radar, vessel, aircraft and so on"),
        column("item_name", "string", "the thing's name as told"),
        maybe("quantity_low", "integer", "at least so many"),
        maybe("quantity_high", "integer", "at most so many"),
        column("is_approximate", "boolean", "whether the quantity is told as about"),
    ),
    {"milestone_id": "milestones.milestone_id"},
)
SUPPORTS = Table(
    "supports",
    "Which source supports which milestone, and which values conflict with it.",
    ("milestone_id", "support_number"),
    (
        column("milestone_id", "string", "permanent identifier of the milestone"),
        column("support_number", "integer", "place in the milestone's list, from 1; supporting sources first"),
        column("relation", "string", "supports or conflicts"),
        maybe("source_id", "string", "permanent identifier of the source, where it is in the source table"),
        maybe("conflict_field", "string", "the field another value is given for"),
        maybe("conflict_value", "string", "that other value"),
        maybe("told_by", "string", "who gives it"),
    ),
    {"milestone_id": "milestones.milestone_id", "source_id": "sources.source_id"},
)
OFFICEHOLDERS = Table(
    "officeholders",
    "Who held which office, by date.",
    ("actor_code", "office", "holder_name", "from_edtf"),
    (
        column("actor_code", "string", "ISO 3166-1 alpha-3 code, or ASEAN, EU, UN, NATO, QUAD"),
        column("office", "string", "head_of_state, head_of_government, defence_minister or foreign_minister"),
        column("holder_name", "string", "the holder's name"),
        column("from_edtf", "string", "first day in office in EDTF, to the precision known"),
        maybe("to_edtf", "string", "last day in office in EDTF; empty while in office or when not known"),
        column("certainty", "string", "checked (a page says so), recalled or doubtful"),
    ),
    {"actor_code": "actors.actor_code"},
)
PERCEPTIONS = Table(
    "perceptions",
    "Survey figures; only figures of one series may be compared.",
    ("figure_id",),
    (
        column("figure_id", "string", "permanent identifier of the figure"),
        column("series_id", "string", "figures that share survey, question, measure, population and basis"),
        column("survey_year", "integer", "year of the survey"),
        column("survey", "string", "the survey's name"),
        column("population", "string", "whose answers"),
        column("question", "string", "what was asked"),
        column("measure", "string", "what the figure is"),
        maybe("figure_value", "number", "the figure"),
        column("figure_unit", "string", "its unit"),
        column("basis", "string", "first_published, restated or as_published; never mixed in a series"),
        maybe("source_id", "string", "permanent identifier of the source"),
        column("is_seen", "boolean", "whether the page was opened and read"),
        maybe("figure_note", "string", "remarks"),
    ),
    {"source_id": "sources.source_id"},
)

TABLES: tuple[Table, ...] = (ACTORS, SOURCES, RECORDS, PARTIES, MILESTONES, ITEMS, SUPPORTS, OFFICEHOLDERS, PERCEPTIONS)
"""The tables of every edition, in the order in which the documentation prints them."""
