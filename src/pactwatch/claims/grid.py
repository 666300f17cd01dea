"""The robustness grid: the same test after other reasonable choices of evidence and cut-off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.shape import Choice, Effort, Kind
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import GRID_DRAWS


@dataclass(frozen=True)
class Cell:
    """One cell of the grid: the choice in words, what the test found under it, and its p values within the family.

    ``is_reading``: it is another reading of the claim's words, not another count of the same. The p values are
    adjusted as the main test's are, with the cell standing in the main test's place; a claim that stands alone has
    nothing to adjust.
    """

    choice: str
    finding: Finding
    p_adjusted: float | None = None
    p_refute_adjusted: float | None = None
    is_reading: bool = False

    @property
    def p(self) -> float | None:
        """p against chance, adjusted where there is a family."""
        return self.finding.p if self.p_adjusted is None else self.p_adjusted

    @property
    def p_refute(self) -> float | None:
        """p against the smallest effect, adjusted where there is a family."""
        return self.finding.p_refute if self.p_refute_adjusted is None else self.p_refute_adjusted


def run_grid(
    kind: Kind[Any],
    evidence: Evidence,
    parameters: Question,
    main: Finding,
    readings: Sequence[tuple[str, Question]] = (),
) -> tuple[Cell, ...]:
    """The kind's test under each other choice, and under the claim's other ``readings`` (words and parameters).

    A choice that changes no record used is left out.
    """
    effort = Effort(draws=GRID_DRAWS)
    choices = [(choice, False) for choice in list_choices(kind, evidence, parameters, main)]
    if main.fact is not Fact.MISSING:
        choices += [(Choice(words, other, evidence), True) for words, other in readings]
    return tuple(
        Cell(choice.words, kind.test(choice.evidence, choice.parameters, effort), is_reading=is_reading)
        for choice, is_reading in choices
    )


def list_choices(kind: Kind[Any], evidence: Evidence, parameters: Question, main: Finding) -> list[Choice]:
    """The choices of the grid: evidence narrowed or counted otherwise, then the kind's own other cut-offs.

    None where the data set a claim is tested on is not imported: no choice would change that.
    """
    if main.fact is Fact.MISSING:
        return []
    rows = evidence.milestones
    used = rows[rows["record_id"].isin(main.records)]
    choices = []
    if not used["is_reviewed"].all():
        choices.append(Choice("reviewed rows only", parameters, evidence.narrowed(rows["is_reviewed"])))
    if not used["is_verified"].all():
        choices.append(Choice("verified rows only", parameters, evidence.narrowed(rows["is_verified"])))
    if (used["precision"] != "day").any():
        choices.append(Choice("dates known to the day only", parameters, evidence.narrowed(rows["precision"] == "day")))
    counted = recount(parameters)
    if counted is not None:
        choices.append(Choice(counted[0], counted[1], evidence))
    busiest = find_busiest_partner(evidence, main)
    if busiest is not None and busiest not in name_actors(parameters):
        alone = rows["parties"].map(lambda parties: busiest not in parties)
        choices.append(Choice(f"without the busiest partner ({busiest})", parameters, evidence.narrowed(alone)))
    choices += [Choice(words, other, evidence) for words, other in kind.alternatives(parameters)]
    return choices


def recount(parameters: Question) -> tuple[str, Question] | None:
    """The same parameters with every selection counted the other way: milestones for records, or records for
    milestones.
    """
    selections = {name: value for name, value in parameters if isinstance(value, Selection)}
    if not selections:
        return None
    unit = "milestone" if next(iter(selections.values())).unit == "record" else "record"
    changed = {name: value.model_copy(update={"unit": unit}) for name, value in selections.items()}
    words = "every milestone counted" if unit == "milestone" else "one row per record"
    return words, parameters.model_copy(update=changed)


def name_actors(parameters: Question) -> frozenset[str]:
    """The actors a claim names one by one: leaving such a one out would leave out what the claim is about."""
    selections = [value for _, value in parameters if isinstance(value, Selection)]
    named = {code for one in selections for code in (*one.with_all, one.supplier, one.recipient) if code}
    return frozenset(named | {str(getattr(parameters, "actor", ""))})


def find_busiest_partner(evidence: Evidence, main: Finding) -> str | None:
    """The casebook partner in most of the records used, of several the first by code, when there are at least two
    partners among them."""
    rows = evidence.milestones
    used = rows[rows["record_id"].isin(main.records)].drop_duplicates("record_id")
    counts = Counter(code for parties in used["parties"] for code in parties & evidence.partners)
    return min(counts, key=lambda code: (-counts[code], code)) if len(counts) > 1 else None
