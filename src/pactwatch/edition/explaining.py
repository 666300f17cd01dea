"""Why two editions differ: the documents and decisions behind what was added, changed and withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pactwatch.edition.diff import TableDifference
from pactwatch.edition.opened import Edition

MOST = 5
"""Reasons told of one row; of a row with more the rest are counted."""

Row = Mapping[str, Any]


@dataclass
class _Side:
    """What one edition holds of mentions, by what they belong to."""

    edition: Edition
    mentions: dict[str, Row] = field(default_factory=dict)
    of: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for row in self.edition.arrow("mentions").to_pylist():
            self.mentions[row["mention_id"]] = row
            self.of[row["record_id"]].add(row["mention_id"])
            self.of[row["mention_id"]].add(row["mention_id"])
            self.of[row["document_id"]].add(row["mention_id"])
        for row in self.edition.arrow("evidence").to_pylist():
            self.of[row["milestone_id"]].add(row["mention_id"])

    @cached_property
    def documents(self) -> dict[str, Row]:
        return {row["document_id"]: row for row in self.edition.arrow("documents").to_pylist()}

    @cached_property
    def aliases(self) -> dict[str, str]:
        return {row["alias_id"]: row["record_id"] for row in self.edition.arrow("aliases").to_pylist()}


EXPLAINED = ("records", "milestones", "mentions")
"""Tables whose differences have reasons of their own; those of the others follow from these."""


def explain(
    before: Edition,
    after: Edition,
    differences: Sequence[TableDifference],
    decided: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, dict[str, list[str]]]:
    """Reasons by table and key, for records, milestones and mentions that differ.

    ``decided`` tells what people decided of a mention or record, in words by id (who, when and why), where the ledger
    is at hand. A row that no document or decision explains was changed in the casebook, or follows from its rules.
    """
    old, new = _Side(before), _Side(after)
    told: dict[str, dict[str, list[str]]] = {}
    for difference in differences:
        if difference.table not in EXPLAINED:
            continue
        reasons = {}
        for key in (*difference.added, *difference.withdrawn, *difference.changed):
            found = _explain(key, old, new, decided or {})
            if not found and before.metadata.get("casebook_sha256") != after.metadata.get("casebook_sha256"):
                found = ["the casebook's files changed"]
            if found:
                reasons[key] = found
        told[difference.table] = reasons
    return told


def _explain(key: str, old: _Side, new: _Side, decided: Mapping[str, Sequence[str]]) -> list[str]:
    had, has = old.of.get(key, set()), new.of.get(key, set())
    reasons = [f"{key} stands for {new.aliases[key]} now"] if key in new.aliases else []
    judged = [key]
    for one in sorted(has - had):
        reasons.append(_tell_new(one, old, new))
        judged.append(one)
    for one in sorted(had - has):
        reasons.append(_tell_gone(one, new))
        judged.append(one)
    for one in sorted(had & has):
        was, now = old.mentions[one]["decision"], new.mentions[one]["decision"]
        if was != now:
            reasons.append(f"mention {one}: {_say(now) if now else f'no longer {_say(was)}'}")
            judged.append(one)
    words = list(dict.fromkeys(line for one in judged for line in decided.get(one, ())))
    more = len(reasons) - MOST
    return [*reasons[:MOST], *([f"and {more} mentions more"] if more > 0 else []), *words[:MOST]]


def _tell_new(mention_id: str, old: _Side, new: _Side) -> str:
    row = new.mentions[mention_id]
    document = new.documents[row["document_id"]]
    where = f"document {row['document_id']} ({document['document_title'] or 'no title'})"
    if mention_id not in old.mentions:
        what = "coded anew in" if row["document_id"] in old.documents else "told by the new"
        return f"mention {mention_id}, {what} {where}"
    before = old.mentions[mention_id]["record_id"]
    return f"mention {mention_id} of {where}, which belonged to {before or 'no record'} before"


def _tell_gone(mention_id: str, new: _Side) -> str:
    row = new.mentions.get(mention_id)
    if row is None:
        return f"mention {mention_id} is not coded any more"
    if row["decision"] == "reject":
        return f"mention {mention_id} was rejected"
    return f"mention {mention_id} belongs to {row['record_id'] or 'no record'} now"


def _say(decision: str) -> str:
    return {"accept": "accepted", "correct": "corrected", "reject": "rejected"}.get(decision, decision)
