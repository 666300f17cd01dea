"""first: did one partner reach each of several instruments before all the others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.firsts import rows_with
from pactwatch.claims.methods.orders import Row
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.words import say_count, say_list, say_row_date
from pactwatch.model.codes import Instrument, Stage

if TYPE_CHECKING:
    import pandas as pd


class Parameters(Question):
    """Who is said to be first, among whom, to what."""

    actor: str
    among: tuple[str, ...] = Field(default=("partners",), description="actor codes or groups it is compared with")
    instruments: tuple[Instrument, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(default=(), description="the stage reached; left out: any step completed")
    multilateral: bool | None = None


class Place(StrEnum):
    """Where the actor stands for one instrument."""

    FIRST = "first"
    LATER = "later"
    OPEN = "not settled"
    NOBODY = "nobody yet"


@dataclass(frozen=True)
class Arrival:
    """One actor's first milestone with an instrument: the days it may have been, and the row it comes from."""

    code: str
    name: str
    earliest: pd.Timestamp
    latest: pd.Timestamp
    told: str
    record_id: str
    is_verified: bool


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Look up every actor's first date for every instrument; dates that overlap, a shared day too, settle nothing."""
    arrivals = {str(code): find_arrivals(evidence, parameters, code) for code in parameters.instruments}
    places = {name: find_place(parameters.actor, found) for name, found in arrivals.items()}
    reached = [name for name, place in places.items() if place is not Place.NOBODY]
    return Finding(
        estimate=float(sum(place is Place.FIRST for place in places.values())) if reached else None,
        unit="instruments where first",
        n=len(reached),
        n_unit="instruments",
        fact=sum_up(list(places.values())),
        sentence=_write_sentence(parameters.actor, evidence.name(parameters.actor), arrivals, places),
        caveats=_list_caveats(arrivals, places),
        records=tuple(sorted({arrival.record_id for found in arrivals.values() for arrival in found})),
        table=tuple(_tabulate(name, parameters.actor, arrivals[name], places[name]) for name in arrivals),
    )


def find_arrivals(evidence: Evidence, parameters: Parameters, instrument: Instrument) -> list[Arrival]:
    """First milestone of every compared actor with the instrument and the focus actor, earliest first."""
    rows = evidence.select(
        Selection(instruments=(instrument,), stages=parameters.stages, multilateral=parameters.multilateral)
    )
    columns = ["record_id", "parties", "earliest", "latest", "precision", "is_inferred", "is_verified"]
    told = rows[columns].to_dict("records")
    codes = (evidence.codes(parameters.among) | {parameters.actor}) - {evidence.focus}
    found = [_arrive(code, evidence.name(code), rows_with(code, told)) for code in sorted(codes)]
    return sorted((arrival for arrival in found if arrival), key=lambda arrival: (arrival.earliest, arrival.latest))


def find_place(actor: str, arrivals: Sequence[Arrival]) -> Place:
    """Whether the actor was certainly first, certainly later, or neither.

    First: its latest possible day lies before everyone else's earliest. Later: someone's latest lies before its
    earliest, or it never came.
    """
    if not arrivals:
        return Place.NOBODY
    own = next((arrival for arrival in arrivals if arrival.code == actor), None)
    others = [arrival for arrival in arrivals if arrival.code != actor]
    if own is None or any(other.latest < own.earliest for other in others):
        return Place.LATER
    return Place.FIRST if all(own.latest < other.earliest for other in others) else Place.OPEN


def sum_up(places: Sequence[Place]) -> Fact:
    """The fact behind "first to each": all, some or none; instruments that nobody has say nothing.

    >>> sum_up([Place.FIRST, Place.NOBODY]), sum_up([Place.FIRST, Place.LATER]), sum_up([Place.OPEN, Place.LATER])
    (<Fact.HOLDS: 'holds'>, <Fact.PARTLY: 'partly'>, <Fact.UNKNOWN: 'unknown'>)
    """
    kinds = set(places) - {Place.NOBODY}
    if kinds == {Place.FIRST}:
        return Fact.HOLDS
    if kinds == {Place.LATER}:
        return Fact.FAILS
    return Fact.PARTLY if Place.FIRST in kinds else Fact.UNKNOWN


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Another stage of arrival, and agreements of two parties only."""
    words = "any step completed" if parameters.stages else "signed or contracted"
    others: list[tuple[str, Question]] = [(words, parameters.model_copy(update={"stages": _other_stages(parameters)}))]
    if parameters.multilateral is None:
        others.append(("two-party records only", parameters.model_copy(update={"multilateral": False})))
    return others


def _other_stages(parameters: Parameters) -> tuple[Stage, ...]:
    return () if parameters.stages else (Stage.SIGNED, Stage.CONTRACTED)


def _arrive(code: str, name: str, rows: Sequence[Row]) -> Arrival | None:
    """The first of the rows; its latest possible day is the smallest of all, since any of them would do."""
    if not rows:
        return None
    top, latest = rows[0], min(row["latest"] for row in rows)
    told, record = say_row_date(top), str(top["record_id"])
    return Arrival(code, name, top["earliest"], latest, told, record, bool(top["is_verified"]))


def _write_sentence(actor: str, name: str, arrivals: dict[str, list[Arrival]], places: dict[str, Place]) -> str:
    counts = Counter(places.values())
    reached = len(places) - counts[Place.NOBODY]
    if not reached:
        nothing = say_list([_say_instrument(code) for code in places])
        return f"No compared actor has any of {nothing}; nothing can be said of who was first."
    parts = [
        f"{_say_instrument(code)}: {_tell_order(actor, name, arrivals[code])}"
        for code, place in places.items()
        if place is not Place.NOBODY
    ]
    nobody = [_say_instrument(code) for code, place in places.items() if place is Place.NOBODY]
    tail = f" Nobody has {say_list(nobody)}." if nobody else ""
    unsettled = f", and for {counts[Place.OPEN]} the dates do not settle it" if counts[Place.OPEN] else ""
    head = f"{name}: first for {counts[Place.FIRST]} of {say_count(reached, 'instrument')}{unsettled}"
    return f"{head}. {'; '.join(parts)}.{tail}"


def _say_instrument(code: str) -> str:
    """Acronyms as they are, other codes as words.

    >>> _say_instrument("DETTA"), _say_instrument("joint_statement")
    ('DETTA', 'joint statement')
    """
    return code.replace("_", " ")


def _tell_order(actor: str, name: str, arrivals: Sequence[Arrival]) -> str:
    told = [f"{arrival.name} {arrival.told}" for arrival in arrivals[:2]]
    own = next((arrival for arrival in arrivals if arrival.code == actor), None)
    if own is None:
        return f"{told[0]}, {name} not yet"
    if own not in arrivals[:2]:
        return f"{told[0]}, {name} {own.told}"
    return ", then ".join(told) if len(told) > 1 else f"{told[0]} alone"


def _list_caveats(arrivals: dict[str, list[Arrival]], places: dict[str, Place]) -> tuple[str, ...]:
    caveats = ["An earlier step that no gathered source tells would change the order."]
    unread = {arrival.name for found in arrivals.values() for arrival in found[:2] if not arrival.is_verified}
    if unread:
        caveats.append(
            f"No page was opened for an early date of {say_list(sorted(unread))}; background knowledge only."
        )
    if Place.OPEN in places.values():
        caveats.append("Dates known to the month or year overlap, or fall on one day; the order there is not settled.")
    return tuple(caveats)


def _tabulate(name: str, actor: str, arrivals: Sequence[Arrival], place: Place) -> dict[str, Any]:
    own = next((arrival for arrival in arrivals if arrival.code == actor), None)
    other = next((arrival for arrival in arrivals if arrival.code != actor), None)
    return {
        "instrument": name,
        "place": str(place),
        "actor": actor,
        "date": own.told if own else None,
        "first other": other.code if other else None,
        "date of the first other": other.told if other else None,
        "actors with it": len(arrivals),
        "record_id": own.record_id if own else None,
    }


KIND = Kind(
    name="first",
    asks="whether one partner reached each of the instruments before every other partner compared",
    null="none: the dates are looked up; overlapping dates settle nothing",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="timeline",
)
