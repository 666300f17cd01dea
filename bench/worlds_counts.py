"""Made-up worlds for the counting claim kinds: evidence in which the truth is known.

Each world is built from *happenings*: a day, a partner, whether it has the feature asked. As in real gatherings one
happening may leave several records (a summit and what was signed there), ministers visit several partners on one
journey, some dates are known only to the month or year, and partners are unequally busy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pactwatch.claims.evidence import Evidence

PARTNERS = ("PHL", "VNM", "IDN", "MYS", "THA", "SGP", "BRN", "KHM", "LAO", "MMR")
BASELINE = ("USA", "AUS", "GBR", "IND")
AS_OF = pd.Timestamp("2026-03-31")
FIRST_YEAR, LAST_YEAR = 2008, 2025

COMPANION_CHANCE = 0.2
"""Chance that a happening leaves one more record, again and again."""

TOUR_CHANCE = 0.12
"""Chance that a happening is the next stop of the journey of the one before."""

PRECISIONS = ("day", "month", "year")
PRECISION_CHANCES = (0.86, 0.12, 0.02)


@dataclass(frozen=True)
class Happenings:
    """Days (as datetime64), partner codes and features of the same length."""

    days: NDArray[np.datetime64]
    partners: NDArray[np.str_]
    features: NDArray[np.bool_]

    def joined(self, other: Happenings) -> Happenings:
        """Both together."""
        return Happenings(
            np.concatenate([self.days, other.days]),
            np.concatenate([self.partners, other.partners]),
            np.concatenate([self.features, other.features]),
        )


def draw_days(
    rng: np.random.Generator, n: int, months: Sequence[int] = (), rise: float = 0.0
) -> NDArray[np.datetime64]:
    """Days spread evenly from FIRST_YEAR to LAST_YEAR; a share of ``rise`` more of them than even in ``months``."""
    every = pd.date_range(f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31")
    inside = np.isin(every.month, list(months))
    even = inside.mean()
    chances = np.where(inside, (even + rise) / even if even else 0.0, (1 - even - rise) / (1 - even))
    return np.asarray(rng.choice(every.to_numpy(), size=n, p=chances / chances.sum()), dtype="datetime64[ns]")


def draw_growing_days(
    rng: np.random.Generator, yearly: float, growth: float, unevenness: float
) -> NDArray[np.datetime64]:
    """Days in years whose expected number grows by a factor, negative binomial with the given extra variance a year.

    ``yearly`` is the mean number over the whole span, ``unevenness`` the squared coefficient of variation of years.
    """
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)
    expected = growth ** (years - years.mean())
    expected *= yearly / expected.mean()
    luck = rng.gamma(1 / unevenness, unevenness, len(years)) if unevenness else np.ones(len(years))
    counts = rng.poisson(expected * luck)
    starts = np.repeat(pd.to_datetime([f"{year}-01-01" for year in years]).to_numpy(), counts)
    return np.asarray(starts + rng.integers(0, 365, counts.sum()) * np.timedelta64(1, "D"), dtype="datetime64[ns]")


def draw_partners(
    rng: np.random.Generator, n: int, codes: Sequence[str] = PARTNERS, shares: Sequence[float] | None = None
) -> NDArray[np.str_]:
    """Partner codes; without ``shares`` the first are the busiest, each a third less than the one before."""
    weights = np.array(shares if shares is not None else [(2 / 3) ** i for i in range(len(codes))])
    return np.asarray(rng.choice(np.array(codes), size=n, p=weights / weights.sum()))


def add_tours(rng: np.random.Generator, happenings: Happenings) -> Happenings:
    """Move some happenings to a day or two after the one before them in the list: stops of one journey."""
    days = happenings.days.copy()
    for i in np.flatnonzero(rng.random(len(days)) < TOUR_CHANCE):
        if i:
            days[i] = days[i - 1] + np.timedelta64(int(rng.integers(1, 3)), "D")
    return replace(happenings, days=days)


def make_evidence(rng: np.random.Generator, happenings: Happenings, record_type: str = "exercise") -> Evidence:
    """Records of the happenings, as :func:`pactwatch.claims.evidence.gather_evidence` would give them."""
    copies = rng.geometric(1 - COMPANION_CHANCE, len(happenings.days))
    days, features = np.repeat(happenings.days, copies), np.repeat(happenings.features, copies)
    partners = np.repeat(happenings.partners, copies)
    precision = rng.choice(PRECISIONS, size=len(happenings.days), p=PRECISION_CHANCES).repeat(copies)
    return assemble([frozenset({"JPN", str(code)}) for code in partners], days, features, precision, record_type)


def assemble(
    parties: Sequence[frozenset[str]],
    days: NDArray[np.datetime64],
    features: NDArray[np.bool_],
    precision: NDArray[np.str_],
    record_type: str,
) -> Evidence:
    """Evidence of one milestone a record, its date blurred to its precision; the feature is disaster relief."""
    told = pd.Series(pd.DatetimeIndex(days))
    as_month, as_year = told.dt.to_period("M"), told.dt.to_period("Y")
    is_month, is_year = precision == "month", precision == "year"
    earliest = told.mask(is_month, as_month.dt.start_time).mask(is_year, as_year.dt.start_time)
    latest = told.mask(is_month, as_month.dt.end_time.dt.normalize()).mask(is_year, as_year.dt.end_time.dt.normalize())
    names = [f"r{i:05d}" for i in range(len(told))]
    stage = "signed" if record_type == "agreement" else "held"
    rows = pd.DataFrame(
        {
            "milestone_id": names,
            "record_id": names,
            "record_type": record_type,
            "stage": stage,
            "stage_rank": 0,
            "is_tentative": False,
            "is_done": True,
            "earliest": earliest,
            "latest": latest,
            "middle": (earliest + (latest - earliest) / 2).dt.normalize(),
            "precision": precision,
            "is_inferred": False,
            "year": earliest.dt.year,
            "month": earliest.dt.month.where(~is_year),
            "parties": list(parties),
            "party_count": [len(codes) for codes in parties],
            "instrument": None,
            "proper_name": None,
            "supplier": None,
            "recipient": None,
            "level": None,
            "level_rank": np.nan,
            "is_hadr": features,
            "is_verified": True,
            "is_reviewed": True,
            "domain": "general",
            "categories": [frozenset() for _ in names],
            "title": names,
        }
    )
    return Evidence(rows, pd.DataFrame(), "JPN", {"partners": PARTNERS, "baseline": BASELINE}, AS_OF)


def plant_duplicates(rng: np.random.Generator, evidence: Evidence, share: float = 0.1, copies: int = 5) -> Evidence:
    """The same evidence with a share of its records told again, ``copies`` times, as records of their own."""
    rows = evidence.milestones
    chosen = rows.sample(frac=share, random_state=rng)
    extra = pd.concat([chosen] * copies, ignore_index=True)
    extra["record_id"] = extra["milestone_id"] = [f"copy{i:05d}" for i in range(len(extra))]
    return replace(evidence, milestones=pd.concat([rows, extra], ignore_index=True))


def grow_coverage(rng: np.random.Generator, evidence: Evidence, growth: float = 1.1) -> Evidence:
    """The same evidence as a press would show it that sees everything in the last year, and less in every year
    before.
    """
    rows = evidence.milestones
    seen = growth ** (rows["year"] - LAST_YEAR)
    return evidence.narrowed(pd.Series(rng.random(len(rows)) < seen, index=rows.index))
