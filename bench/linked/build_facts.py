"""Writes facts.jsonl: the gathered rows behind the default casebook, each as a mention labelled with its record.

    python bench/linked/build_facts.py ../shared/facts

The rows tell the milestones in the gatherers' own words and codes, before anything was merged. Which rows tell one
record follows from the casebook's ids and, for rows merged away, from the table in docs/conversion.md.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.model.codes import STAGES, Instrument, Level, RecordType
from pactwatch.model.dates import DateError, parse_date

HERE = Path(__file__).parent
FILES = ("records-phl-vnm-idn.csv", "records-other-partners.csv")
_MERGED = re.compile(r"\| (\S+) \| (\S+) \| ")


def merged_ids() -> dict[str, str]:
    """Milestone id by the id of a row that was merged into it, from the page on the conversion."""
    text = (HERE.parent.parent / "docs" / "conversion.md").read_text(encoding="utf-8")
    table = text.split("## Merged")[1].split("**Policy rows")[0]
    return {gone: kept for kept, gone in _MERGED.findall(table)}


def main(folder: Path) -> None:
    """Convert every row that has a record."""
    casebook = load_casebook(find_casebook("japan-asean"))
    milestones = {one.milestone_id: (record, one) for record in casebook.records for one in record.milestones}
    codes = {actor.code for actor in casebook.actors}
    merged = merged_ids()
    lines = []
    for name in FILES:
        for row in csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()):
            home = milestones.get(merged.get(row["id"], row["id"]))
            if home is not None:
                lines.append(_convert(row, home[0].record_id, home[0].type, str(home[1].stage), codes))
    told = [line for line in lines if line]
    (HERE / "facts.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told), "utf-8")
    print(f"{len(told)} rows of {len(lines)}, {len({one['mentions'][0]['item'] for one in told if one})} records")


def _convert(row: dict[str, str], item: str, type_: RecordType, stage: str, codes: set[str]) -> dict[str, Any] | None:
    parties = sorted({one for one in row["actors"].split(";") if one in codes})
    if not parties or not row["date"]:
        return None
    own = row["stage"] if row["stage"] in set(STAGES[type_]) else stage
    text = f"{row['title']}. {row['what']}"
    mention = {
        "item": item,
        "type": type_.value,
        "stage": own,
        "parties": parties,
        "modality": "planned" if own == "planned" else "actual",
        "supplier": None,
        "recipient": None,
        "instrument": row["instrument"] if row["instrument"] in set(Instrument) else None,
        "name": None,
        "items": _items(row),
        "money": _money(row),
        "date": _date(row["date"]),
        "precision": row["date_precision"],
        "level": row["exercise_level"] if row["exercise_level"] in set(Level) else None,
        "quote": text,
        "start": 0,
        "end": len(text),
    }
    published = row["source_date"] if re.fullmatch(r"\d{4}-\d\d-\d\d", row["source_date"]) else None
    return {"id": row["id"], "published": published, "publisher": row["source_publisher"], "text": text,
            "mentions": [mention]}  # fmt: skip


def _date(text: str) -> str:
    try:
        return parse_date(text).edtf
    except DateError:
        raise SystemExit(f"not a date: {text}") from None


def _items(row: dict[str, str]) -> list[dict[str, Any]]:
    if not row["items"]:
        return []
    count = int(row["quantity"]) if row["quantity"].isdigit() else None
    kinds = (
        ("radar", "radar"),
        ("vessel", "vessel|boat|ship|MRRV|RHIB|destroyer|frigate"),
        ("aircraft", "aircraft|TC-90"),
    )
    kind = next((code for code, words in kinds if re.search(words, row["items"], re.IGNORECASE)), "other")
    return [{"category": kind, "name": row["items"], "quantity": count}]


def _money(row: dict[str, str]) -> dict[str, Any] | None:
    if not re.fullmatch(r"\d+(\.\d+)?", row["value"]) or len(row["currency"]) != 3:
        return None
    return {"amount": float(row["value"]), "currency": row["currency"]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
