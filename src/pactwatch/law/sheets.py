"""The CSV files of ``rules/``: registers of what is known of actors, joint programmes, precedents and their words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from pactwatch.casebook.cells import Cells
from pactwatch.casebook.other_sheets import CERTAINTIES
from pactwatch.casebook.sheets import FaultList, parse_sheet
from pactwatch.law.facts import FACTS, Form
from pactwatch.law.rules import Outcome, Precedent, Programme, Standing

STANDING_COLUMNS = ("actor", "fact", "value", "from", "to", "certainty", "publisher", "url", "note")
PROGRAMME_COLUMNS = ("programme", "words", "partners", "note")
OUTCOME_COLUMNS = ("word", "outcome", "reason")
CASE_COLUMNS = (
    "case_id", "date", "what", "decided", "expected", "facts", "unmodelled", "rule", "source_url", "seen", "kind",
    "note",
)  # fmt: skip

EVERY_ACTOR = "*"
"""Stands for every actor that has no row of its own for the fact on the day."""

BEGINNING, END = date(1850, 1, 1), date(2150, 12, 31)


def read_standing(text: str, actors: Collection[str], faults: FaultList) -> tuple[Standing, ...]:
    """``standing.csv``."""
    flags = [name for name, fact in FACTS.items() if fact.form is Form.FLAG]
    rows = []
    for row in parse_sheet(text, STANDING_COLUMNS, faults):
        before, cells = len(faults.faults), Cells(row, faults)
        first, last = cells.date("from"), cells.date("to")
        if first and last and last.latest < first.earliest:
            cells.fault("to", f"a date not before {first}", "Check both dates.")
        values = {
            "actor": cells.known(
                "actor", {*actors, EVERY_ACTOR}, "a state's code, or *", "Use ISO 3166-1.", is_required=True
            ),
            "fact": cells.known("fact", flags, "a fact that is yes or no", "See docs/law.md.", is_required=True),
            "value": cells.flag("value"),
            "first": first.earliest if first else BEGINNING,
            "last": last.latest if last else END,
            "certainty": cells.known(
                "certainty", CERTAINTIES, f"one of {', '.join(CERTAINTIES)}", "", is_required=True
            ),
            "publisher": cells.required("publisher"),
            "url": cells.text("url"),
            "note": cells.text("note"),
        }
        if len(faults.faults) == before:
            rows.append(Standing.model_validate(values))
    return tuple(rows)


def read_programmes(text: str, actors: Collection[str], faults: FaultList) -> tuple[Programme, ...]:
    """``programmes.csv``."""
    rows = []
    for row in parse_sheet(text, PROGRAMME_COLUMNS, faults):
        before, cells = len(faults.faults), Cells(row, faults)
        name = cells.required("programme")
        partners = cells.known_parts("partners", actors, "codes of states", "Use ISO 3166-1.")
        words = cells.parts("words")
        if len(faults.faults) == before:
            rows.append(Programme(programme=name, words=words, partners=frozenset(partners), note=cells.text("note")))
    return tuple(rows)


def read_outcomes(text: str, faults: FaultList) -> dict[str, tuple[Outcome, str]]:
    """``outcomes.csv``: the words by which precedents are told, each with the outcome it stands for and why."""
    found: dict[str, tuple[Outcome, str]] = {}
    for row in parse_sheet(text, OUTCOME_COLUMNS, faults):
        cells = Cells(row, faults)
        word = cells.required("word")
        outcome = cells.known("outcome", list(Outcome), f"one of {', '.join(Outcome)}", "", is_required=True)
        reason = cells.required("reason")
        if word in found:
            cells.fault("word", "a word told once", "Remove one of the rows.")
        if word and outcome:
            found[word] = (Outcome(outcome), reason)
    return found


def read_precedents(text: str, outcomes: Mapping[str, tuple[Outcome, str]], faults: FaultList) -> tuple[Precedent, ...]:
    """``cases.csv``; a row has facts to ask it by, or says in ``unmodelled`` why it cannot be asked."""
    rows: list[Precedent] = []
    seen: dict[str, int] = {}
    for row in parse_sheet(text, CASE_COLUMNS, faults):
        before, cells = len(faults.faults), Cells(row, faults)
        expected = cells.known(
            "expected", list(outcomes), "a word of outcomes.csv", "Add the word there.", is_required=True
        )
        day, name = cells.date("date", is_required=True), cells.required("case_id")
        if name in seen:
            cells.fault("case_id", "an id used once", f"Line {seen[name]} has it already.")
        seen.setdefault(name, row.line)
        if bool(cells.text("facts")) == bool(cells.text("unmodelled")):
            cells.fault("facts", "facts, or in `unmodelled` the reason why there are none", "Fill in one of the two.")
        values = {
            **{
                key: cells.text(key)
                for key in ("what", "decided", "facts", "unmodelled", "rule", "source_url", "kind", "note")
            },
            "case_id": name,
            "date": day.edtf if day else "",
            "expected": expected,
            "outcome": outcomes[expected][0] if expected and cells.text("facts") else None,
            "is_seen": cells.flag("seen"),
        }
        if len(faults.faults) == before:
            rows.append(Precedent.model_validate(values))
    return tuple(rows)
