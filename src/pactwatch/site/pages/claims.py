"""The claims: an index of verdicts and a page for each, down to every record it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.claims.finding import ClaimResult, Verdict, asks_nearness
from pactwatch.edition import Edition
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import Ask, FigureType, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.words import (
    VERDICT_MEANINGS,
    VERDICT_WORDS,
    count_words,
    say_estimate,
    say_number,
    say_probability,
)

if TYPE_CHECKING:
    import altair as alt

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

NEARNESS = {
    "no_effect": ("no longer near", "The first value on the estimate's side that is no longer near the one told."),
    "smallest_effect": ("as told", "The value that the claim tells; what is worth speaking of is whether it is near."),
}
"""What these numbers are where a value is told and the question is whether the estimate is near it."""

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


def find_result(book: Book, slug: str) -> ClaimResult:
    """The tested claim whose page has this name; raises :class:`NotFoundError`."""
    for result in book.results:
        if name_file(result.id) == slug:
            return result
    raise NotFoundError("no claim of this edition has this name")


def plan_claim(book: Book, values: Values) -> Drawing:
    """What was found, by the family of the claim."""
    result = find_result(book, values["slug"])

    def draw(width: int) -> alt.LayerChart | None:
        from pactwatch.charts.claim import chart_claim

        return chart_claim(result, book.edition.id, width)

    return Drawing(draw, result.table)


def plan_interval(book: Book, values: Values) -> Drawing:
    """The estimate with its interval beside what other choices give."""
    result = find_result(book, values["slug"])

    def draw(width: int) -> alt.LayerChart | None:
        from pactwatch.charts.interval import chart_interval

        return chart_interval(result, book.edition.id, width)

    return Drawing(draw, list_variants(result))


def list_claims(book: Book) -> Iterator[Values]:
    """Name of the page of every tested claim."""
    return ({"slug": name_file(result.id)} for result in book.results)


def show_claims(ask: Ask) -> Sheet:
    """The index of claims by verdict."""
    results = ask.book.results
    groups = [(verdict, [result for result in results if result.verdict is verdict]) for verdict in Verdict]
    return Sheet("claims.html", {"groups": groups, "meanings": VERDICT_MEANINGS})


def show_claim(ask: Ask) -> Sheet:
    """A claim: its verdict, its numbers, its grid and its records."""
    result = find_result(ask.book, ask.values["slug"])
    records = ask.book.records
    return Sheet(
        "claim.html",
        {
            "result": result,
            "figure": ask.site.figure(f"claim-{ask.values['slug']}"),
            "interval": ask.site.figure(f"interval-{ask.values['slug']}"),
            "numbers": explain_numbers(result),
            "turns": list_turns(ask.book, result),
            "records": [records[record_id] for record_id in result.records if record_id in records],
        },
    )


@dataclass(frozen=True)
class Turn:
    """What an edition said of a claim; ``is_kept`` where it is what the one before said."""

    edition: str
    as_of: str
    verdict: Verdict
    estimate: str
    n: int
    is_kept: bool


def list_turns(book: Book, result: ClaimResult) -> list[Turn]:
    """The verdicts of the editions on the shelf that were tested, oldest first, this edition's last."""
    told = [(edition, one) for edition, results in book.once(read_earlier) for one in results if one.id == result.id]
    turns: list[Turn] = []
    for edition, one in [*told, (book.edition, result)]:
        is_kept = bool(turns) and turns[-1].verdict is one.verdict
        estimate = say_estimate(one.estimate, one.unit)
        turns.append(Turn(edition.id, edition.settings.as_of, one.verdict, estimate, one.n, is_kept))
    return turns


def read_earlier(book: Book) -> list[tuple[Edition, Sequence[ClaimResult]]]:
    """Results of the editions before this one, oldest first, for which they are known."""
    found = [(edition, book.recall(edition)) for edition in book.earlier]
    return [(edition, results) for edition, results in found if results is not None]


def cite_claim(ask: Ask) -> Mapping[str, str]:
    """What may have been cited of a claim."""
    result = find_result(ask.book, ask.values["slug"])
    told = {
        "verdict": VERDICT_WORDS[result.verdict],
        "estimate": f"{say_estimate(result.estimate, result.unit)} ({result.unit})",
        "n": f"{say_number(result.n)} {result.n_unit}",
        "finding": result.sentence,
        "reading": result.reading,
    }
    return {**told, "records used": say_number(len(result.records))}


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
    near = NEARNESS if asks_nearness(result.unit) else {}
    scale = [(field, *near.get(field, (name, words))) for field, name, words in ON_THE_SCALE]
    numbers = [
        (name, say_estimate(getattr(result, field), result.unit), words)
        for field, name, words in scale
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


PAGES = (
    PageType("claims", "claims/index.html", show_claims),
    PageType("claim", "claims/{slug}.html", show_claim, lambda site: list_claims(site.book), cite=cite_claim),
)
FIGURES = (
    FigureType("claim-{slug}", plan_claim, list_claims),
    FigureType("interval-{slug}", plan_interval, list_claims),
)
