"""Rule versions listed, shown in words, and compared between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from pactwatch.law.conditions import ALWAYS, say_condition
from pactwatch.law.lawbook import Lawbook
from pactwatch.law.rules import Clause, Rule
from pactwatch.model.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that is in force on one of two days only; for one that builds on another, which clauses differ."""

    rule: Rule
    began: bool
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def find_rule(lawbook: Lawbook, rule_id: str) -> Rule:
    """The rule of that id; raises :class:`NotFoundError` naming the nearest there are."""
    known = {rule.id: rule for rule in lawbook.rules}
    if rule_id in known:
        return known[rule_id]
    near = get_close_matches(rule_id.upper(), known, n=3, cutoff=0.4)
    advice = f"did you mean {', '.join(near)}?" if near else "`pactwatch rules` lists them"
    raise NotFoundError(f"there is no rule {rule_id!r}; {advice}")


def rules_on(lawbook: Lawbook, day: date) -> tuple[Rule, ...]:
    """The versions in force on a day."""
    return tuple(rule for rule in lawbook.rules if rule.is_in_force(day))


def compare_days(lawbook: Lawbook, before: date, after: date) -> list[Difference]:
    """What began after one day and up to another, and what ended, in order of the days; ``before`` is the earlier.

    A version that both began and ended in between is told twice.
    """
    known = {rule.id: rule for rule in lawbook.rules}
    found: list[tuple[date, bool, Difference]] = []
    for rule in lawbook.rules:
        head = rule.head
        if before < head.valid_from <= after:
            earlier = known.get(head.builds_on)
            found.append((head.valid_from, True, _compare(rule, earlier.clauses if earlier else ())))
        if head.valid_to is not None and before <= head.valid_to < after:
            found.append((head.valid_to, False, Difference(rule, began=False)))
    return [one for _, _, one in sorted(found, key=lambda row: (row[0], row[1], row[2].rule.id))]


def _compare(rule: Rule, earlier: Sequence[Clause]) -> Difference:
    before = {clause.id: clause for clause in earlier}
    now = {clause.id: clause for clause in rule.clauses}
    return Difference(
        rule,
        began=True,
        added=tuple(name for name in now if name not in before),
        replaced=tuple(name for name in now if name in before and _said(now[name]) != _said(before[name])),
        dropped=tuple(name for name in before if name not in now),
    )


def _said(clause: Clause) -> tuple[object, ...]:
    return clause.effect, clause.words, clause.when, clause.met, clause.lifts


def describe_rule(rule: Rule) -> dict[str, Any]:
    """A rule as plain values, conditions in words."""
    head = rule.head
    return {
        "id": rule.id,
        "title": head.title,
        "jurisdiction": head.jurisdiction,
        "regime": head.regime,
        "valid_from": head.valid_from,
        "valid_to": head.valid_to,
        "says": head.says,
        "changes": head.changes,
        "certainty": head.certainty,
        "doubts": list(head.doubts),
        "source": head.source.model_dump(),
        "builds_on": head.builds_on,
        "applies": say_condition(rule.applies),
        "clauses": [
            {
                "id": clause.id,
                "effect": str(clause.effect),
                "words": clause.words,
                "when": say_condition(clause.when),
                "met": say_condition(clause.met) if clause.met != ALWAYS else "",
                "condition": clause.condition,
                "lifts": list(clause.lifts),
                "certainty": clause.certainty,
            }
            for clause in rule.clauses
        ],
    }
