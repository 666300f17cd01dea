"""The claims: an index of verdicts and a page for each, down to every record it stands on."""

from __future__ import annotations

from typing import Any

import altair as alt

from pactwatch.charts.claim import chart_claim
from pactwatch.charts.interval import chart_interval
from pactwatch.claims.finding import ClaimResult, Verdict
from pactwatch.site.figures import Plan, Studio
from pactwatch.site.places import place_claim
from pactwatch.site.reading import Book
from pactwatch.site.words import VERDICT_MEANINGS, count_words, say_estimate, say_number, say_probability
from pactwatch.site.writing import Writer

ON_THE_SCALE = (
    ("estimate", "estimate", "What the evidence gives."),
    ("no_effect", "no effect", "The value to expect if there were nothing in the claim."),
    (
        "smallest_effect",
        "smallest effect worth speaking of",
        "Written into the claim; anything nearer to no effect would not bear the claim's words.",
    ),
    ("detectable", "detectable from", "The smallest value that this many records would show four times in five."),
)
"""Numbers on the scale of the estimate: field, name, and what it says."""

PROBABILITIES = (
    ("p", "p", "How often chance alone gives at least this much in the claimed direction."),
    ("p_adjusted", "p adjusted", "The same after allowing for all claims being tested together."),
    (
        "p_refute_adjusted",
        "p against the smallest effect",
        "How often a true effect of the smallest size would give so little (adjusted too).",
    ),
)
"""Probabilities of a finding: field, name, and what it says."""

INTERVAL_WORDS = "Values that the records are compatible with; of 100 such intervals 95 hold the true value."

Plans = dict[str, tuple[Plan | None, Plan | None]]


def plan_claims(book: Book, studio: Studio) -> Plans:
    """Start drawing every claim's chart and its interval."""
    return {result.id: _plan(result, book.edition.id, studio) for result in book.results}


def _plan(result: ClaimResult, edition: str, studio: Studio) -> tuple[Plan | None, Plan | None]:
    def draw(width: int) -> alt.LayerChart | None:
        return chart_claim(result, edition, width)

    def draw_interval(width: int) -> alt.LayerChart | None:
        return chart_interval(result, edition, width)

    return studio.plan(f"claim-{result.id}", draw, result.table), studio.plan(
        f"interval-{result.id}", draw_interval, list_variants(result)
    )


def write_claims(book: Book, writer: Writer, studio: Studio, plans: Plans) -> None:
    """Write the index of claims and a page for each."""
    groups = [(verdict, [result for result in book.results if result.verdict is verdict]) for verdict in Verdict]
    writer.write_page("claims/index.html", "claims.html", groups=groups, meanings=VERDICT_MEANINGS)
    for result in book.results:
        page = place_claim(result.id)
        chart, interval = (studio.place(plan, page, writer) for plan in plans[result.id])
        writer.write_page(
            page,
            "claim.html",
            result=result,
            figure=chart,
            interval=interval,
            numbers=explain_numbers(result),
            records=[book.records[record_id] for record_id in result.records if record_id in book.records],
        )


def list_variants(result: ClaimResult) -> list[dict[str, Any]]:
    """The finding and its robustness grid as plain rows."""
    own = {
        "choice": "as tested",
        "estimate": result.estimate,
        "interval": result.interval,
        "p": result.p,
        "n": result.n,
        "agrees": None,
    }
    rows = [own, *(variant.model_dump() for variant in result.robustness)]
    agreement = {True: "yes", False: "no", None: ""}
    return [
        {
            "choice": row["choice"],
            "estimate": row["estimate"],
            "interval low": row["interval"][0] if row["interval"] else None,
            "interval high": row["interval"][1] if row["interval"] else None,
            "p": row["p"],
            "n": row["n"],
            "same way as the main test": agreement[row["agrees"]],
        }
        for row in rows
    ]


def explain_numbers(result: ClaimResult) -> list[tuple[str, str, str]]:
    """The numbers of a finding that there are, each with its name, its value and what it says in plain words."""
    numbers = [
        (name, say_estimate(getattr(result, field), result.unit), words)
        for field, name, words in ON_THE_SCALE
        if getattr(result, field) is not None
    ]
    if result.interval:
        interval = " to ".join(say_estimate(value, result.unit) for value in result.interval)
        numbers.insert(1, ("95 % interval", interval, INTERVAL_WORDS))
    numbers += [
        (name, say_probability(getattr(result, field)), words)
        for field, name, words in PROBABILITIES
        if getattr(result, field) is not None
    ]
    numbers.append(("n", say_number(result.n), f"What was counted: {result.n_unit}."))
    return [*numbers, ("records", say_number(len(result.records)), _say_records(result))]


def _say_records(result: ClaimResult) -> str:
    if result.kind == "series":
        return "None: the figures of this test stand in the survey table."
    used = len(result.records)
    return (
        f"{count_words(used, 'record')} used, {'all ' if used > 1 else ''}listed below." if used else "None was used."
    )
