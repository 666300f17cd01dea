"""Imported events set against the edition's records, dyad by dyad: where they agree, where one has what the other
lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pactwatch.edition import Edition
from pactwatch.measures.event_cooperation import COOPERATIVE_ROOTS, EVENT_KINDS, list_events
from pactwatch.model.errors import NotFoundError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class DyadMonth:
    """A dyad in a month: cooperative events and completed milestones, and what that makes."""

    month: str
    partner_code: str
    cooperative_events: int
    recorded_milestones: int

    @property
    def agreement(self) -> str:
        """``both``, ``events only`` or ``records only``."""
        if self.cooperative_events and self.recorded_milestones:
            return "both"
        return "events only" if self.cooperative_events else "records only"


@dataclass(frozen=True, slots=True)
class MilestoneMatch:
    """A dated milestone and the cooperative events of its dyad near it; ``near`` counts them."""

    record_id: str
    title: str
    partner_code: str
    day: date
    stage: str
    near: int


@dataclass(frozen=True, slots=True)
class EventComparison:
    """Events and records of the months the events cover.

    ``correlation`` is Spearman's rank correlation of events and milestones over dyad months; ``None`` where one of them
    does not vary. ``first`` and ``last`` are the first and last day of any event of a dyad.
    """

    kind: str
    days: int
    first: date
    last: date
    months: tuple[DyadMonth, ...]
    milestones: tuple[MilestoneMatch, ...]
    correlation: float | None

    def count(self, agreement: str) -> int:
        """Dyad months of one kind of agreement."""
        return sum(1 for one in self.months if one.agreement == agreement)


def compare_events(kind: str, edition: Edition, days: int = 3) -> EventComparison:
    """Set a kind of event data against an edition's records; a milestone and an event agree within ``days`` days.

    Raises :class:`NotFoundError` for another kind and ``MissingImportError`` when nothing of the kind is imported.
    """
    if kind not in EVENT_KINDS:
        raise NotFoundError(f"there are no events of kind {kind!r}; compare one of {', '.join(EVENT_KINDS)}")
    events = list_events(edition, kind).to_pyarrow().to_pandas()
    events = events[events["cameo_root"].isin(COOPERATIVE_ROOTS)]
    actors = {*edition.settings.partners, *edition.settings.baseline}
    events = events[events["partner_code"].isin(list(actors))]
    if events.empty:
        raise NotFoundError(f"the imported {kind} files hold no cooperative event of the casebook's dyads")
    events["event_date"] = [day.date() if hasattr(day, "date") else day for day in events["event_date"]]
    days_of = {str(code): sorted(rows["event_date"]) for code, rows in events.groupby("partner_code")}
    span = (min(events["event_date"]), max(events["event_date"]))
    told = [row for row in _list_milestones(edition) if row["partner_code"] in actors]
    months = _join_months(events, told, span)
    matches = [_match(row, days_of, days) for row in told if row["precision"] == "day"]
    within = tuple(one for one in matches if span[0] <= one.day <= span[1])
    return EventComparison(kind, days, *span, months, within, _correlate(months))


def _list_milestones(edition: Edition) -> list[dict[str, Any]]:
    """Completed milestones whose month is told, one row per partner of the focus actor."""
    milestones, records = edition.frame("milestones"), edition.frame("records").set_index("record_id")
    done = milestones[milestones["is_done"] & milestones["date_precision"].isin(["day", "month"])]
    found = []
    for row in done.to_dict("records"):
        record = records.loc[row["record_id"]]
        parties = str(record["party_codes"]).split(";")
        if edition.settings.focus not in parties:
            continue
        found += [
            {
                "milestone_id": row["milestone_id"],
                "record_id": row["record_id"],
                "title": record["title"],
                "partner_code": partner,
                "day": row["earliest_date"],
                "stage": row["stage"],
                "precision": row["date_precision"],
            }
            for partner in parties
            if partner != edition.settings.focus
        ]
    return found


def _join_months(
    events: pd.DataFrame, milestones: list[dict[str, Any]], span: tuple[date, date]
) -> tuple[DyadMonth, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for day, partner in zip(events["event_date"], events["partner_code"], strict=True):
        counts.setdefault((f"{day:%Y-%m}", partner), [0, 0])[0] += 1
    for row in milestones:
        month = f"{row['day']:%Y-%m}"
        if f"{span[0]:%Y-%m}" <= month <= f"{span[1]:%Y-%m}":
            counts.setdefault((month, row["partner_code"]), [0, 0])[1] += 1
    return tuple(DyadMonth(*key, *values) for key, values in sorted(counts.items()))


def _match(row: dict[str, Any], days_of: dict[str, list[date]], days: int) -> MilestoneMatch:
    reach = timedelta(days=days)
    near = sum(1 for day in days_of.get(row["partner_code"], ()) if abs(day - row["day"]) <= reach)
    return MilestoneMatch(row["record_id"], str(row["title"]), row["partner_code"], row["day"], str(row["stage"]), near)


def _correlate(months: tuple[DyadMonth, ...]) -> float | None:
    """Spearman's rank correlation (1904) over the dyad months that either side has."""
    from scipy.stats import spearmanr

    pairs = [(one.cooperative_events, one.recorded_milestones) for one in months]
    if any(len({pair[side] for pair in pairs}) < 2 for side in (0, 1)):
        return None
    return float(spearmanr(pairs).statistic)
