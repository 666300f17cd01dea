"""Made-up worlds for the claim kinds about order, make-up and place: evidence in which the truth is known.

As in real gatherings, one summit leaves several records, a yearly exercise keeps its level, years have moods of their
own, partners are unequally busy, and coverage may grow. ``effect`` is 0 (none) or 1 (the smallest worth speaking of).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.methods.orders import tilt_chances
from pactwatch.model.codes import LEVEL_ORDER, Instrument

FOCUS = "JPN"
PARTNERS = ("PHL", "VNM", "IDN", "MYS", "THA", "SGP", "BRN", "KHM", "LAO", "MMR")
BASELINE = ("USA", "AUS", "GBR", "IND")
AS_OF = pd.Timestamp("2026-03-31")
FIRST_YEAR, LAST_YEAR = 2008, 2025
YEARS = np.arange(FIRST_YEAR, LAST_YEAR + 1)
CUT = 2017

COMPANION_CHANCE = 0.15
"""Chance that a happening leaves one more record of the same day."""

YEAR_MOOD = 0.04
"""Standard deviation of a year's own share about the truth: no two years are alike."""

LADDER = (Instrument.MOU, Instrument.DETTA, Instrument.ACSA, Instrument.RAA)


@dataclass(frozen=True)
class Size:
    """How large a world is and whether coverage grows (a factor a year)."""

    n: int
    growth: float = 1.0


Row = dict[str, Any]


def make_evidence(
    rows: Sequence[Row], partners: Sequence[str] = PARTNERS, perceptions: pd.DataFrame | None = None
) -> Evidence:
    """Evidence of one milestone a row, as ``gather_evidence`` would give it.

    A row tells ``day`` (datetime64) and ``parties``, and may tell ``precision`` and any other column.
    """
    frame = pd.DataFrame([{**_defaults(i), **row} for i, row in enumerate(rows)])
    if frame.empty:
        frame = pd.DataFrame([{**_defaults(0), "day": np.datetime64("2020-01-01"), "parties": frozenset()}]).iloc[:0]
    day = pd.to_datetime(frame.pop("day")).astype("datetime64[ns]")
    month, year = day.dt.to_period("M"), day.dt.to_period("Y")
    is_month, is_year = frame["precision"] == "month", frame["precision"] == "year"
    frame["earliest"] = day.mask(is_month, month.dt.start_time).mask(is_year, year.dt.start_time)
    ends = [period.dt.end_time.dt.normalize() for period in (month, year)]
    frame["latest"] = day.mask(is_month, ends[0]).mask(is_year, ends[1])
    frame["middle"] = (frame["earliest"] + (frame["latest"] - frame["earliest"]) / 2).dt.normalize()
    frame["year"] = frame["earliest"].dt.year
    frame["month"] = frame["earliest"].dt.month.where(~is_year)
    frame["party_count"] = frame["parties"].map(len)
    ranks = {str(level): float(rank) for rank, level in enumerate(LEVEL_ORDER)}
    frame["level_rank"] = frame["level"].map(ranks).astype(float)
    groups = {"partners": tuple(partners), "baseline": BASELINE}
    return Evidence(frame, pd.DataFrame() if perceptions is None else perceptions, FOCUS, groups, AS_OF)


def _defaults(number: int) -> Row:
    return {
        "milestone_id": f"m{number:05d}",
        "record_id": f"r{number:05d}",
        "record_type": "exercise",
        "stage": "held",
        "stage_rank": 1,
        "is_tentative": False,
        "is_done": True,
        "precision": "day",
        "is_inferred": False,
        "instrument": None,
        "proper_name": None,
        "supplier": None,
        "recipient": None,
        "level": None,
        "is_hadr": False,
        "is_verified": True,
        "domain": "general",
        "categories": frozenset(),
        "title": f"record {number}",
    }


def draw_years(rng: np.random.Generator, n: int, growth: float) -> NDArray[np.int64]:
    """Years whose weights grow by a factor a year."""
    weights = growth ** np.arange(len(YEARS), dtype=float)
    return np.asarray(rng.choice(YEARS, size=n, p=weights / weights.sum()))


def draw_days(rng: np.random.Generator, years: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """A day at random in each year."""
    starts = np.array([f"{year}-01-01" for year in years], dtype="datetime64[D]")
    return np.asarray(starts + rng.integers(0, 365, len(years)) * np.timedelta64(1, "D"))


def draw_partners(rng: np.random.Generator, n: int) -> list[str]:
    """Partners, the first the busiest, each a quarter less than the one before."""
    weights = 0.75 ** np.arange(len(PARTNERS))
    return [str(code) for code in rng.choice(np.array(PARTNERS), size=n, p=weights / weights.sum())]


def draw_precision(rng: np.random.Generator) -> str:
    """Mostly the day, sometimes the month."""
    return "month" if rng.random() < 0.1 else "day"


def plant_duplicates(evidence: Evidence, mask: pd.Series[bool], copies: int = 3) -> Evidence:
    """The same evidence with the masked rows told again as further records of the same day."""
    again = [evidence.milestones]
    for copy in range(copies):
        rows = evidence.milestones[mask].copy()
        for name in ("record_id", "milestone_id"):
            rows[name] = rows[name] + f"-copy{copy}"
        again.append(rows)
    return replace(evidence, milestones=pd.concat(again, ignore_index=True))


def shift_world(rng: np.random.Generator, size: Size, effect: float, smallest: float = 0.10) -> Evidence:
    """Events of which about a third carry disaster relief, and ``smallest`` more of them from CUT on."""
    years = draw_years(rng, size.n, size.growth)
    mood = rng.normal(0, YEAR_MOOD, len(YEARS))
    chances = np.clip(0.35 + mood[years - FIRST_YEAR] + effect * smallest * (years >= CUT), 0, 1)
    rows: list[Row] = []
    for day, partner, chance in zip(draw_days(rng, years), draw_partners(rng, size.n), chances, strict=True):
        row = {"day": day, "parties": frozenset({FOCUS, partner}), "precision": draw_precision(rng)}
        rows += [row | {"is_hadr": bool(rng.random() < chance)}] * (1 + int(rng.random() < COMPANION_CHANCE))
    return make_evidence(rows)


def depth_world(rng: np.random.Generator, size: Size, effect: float, correlation: float = 0.36) -> Evidence:
    """Exercises, half of them single and half yearly series that keep their level for two to eight years.

    ``correlation`` of year and latent level was set so that tau-b over the five levels is 0.2.
    """
    rows: list[Row] = []
    slope = effect * correlation / float(np.std(YEARS)) / (1 - correlation**2) ** 0.5
    series = 0
    while len(rows) < size.n:
        is_series = rng.random() < 0.2
        start = int(draw_years(rng, 1, size.growth)[0])
        length = min(int(rng.integers(2, 9)), LAST_YEAR - start + 1) if is_series else 1
        latent = slope * (start + (length - 1) / 2 - float(YEARS.mean())) + rng.normal()
        level = str(LEVEL_ORDER[int(np.searchsorted([-0.7, -0.2, 0.2, 0.8], latent))])
        series += 1
        name = f"Series {series}" if is_series else None
        parties = frozenset({FOCUS, draw_partners(rng, 1)[0]})
        told = {"parties": parties, "level": level, "proper_name": name}
        rows += [{"day": day, **told} for day in draw_days(rng, np.arange(start, start + length))]
    return make_evidence(rows)


def order_world(rng: np.random.Generator, size: Size, effect: float) -> Evidence:
    """``size.n`` partners with agreements and transfers; agreements first by chance, or 20 points more often."""
    partners = [f"P{i:02d}" for i in range(size.n)]
    counts = [(1 + int(rng.poisson(0.3)), 1 + int(rng.poisson(0.7))) for _ in partners]
    chances = [early / (early + late) for early, late in counts]
    mean = sum(chances) / len(chances)
    chances = tilt_chances(chances, mean + 0.2 * effect)
    rows: list[Row] = []
    for partner, (early, late), chance in zip(partners, counts, chances, strict=True):
        days = np.sort(draw_days(rng, draw_years(rng, early + late, size.growth)))
        agreement_first = rng.random() < chance
        rest = [True] * (early - agreement_first) + [False] * (late - (not agreement_first))
        kinds = [bool(agreement_first), *(bool(kind) for kind in rng.permutation(np.array(rest, dtype=bool)))]
        for day, is_agreement in zip(days, kinds, strict=True):
            kind = "agreement" if is_agreement else "transfer"
            rows.append({"day": day, "parties": frozenset({FOCUS, partner}), "record_type": kind})
    return make_evidence(rows, partners)


def ladder_world(rng: np.random.Generator, size: Size, effect: float, pull: float = 0.56) -> Evidence:
    """``size.n`` partners with two to four rungs of LADDER, in chance order or leaning to the ladder's.

    ``pull`` was set so that the share of pairs in order rises by 20 points.
    """
    partners = [f"P{i:02d}" for i in range(size.n)]
    rows: list[Row] = []
    for partner in partners:
        rungs = rng.choice(len(LADDER), size=int(rng.integers(2, 5)), replace=False)
        rungs = np.append(rungs, rng.choice(rungs)) if rng.random() < 0.3 else rungs
        order = np.argsort(effect * pull * rungs + rng.gumbel(size=len(rungs)))
        days = np.sort(draw_days(rng, draw_years(rng, len(rungs), size.growth)))
        for day, rung in zip(days, rungs[order], strict=True):
            parties = frozenset({FOCUS, partner})
            rows.append({"day": day, "parties": parties, "record_type": "agreement", "instrument": str(LADDER[rung])})
    return make_evidence(rows, partners)


def nearness_world(rng: np.random.Generator, size: Size, effect: float, smallest: float = 0.17) -> Evidence:
    """Transfers, fewer trainings, and talks; trainings are moved near transfers until ``smallest`` more have one.

    Near is half a year either side with the same partner, as the claim asks. Trainings that follow the transfers are
    also nearer to them by chance; 0.17 leaves a rise of 15 points above that.
    """
    counts = (size.n, 8 + size.n // 5, size.n)
    who = [np.array(draw_partners(rng, count)) for count in counts]
    days = [draw_days(rng, draw_years(rng, count, size.growth)) for count in counts]
    goal = float(_have_near(who, days).mean()) + effect * smallest
    for training in rng.permutation(counts[1]):
        lonely = np.flatnonzero(~_have_near(who, days))
        if effect == 0 or not len(lonely) or float(1 - len(lonely) / size.n) >= goal:
            break
        transfer = int(rng.choice(lonely))
        who[1][training] = who[0][transfer]
        days[1][training] = days[0][transfer] + int(rng.integers(-180, 181)) * np.timedelta64(1, "D")
    kinds = ("transfer", "training", "dialogue")
    return make_evidence(
        [
            {"day": day, "parties": frozenset({FOCUS, str(code)}), "record_type": kind}
            for kind, codes, dates in zip(kinds, who, days, strict=True)
            for code, day in zip(codes, dates, strict=True)
        ]
    )


def _have_near(who: list[NDArray[np.str_]], days: list[NDArray[np.datetime64]]) -> NDArray[np.bool_]:
    """Whether each transfer has a training near it."""
    gaps = np.abs((days[0][:, None] - days[1]).astype(int))
    return np.asarray(((gaps <= 182) & (who[0][:, None] == who[1])).any(axis=1))


def network_world(rng: np.random.Generator, size: Size, effect: float, smallest: float = 0.05) -> Evidence:
    """Events among all actors; a fifth of them have the focus actor, and ``smallest`` more from CUT on."""
    codes = np.array([*PARTNERS, *BASELINE])
    rows: list[Row] = []
    years = draw_years(rng, size.n, size.growth)
    for day, year in zip(draw_days(rng, years), years, strict=True):
        own = rng.random() < 0.2 + effect * smallest * (year >= CUT)
        count = 3 if rng.random() < 0.15 else 2
        others = [str(code) for code in rng.choice(codes, size=count - int(own), replace=False)]
        row = {"day": day, "parties": frozenset([*others, *([FOCUS] if own else [])])}
        rows += [row] * (1 + int(rng.random() < COMPANION_CHANCE))
    return make_evidence(rows)


def series_world(rng: np.random.Generator, size: Size, effect: float, smallest: float = 0.5) -> Evidence:
    """Figures about 60 that lean on the year before (carry-over 0.3) and rise by ``smallest`` a year, or do not."""
    noise = np.zeros(size.n)
    for i, fresh in enumerate(rng.normal(0, 1.5, size.n)):
        noise[i] = fresh + (0.3 * noise[i - 1] if i else 0.0)
    years = np.arange(LAST_YEAR - size.n + 1, LAST_YEAR + 1)
    return make_evidence([], perceptions=make_figures(years, 60 + effect * smallest * np.arange(size.n) + noise))


def make_figures(years: NDArray[np.int64], values: NDArray[np.float64], series: str = "trust") -> pd.DataFrame:
    """One survey series as an edition holds it."""
    return pd.DataFrame(
        {
            "figure_id": [f"{series}-{year}" for year in years],
            "series_id": series,
            "survey_year": years,
            "figure_value": values,
            "figure_unit": "percent",
            "basis": "first_published",
            "is_seen": True,
        }
    )
