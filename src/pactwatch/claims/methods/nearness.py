"""``precedes`` within months: are records of one kind near those of another, beyond what growing activity brings about?

Two kinds that both grow come to lie near each other for no reason of their own. Dates are therefore shifted on a clock
that runs faster in busy years: the shifted dates grow with the rest and keep their spacing; only the link is broken.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.claims.finding import Finding
from pactwatch.claims.methods.chance import judge_draws
from pactwatch.claims.methods.events import label_events, name_unit, tell_joining
from pactwatch.claims.methods.firsts import list_partners
from pactwatch.claims.question import Selection
from pactwatch.claims.words import say_count, say_p, say_percent, say_row_date, say_units

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.kinds.precedes import Parameters
    from pactwatch.claims.kinds.shape import Effort

DAYS_PER_MONTH = 30.4375
CHUNK = 500
"""Draws worked at once, which bounds the memory."""

SMALLEST_RISE = 0.15
"""Smallest rise of the share above chance worth speaking of where the claim tells none."""


@dataclass(frozen=True)
class Clock:
    """Share of all activity past at each of some days (days since 1970), rising from 0 to 1."""

    days: NDArray[np.float64]
    past: NDArray[np.float64]

    def shift(self, dates: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float64]:
        """The dates moved by shares of the clock's round, one row per step; what runs over the end begins again."""
        import numpy as np

        told = np.interp(dates, self.days, self.past)
        return np.asarray(np.interp((told[None, :] + steps[:, None]) % 1.0, self.past, self.days))


@dataclass(frozen=True)
class Pair:
    """Rows of both kinds whose dates are told closely enough, and how many rows were not."""

    rows: pd.DataFrame
    others: pd.DataFrame
    left_out: int


def find_nearness(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Share of events of the first kind with one of the second near, with the same partner, either side.

    Null: each partner's dates of the second kind shifted round the clock of that partner's activity (time rescaling:
    Brown and others 2002, Neural Computation 14, 325-346), every partner by a step of its own.
    """
    import numpy as np

    pair = gather_pair(evidence, parameters)
    events = label_events(pair.rows, evidence.focus)
    base = _describe(pair, events, parameters)
    if pair.rows.empty or pair.others.empty:
        return base
    generator = np.random.default_rng(effort.seed)
    near = np.zeros((effort.draws + 1, len(pair.rows)), dtype=bool)
    for code in list_partners(evidence, parameters.among):
        steps = np.append(0.0, generator.uniform(size=effort.draws))
        near |= find_near(evidence, pair, code, steps, (parameters.within_months or 0) * DAYS_PER_MONTH)
    sizes = np.bincount(events)
    shares = near @ (1 / (sizes[events] * len(sizes)))
    return _conclude(base, pair, near[0], shares, parameters)


def gather_pair(evidence: Evidence, parameters: Parameters) -> Pair:
    """The rows of both kinds; dates known to the year only, or to a quarter where the span is shorter, are left out."""
    first, second = (evidence.select(selection) for selection in (parameters.earlier, parameters.later) if selection)
    second = second[~second["record_id"].isin(first["record_id"])]
    close = ["day", "month"] if (parameters.within_months or 0) < 3 else ["day", "month", "quarter"]
    told = [rows[rows["precision"].isin(close)] for rows in (first, second)]
    return Pair(told[0], told[1], len(first) + len(second) - len(told[0]) - len(told[1]))


def find_near(evidence: Evidence, pair: Pair, code: str, steps: NDArray[np.float64], days: float) -> NDArray[np.bool_]:
    """Whether each row has one of the others with this partner near it, for each shift (shifts by rows)."""
    import numpy as np

    found = np.zeros((len(steps), len(pair.rows)), dtype=bool)
    has = has_party(pair.rows, code)
    others = pair.others.loc[has_party(pair.others, code), ["middle"]]
    if not has.any() or others.empty:
        return found
    columns = ["record_id", "record_type", "parties", "earliest", "latest", "year"]
    rows = evidence.milestones
    # What one party does alone (a budget, a constitution) is no occasion to meet, and would set the clock's start.
    told = rows.loc[rows["is_done"] & (rows["party_count"] > 1), columns]
    done = told[~told.duplicated(["record_type", "parties", "earliest", "latest"])]
    tested = done["record_id"].isin([*pair.rows["record_id"], *pair.others["record_id"]])
    own = has_party(done, code) & ~tested.to_numpy()
    clock = wind_clock(done.loc[own, "year"], done["year"], evidence.as_of)
    shifted = clock.shift(_to_days(others), steps)
    shifted[0] = _to_days(others)
    found[:, has] = is_near(_to_days(pair.rows[has]), shifted, days)
    return found


def has_party(rows: pd.DataFrame, code: str) -> NDArray[np.bool_]:
    """Whether the actor is a party of each row."""
    import numpy as np

    return np.array([code in parties for parties in rows["parties"]], dtype=bool)


def wind_clock(own: pd.Series[int], everyone: pd.Series[int], end: pd.Timestamp) -> Clock:
    """A clock from the years of a partner's milestones and of everyone's, which steady the few of one partner.

    ``own`` leaves out the kinds tested, whose link is in question. Each year runs as long as the partner's milestones
    in it, plus everyone's scaled to the partner's number, plus a little, so that it never stands still. The last year
    ends on ``end``.
    """
    import numpy as np

    first, last = int(everyone.min()), max(int(everyone.max()), int(end.year))
    years = np.arange(first, last + 1)
    mine, all_ = (np.bincount(part.to_numpy(dtype=int) - first, minlength=len(years)) for part in (own, everyone))
    weight = mine + all_ * (max(mine.sum(), 1) / max(all_.sum(), 1)) + 0.05
    starts = np.array([np.datetime64(f"{year}-01-01", "D") for year in years]).astype("int64").astype(float)
    finish = max(float(end.timestamp() / 86_400), starts[-1] + 1)
    return Clock(np.append(starts, finish), np.append(0.0, np.cumsum(weight) / weight.sum()))


def is_near(dates: NDArray[np.float64], others: NDArray[np.float64], days: float) -> NDArray[np.bool_]:
    """Whether each date has one of the others within so many days either side; ``others`` is draws by dates.

    >>> import numpy as np
    >>> is_near(np.array([0.0, 100.0]), np.array([[10.0], [95.0]]), 20).tolist()
    [[True, False], [False, True]]
    """
    import numpy as np

    parts = [
        (np.abs(others[start : start + CHUNK, None, :] - dates[None, :, None]) <= days).any(axis=2)
        for start in range(0, len(others), CHUNK)
    ]
    return np.concatenate(parts)


def _to_days(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Middles of the dates as days since 1970."""
    import numpy as np

    return np.asarray(rows["middle"].to_numpy().astype("datetime64[D]").astype("int64"), dtype=np.float64)


def _describe(pair: Pair, events: NDArray[np.int64], parameters: Parameters) -> Finding:
    n = int(events.max()) + 1 if len(events) else 0
    unit = name_unit(len(pair.rows), n, parameters.earlier or Selection())
    caveats = ["Nearness is not cause; what is near may belong to one visit or one budget."]
    if pair.left_out:
        caveats.append(f"Dated too coarsely for the span and left out: {say_count(pair.left_out, 'row')}.")
    records = {str(record) for part in (pair.rows, pair.others) for record in part["record_id"]}
    return Finding(
        estimate=None,
        unit="share accompanied",
        n=n,
        n_unit=unit,
        sentence=f"{say_units(n, unit)} of the first kind and {say_count(len(pair.others), 'record')} of the "
        "second are too few to be set against each other.",
        caveats=(*caveats, *tell_joining(len(pair.rows), n)),
        records=tuple(sorted(records)),
        table=(),
    )


def _conclude(
    base: Finding, pair: Pair, near: NDArray[np.bool_], shares: NDArray[np.float64], parameters: Parameters
) -> Finding:
    observed = float(shares[0])
    chance = judge_draws(observed, shares[1:], parameters.smallest_rise or SMALLEST_RISE)
    low, high = chance.interval
    span = say_count(parameters.within_months or 0, "month")
    sentence = (
        f"{say_percent(observed)} of {say_units(base.n, base.n_unit)} of {parameters.earlier_called} have "
        f"{parameters.later_called} with the same partner within {span} either side (dates shifted: "
        f"{say_percent(chance.no_effect)}; 95 % interval {100 * low:.0f} to {100 * high:.0f}; {say_p(chance.p)}); "
        f"only {say_percent(chance.detectable)} or more would probably have been seen."
    )
    table = tuple(
        _tabulate(row, is_near=bool(found)) for row, found in zip(pair.rows.to_dict("records"), near, strict=True)
    )
    return base.model_copy(update={"estimate": observed, "sentence": sentence, "table": table, **asdict(chance)})


def _tabulate(row: dict[Any, Any], *, is_near: bool) -> dict[str, Any]:
    return {
        "date": say_row_date(row),
        "year": int(row["year"]),
        "record": str(row["title"]),
        "parties": ", ".join(sorted(row["parties"])),
        "accompanied": "yes" if is_near else "no",
        "record_id": str(row["record_id"]),
    }
