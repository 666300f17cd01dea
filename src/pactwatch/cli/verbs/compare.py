"""``pactwatch compare gdelt``: imported events beside the edition's records, by dyad and month."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, open_asked
from pactwatch.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from pactwatch.measures.event_matches import EventComparison

SHOWN_MONTHS, SHOWN_MILESTONES = 40, 20


def compare(
    context: typer.Context,
    data_set: Annotated[str, typer.Argument(metavar="gdelt|icews", help="The imported event data.")],
    days: Annotated[int, typer.Option("--days", min=0, max=31, help="Days an event may lie from a milestone.")] = 3,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    json: JsonOption = False,
) -> None:
    """Set imported events against the records: where they agree, and what one has and the other lacks."""
    opened = open_asked(context, edition, casebook, home)
    found = flow.compare_events(data_set, opened, days)
    if json:
        months = [asdict(one) | {"agreement": one.agreement} for one in found.months]
        milestones = [asdict(one) for one in found.milestones]
        head = {"edition": opened.id, "data_set": found.kind, "days": found.days, "correlation": found.correlation}
        span = {"first": found.first, "last": found.last}
        print_json({**head, **span, "months": months, "milestones": milestones})
        return
    _print(found, f"edition {opened.id}; {found.kind} from {found.first} to {found.last}")


def _print(found: EventComparison, caption: str) -> None:
    months = sorted(found.months, key=lambda one: (-one.recorded_milestones, -one.cooperative_events, one.month))
    cells = [
        (one.agreement, one.month, one.partner_code, str(one.cooperative_events), str(one.recorded_milestones))
        for one in months[:SHOWN_MONTHS]
    ]
    print_table(("", "month", "partner", "cooperative events", "recorded milestones"), cells, caption)
    counts = {name: found.count(name) for name in ("both", "events only", "records only")}
    typer.echo("Dyad months: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()))
    if found.correlation is not None:
        typer.echo(f"Rank correlation of events and milestones over dyad months: {found.correlation:.2f}")
    lone = [one for one in found.milestones if not one.near]
    told = len(found.milestones)
    typer.echo(f"Milestones with a day: {told:,}; {told - len(lone):,} with an event within {found.days} days")
    for one in lone[:SHOWN_MILESTONES]:
        typer.echo(f"    no event near: {one.day} {one.partner_code} {one.stage}, {one.title} ({one.record_id})")
    if len(months) > SHOWN_MONTHS or len(lone) > SHOWN_MILESTONES:
        say("--json lists every month and milestone")
