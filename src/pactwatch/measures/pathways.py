"""Pathways: which instrument follows which with one partner, and after how many months."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from pactwatch.edition import Edition
from pactwatch.measures.completed import list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure, make_table
from pactwatch.model.codes import Instrument, RecordType

if TYPE_CHECKING:
    import ibis

DAYS_PER_MONTH = 365.25 / 12


class Span(NamedTuple):
    """The days that a date may be: first and last."""

    earliest: date
    latest: date

    def months_until(self, other: Span) -> float:
        """Months between the middles of the two spans."""
        return (_middle(other) - _middle(self)) / DAYS_PER_MONTH


@dataclass
class Waits:
    """What partners did after a first step: ``followed`` and ``waiting`` are months, the others count partners."""

    followed: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)
    reversed: int = 0
    unordered: int = 0


class Survival(NamedTuple):
    """Median waiting time in months with its 95 % band; an end that the data don't reach is ``None``."""

    median: float | None
    low: float | None
    high: float | None


def name_steps(records: ibis.Table) -> ibis.Table:
    """Records with ``step``: the instrument of an agreement, OSA for whatever is given under it, else the record's
    type.

    Policies are one party's own and no step; agreements of another or no told instrument are ``agreement``.

    Example: a DETTA is ``DETTA``, a radar given as Official Security Assistance ``OSA``, one sold ``transfer``.
    """
    import ibis

    form, kind = records.instrument, records.record_type
    is_named = (kind == RecordType.AGREEMENT.value) & form.notnull() & (form != Instrument.OTHER.value)
    is_form = is_named | (form == Instrument.OSA.value).fill_null(False)
    stepped = records.mutate(step=ibis.ifelse(is_form, form, kind))
    return stepped.filter(kind != RecordType.POLICY.value)


def find_first_steps(rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, Span]]:
    """First span of each step by partner, from rows of ``partner_code step earliest_date latest_date``."""
    first: dict[str, dict[str, Span]] = {}
    for row in rows:
        steps = first.setdefault(str(row["partner_code"]), {})
        earliest, latest = row["earliest_date"], row["latest_date"]
        if isinstance(earliest, date) and isinstance(latest, date):
            span = Span(earliest, latest)
            steps[str(row["step"])] = min(span, steps.get(str(row["step"]), span))
    return first


def gather_waits(partners: Iterable[Mapping[str, Span]], earlier: str, later: str, as_of: date) -> Waits:
    """How long after one step the other came, over partners that took the earlier one.

    A partner without the later step waits until ``as_of`` (censored). One that took the later step first is
    ``reversed``; where the days may overlap the order can't be told: ``unordered``. Neither was waiting, so neither
    enters the estimate.

    Example: MOU 2012, RAA 2024 with PHL, MOU 2011 with VNM, as of 2025: one followed after 144 months, one waiting
    168.
    """
    waits = Waits()
    for steps in partners:
        if earlier not in steps:
            continue
        start, end = steps[earlier], steps.get(later)
        if end is None:
            waits.waiting.append(max(start.months_until(Span(as_of, as_of)), 0.0))
        elif start.latest < end.earliest:
            waits.followed.append(start.months_until(end))
        elif end.latest < start.earliest:
            waits.reversed += 1
        else:
            waits.unordered += 1
    return waits


def estimate_median(followed: Sequence[float], waiting: Sequence[float]) -> Survival:
    """Kaplan-Meier median of a waiting time with its 95 % band, from times observed and times censored.

    The median is the first time by which at least half are estimated to have followed (Kaplan and Meier,
    "Nonparametric estimation from incomplete observations", JASA 53, 1958); the band is where the log-log limits of
    the curve cross a half (Brookmeyer and Crowley, "A confidence interval for the median survival time", Biometrics
    38, 1982).

    Example: followed after 3, 5, 8, still waiting after 10 and 12: the curve is 0.8, 0.6, 0.4 from 8 on, so the
    median is 8.
    """
    from scipy.stats import CensoredData, ecdf

    if not followed:
        return Survival(None, None, None)
    curve = ecdf(CensoredData(uncensored=list(followed), right=list(waiting))).sf
    with warnings.catch_warnings():
        # Where the curve is 1 or 0 the log-log limits don't exist; they come back as nan, which crosses nothing.
        warnings.filterwarnings("ignore", message="The confidence interval is undefined", category=RuntimeWarning)
        band: Any = curve.confidence_interval(0.95, method="log-log")
    return Survival(
        _first_crossing(curve.quantiles, curve.probabilities),
        _first_crossing(band.low.quantiles, band.low.probabilities),
        _first_crossing(band.high.quantiles, band.high.probabilities),
    )


def describe_pathway(earlier: str, later: str, waits: Waits) -> dict[str, object]:
    """One row of the measure."""
    survival = estimate_median(waits.followed, waits.waiting)
    return {
        "earlier_step": earlier,
        "later_step": later,
        "followed_partners": len(waits.followed),
        "waiting_partners": len(waits.waiting),
        "reversed_partners": waits.reversed,
        "unordered_partners": waits.unordered,
        "median_months": _take_median(waits.followed),
        "km_median_months": survival.median,
        "km_low_months": survival.low,
        "km_high_months": survival.high,
    }


def compute_pathways(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`PATHWAYS` tells."""
    settings = edition.settings
    records = list_partners(name_steps(list_completed(edition)), edition.table("parties"), settings.focus)
    rows = records.select("partner_code", "step", "earliest_date", "latest_date").to_pyarrow().to_pylist()
    partners = find_first_steps(rows)
    steps = sorted({step for taken in partners.values() for step in taken})
    as_of = date.fromisoformat(settings.as_of)
    pathways = []
    for earlier, later in permutations(steps, 2):
        waits = gather_waits(partners.values(), earlier, later, as_of)
        if waits.followed:
            pathways.append(describe_pathway(earlier, later, waits))
    return make_table(pathways, SCHEMA)


def _middle(span: Span) -> float:
    return (span.earliest.toordinal() + span.latest.toordinal()) / 2


def _first_crossing(times: Iterable[float], shares: Iterable[float]) -> float | None:
    return next((float(time) for time, share in zip(times, shares, strict=True) if share <= 0.5), None)


def _take_median(values: Sequence[float]) -> float:
    import numpy as np

    return float(np.median(values))


SCHEMA = {
    "earlier_step": "string",
    "later_step": "string",
    "followed_partners": "int64",
    "waiting_partners": "int64",
    "reversed_partners": "int64",
    "unordered_partners": "int64",
    "median_months": "float64",
    "km_median_months": "float64",
    "km_low_months": "float64",
    "km_high_months": "float64",
}
PATHWAYS = Measure(
    name="pathways",
    title="Pathways",
    definition="For each ordered pair of steps (instruments of agreements, Official Security Assistance, "
    "transfers, exercises and so on): with how many partners the first of the one was followed by the "
    "first of the other, and after how many months.",
    unit="partners; months",
    source="Kaplan and Meier, Journal of the American Statistical Association 53 (1958); Brookmeyer and Crowley, "
    "Biometrics 38 (1982).",
    cannot_show="That one step leads to the other: what is common and early precedes everything. Steps before "
    "the records begin are missing, so a first step may be a later one. Partners number a dozen or "
    "two; bands are wide and often open. median_months counts only partners that got there and is "
    "too short; km_median_months allows for those still waiting.",
    example="A memorandum followed by an access agreement after 3, 5 and 8 months with three partners and not "
    "yet after 10 and 12 with two: median_months 5, km_median_months 8.",
    key=("earlier_step", "later_step"),
    columns={
        "earlier_step": ColumnNote("the step taken first", "code"),
        "later_step": ColumnNote("the step that may follow", "code"),
        "followed_partners": ColumnNote("partners whose first later step came after their first earlier one", "actors"),
        "waiting_partners": ColumnNote("partners with the earlier step only", "actors"),
        "reversed_partners": ColumnNote("partners that took the later step first; not in the estimates", "actors"),
        "unordered_partners": ColumnNote("partners whose dates don't tell the order; not in the estimates", "actors"),
        "median_months": ColumnNote("median wait of the partners that followed", "months"),
        "km_median_months": ColumnNote(
            "Kaplan-Meier median wait; empty where under half are estimated to follow", "months"
        ),
        "km_low_months": ColumnNote("lower end of its 95 % band; empty where not reached", "months"),
        "km_high_months": ColumnNote("upper end of its 95 % band; empty where not reached", "months"),
    },
    compute=compute_pathways,
)
