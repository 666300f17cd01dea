"""Speed of the law: cases checked in bulk on one core, against interpreting the rules' conditions case by case.

Run with ``python bench/bench_law.py``. The alternative is plain Python without compilation: for each case the rules in
force are looked for among all versions and their condition trees are walked. Both are given the same cases on the same
days and have to agree; the alternative asks a sample and its time is scaled.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from pactwatch import flow
from pactwatch.law import Case, Court, Outcome, open_court
from pactwatch.law.basket import read_basket
from pactwatch.law.conditions import interpret
from pactwatch.law.facts import Facts
from pactwatch.law.lawbook import FIRST_DAY, Lawbook
from pactwatch.law.precedents import case_of
from pactwatch.law.rules import Effect

CASES = 100_000
SAMPLE = 2_000


def draw_cases(court: Court, number: int) -> list[tuple[Case, date]]:
    """Precedents and the basket's cases in turn, on days spread over the whole span."""
    precedents = [case_of(court, one) for one in court.lawbook.precedents if one.facts]
    cases = [*precedents, *(one.case for one in read_basket(court))]
    span = (court.last_day - FIRST_DAY).days
    return [(cases[i % len(cases)], FIRST_DAY + timedelta(days=i * 7919 % span)) for i in range(number)]


def interpret_case(lawbook: Lawbook, facts: Facts, day: date) -> Outcome:
    """The outcome by walking the trees of every rule in force; the same rules as :func:`pactwatch.law.decide`."""
    rules = [rule for rule in lawbook.rules if rule.is_in_force(day)]
    clauses = [(rule, clause) for rule in rules for clause in rule.clauses]
    covers = [interpret(lawbook.expand(rule.applies), facts) for rule in rules if rule.head.governs]
    covered = True if True in covers else None if None in covers else False
    if covered is False:
        return Outcome.UNKNOWN
    is_unknown, is_conditional, is_denied = covered is None, False, False
    for rule, clause in clauses:
        if clause.effect not in (Effect.FORBID, Effect.REQUIRE):
            continue
        value = interpret(lawbook.whole(rule, clause.when), facts)
        lifting = [interpret(lawbook.whole(r, c.when), facts) for r, c in clauses if clause.id in c.lifts]
        lifted = True if True in lifting else None if None in lifting else False
        value = False if value is False or lifted is True else value if lifted is False else None
        if value is False:
            continue
        met = False if clause.effect is Effect.FORBID else interpret(lawbook.expand(clause.met), facts)
        is_conditional |= met is None
        is_denied |= met is False and value is True and covered is True
        is_unknown |= met is False and not (value is True and covered is True)
    if is_denied:
        return Outcome.DENIED
    return Outcome.UNKNOWN if is_unknown else Outcome.CONDITIONAL if is_conditional else Outcome.ALLOWED


def time_interpreting(court: Court, asked: Sequence[tuple[Case, date]]) -> tuple[float, list[Outcome]]:
    """Seconds and outcomes of the alternative."""
    start = time.perf_counter()
    outcomes = [interpret_case(court.lawbook, court.deriver.derive(case, day).facts, day) for case, day in asked]
    return time.perf_counter() - start, outcomes


def main() -> None:
    """Time both and print seconds, cases a second and the ratio."""
    with tempfile.TemporaryDirectory() as home:
        court = open_court(flow.open_edition(home=Path(home)))
    asked = draw_cases(court, CASES)
    assert court.lawbook.laws, "compiled before the clock starts"
    start = time.perf_counter()
    outcomes = list(court.outcomes(asked))
    ours = time.perf_counter() - start
    theirs, plain = time_interpreting(court, asked[:SAMPLE])
    assert plain == outcomes[:SAMPLE], "both ways give the same outcomes"
    scaled = theirs * CASES / SAMPLE
    print(f"{CASES:,} cases checked on one core {ours:8.2f} s   ({CASES / ours:,.0f} a second)")
    told = f"interpreting the condition trees    {scaled:8.2f} s   (scaled from {SAMPLE:,} cases)"
    print(f"{told}   ratio {scaled / ours:5.1f}")
    start = time.perf_counter()
    for case, day in asked[:200]:
        court.check(case, day)
    print(f"a whole answer with steps, missing facts and changes: {1000 * (time.perf_counter() - start) / 200:.1f} ms")


if __name__ == "__main__":
    main()
