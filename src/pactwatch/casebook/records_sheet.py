"""``records.csv``: one row per milestone, gathered into records."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pactwatch.casebook.cells import Cells
from pactwatch.casebook.sheets import FaultList, Row, read_sheet
from pactwatch.model.codes import DONE_STAGES, STAGES, Domain, Doubt, Instrument, Level, Precision, RecordType, Stage
from pactwatch.model.dates import FuzzyDate
from pactwatch.model.records import Conflict, Milestone, Record

RECORD_COLUMNS = ("record_id", "type", "title", "name", "instrument", "parties", "supplier", "recipient")
"""Columns that describe the record: equal in all its rows."""

MILESTONE_COLUMNS = (
    "milestone_id",
    "stage",
    "date",
    "precision",
    "what",
    "items",
    "money",
    "level",
    "hadr",
    "place",
    "domain",
    "legal_basis",
    "source_id",
    "conflicts",
    "doubts",
    "note",
)
"""Columns that describe one milestone."""

CONFLICT_FIELDS = ("date", "money", "items", "parties", "level", "place", "stage", "what")
DIRECTED = frozenset({RecordType.TRANSFER, RecordType.TRAINING})
_CONFLICT = re.compile(r"(?P<field>[a-z]+)=(?P<value>[^()]+) \((?P<told_by>[^()]+)\)")
_ID = re.compile(r"[A-Z0-9][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """The names a records row may refer to, and the last day up to which records were gathered, if it could be read."""

    actors: Collection[str]
    sources: Collection[str]
    as_of: date | None = None


def read_records(path: Path, known: Known, faults: FaultList) -> tuple[Record, ...]:
    """All records of the file, in order of their first row; rows with faults are noted and left out."""
    rows = read_sheet(path, (*RECORD_COLUMNS, *MILESTONE_COLUMNS), faults)
    _check_ids(rows, faults)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.cells["record_id"], []).append(row)
    records = (_read_record(group, known, faults) for group in grouped.values())
    return tuple(record for record in records if record is not None)


def _check_ids(rows: list[Row], faults: FaultList) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        for column in ("record_id", "milestone_id"):
            if not _ID.fullmatch(row.cells[column]):
                faults.add(
                    row.line, column, row.cells[column], "letters, digits and hyphens, like PHL-RAA-1", "Change it."
                )
        milestone_id = row.cells["milestone_id"]
        if milestone_id in seen:
            fix = f"Line {seen[milestone_id]} has it already; ids are never reused, give this row another."
            faults.add(row.line, "milestone_id", milestone_id, "an id used once", fix)
        seen.setdefault(milestone_id, row.line)


def _read_record(rows: list[Row], known: Known, faults: FaultList) -> Record | None:
    before = len(faults.faults)
    first = rows[0]
    for row in rows[1:]:
        for column in RECORD_COLUMNS:
            if row.cells[column] != first.cells[column]:
                fix = f"All rows of a record must agree; line {first.line} has {first.cells[column]!r}."
                faults.add(row.line, column, row.cells[column], "the same as in the record's first row", fix)
    cells = Cells(first, faults)
    type_ = cells.code("type", RecordType, is_required=True)
    fields = {
        "record_id": cells.text("record_id"),
        "type": type_,
        "title": cells.required("title"),
        "name": cells.text("name"),
        "instrument": cells.code("instrument", Instrument),
        "parties": _read_parties(cells, known),
        "supplier": _read_side(cells, "supplier", type_),
        "recipient": _read_side(cells, "recipient", type_),
    }
    if fields["supplier"] is not None and fields["supplier"] == fields["recipient"]:
        cells.fault("recipient", "another actor than the supplier", "Name who gives and who receives, or leave both.")
    milestones = [_read_milestone(Cells(row, faults), type_, known) for row in rows]
    if len(faults.faults) > before:
        return None
    done = sorted((one for one in milestones if one is not None), key=_by_date)
    return Record.model_validate({**fields, "milestones": tuple(done)})


def _by_date(milestone: Milestone) -> tuple[object, ...]:
    return milestone.date.earliest, milestone.date.latest, list(Stage).index(milestone.stage), milestone.milestone_id


def _read_parties(cells: Cells, known: Known) -> tuple[str, ...]:
    parties = cells.known_parts("parties", known.actors, "codes of actors.csv", "Add the actor to actors.csv.")
    if not cells.text("parties").strip("; "):
        cells.fault("parties", "at least one actor code", "Name the parties, sorted, with ; between.")
    return tuple(sorted(parties))


def _read_side(cells: Cells, column: str, type_: RecordType | None) -> str | None:
    if not cells.text(column):
        return None
    if type_ is not None and type_ not in DIRECTED:
        cells.fault(column, "nothing: only transfers and training have a direction", "Empty the cell.")
    return cells.known(column, cells.parts("parties"), "one of the row's parties", "Add it to the parties.")


def _read_milestone(cells: Cells, type_: RecordType | None, known: Known) -> Milestone | None:
    before = len(cells.faults.faults)
    values = {
        "milestone_id": cells.text("milestone_id"),
        "stage": _read_stage(cells, type_),
        "date": cells.date("date", is_required=True),
        "what": cells.text("what"),
        "items": cells.items("items"),
        "money": cells.money("money"),
        "level": _read_level(cells, type_),
        "is_hadr": cells.flag("hadr"),
        "places": cells.parts("place"),
        "domain": cells.code("domain", Domain, is_required=True),
        "legal_basis": cells.text("legal_basis"),
        "source_ids": _read_sources(cells, known),
        "conflicts": _read_conflicts(cells),
        "doubts": cells.codes("doubts", Doubt),
        "note": cells.text("note"),
    }
    _check_precision(cells, values)
    _check_as_of(cells, values, known.as_of)
    return Milestone.model_validate(values) if len(cells.faults.faults) == before else None


def _read_stage(cells: Cells, type_: RecordType | None) -> Stage | None:
    stage = cells.code("stage", Stage, is_required=True)
    if type_ is not None and stage is not None and stage not in STAGES[type_]:
        cells.fault("stage", f"a stage of {type_}: {', '.join(STAGES[type_])}", "See docs/codebook.md.")
    return stage


def _read_level(cells: Cells, type_: RecordType | None) -> Level | None:
    level = cells.code("level", Level)
    if level is not None and type_ not in (None, RecordType.EXERCISE):
        cells.fault("level", "nothing: only exercises have a level", "Empty the cell.")
    return level


def _read_sources(cells: Cells, known: Known) -> tuple[str, ...]:
    if not cells.text("source_id").strip("; "):
        cells.fault("source_id", "at least one source", "Add the source to sources.csv and name it here.")
    return cells.known_parts("source_id", known.sources, "ids of sources.csv", "Add the source to sources.csv.")


def _read_conflicts(cells: Cells) -> tuple[Conflict, ...]:
    conflicts = []
    for part in cells.parts("conflicts"):
        shape = _CONFLICT.fullmatch(part)
        if shape is None or shape["field"] not in CONFLICT_FIELDS:
            expected = f"'field=value (who says so)', field one of {', '.join(CONFLICT_FIELDS)}"
            cells.faults.add(cells.row.line, "conflicts", part, expected, "Put other remarks into note.")
        else:
            conflicts.append(Conflict.model_validate(shape.groupdict()))
    return tuple(conflicts)


def _check_precision(cells: Cells, values: Mapping[str, object]) -> None:
    precision = cells.code("precision", Precision, is_required=True)
    date = values["date"]
    told = getattr(date, "precision", None)
    if precision is not None and told is not None and precision != told:
        cells.fault(
            "precision",
            f"{told}, as the date {date} tells",
            "Make date and precision agree; never add a day nobody told.",
        )


def _check_as_of(cells: Cells, values: Mapping[str, object], as_of: date | None) -> None:
    """What is done cannot lie wholly after the day the casebook speaks of."""
    told = values["date"]
    if as_of is None or not isinstance(told, FuzzyDate) or values["stage"] not in DONE_STAGES:
        return
    if told.earliest > as_of:
        fix = "Raise as_of in casebook.toml, or use a planned stage until it has happened."
        cells.fault("date", f"a day up to as_of, {as_of}, for the completed stage {values['stage']}", fix)
