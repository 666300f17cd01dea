"""``precedes`` with two steps: with how many partners did the first of one come before the first of the other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.claims.finding import Finding
from pactwatch.claims.methods.orders import (
    First,
    Row,
    chance_of_order,
    detectable_order,
    find_first,
    is_before,
    median_wait,
    spread_of_orders,
    tilt_chances,
)
from pactwatch.claims.methods.statistics import exact_interval
from pactwatch.claims.words import say_count, say_p, say_percent

if TYPE_CHECKING:
    import pandas as pd

    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.kinds.precedes import Parameters

DAYS_PER_YEAR = 365.25
SMALLEST_RISE = 0.20
"""Smallest rise of the share above chance worth speaking of where the claim tells none."""


@dataclass(frozen=True)
class Meeting:
    """The first dates of both steps with one partner."""

    partner: str
    earlier: First | None
    later: First | None

    @property
    def is_ordered(self) -> bool | None:
        """Whether the earlier step certainly came first; ``None`` where one is missing or the days overlap."""
        return is_before(self.earlier, self.later) if self.earlier and self.later else None

    @property
    def is_alone(self) -> bool:
        """Whether the partner has the later step without the earlier one."""
        return self.later is not None and self.earlier is None


@dataclass(frozen=True)
class Tally:
    """Partners in the claimed order, the chance of that order with each partner, and the median wait in days."""

    ordered: int
    chances: list[float]
    wait: float | None


def find_order(evidence: Evidence, parameters: Parameters) -> Finding:
    """Share of partners with whom the first earlier step came before the first later one.

    Null: each partner's dates of both kinds shuffled, so that a kind with many dates is likely to be first; exact, by
    the Poisson binomial distribution. With one date of each kind this is the sign test. Partners with only one kind, or
    whose first dates overlap, tell no order; a partner with the later step alone counts against the claim, at even
    odds, only where ``later_alone`` says so.
    """
    columns = ["record_id", "parties", "earliest", "latest", "middle", "precision", "is_inferred"]
    asked = (parameters.earlier, parameters.later)
    rows = [evidence.select(selection)[columns].to_dict("records") for selection in asked if selection]
    meetings = [
        Meeting(code, *(find_first(rows_with(code, part)) for part in rows))
        for code in list_partners(evidence, parameters.among)
    ]
    tally = tally_meetings(meetings, evidence.as_of, alone_counts=parameters.later_alone == "against")
    base = _describe(meetings, rows, len(tally.chances), parameters)
    return _conclude(base, meetings, tally, parameters) if tally.chances else base


def list_partners(evidence: Evidence, among: Sequence[str]) -> list[str]:
    """Codes of the actors looked at, the focus actor left out."""
    return sorted(evidence.codes(among) - {evidence.focus})


def rows_with(code: str, rows: Sequence[Row]) -> list[Row]:
    """The rows with the actor as a party."""
    return [row for row in rows if code in row["parties"]]


def tally_meetings(meetings: Sequence[Meeting], as_of: pd.Timestamp, *, alone_counts: bool) -> Tally:
    """Count the orders and gather their chances."""
    clear = [meeting for meeting in meetings if meeting.is_ordered is not None]
    chances = [chance_of_order(m.earlier, m.later) for m in clear if m.earlier and m.later]
    if alone_counts:
        chances += [0.5] * sum(meeting.is_alone for meeting in meetings)
    waits = list_waits(meetings, as_of)
    wait = median_wait([days for days, _ in waits], [is_over for _, is_over in waits])
    return Tally(sum(bool(meeting.is_ordered) for meeting in clear), chances, wait)


def list_waits(meetings: Sequence[Meeting], as_of: pd.Timestamp) -> list[tuple[float, bool]]:
    """Days from the first earlier step to the first later one, and whether the wait is over by ``as_of``.

    Partners whose later step came first waited for nothing and are left out.
    """
    waits = []
    for meeting in meetings:
        if meeting.earlier and (meeting.is_ordered or meeting.later is None):
            end = meeting.later.middle if meeting.later else as_of
            waits.append((float(max((end - meeting.earlier.middle).days, 0)), meeting.later is not None))
    return waits


def _describe(meetings: Sequence[Meeting], rows: Sequence[list[Row]], n: int, parameters: Parameters) -> Finding:
    records = {str(row["record_id"]) for part in rows for row in part}
    unclear = sum(bool(m.earlier and m.later) and m.is_ordered is None for m in meetings)
    caveats = ["Order is not cause; and a first step before the records begin is not seen."]
    if unclear:
        caveats.append(f"With {say_count(unclear, 'partner')} the first dates overlap or fall on one day; left out.")
    return Finding(
        estimate=None,
        unit="share of partners",
        n=n,
        n_unit="partners",
        sentence=f"No partner has clear first dates of both {parameters.earlier_called} and {parameters.later_called}.",
        caveats=tuple(caveats),
        records=tuple(sorted(records)),
        table=tuple(_tabulate(meeting) for meeting in meetings if meeting.earlier or meeting.later),
    )


def _conclude(base: Finding, meetings: Sequence[Meeting], tally: Tally, parameters: Parameters) -> Finding:
    n, chances = len(tally.chances), tally.chances
    null = sum(chances) / n
    rise = parameters.smallest_rise or SMALLEST_RISE
    smallest = null + rise if null + rise < 1 else (1 + null) / 2
    p = float(spread_of_orders(chances)[tally.ordered :].sum())
    p_refute = float(spread_of_orders(tilt_chances(chances, smallest))[: tally.ordered + 1].sum())
    found = {
        "estimate": tally.ordered / n,
        "interval": exact_interval(tally.ordered, n),
        "no_effect": null,
        "smallest_effect": smallest,
        "p": min(p, 1.0),
        "p_refute": min(p_refute, 1.0),
        "detectable": detectable_order(chances),
    }
    return base.model_copy(
        update={**found, "sentence": _say(base.model_copy(update=found), meetings, tally, parameters)}
    )


def _say(finding: Finding, meetings: Sequence[Meeting], tally: Tally, parameters: Parameters) -> str:
    low, high = finding.interval or (0.0, 1.0)
    alone = sum(meeting.is_alone for meeting in meetings)
    seen = finding.detectable
    reach = "no share at all" if seen is None else f"only a share of {say_percent(seen)} or more"
    wait = (
        ""
        if tally.wait is None
        else f" The median wait between them is {tally.wait / DAYS_PER_YEAR:.1f} years, those still waiting included."
    )
    rest = f" With {say_count(alone, 'more partner')} {parameters.later_called} came alone." if alone else ""
    return (
        f"With {tally.ordered} of {say_count(finding.n, 'partner')} {parameters.earlier_called} came before "
        f"{parameters.later_called} ({say_percent(finding.estimate or 0.0)}; shuffled dates "
        f"{say_percent(finding.no_effect or 0.0)}; 95 % interval {100 * low:.0f} to {100 * high:.0f}; "
        f"{say_p(finding.p)}); {reach} would probably have been seen.{wait}{rest}"
    )


def _tabulate(meeting: Meeting) -> dict[str, Any]:
    told = [first.told if first else None for first in (meeting.earlier, meeting.later)]
    order = {True: "earlier first", False: "later first", None: "not clear"}[meeting.is_ordered]
    both = meeting.earlier and meeting.later
    return {
        "partner": meeting.partner,
        "first earlier step": told[0],
        "first later step": told[1],
        "order": order if both else "one only",
        "earlier year": meeting.earlier.middle.year if meeting.earlier else None,
        "later year": meeting.later.middle.year if meeting.later else None,
        "days between": (meeting.later.middle - meeting.earlier.middle).days
        if meeting.later and meeting.earlier
        else None,
    }
