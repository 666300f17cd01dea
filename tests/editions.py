"""Small editions for tests, written straight to Parquet by the schema, without a casebook.

``make_edition(tmp_path, [record("exercise", "JPN PHL", held("2024-05-03"))])`` is a whole edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pactwatch.edition import Edition
from pactwatch.edition.compile import build_table
from pactwatch.edition.schema import TABLES, Table
from pactwatch.model.codes import DONE_STAGES, TENTATIVE_STAGES, Stage
from pactwatch.model.dates import parse_date

Row = dict[str, Any]

SETTINGS: Row = {
    "name": "test",
    "title": "Test casebook",
    "version": "1",
    "as_of": "2024-12-31",
    "focus": "JPN",
    "partners": ["IDN", "PHL", "VNM"],
    "baseline": ["AUS", "USA"],
    "fiscal_year_start": 4,
    "tie_weights": {"agreement": 4.0, "transfer": 3.0, "exercise": 2.0, "training": 1.0, "dialogue": 1.0},
    "tie_half_life_years": 5.0,
    "editors": ["A. Tester"],
    "licence": "CC-BY-4.0",
}


def milestone(stage: str, date: str, sources: int | Sequence[str] = 1, items: Sequence[str] = (), **fields: Any) -> Row:
    """A milestone dated as 2024-07; ``sources`` are ids or how many nameless ones, ``items`` are categories."""
    named = [None] * sources if isinstance(sources, int) else list(sources)
    return {"stage": stage, "date": date, "sources": named, "items": list(items), "conflicts": 0, **fields}


def held(date: str, sources: int | Sequence[str] = 1, **fields: Any) -> Row:
    """An exercise, training or dialogue that took place."""
    return milestone("held", date, sources, **fields)


def signed(date: str, sources: int | Sequence[str] = 1, **fields: Any) -> Row:
    """An agreement signed."""
    return milestone("signed", date, sources, **fields)


def record(record_type: str, parties: str, *milestones: Row, **fields: Any) -> Row:
    """A record; ``parties`` are codes with blanks between. Without a ``record_id`` its place in the list names it."""
    return {"record_type": record_type, "parties": sorted(parties.split()), "milestones": milestones, **fields}


def source(source_id: str, published: str | None = None, publisher: str = "Gazette", **fields: Any) -> Row:
    """A row of the source table."""
    return {
        "source_id": source_id,
        "publisher": publisher,
        "source_title": source_id,
        "published_edtf": published,
        "source_grade": "B",
        "item_grade": "2",
        "is_seen": True,
        **fields,
    }


def figure(series_id: str, survey_year: int, value: float | None, **fields: Any) -> Row:
    """A row of the survey table."""
    return {
        "figure_id": f"{series_id}-{survey_year}",
        "series_id": series_id,
        "survey_year": survey_year,
        "survey": "Survey",
        "population": "adults",
        "question": "Do you trust?",
        "measure": "trust",
        "figure_value": value,
        "figure_unit": "percent",
        "basis": "as_published",
        "is_seen": True,
        **fields,
    }


def make_edition(
    folder: Path,
    records: Iterable[Row] = (),
    sources: Iterable[Row] = (),
    perceptions: Iterable[Row] = (),
    rules: Mapping[str, str] | None = None,
    **settings: Any,
) -> Edition:
    """Write an edition into a folder (new or empty) and open it; ``rules`` are texts by file
    name, ``settings`` replace those of :data:`SETTINGS`."""
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    rows["sources"] = list(sources)
    rows["perceptions"] = list(perceptions)
    for number, spec in enumerate(records, start=1):
        _add_record(rows, {"record_id": f"R{number:04d}"} | spec)
    rows["actors"] = [_actor(code) for code in sorted({party["actor_code"] for party in rows["parties"]})]
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        complete = [_complete(table, row) for row in rows[table.name]]
        pq.write_table(build_table(table, complete), folder / "data" / f"{table.name}.parquet")
    for name, text in (rules or {}).items():
        (folder / "rules").mkdir(exist_ok=True)
        (folder / "rules" / name).write_text(text, "utf-8")
    metadata = {"edition": "test-1", "settings": SETTINGS | settings, "claims": []}
    (folder / "edition.json").write_text(json.dumps(metadata), "utf-8")
    return Edition(folder)


def _add_record(rows: dict[str, list[Row]], spec: Row) -> None:
    record_id, parties, milestones = spec["record_id"], spec.pop("parties"), spec.pop("milestones")
    defaults = {"title": record_id, "review_status": "curated", "milestone_count": len(milestones)}
    rows["records"].append({**defaults, "party_codes": ";".join(parties), "party_count": len(parties), **spec})
    rows["parties"] += [{"record_id": record_id, "actor_code": code} for code in parties]
    for number, step in enumerate(milestones, start=1):
        _add_milestone(rows, record_id, f"{record_id}-{number}", dict(step))


def _add_milestone(rows: dict[str, list[Row]], record_id: str, milestone_id: str, step: Row) -> None:
    sources, items, conflicts = step.pop("sources"), step.pop("items"), step.pop("conflicts")
    told, stage = parse_date(step.pop("date")), step["stage"]
    if stage not in set(Stage):
        raise ValueError(f"there is no stage {stage!r}")
    row: Row = {
        "milestone_id": milestone_id,
        "record_id": record_id,
        "is_tentative": stage in TENTATIVE_STAGES,
        "is_done": stage in DONE_STAGES,
        "date_edtf": told.edtf,
        "date_precision": told.precision.value,
        "earliest_date": told.earliest,
        "latest_date": told.latest,
        "is_hadr": False,
        "domain": "general",
        "is_verified": True,
        "source_count": len(sources),
    }
    rows["milestones"].append(row | step)
    relations = [("supports", name) for name in sources] + [("conflicts", None)] * conflicts
    rows["supports"] += [
        {"milestone_id": milestone_id, "support_number": number, "relation": relation, "source_id": name}
        for number, (relation, name) in enumerate(relations, start=1)
    ]
    rows["items"] += [
        {
            "milestone_id": milestone_id,
            "item_number": number,
            "item_category": name,
            "item_name": name,
            "is_approximate": False,
        }
        for number, name in enumerate(items, start=1)
    ]


def _actor(code: str) -> Row:
    kind = "body" if code in {"ASEAN", "EU", "UN", "NATO", "QUAD"} else "state"
    return {"actor_code": code, "actor_name": code, "actor_kind": kind, "actor_group": "other", "region": "Asia"}


def _complete(table: Table, row: Row) -> Row:
    """The row with every column; a column that the table doesn't have fails loudly."""
    names = [column.name for column in table.columns]
    unknown = sorted(set(row) - set(names))
    if unknown:
        raise ValueError(f"{table.name} has no columns {unknown}")
    return {name: row.get(name) for name in names}
