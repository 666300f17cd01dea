"""Answers of the law as a terminal shows them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from pactwatch.cli.output import print_table

if TYPE_CHECKING:
    from pactwatch.law import Answer
    from pactwatch.law.answer import Change, Period, Step
    from pactwatch.law.precedents import Tried

DISAGREES = 1
"""Exit code when a precedent does not come out as it was decided."""

SHAPES = {"allowed": "●", "conditional": "◐", "unknown": "○", "denied": "◆"}
"""Every outcome has a shape beside its word."""

SHOWN_MISSING = 6
"""Missing facts shown on a terminal; --json holds all."""

WIDTH = 110


def print_answer(answer: Answer) -> None:
    """The whole answer: outcome, reasons, what is open, steps, doubts, changes."""
    typer.echo(f"{_sign(answer.outcome)}   {answer.date.isoformat()}   edition {answer.edition}\n")
    typer.echo(textwrap.fill(answer.explanation, WIDTH))
    _list("still to be met", [f"{one.condition} ({one.rule})" for one in answer.conditions])
    missing = [f"{one.fact}: {one.meaning} ({_tell_values(one.outcomes)})" for one in answer.missing[:SHOWN_MISSING]]
    more = len(answer.missing) - SHOWN_MISSING
    _list("missing, most decisive first", missing + ([f"and {more} more (--json lists all)"] if more > 0 else []))
    typer.echo("")
    shown = [step for step in answer.steps if str(step.result) not in ("noted", "does not bear on it")]
    print_table(("rule", "in force", "result", "clause and facts", "certainty"), [_row(step) for step in shown])
    noted = [step.rule for step in answer.steps if step not in shown]
    if noted:
        typer.echo(textwrap.fill(f"considered and without effect on the outcome: {', '.join(noted)}", WIDTH))
    _list("looked up", [f"{one.fact} = {one.value}: {one.words} [{one.record}]" for one in answer.looked_up])
    _list("doubts", answer.doubts)
    _list("remarks", answer.remarks)
    _list("changes", [*_tell_change("last", answer.last_change), *_tell_change("next", answer.next_change)])


def print_history(periods: Sequence[Period], edition: str) -> None:
    """The outcome over time: a strip with a sign for the end of each year, and a row for each stretch."""
    typer.echo(draw_strip(periods))
    rows = [
        (one.first.isoformat(), one.last.isoformat(), _sign(one.outcome), "; ".join(one.conditions), one.why)
        for one in periods
    ]
    print_table(("from", "to", "outcome", "still to be met", "why then"), rows, f"edition {edition}")


def draw_strip(periods: Sequence[Period]) -> str:
    """One sign for each year, the outcome on its last day (or the last day there is), twenty years to a line."""
    first, last = periods[0].first.year, periods[-1].last.year
    signs = []
    for year in range(first, last + 1):
        day = min(date(year, 12, 31), periods[-1].last)
        outcome = next(one.outcome for one in periods if one.first <= day <= one.last)
        signs.append(SHAPES[outcome])
    lines = [f"{first + start}  {' '.join(signs[start : start + 20])}" for start in range(0, len(signs), 20)]
    key = "  ".join(f"{shape} {name}" for name, shape in SHAPES.items())
    return "\n".join([*lines, f"(one sign a year, its last day)  {key}"])


def print_precedents(tried: Sequence[Tried], edition: str, outcomes: Mapping[str, tuple[str, str]]) -> None:
    """Every precedent with what was decided, what the rules say, and where it cannot be asked, why."""
    rows = []
    for one in tried:
        precedent = one.precedent
        said = _sign(one.outcome) if one.outcome else f"not asked: {precedent.unmodelled}"
        expected = f"{precedent.expected} → {precedent.outcome}" if precedent.outcome else precedent.expected
        rows.append((precedent.case_id, precedent.date, precedent.what, expected, said, _agreement(one.agrees)))
    asked = [one for one in tried if one.agrees is not None]
    agreed = sum(bool(one.agrees) for one in asked)
    caption = (
        f"{agreed} of {len(asked)} come out as decided, {len(tried) - len(asked)} cannot be asked; edition {edition}"
    )
    print_table(("id", "date", "precedent", "decided", "the rules of the day", "agrees"), rows, caption)
    used = {one.precedent.expected for one in tried}
    words = [(word, outcome, reason) for word, (outcome, reason) in outcomes.items() if word in used]
    print_table(("word of the facts", "outcome", "because"), words)


def print_basket(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], edition: str) -> None:
    """How much of the basket was allowed from each day of change on, and which cases were gained or lost."""
    cells = [
        (
            row["date"].isoformat(),
            *(str(row[name]) for name in ("allowed", "conditional", "denied", "unknown")),
            "; ".join([*(f"+ {titles[one]}" for one in row["gained"]), *(f"- {titles[one]}" for one in row["lost"])]),
        )
        for row in rows
    ]
    columns = ("from", "allowed", "conditional", "denied", "unknown", "what changed")
    print_table(columns, cells, f"{len(titles)} typical cases; edition {edition}")


def _tell_values(outcomes: Mapping[str, str]) -> str:
    """The first values a fact may have, with the outcome each brings."""
    return ", ".join(f"{value}: {outcome}" for value, outcome in list(outcomes.items())[:4])


def _row(step: Step) -> tuple[str, str, str, str, str]:
    until = step.valid_to.isoformat() if step.valid_to else "today"
    bearing = [one for one in step.clauses if one.status == step.result]
    words = []
    for one in bearing:
        facts = ", ".join(
            f"{fact.fact}={fact.value}" for fact in one.facts if not fact.fact.startswith(("case.", "actor"))
        )
        lifted = f" (lifted by {', '.join(one.lifted_by)})" if one.lifted_by else ""
        words.append(f"{one.words}{lifted} [{facts}]")
    return step.rule, f"{step.valid_from.isoformat()} to {until}", str(step.result), "\n".join(words), step.certainty


def _tell_change(which: str, change: Change | None) -> list[str]:
    if change is None:
        return [f"{which}: none on record"]
    side = "before it" if which == "last" else "from it"
    return [f"{which}: {change.date.isoformat()} ({side} {change.outcome}): {change.why}"]


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        typer.echo(f"\n{title}")
        for line in lines:
            typer.echo(textwrap.fill(line, WIDTH, initial_indent="  - ", subsequent_indent="    "))


def _sign(outcome: str) -> str:
    return f"{SHAPES[outcome]} {outcome}"


def _agreement(agrees: bool | None) -> str:
    return {None: "–", True: "yes", False: "NO"}[agrees]
