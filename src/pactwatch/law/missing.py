"""Which unknown facts would change the outcome, the most decisive first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from pactwatch.law.answer import Missing, Status
from pactwatch.law.case import Case
from pactwatch.law.conditions import say_value
from pactwatch.law.deriving import Deriver, Known
from pactwatch.law.evaluating import decide
from pactwatch.law.facts import TOLD, Fact, Form, Value
from pactwatch.law.lawbook import Law
from pactwatch.law.rules import Outcome
from pactwatch.law.stepping import judge

UNSETTLED = (Status.OPEN, Status.REQUIRES, Status.MAY_REQUIRE)
"""What a clause comes to where more could be known of it."""

DEFINITE = (Outcome.ALLOWED, Outcome.DENIED)

_BODIES = {"armed_forces": "navy", "civil_authority": "coast guard"}


def list_missing(law: Law, deriver: Deriver, case: Case, day: date) -> tuple[Missing, ...]:
    """Every fact not known whose value may matter, with the outcome under each value.

    Most decisive first: a fact that alone can bring both yes and no, then one that can bring one of them, then one
    that changes the outcome at all, then one that settles more clauses. A definite outcome misses nothing: no further
    fact can reverse it.
    """
    known = deriver.derive(case, day)
    outcome = decide(law, known.facts)
    if outcome in DEFINITE:
        return ()
    open_before = _count_open(law, known)
    ranked = []
    for place, fact in enumerate(TOLD):
        if fact.form is Form.DAY or fact.name in known.facts:
            continue
        tried = _try_values(law, deriver, (case, day), fact)
        outcomes = {say_value(value): now for value, now, _ in tried}
        settled = open_before - min((left for _, _, left in tried), default=open_before)
        definite = {now for now in outcomes.values() if now in DEFINITE}
        changes = sum(now is not outcome for now in outcomes.values())
        if changes or settled > 0:
            share = changes / max(1, len(outcomes))
            ranked.append(((-len(definite), -(changes > 0), -settled, -share, place), fact, outcomes))
    ranked.sort(key=lambda one: one[0])
    return tuple(Missing(fact=fact.name, meaning=fact.meaning, outcomes=outcomes) for _, fact, outcomes in ranked)


def _try_values(law: Law, deriver: Deriver, asked: tuple[Case, date], fact: Fact) -> list[tuple[Value, Outcome, int]]:
    """Each value a fact might have, with the outcome and the number of open clauses it would leave."""
    case, day = asked
    results = []
    for value in _values(fact, deriver, case):
        added: Value = frozenset({str(value)}) if fact.form is Form.WORDS else value
        known = deriver.derive(replace(case, told={**case.told, fact.name: added}), day)
        results.append((added, decide(law, known.facts), _count_open(law, known)))
    return results


def _values(fact: Fact, deriver: Deriver, case: Case) -> Sequence[bool | str]:
    vocabulary = deriver.vocabulary
    texts: dict[str, Callable[[], Sequence[str]]] = {
        "end_user": lambda: [_BODIES.get(name, name) for name in vocabulary.end_users],
        "item.programme": lambda: [one.programme for one in deriver.programmes],
        "transfer.purpose": lambda: list(vocabulary.purposes),
        "undertakings.approvals": lambda: list(vocabulary.approvals),
        "activity.place": lambda: ["high seas", deriver.focus, str(case.told.get("recipient", deriver.focus))],
        "supplier": lambda: [deriver.focus],
        "recipient": lambda: [code for code in ("USA", "PHL", "UKR", "UN") if code in deriver.actors.names],
        "item.licensor": lambda: [str(case.told.get("recipient", "USA")), "FRA"],
    }
    if fact.form is Form.FLAG:
        return (True, False)
    return texts[fact.name]() if fact.name in texts else fact.values


def _count_open(law: Law, known: Known) -> int:
    """Clauses that could bind and of which it is not known whether they do.

    Whether any rule governs the case at all weighs as much as all clauses together.
    """
    uncovered = len(law.binding) * (law.covers(known.facts) is None)
    return uncovered + sum(judge(one, known.facts) in UNSETTLED for one in law.binding)
