"""exists: do the records hold what the claim says is there, in as many years as it says, and nothing it says is not?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.words import say_count, say_row_date
from pactwatch.model.codes import TENTATIVE_STAGES

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 3
"""How many records the sentence names."""


class Parameters(Question):
    """What must be in the records. ``called`` names it as the sentence says it."""

    selection: Selection
    at_least: int = Field(default=1, ge=1, description="how many selected rows the claim needs")
    distinct_years: int | None = Field(default=None, ge=1, description="in how many different years")
    absent: Selection | None = Field(default=None, description="what the claim says there is not")
    instead: Selection | None = Field(default=None, description="what speaks against it where nothing is found")
    called: str = "records of the kind claimed"


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Look the claim up; nothing is estimated and no chance is drawn.

    Found often enough in verified rows: holds. Found only unverified, or too seldom: partly. Nothing found, or
    intentions only: unknown, since absence from the records proves nothing and an intention may yet be carried out;
    unless, without an intention, ``instead`` was found. A record of ``absent`` takes that part of the claim away.
    """
    found = evidence.select(parameters.selection)
    intended = found.iloc[:0] if len(found) else evidence.select(_intentions(parameters.selection))
    instead = _select(evidence, parameters.instead) if found.empty and intended.empty else found.iloc[:0]
    forbidden = _select(evidence, parameters.absent)
    fact = weigh_facts(look_up(found, instead, parameters), is_broken=not forbidden.empty)
    shown = {"selected": found, "only intended": intended, "instead": instead, "said to be absent": forbidden}
    return Finding(
        estimate=float(len(found)),
        unit=_unit(parameters.selection),
        n=len(found),
        n_unit=_unit(parameters.selection),
        fact=fact,
        sentence=_write_sentence(found, intended, instead, parameters) + _tell_absence(forbidden, parameters),
        caveats=_list_caveats(evidence, found, parameters),
        records=tuple(sorted({str(record) for rows in shown.values() for record in rows["record_id"]})),
        table=tuple(row for part, rows in shown.items() for row in _tabulate(part, rows)),
    )


def look_up(found: pd.DataFrame, instead: pd.DataFrame, parameters: Parameters) -> Fact:
    """What the rows say of the first part of the claim."""
    if is_enough(found[found["is_verified"]], parameters):
        return Fact.HOLDS
    if not found.empty:
        return Fact.PARTLY
    return Fact.FAILS if not instead.empty else Fact.UNKNOWN


def is_enough(rows: pd.DataFrame, parameters: Parameters) -> bool:
    """Whether rows are as many, in as many years, as the claim needs."""
    return len(rows) >= parameters.at_least and rows["year"].nunique() >= (parameters.distinct_years or 1)


def weigh_facts(found: Fact, *, is_broken: bool) -> Fact:
    """The whole claim: what it says is there, and whether something it says is not there was found.

    >>> weigh_facts(Fact.HOLDS, is_broken=True), weigh_facts(Fact.UNKNOWN, is_broken=True)
    (<Fact.PARTLY: 'partly'>, <Fact.FAILS: 'fails'>)
    """
    if not is_broken:
        return found
    return Fact.PARTLY if found in (Fact.HOLDS, Fact.PARTLY) else Fact.FAILS


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """One more and one fewer needed, where the claim needs more than one."""
    others: list[tuple[str, Question]] = []
    for name, words in (("at_least", "rows"), ("distinct_years", "different years")):
        value = getattr(parameters, name)
        if value is not None and value > 1:
            others += [
                (f"{n} {words} needed", parameters.model_copy(update={name: n}))
                for n in (value - 1, value + 1)
                if n > 1 or name == "at_least"
            ]
    return others


def _select(evidence: Evidence, selection: Selection | None) -> pd.DataFrame:
    return evidence.milestones.iloc[:0] if selection is None else evidence.select(selection)


def _intentions(selection: Selection) -> Selection:
    """The same selection among steps intended, not completed; stages asked by name stay as they are."""
    return selection if selection.stages else selection.model_copy(update={"stages": tuple(sorted(TENTATIVE_STAGES))})


def _unit(selection: Selection) -> str:
    return "records" if selection.unit == "record" else "milestones"


def _write_sentence(found: pd.DataFrame, intended: pd.DataFrame, instead: pd.DataFrame, parameters: Parameters) -> str:
    if not found.empty:
        return _tell_found(found, parameters)
    unit = parameters.selection.unit
    if not intended.empty:
        told = say_count(len(intended), f"{unit} tells", f"{unit}s tell")
        return f"No record shows {parameters.called} as done; {told} an intention: {_name(intended)}."
    told = say_count(len(instead), f"{unit} shows", f"{unit}s show")
    other = f" {told} something else: {_name(instead)}." if len(instead) else ""
    return f"No record shows {parameters.called}.{other}"


def _tell_found(found: pd.DataFrame, parameters: Parameters) -> str:
    unit = _unit(parameters.selection)
    years, verified = int(found["year"].nunique()), int(found["is_verified"].sum())
    needed = [say_count(parameters.at_least, unit[:-1], unit)]
    needed += [f"{parameters.distinct_years} different years"] if parameters.distinct_years else []
    told = f"{say_count(len(found), unit[:-1], unit)} in {say_count(years, 'year')}"
    return (
        f"{parameters.called[:1].upper()}{parameters.called[1:]}: {told}, {verified} of them verified "
        f"(the claim needs {' in '.join(needed)}). {_name(found)}."
    )


def _name(rows: pd.DataFrame) -> str:
    shown = rows.head(SHOWN).to_dict("records")
    named = [f"{row['title']} ({row['stage']}, {say_row_date(row)})" for row in shown]
    return f"{'; '.join(named)}; and {len(rows) - SHOWN} more" if len(rows) > SHOWN else "; ".join(named)


def _tell_absence(forbidden: pd.DataFrame, parameters: Parameters) -> str:
    if parameters.absent is None:
        return ""
    if forbidden.empty:
        return " What is said to be absent was not found."
    return f" What is said to be absent was found: {_name(forbidden)}."


def _list_caveats(evidence: Evidence, found: pd.DataFrame, parameters: Parameters) -> tuple[str, ...]:
    caveats = []
    if found.empty or parameters.absent is not None:
        caveats.append("Absence from the records is no proof: what was not reported, or not gathered, is not here.")
    if parameters.selection.months:
        anytime = evidence.select(parameters.selection.model_copy(update={"months": ()}))
        untold = int(anytime["month"].isna().sum())
        if untold:
            caveats.append(f"{say_count(untold, 'row')} of another precision could not be placed in a month.")
    unread = int((~found["is_verified"].astype(bool)).sum())
    if unread:
        caveats.append(f"No page was opened for {say_count(unread, 'row')} found; background knowledge only.")
    return tuple(caveats)


def _tabulate(part: str, rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "part": part,
            "date": say_row_date(row),
            "year": int(row["year"]),
            "record": str(row["title"]),
            "stage": str(row["stage"]),
            "verified": "yes" if row["is_verified"] else "no",
            "record_id": str(row["record_id"]),
        }
        for row in rows.to_dict("records")
    ]


KIND = Kind(
    name="exists",
    asks="whether the records hold what is claimed, in enough different years, and nothing that is said to be absent",
    null="none: the records are looked up",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="timeline",
)
