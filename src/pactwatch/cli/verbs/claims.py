"""``pactwatch claims [ID]``: the casebook's claims tested, or one of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import (
    CasebookOption,
    EditionOption,
    HomeOption,
    JsonOption,
    ReviewedOption,
    open_asked,
    settle,
)
from pactwatch.cli.output import print_json, print_table

if TYPE_CHECKING:
    from pactwatch.claims.finding import ClaimResult

SHOWN_RECORDS = 24
"""Record ids shown on a terminal."""


def claims(
    context: typer.Context,
    id: Annotated[str | None, typer.Argument(help="Claim to show in full [default: all]")] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    reviewed: ReviewedOption = False,
    json: JsonOption = False,
) -> None:
    """Test the published claims on an edition: verdict, figures and reasons."""
    from pactwatch.claims.family import find_claim
    from pactwatch.claims.reading import claims_of

    opened = open_asked(context, edition, casebook, home, reviewed=reviewed)
    if id is not None:
        find_claim(claims_of(opened), id)
    every = flow.keep_verdicts(opened, settle(context, casebook, home).home)
    results = [result for result in every if id in (None, result.id)]
    if json:
        print_json(
            {
                "edition": opened.id,
                "reviewed_only": reviewed,
                "claims": [result.model_dump(mode="json") for result in results],
            }
        )
    elif id is None:
        print_verdicts(results, f"edition {opened.label}")
    else:
        _print_one(results[0])


def print_verdicts(results: Sequence[ClaimResult], caption: str) -> None:
    """The verdict table."""
    cells = [(_verdict(one), one.text, one.sentence) for one in results]
    print_table(("verdict", "claim", "what was found"), cells, caption)


def _print_one(result: ClaimResult) -> None:
    lines = [
        result.text,
        f"  said by   {result.said_by}",
        f"  read as   {result.reading}",
        f"  verdict   {_verdict(result)}: {result.why}",
        f"  found     {result.sentence}",
        f"  numbers   {_numbers(result)}",
        *(f"  caveat    {caveat}" for caveat in result.caveats),
    ]
    typer.echo("\n".join(lines))
    cells = [(one.choice, _number(one.estimate), str(one.n), _agreement(one.agrees)) for one in result.robustness]
    print_table(("other choice", "estimate", "n", "points the same way"), cells)
    more = len(result.records) - SHOWN_RECORDS
    tail = f" and {more} more (--json lists all)" if more > 0 else ""
    typer.echo(f"records used ({len(result.records)}): {', '.join(result.records[:SHOWN_RECORDS])}{tail}")


def _verdict(result: ClaimResult) -> str:
    """The verdict's shape and word."""
    from pactwatch.claims.finding import SHAPES

    return f"{SHAPES[result.verdict]} {result.verdict.replace('_', ' ')}"


def _numbers(result: ClaimResult) -> str:
    interval = (
        ""
        if result.interval is None
        else f" (95 % interval {_number(result.interval[0])} to {_number(result.interval[1])})"
    )
    parts = [
        f"estimate {_number(result.estimate)}{interval} {result.unit}",
        f"n {result.n} {result.n_unit}",
        f"p {_number(result.p)}, adjusted {_number(result.p_adjusted)}",
        f"detectable {_number(result.detectable)}",
    ]
    return "; ".join(parts)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"


def _agreement(agrees: bool | None) -> str:
    return {None: "cannot tell", True: "yes", False: "no"}[agrees]
