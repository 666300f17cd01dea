"""Multinational military exercises (D'Orazio), 1980-2010: the wide file (one row per exercise) or the long one.

A date is told twice, as text and in parts; where the two disagree the parts are taken and the line is noted. ``-9`` is
no name. Some numbers stand for two exercises of other places and dates: the second is told apart as ``mme3460#2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pactwatch.datasets.reading.cells import Numbers, make_day, write_edtf
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

COMMON = ("MMEID", "Ex_Name", "StartDate", "s.year", "EndDate", "e.year")
WIDE, LONG = (*COMMON, "StateA", "StateB"), (*COMMON, "country", "year")

TRAITS = ("CPX", "Air", "Land", "Sea", "Amphibious", "Cyber", "Warfighting", "Peacekeeping", "Humanitarian")

_STATE = re.compile(r"State[A-Z]{1,2}")
_NO_NAME = ("", "-9", "NA")

EXERCISES = Table(
    "exercises",
    "Multinational military exercises, one row per exercise.",
    ("exercise_id",),
    (
        column("exercise_id", "string", "the exercise: its number, with #2 where a number stands for a second one"),
        column("told_id", "string", "the data set's number of the exercise"),
        column("exercise_name", "string", "its name; empty where none is known"),
        column("series_name", "string", "the series it belongs to"),
        column("location", "string", "where"),
        column("start_edtf", "string", "first day to the precision told"),
        column("start_year", "integer", "year it began", "year"),
        column("earliest_date", "date", "first day it may have begun on"),
        column("end_edtf", "string", "last day to the precision told"),
        column("end_year", "integer", "year it ended", "year"),
        column("traits", "string", "what it trains: CPX, Air, Land, Sea, ... as a list with semicolons"),
        column("focus", "string", "its purpose in the data set's words"),
        column("participant_count", "integer", "participants named", "states"),
        FILE_LINE,
    ),
    {},
)
PARTICIPANTS = Table(
    "exercise_participants",
    "Who took part in which exercise.",
    ("exercise_id", "participant_name"),
    (
        column("exercise_id", "string", "the exercise"),
        column("participant_name", "string", "participant as the data set names it"),
        column("actor_code", "string", "its actor code when the exercise began"),
        FILE_LINE,
    ),
    {},
)


@dataclass
class _Gathered:
    """Exercises and participants, each once; ``places`` tells which exercises a number stands for,
    ``told`` how many participants the long file tells of an exercise, and where."""

    places: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    told: dict[str, tuple[str, int]] = field(default_factory=dict)
    exercises: dict[str, dict[str, Any]] = field(default_factory=dict)
    participants: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)


def recognise(glimpse: Glimpse) -> bool:
    """By the columns of either layout."""
    return glimpse.has_columns(*WIDE) or glimpse.has_columns(*LONG)


def read(source: Source, reading: Reading) -> None:
    """Read either layout into exercises and participants."""
    text = decode_text(source.read_whole(), reading.findings)
    is_long = Glimpse(source.name, tuple(text.split("\n"))).has_columns(*LONG)
    grid = read_grid(text, LONG if is_long else WIDE, reading.findings)
    reading.facts["layout"] = "one row per exercise, participant and year" if is_long else "one row per exercise"
    numbers, gathered = Numbers(reading.findings), _Gathered()
    for row in grid.rows:
        _gather(grid, row, (numbers, gathered), reading, is_long=is_long)
    reading.rows_read = len(grid.rows)
    reading.findings.require_sound()
    counts: dict[str, int] = {}
    for key, _ in gathered.participants:
        counts[key] = counts.get(key, 0) + 1
    for key, (told, line) in gathered.told.items():
        if told.isdecimal() and int(told) != counts.get(key, 0):
            reading.findings.note("not as many participants are listed as told", line)
    years = [one["start_year"] for one in gathered.exercises.values() if one["start_year"]]
    reading.vintage = f"{min(years)}-{max(years)}" if years else ""
    reading.emit(
        EXERCISES.name,
        ({**one, "participant_count": counts.get(key, 0)} for key, one in gathered.exercises.items()),
    )
    reading.emit(PARTICIPANTS.name, gathered.participants.values())


def _gather(grid: Grid, row: Row, into: tuple[Numbers, _Gathered], reading: Reading, *, is_long: bool) -> None:
    numbers, gathered = into
    key = grid.cell(row, "MMEID")
    if not key:
        reading.findings.fault(row.line, "MMEID", key, "an exercise's number", "The row is damaged.")
        return
    start = _read_date(grid, row, ("StartDate", "s"), numbers, reading)
    told, key = key, _tell_apart(grid, row, gathered, reading)
    gathered.told.setdefault(key, (grid.cell(row, "participant_count"), row.line))
    if key not in gathered.exercises:
        gathered.exercises[key] = {"told_id": told} | _read_exercise(grid, row, (key, start), numbers, reading)
    elif not is_long:
        reading.findings.note(f"exercise {key} stands twice and counts once", row.line)
    bounds = make_day(*start)
    for name in _names(grid, row, is_long=is_long):
        if (key, name) in gathered.participants:
            continue
        code = _code(name, bounds[0] if bounds else None, reading, row.line)
        one = {"exercise_id": key, "participant_name": name, "actor_code": code, "file_line": row.line}
        gathered.participants[key, name] = one


def _tell_apart(grid: Grid, row: Row, gathered: _Gathered, reading: Reading) -> str:
    """The key of a row's exercise: another place or another begin under a known number is another exercise."""
    told = grid.cell(row, "MMEID")
    place = tuple(grid.cell(row, name) for name in ("Ex_Name", "Location", "StartDate"))
    known = gathered.places.setdefault(told, [])
    if place not in known:
        known.append(place)
        if len(known) > 1:
            reading.findings.note(f"the number {told} stands for another exercise too; they are told apart", row.line)
    number = known.index(place) + 1
    return told if number == 1 else f"{told}#{number}"


def _read_exercise(
    grid: Grid,
    row: Row,
    head: tuple[str, tuple[int | None, int | None, int | None]],
    numbers: Numbers,
    reading: Reading,
) -> dict[str, Any]:
    key, start = head
    end = _read_date(grid, row, ("EndDate", "e"), numbers, reading)
    first, last = make_day(*start), make_day(*end)
    if first and last and last[1] < first[0]:
        reading.findings.note("an exercise ends before it begins", row.line)
    return {
        "exercise_id": key,
        "exercise_name": _name(grid.cell(row, "Ex_Name")),
        "series_name": _name(grid.cell(row, "Series_Name")),
        "location": _name(grid.cell(row, "Location")),
        "start_edtf": write_edtf(*start),
        "start_year": start[0],
        "earliest_date": first[0] if first else None,
        "end_edtf": write_edtf(*end),
        "end_year": end[0],
        "traits": ";".join(trait for trait in TRAITS if grid.cell(row, trait) in ("1", "1.0", "TRUE")),
        "focus": _name(grid.cell(row, "FocusDescription")),
        "file_line": row.line,
    }


def _read_date(
    grid: Grid, row: Row, names: tuple[str, str], numbers: Numbers, reading: Reading
) -> tuple[int | None, int | None, int | None]:
    """The parts of a date, ``xx`` being not told, checked against the date as text."""
    text, stem = names
    parts = []
    for part in ("year", "month", "day"):
        cell = grid.cell(row, f"{stem}.{part}")
        parts.append(None if cell.casefold() in ("xx", "na", "", "-9") else numbers.whole(row.line, part, cell))
    year, month, day = parts
    told = (year, month, day if month else None)
    if make_day(*told) is None:
        reading.findings.fault(row.line, text, f"{year}-{month}-{day}", "a date that exists", "It is damaged.")
        return None, None, None
    written = {int(piece) for piece in re.findall(r"\d+", grid.cell(row, text))}
    expected = {piece for piece in told if piece is not None}
    if not expected <= written | {piece + century for piece in written if piece < 100 for century in (1900, 2000)}:
        reading.findings.note(f"{text} and its parts tell two dates; the parts were taken", row.line)
    return told


def _names(grid: Grid, row: Row, *, is_long: bool) -> Iterator[str]:
    if is_long:
        cells = [grid.cell(row, "country")]
    else:
        cells = [cell for name, cell in zip(grid.header, row.cells, strict=True) if _STATE.fullmatch(name)]
    yield from (cell for cell in cells if cell not in _NO_NAME)


def _code(name: str, day: date | None, reading: Reading, line: int) -> str | None:
    return reading.actor("name", name, day, line)


def _name(cell: str) -> str:
    return "" if cell in _NO_NAME else cell


KIND = Kind(
    name="mme",
    family="mme",
    title="Multinational military exercises",
    publisher="Vito D'Orazio",
    terms="Free for research with citation (Harvard Dataverse).",
    cite="D'Orazio, 'Joint Military Exercises: 1970-2010', doi:10.7910/DVN/KHFODX.",
    where="doi.org/10.7910/DVN/KHFODX; the wide or the long CSV",
    tables=(EXERCISES, PARTICIPANTS),
    recognise=recognise,
    read=read,
)
