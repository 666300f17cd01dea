"""A made-up edition of any number of records, for measuring: no fact in it is true."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pactwatch.edition import Edition
from pactwatch.edition.compile import build_table
from pactwatch.edition.schema import TABLES
from pactwatch.edition.sums import SUMS_FILE, digest_file
from pactwatch.model.codes import DONE_STAGES, STAGES, TENTATIVE_STAGES, Instrument, RecordType

SEED = 8
CODES = [f"{one}{two}{three}" for one in "ABCDE" for two in "MNOP" for three in "XYZ"]
WORDS = [
    *("radar", "vessel", "coast", "guard", "maritime", "joint", "patrol", "training", "helicopter", "agreement"),
    *("signing", "dialogue", "minister", "transfer", "exercise", "field", "medical", "relief", "disaster", "air"),
    *("defence", "port", "visit", "logistics", "seminar", "workshop", "engine", "technology", "cyber", "space"),
]
PLACES = [f"{word.title()} Bay" for word in WORDS]

Row = dict[str, Any]


def make_large_edition(folder: Path, size: int) -> Edition:
    """Write an edition of ``size`` records, each with one or two milestones, into a new folder, and seal it."""
    chance = random.Random(SEED)
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    rows["actors"] = [
        {
            "actor_code": code,
            "actor_name": f"State {code}",
            "actor_kind": "state",
            **{"actor_group": "other", "region": "x"},
            **{"latitude": 35.0 - place % 50, "longitude": 95.0 + place % 47},
        }
        for place, code in enumerate(["JPN", *CODES])
    ]
    rows["sources"] = [_make_source(number, chance) for number in range(max(1, size // 10))]
    for number in range(size):
        _add_record(rows, f"R{number:06d}", chance)
    (folder / "data").mkdir(parents=True)
    for table in TABLES:
        names = [column.name for column in table.columns]
        complete = [{name: row.get(name) for name in names} for row in rows[table.name]]
        pq.write_table(build_table(table, complete), folder / "data" / f"{table.name}.parquet")
    settings = {
        **{"name": "large", "title": "A made-up casebook", "version": "1", "as_of": "2025-12-31", "focus": "JPN"},
        **{"partners": CODES[:12], "baseline": CODES[12:20], "fiscal_year_start": 4, "tie_half_life_years": 5.0},
        **{"tie_weights": {str(one): 1.0 for one in RecordType}, "editors": ["Nobody"], "licence": "CC0-1.0"},
    }
    metadata = {"edition": folder.name, "settings": settings, "claims": []}
    (folder / "edition.json").write_text(json.dumps(metadata), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{digest_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS_FILE).write_text("".join(sums), "utf-8")
    return Edition(folder)


def _make_source(number: int, chance: random.Random) -> Row:
    grade = chance.choice("ABBBCCD")
    told: Row = {"source_id": f"S{number:05d}", "publisher": f"Gazette {number % 97}", "source_title": _say(chance)}
    return {
        **told,
        "url": f"https://gazette.example/{number}",
        "source_grade": grade,
        "item_grade": "2",
        "is_seen": True,
    }


def _add_record(rows: dict[str, list[Row]], record_id: str, chance: random.Random) -> None:
    kind = chance.choice(list(RecordType))
    parties = sorted({"JPN", *chance.sample(CODES, chance.choice((1, 1, 1, 2, 3)))})
    stages = sorted(
        chance.sample(STAGES[kind], min(len(STAGES[kind]), chance.choice((1, 1, 2)))), key=STAGES[kind].index
    )
    record: Row = {"record_id": record_id, "record_type": kind, "title": _say(chance).capitalize()}
    record |= {"instrument": chance.choice([None, *Instrument]), "party_codes": ";".join(parties)}
    record |= {"party_count": len(parties), "milestone_count": len(stages)}
    rows["records"].append(record | {"review_status": chance.choice(("curated", "reviewed", "unreviewed"))})
    rows["parties"] += [{"record_id": record_id, "actor_code": code} for code in parties]
    day = date(1990, 1, 1) + timedelta(days=chance.randrange(13_000))
    for number, stage in enumerate(stages, 1):
        milestone_id = f"{record_id}-{number}"
        rows["milestones"].append(
            {
                **{"milestone_id": milestone_id, "record_id": record_id, "stage": stage, "what": _say(chance)},
                **{"is_tentative": stage in TENTATIVE_STAGES, "is_done": stage in DONE_STAGES},
                **{"date_edtf": day.isoformat(), "date_precision": "day", "earliest_date": day, "latest_date": day},
                **{"is_hadr": False, "domain": "general", "is_verified": chance.random() < 0.8, "source_count": 1},
                "place": chance.choice([None, *PLACES]),
            }
        )
        source = f"S{chance.randrange(len(rows['sources'])):05d}"
        support = {"milestone_id": milestone_id, "support_number": 1, "relation": "supports", "source_id": source}
        rows["supports"].append(support)
        day += timedelta(days=chance.randrange(400))


def _say(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=8))
