"""Two vintages of one data set file compared: rows added, dropped and revised, and what it does to the totals.

Publishers revise history. Rows are matched by what names the thing (parties, year, weapon ...), since line numbers and
running numbers change from file to file; rows that are alike in all of it are matched in order. A register row that is
no longer there and one that is new may be one order that was renamed: near pairs are told as revised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch.datasets.importing import read_tables
from pactwatch.datasets.shape import Kind
from pactwatch.edition.diff import Change
from pactwatch.model.errors import PactwatchError

IDENTITY: dict[str, tuple[str, ...]] = {
    "arms_orders": ("supplier", "recipient", "order_year", "designation"),
    "arms_deliveries": ("supplier", "recipient", "delivery_year"),
    "arms_volumes": ("direction", "region", "country", "year"),
    "military_spending": ("series", "country", "year"),
    "defence_agreements": ("agreement_id",),
    "exercises": ("exercise_id",),
    "exercise_participants": ("exercise_id", "participant"),
    "alliance_members": ("alliance_id", "member_number", "entry_edtf", "phase"),
    "capabilities": ("cow_number", "year"),
    "cow_states": ("cow_number", "start_date"),
    "events": ("event_id",),
    "ideal_points": ("abbreviation", "country", "year"),
    "network_ties": ("year", "first_name", "second_name"),
    "network_members": ("year", "member_name"),
    "survey_figures": ("series", "country", "year"),
}
"""What a row is known by. ``supplier`` stands for its actor code, or its name where it has none: names change between
vintages (UAE, United Arab Emirates), actors do not."""

SUMMED: dict[str, str] = {"arms_deliveries": "tiv_delivered"}
"""Tables of which only totals by identity are compared: their rows have no identity of their own."""

YEARS = ("delivery_years", "delivery_year", "year", "signed_year", "start_year", "entry_year")
"""Columns that tell which years a file covers, the first that a table has."""

WORDING = frozenset({"description", "designation", "weapon_status", "notes", "focus", "location"})
"""Columns whose change is another wording."""

LOOSE: dict[str, tuple[str, ...]] = {"arms_orders": ("supplier", "recipient", "order_year", "number_ordered")}
"""What an order that was renamed still has in common."""

IGNORED = frozenset({"file_line", "order_id", "comments"})
"""Columns whose change is no revision of the data."""

TOLERANCE = 1e-6


class DifferenceError(PactwatchError):
    """Two files that cannot be compared."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A row in both vintages with other values."""

    key: str
    revisions: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What changed in one table.

    ``reworded`` are rows of which only the wording changed; ``same`` counts rows that did not change; ``outside``
    counts rows of years that only one of the files covers, which are not compared.
    """

    table: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    revised: tuple[Revised, ...]
    reworded: tuple[Revised, ...]
    same: int
    outside: int


@dataclass(frozen=True, slots=True)
class VintageDifference:
    """Two vintages of one kind compared."""

    kind: Kind
    before: str
    after: str
    tables: tuple[TableChanges, ...]


def compare_files(before: Path, after: Path) -> VintageDifference:
    """Compare two files of one kind; raises :class:`DifferenceError` when they are of two kinds."""
    kind, old_tables, old = read_tables(before)
    other, new_tables, new = read_tables(after)
    if other is not kind:
        raise DifferenceError(f"{before.name} is {kind.name}, {after.name} is {other.name}; give two files of one kind")
    names = [table.name for table in kind.tables if table.name in old_tables or table.name in new_tables]
    changes = tuple(
        compare_rows(name, _rows(old_tables, name), _rows(new_tables, name), is_like=old.facts == new.facts)
        for name in names
    )
    return VintageDifference(kind, old.vintage or before.name, new.vintage or after.name, changes)


def compare_rows(
    table: str, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]], *, is_like: bool = True
) -> TableChanges:
    """Compare rows of one table. ``is_like`` tells whether both files had one layout: columns that only one layout
    has are then not compared.
    """
    before, after, outside = _share_years(before, after)
    if table in SUMMED:
        before, after = (_sum_rows(table, rows) for rows in (before, after))
    skipped = IGNORED if is_like else IGNORED | _one_sided(before, after)
    old, new = _by_key(before, IDENTITY[table]), _by_key(after, IDENTITY[table])
    gone = {key: row for key, row in old.items() if key not in new}
    come = {key: row for key, row in new.items() if key not in old}
    pairs = [(key, old[key], new[key]) for key in old if key in new]
    pairs += _pair_renamed(table, gone, come)
    changed = [Revised(_write(key), found) for key, one, other in pairs if (found := _revisions(one, other, skipped))]
    changed.sort(key=lambda one: (-_weight(one), one.key))
    reworded = tuple(one for one in changed if {revision.column for revision in one.revisions} <= WORDING)
    return TableChanges(
        table,
        added=tuple(sorted(_write(key) for key in come)),
        dropped=tuple(sorted(_write(key) for key in gone)),
        revised=tuple(one for one in changed if not {revision.column for revision in one.revisions} <= WORDING),
        reworded=reworded,
        same=len(pairs) - len(changed),
        outside=outside,
    )


Rows = Sequence[dict[str, Any]]


def _share_years(before: Rows, after: Rows) -> tuple[Rows, Rows, int]:
    """The rows of years both files cover, and how many rows were left out."""
    spans = [[year for row in rows for year in _years_of(row)] for rows in (before, after)]
    if not all(spans):
        return before, after, 0
    first, last = max(map(min, spans)), min(map(max, spans))
    kept = [
        [row for row in rows if not (years := _years_of(row)) or any(first <= year <= last for year in years)]
        for rows in (before, after)
    ]
    return kept[0], kept[1], len(before) + len(after) - len(kept[0]) - len(kept[1])


def _years_of(row: dict[str, Any]) -> list[int]:
    value = next((row[name] for name in YEARS if name in row), None)
    if isinstance(value, str):
        return [int(year) for year in value.split(";") if year]
    return [] if value is None else [value]


def _rows(tables: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return tables[name].to_pylist() if name in tables else []


Key = tuple[Any, ...]


def _by_key(rows: Iterable[dict[str, Any]], identity: Sequence[str]) -> dict[Key, dict[str, Any]]:
    """Rows by identity; rows that share one are numbered in order of their other values."""
    groups: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(_part(row, name) for name in identity)].append(row)
    found: dict[Key, dict[str, Any]] = {}
    for key, group in groups.items():
        for number, row in enumerate(sorted(group, key=_stable), 1):
            found[(*key, number)] = row
    return found


def _part(row: dict[str, Any], name: str) -> Any:
    if f"{name}_name" in row and name in ("supplier", "recipient", "country", "participant"):
        return row.get(f"{name}_code") or row.get("actor_code") or row[f"{name}_name"]
    return row.get(name)


def _stable(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"{row[name]!s:>12}" for name in sorted(row) if name not in IGNORED)


def _pair_renamed(
    table: str, gone: dict[Key, dict[str, Any]], come: dict[Key, dict[str, Any]]
) -> list[tuple[Key, dict[str, Any], dict[str, Any]]]:
    """Pairs of a dropped and an added row that agree in :data:`LOOSE` where each is the only one; both are taken
    out."""
    identity = LOOSE.get(table)
    if identity is None:
        return []
    loose_old, loose_new = (_by_key(rows.values(), identity) for rows in (gone, come))
    firsts = [key for key in loose_old if key in loose_new and key[-1] == 1]
    single = [key for key in firsts if (*key[:-1], 2) not in loose_old and (*key[:-1], 2) not in loose_new]
    keys_old, keys_new = ({id(row): key for key, row in rows.items()} for rows in (gone, come))
    pairs = [(keys_new[id(loose_new[key])], loose_old[key], loose_new[key]) for key in single]
    for _, one, other in pairs:
        del gone[keys_old[id(one)]], come[keys_new[id(other)]]
    return pairs


def _revisions(one: dict[str, Any], other: dict[str, Any], skipped: frozenset[str]) -> tuple[Change, ...]:
    names = [name for name in other if name not in skipped and not name.endswith("_name")]
    return tuple(Change(name, one.get(name), other[name]) for name in names if _differs(one.get(name), other[name]))


def _weight(one: Revised) -> float:
    """How much the largest volume or figure of a row changed, so that what matters stands first."""
    changes = [(change.before or 0.0, change.after or 0.0) for change in one.revisions if change.column in _WEIGHED]
    return max((abs(before - after) for before, after in changes), default=0.0)


_WEIGHED = ("tiv_delivered", "tiv_ordered", "tiv", "figure")


def _differs(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str) and ";" in one + other:
        return sorted(one.split(";")) != sorted(other.split(";"))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) > TOLERANCE * max(1.0, abs(one))
    return bool((one or None) != (other or None)) if not isinstance(one, bool) else one != other


def _one_sided(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Columns that one of two files leaves empty throughout."""
    filled = [
        {name for row in rows for name, value in row.items() if value not in (None, "")} for rows in (before, after)
    ]
    return frozenset(filled[0] ^ filled[1])


def _sum_rows(table: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per identity with the sum of what is counted, rounded as the publisher prints it."""
    names, value = IDENTITY[table], SUMMED[table]
    totals: dict[Key, float] = defaultdict(float)
    for row in rows:
        totals[tuple(_part(row, name) for name in names)] += row[value] or 0.0
    return [dict(zip(names, key, strict=True)) | {value: round(total, 2)} for key, total in totals.items()]


def _write(key: Key) -> str:
    parts = [str(part) for part in key[:-1] if part not in (None, "")]
    return " / ".join(parts) + (f" #{key[-1]}" if key[-1] > 1 else "")
