"""``pactwatch trace ID``: what anything stands on, down to the quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, ReviewedOption, settle
from pactwatch.cli.output import print_json

if TYPE_CHECKING:
    from pactwatch.edition.tracing import Trace

_LONG = ("quote", "quote_start", "quote_end", "coded", "judgements", "row", "entries", "addresses")
"""Values with a line or form of their own."""


def trace(
    context: typer.Context,
    id: Annotated[
        str,
        typer.Argument(help="A record, milestone, mention, document, source or claim; or a number as MEASURE:KEY/KEY"),
    ],
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    reviewed: ReviewedOption = False,
    json: JsonOption = False,
) -> None:
    """Show what a record, a claim or a number stands on: quotes with their places, documents, decisions."""
    place = settle(context, casebook, home)
    opened = flow.open_edition(edition, casebook=place.casebook, home=place.home, ledger=place.ledger)
    opened = opened.only_reviewed() if reviewed else opened
    found = flow.trace(id, opened, place.ledger)
    if json:
        print_json({"edition": opened.id, "reviewed_only": reviewed, "trace": found.as_values()})
    else:
        typer.echo(f"edition {opened.label}\n" + "\n".join(_write(found, "")))


def _write(one: Trace, indent: str) -> list[str]:
    """A trace as indented lines: what it is, what it tells, then what it stands on."""
    from pactwatch.review.passages import make_harmless

    lines = [f"{indent}{one.kind} {one.id}  {one.title}".rstrip()]
    inner = indent + "  "
    told = one.told
    plain = [f"{name} {_show(value)}" for name, value in told.items() if name not in _LONG]
    if "quote" in told:
        words = " ".join(told["quote"].split())
        lines.append(f"{inner}“{words}”  characters {told['quote_start']}-{told['quote_end']}")
    if "coded" in told:
        lines.append(f"{inner}coded: {', '.join(f'{name} {value}' for name, value in told['coded'].items())}")
    if "row" in told:
        lines.append(f"{inner}{', '.join(f'{name} {_show(value)}' for name, value in told['row'].items())}")
    lines += [f"{inner}{' · '.join(plain)}"] if plain else []
    lines += [f"{inner}found at {address}" for address in told.get("addresses", ())]
    lines += [f"{inner}{_show_judgement(judged)}" for judged in told.get("judgements", ())]
    if "entries" in told:
        lines.append(f"{inner}ledger entries {_show_entries(told['entries'])}")
    lines = [make_harmless(line) for line in lines]
    return lines + [line for below in one.under for line in _write(below, inner)]


def _show_judgement(judged: dict[str, Any]) -> str:
    other = f" as {judged['other']}" if "other" in judged else ""
    change = f" to {judged['correction']}" if "correction" in judged else ""
    reason = f": {judged['reason']}" if "reason" in judged else ""
    return f"{judged['decision']}{other}{change} by {judged['author']}, {judged['at']}, entry {judged['entry']}{reason}"


def _show_entries(entries: dict[str, list[int]]) -> str:
    return ", ".join(f"{number} ({kind})" for kind, numbers in entries.items() for number in numbers)


def _show(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
