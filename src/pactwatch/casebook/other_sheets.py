"""``actors.csv``, ``officeholders.csv``, ``sources.csv`` and ``perceptions.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel

from pactwatch.casebook.cells import Cells
from pactwatch.casebook.sheets import FaultList, read_sheet
from pactwatch.model.codes import ActorKind, ItemGrade, Office, SourceGrade
from pactwatch.model.records import Actor, OfficeHolder, Perception, Source

ACTOR_COLUMNS = (
    "code", "name", "kind", "aliases", "demonyms", "capital", "latitude", "longitude", "forces", "ministries", "region",
)  # fmt: skip
OFFICEHOLDER_COLUMNS = ("actor", "office", "name", "aliases", "from", "to", "certainty", "note")
SOURCE_COLUMNS = ("source_id", "publisher", "title", "url", "published", "grade", "seen", "note")
PERCEPTION_COLUMNS = (
    "figure_id", "series", "year", "survey", "population", "question", "measure", "value", "unit", "basis", "source_id",
    "seen", "note",
)  # fmt: skip
CERTAINTIES = ("checked", "recalled", "doubtful")
BASES = ("first_published", "restated", "as_published")
_ACTOR_CODE = re.compile(r"[A-Z]{2,5}")
_GRADE = re.compile(r"[A-F][1-6]")

V = TypeVar("V", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[V]):
    """The sound rows of a file, and the keys of all its rows: a faulty row is known, so others may refer to it."""

    rows: tuple[V, ...]
    keys: frozenset[str]


def read_actors(path: Path, faults: FaultList) -> Sheet[Actor]:
    """All actors; a code or an alias that stands for two of them is a fault."""
    sheet = _read_rows(path, ACTOR_COLUMNS, faults, _read_actor, "code")
    owners: dict[str, str] = {}
    for actor in sheet.rows:
        for word in {actor.name, *actor.aliases, *actor.demonyms, *actor.forces, *actor.ministries}:
            if owners.setdefault(word, actor.code) != actor.code:
                fix = f"{owners[word]} has it already; a text could mean either, so leave it out of one."
                faults.add(0, "aliases", f"{word} ({actor.code})", "a word that stands for one actor", fix)
    return sheet


def read_officeholders(path: Path, actors: Collection[str], faults: FaultList) -> tuple[OfficeHolder, ...]:
    """All office holders of known actors; a row told twice or a term that ends before it starts is a fault."""
    seen: dict[tuple[str, ...], int] = {}

    def read(cells: Cells) -> OfficeHolder:
        _note_twice(cells, ("actor", "office", "name", "from"), seen, "Remove one of the rows.")
        start, end = cells.date("from", is_required=True), cells.date("to")
        if start is not None and end is not None and end.latest < start.earliest:
            cells.fault("to", f"a date not before {start}", "Check both dates of the term.")
        return OfficeHolder.model_construct(
            actor=cells.known("actor", actors, "a code of actors.csv", "Add the actor.", is_required=True),
            office=cells.code("office", Office, is_required=True),
            name=cells.required("name"),
            aliases=cells.parts("aliases"),
            from_date=start,
            to_date=end,
            certainty=cells.known("certainty", CERTAINTIES, f"one of {', '.join(CERTAINTIES)}", "", is_required=True),
            note=cells.text("note"),
        )

    return _read_rows(path, OFFICEHOLDER_COLUMNS, faults, read, None).rows


def read_sources(path: Path, faults: FaultList) -> Sheet[Source]:
    """All sources."""
    return _read_rows(path, SOURCE_COLUMNS, faults, _read_source, "source_id")


def read_perceptions(path: Path, sources: Collection[str], faults: FaultList) -> tuple[Perception, ...]:
    """All survey figures; a series that mixes bases or units, or has two figures of one year, is a fault."""
    seen: dict[tuple[str, ...], int] = {}

    def read(cells: Cells) -> Perception:
        _note_twice(cells, ("series", "year"), seen, "Give this figure a series of its own.")
        return Perception.model_construct(
            figure_id=cells.required("figure_id"),
            series=cells.required("series"),
            survey=cells.required("survey"),
            population=cells.required("population"),
            measure=cells.required("measure"),
            question=cells.text("question"),
            unit=cells.text("unit"),
            year=cells.year("year"),
            value=cells.number("value", -1e12, 1e12),
            basis=cells.known("basis", BASES, f"one of {', '.join(BASES)}", "", is_required=True),
            source_id=cells.known("source_id", sources, "an id of sources.csv", "Add the source.", is_required=True),
            is_seen=cells.flag("seen"),
            note=cells.text("note"),
        )

    figures = _read_rows(path, PERCEPTION_COLUMNS, faults, read, "figure_id").rows
    first: dict[str, Perception] = {}
    for figure in figures:
        head = first.setdefault(figure.series, figure)
        for name in ("basis", "unit", "survey", "population"):
            if getattr(figure, name) != getattr(head, name):
                expected = f"{getattr(head, name)!r}, as {head.figure_id} of the series {figure.series} has"
                faults.add(
                    0, name, f"{getattr(figure, name)} ({figure.figure_id})", expected, "Give it a series of its own."
                )
    return figures


def _read_actor(cells: Cells) -> Actor:
    if not _ACTOR_CODE.fullmatch(cells.text("code")):
        cells.fault("code", "two to five capital letters", "Use ISO 3166-1 alpha-3, or ASEAN, EU, UN, NATO, QUAD.")
    return Actor.model_construct(
        code=cells.text("code"),
        name=cells.required("name"),
        kind=cells.code("kind", ActorKind, is_required=True),
        aliases=cells.parts("aliases"),
        demonyms=cells.parts("demonyms"),
        capital=cells.text("capital"),
        latitude=cells.number("latitude", -90, 90),
        longitude=cells.number("longitude", -180, 180),
        forces=cells.parts("forces"),
        ministries=cells.parts("ministries"),
        region=cells.required("region"),
    )


def _read_source(cells: Cells) -> Source:
    grade, url = cells.text("grade"), cells.text("url")
    if not _GRADE.fullmatch(grade):
        cells.fault("grade", "an Admiralty grade like B2", "A-F for the source, 1-6 for what it tells.")
        grade = "F6"
    if re.search(r"[;\s]", cells.text("source_id")):
        cells.fault("source_id", "an id without spaces and semicolons", "Use letters, digits and hyphens.")
    if url and not _is_address(url):
        cells.fault("url", "an address that starts with http:// or https://", "Correct it, or leave it empty.")
    return Source.model_construct(
        source_id=cells.required("source_id"),
        publisher=cells.required("publisher"),
        title=cells.text("title"),
        url=url,
        published=cells.date("published"),
        grade=SourceGrade(grade[0]),  # type: ignore[call-arg]  # lookup by value
        item_grade=ItemGrade(grade[1]),  # type: ignore[call-arg]  # lookup by value
        is_seen=cells.flag("seen"),
        note=cells.text("note"),
    )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that enclose no IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _note_twice(cells: Cells, columns: tuple[str, ...], seen: dict[tuple[str, ...], int], fix: str) -> None:
    """Note a row that agrees with an earlier one in all ``columns``; ``seen`` keeps the lines of the earlier ones."""
    key = tuple(cells.text(column) for column in columns)
    if key in seen and all(key):
        expected = f"one row with the same {', '.join(columns)}; line {seen[key]} has it already"
        cells.faults.add(cells.row.line, columns[-1], ", ".join(key), expected, fix)
    seen.setdefault(key, cells.row.line)


def _read_rows(
    path: Path, columns: tuple[str, ...], faults: FaultList, read: Callable[[Cells], V], key: str | None
) -> Sheet[V]:
    """Read each row with ``read``; rows that noted a fault are left out, but their keys are kept."""
    values = []
    lines: dict[str, int] = {}
    for row in read_sheet(path, columns, faults):
        before = len(faults.faults)
        value = read(Cells(row, faults))
        if key is not None:
            name = row.cells[key]
            if name in lines:
                fix = f"Line {lines[name]} has it already; give this row an id of its own."
                faults.add(row.line, key, name, "an id used once", fix)
            lines.setdefault(name, row.line)
        if len(faults.faults) == before:
            values.append(value)
    return Sheet(tuple(values), frozenset(lines))
