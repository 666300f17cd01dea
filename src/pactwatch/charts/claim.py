"""A claim's result as a chart: each kind of test has the drawing that shows what it compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from pactwatch.charts.bars import chart_bars, guess_columns
from pactwatch.charts.bubbles import chart_bubbles
from pactwatch.charts.law import chart_basket, chart_cases
from pactwatch.charts.months import MONTHS, chart_months
from pactwatch.charts.spans import chart_change, chart_spans
from pactwatch.charts.theme import WIDE
from pactwatch.charts.timeline import chart_timeline
from pactwatch.charts.years import chart_lines, chart_parts
from pactwatch.claims.finding import ClaimResult
from pactwatch.model.codes import LEVEL_ORDER
from pactwatch.model.dates import FuzzyDate

Words = tuple[str, str]
Drawing = Callable[[ClaimResult, Words, int], "alt.LayerChart | None"]

_TOLD = re.compile(r"(?:(?P<day>\d{1,2}) )?(?:(?P<month>[A-Z][a-z]+) )?(?P<year>\d{4})")
_QUARTER = re.compile(r"(?P<quarter>first|second|third|fourth) quarter of (?P<year>\d{4})")
_QUARTERS = ("first", "second", "third", "fourth")


def chart_claim(result: ClaimResult, edition: str = "", width: int = WIDE) -> alt.LayerChart | None:
    """The chart of a claim's table, drawn after its kind; plain bars where the kind has none or its table has other
    columns.

    ``None`` where there is nothing to draw. The title is the finding's sentence.
    """
    words = (result.sentence, describe_numbers(result, edition))
    drawing = DRAWINGS.get(result.kind)
    if drawing is not None and result.table:
        try:
            return drawing(result, words, width)
        except (KeyError, ValueError, TypeError):  # a table of other columns than this drawing knows
            pass
    columns = guess_columns(result.table)
    return chart_bars(result.table, words, columns, width) if columns else None


def describe_numbers(result: ClaimResult, edition: str = "") -> str:
    """Measure, n and edition in a line, for a subtitle."""
    parts = [result.unit, f"n = {result.n} {result.n_unit}", f"edition {edition}" if edition else ""]
    return "; ".join(part for part in parts if part)


def read_told(words: str) -> FuzzyDate:
    """A date as findings tell it ("8 July 2024", "July 2024", "first quarter of 2024", "2024"); raises ``ValueError``
    for others.

    >>> read_told("July 2024").edtf, read_told("third quarter of 2024").edtf
    ('2024-07', '2024-35')
    """
    words = words.removesuffix(" (inferred)")
    quarter = _QUARTER.fullmatch(words)
    if quarter:
        return FuzzyDate(int(quarter["year"]), quarter=_QUARTERS.index(quarter["quarter"]) + 1)
    told = _TOLD.fullmatch(words)
    if told is None:
        raise ValueError(f"{words!r} is no date in words")
    month = MONTHS.index(told["month"]) + 1 if told["month"] else None
    return FuzzyDate(int(told["year"]), month, int(told["day"]) if told["day"] else None)


def _explain(words: Words, key: str) -> Words:
    """The words of a chart with what its marks mean before the numbers."""
    return words[0], f"{key}; {words[1]}"


def _draw_months(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    return chart_months(
        result.table, (words[0], f"dark: months the claim names; line: expected; {words[1]}"), width, "events"
    )


def _draw_share(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    return chart_parts(result.table, _explain(words, "dark: of the kind asked"), ("of the kind", "all"), width)


def _draw_shift(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    cut = next((row["year"] for row in result.table if row["period"] == "later"), None)
    explained = _explain(words, "dark: with the feature; line: where the periods meet")
    return chart_parts(result.table, explained, ("with the feature", "events"), width, cut)


def _draw_compare(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    rows = [
        {
            "label": row["group"],
            "value": row["share"],
            "low": row["lowest"],
            "high": row["highest"],
            "note": f"{row['share']:.0%} of {row['events']}",
        }
        for row in result.table
        if row["share"] is not None
    ]
    return chart_spans(rows, words, width)


def _draw_trend(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    columns = [
        name
        for name in ("events", "baseline events", "fitted")
        if any(row.get(name) is not None for row in result.table)
    ]
    return chart_lines(result.table, words, columns, width, "events")


def _draw_series(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    rows = [
        {"year": row["year"], "figure": row["figure"], "partial": row["page seen"] != "yes"} for row in result.table
    ]
    return chart_lines(rows, words, ["figure"], width, str(result.table[0]["unit"]))


def _draw_imported_line(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    return chart_lines(result.table, words, ["figure"], width, str(result.table[0]["unit"]))


def _draw_imported_change(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    before, after = str(result.table[0]["span"]).split(" and ")
    rows = [{"label": row["actor"], "before": row["before"], "after": row["after"]} for row in result.table]
    rows.sort(key=lambda row: -row["after"])
    return chart_change(rows, words, (before, after), width, (f"{result.unit}: ○ to {before}, ● to {after}", ".2f"))


def _draw_concentration(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    name, before, after = list(result.table[0])[:3]
    sums = [sum(float(row[column]) for row in result.table) or 1.0 for column in (before, after)]
    rows = [
        {"label": row[name], "before": row[before] / sums[0], "after": row[after] / sums[1]} for row in result.table
    ]
    rows.sort(key=lambda row: -row["after"])
    return chart_change(rows, words, (before, after), width, (f"share of events: ○ {before}, ● {after}", ".0%"))


def _draw_depth(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    rows = [{"year": row["year"], "kind": row["level"], "count": row["exercises"]} for row in result.table]
    return chart_bubbles(
        rows,
        _explain(words, "area: number of exercises"),
        [str(level).replace("_", " ") for level in reversed(LEVEL_ORDER)],
        width,
    )


def _draw_network(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    column = "brokerage" if "brokered" in result.unit else "strength"
    before, after = dict.fromkeys(row["period"] for row in result.table)
    value = {(row["period"], row["actor"]): float(row[column]) for row in result.table}
    actors = sorted({actor for _, actor in value}, key=lambda actor: (-value.get((after, actor), 0.0), actor))[:14]
    rows = [
        {"label": actor, "before": value.get((before, actor), 0.0), "after": value.get((after, actor), 0.0)}
        for actor in actors
    ]
    return chart_change(rows, words, (before, after), width, (f"{column}: ○ {before}, ● {after}", ".3~g"))


def _draw_events(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    """Looked-up records on a line of time, one row for each part of the claim."""
    milestones = [
        _place(
            row["date"], str(row["part"]), f"{row['record']}: {row['stage']}, {row['date']}", row["verified"] == "yes"
        )
        for row in result.table
    ]
    return chart_timeline(milestones, words, list(dict.fromkeys(str(row["part"]) for row in result.table)), width)


def _draw_first(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    """For each instrument, when the actor had it (filled) and when the first other did (hollow)."""
    milestones = []
    for row in result.table:
        if row["date"]:
            milestones.append(
                _place(row["date"], row["instrument"], f"{row['actor']}: {row['instrument']}, {row['date']}", True)
            )
        if row["first other"]:
            other = row["date of the first other"]
            milestones.append(
                _place(other, row["instrument"], f"{row['first other']}: {row['instrument']}, {other}", False)
            )
    return chart_timeline(
        milestones,
        (words[0], f"● {result.table[0]['actor']}, ○ the first other; {words[1]}"),
        [str(row["instrument"]) for row in result.table],
        width,
    )


def _draw_precedes(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    """Three shapes of table: first steps partner by partner, rungs of a ladder, or steps with company."""
    first = result.table[0]
    if "accompanied" in first:
        years = sorted({int(row["year"]) for row in result.table})
        counts = [(year, [row["accompanied"] for row in result.table if int(row["year"]) == year]) for year in years]
        parts = [{"year": year, "accompanied": told.count("yes"), "all": len(told)} for year, told in counts]
        return chart_parts(parts, _explain(words, "dark: accompanied"), ("accompanied", "all"), width)
    if "rung" in first:
        rungs = sorted({(row["rung"], row["instrument"]) for row in result.table})
        steps = [
            _place(row["date"], row["instrument"], f"{row['partner']}: {row['instrument']}, {row['date']}", True)
            for row in result.table
        ]
        return chart_timeline(steps, words, [str(name) for _, name in rungs], width)
    steps = []
    for row in result.table:
        for column, is_firm in (("first earlier step", True), ("first later step", False)):
            if row[column]:
                steps.append(_place(row[column], row["partner"], f"{row['partner']}: {column}, {row[column]}", is_firm))
    order = [str(row["partner"]) for row in result.table]
    return chart_timeline(steps, (words[0], f"● first earlier step, ○ first later step; {words[1]}"), order, width)


def _draw_loosening(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    return chart_basket(result.table, _explain(words, "dark: allowed, light: conditional"), width)


def _draw_opened(result: ClaimResult, words: Words, width: int) -> alt.LayerChart:
    return chart_cases(result.table, words, ("then", "now"), width)


def _place(told: str, kind: str, words: str, is_firm: bool) -> Mapping[str, Any]:
    when = read_told(told)
    return {"kind": kind, "earliest": when.earliest, "latest": when.latest, "told": words, "is_firm": is_firm}


DRAWINGS: dict[str, Drawing] = {
    "cluster": _draw_months,
    "share": _draw_share,
    "shift": _draw_shift,
    "compare": _draw_compare,
    "trend": _draw_trend,
    "series": _draw_series,
    "concentration": _draw_concentration,
    "depth": _draw_depth,
    "network": _draw_network,
    "exists": _draw_events,
    "first": _draw_first,
    "precedes": _draw_precedes,
    "loosening": _draw_loosening,
    "opened": _draw_opened,
    "imported_trend": _draw_imported_line,
    "imported_level": _draw_imported_line,
    "imported_change": _draw_imported_change,
}
"""How each kind of claim is drawn."""
