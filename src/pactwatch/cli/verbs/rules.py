"""``pactwatch rules [ID]``: the rule versions of a casebook, one of them in full, or what changed between two days."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch import flow
from pactwatch.cli.days import read_day
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, open_asked
from pactwatch.cli.output import print_json, print_table
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.law.comparing import Difference
    from pactwatch.law.lawbook import Lawbook
    from pactwatch.law.rules import Rule

WIDTH = 110


class RulesUsageError(PactwatchError):
    """The options given do not go together."""


def rules(
    context: typer.Context,
    id: Annotated[str | None, typer.Argument(help="Rule to show in full [default: list them]")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Only what is in force on this day.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option("--between", metavar="DATE DATE", help="What changed between two days.")
    ] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    json: JsonOption = False,
) -> None:
    """List the rules, show one with its clauses, or tell what changed between two days."""
    from pactwatch.law.comparing import compare_days, describe_rule, find_rule, rules_on

    if between is not None and (id is not None or on is not None):
        raise RulesUsageError("--between takes neither a rule nor --on")
    day = read_day("--on", on)
    span = None if between is None else [read_day("--between", text) for text in between]
    opened = open_asked(context, edition, casebook, home)
    court = flow.open_court(opened)
    lawbook = court.lawbook
    if span is not None:
        first, last = (court.require_day(one) for one in span)
        _show_differences(compare_days(lawbook, *sorted((first, last))), court.edition, json)
    elif id is not None:
        rule = find_rule(lawbook, id)
        document = describe_rule(rule) | ({"in_force": rule.is_in_force(court.require_day(day))} if day else {})
        print_json({"edition": court.edition, "rule": document}) if json else _show_rule(document, lawbook, rule)
    else:
        listed = lawbook.rules if day is None else rules_on(lawbook, court.require_day(day))
        _list_rules(listed, court.edition, json)


def _list_rules(listed: tuple[Rule, ...], edition: str, json: bool) -> None:
    from pactwatch.law.comparing import describe_rule

    if json:
        print_json({"edition": edition, "rules": [describe_rule(rule) for rule in listed]})
        return
    rows = [(one.id, one.head.jurisdiction, _span(one), one.head.title, one.head.certainty) for one in listed]
    print_table(("rule", "of", "in force", "title", "certainty"), rows, f"{len(rows)} rule versions; edition {edition}")


def _show_rule(document: dict[str, Any], lawbook: Lawbook, rule: Rule) -> None:
    source = document["source"]
    lines = [
        f"{rule.id}: {document['title']}",
        f"  of         {document['jurisdiction']}, regime {document['regime']}",
        f"  in force   {_span(rule)}"
        + ("" if "in_force" not in document else f" (that day: {_yes(document['in_force'])})"),
        f"  source     {', '.join(part for part in (source['publisher'], source['title'], source['url']) if part)}",
        f"  certainty  {document['certainty']}",
        *(f"  doubt      {doubt}" for doubt in document["doubts"]),
        *([f"  builds on  {document['builds_on']}"] if document["builds_on"] else []),
        *([f"  changed    {document['changes']}"] if document["changes"] else []),
        f"  applies    {document['applies']}",
        "",
    ]
    typer.echo("\n".join(textwrap.fill(line, WIDTH, subsequent_indent=" " * 13) for line in lines))
    typer.echo(textwrap.fill(document["says"], WIDTH))
    rows = []
    for one in document["clauses"]:
        met = f"; met when {one['met']}" if one["met"] else ""
        lifts = f"; exception to {', '.join(one['lifts'])}" if one["lifts"] else ""
        rows.append((one["id"], one["effect"], one["words"], f"{one['when']}{met}{lifts}", one["certainty"]))
    print_table(("clause", "effect", "says", "when", "certainty"), rows)
    defined = {name: one.words for name, one in lawbook.definitions.items()}
    used = [name for name in defined if any(name in row[3] for row in rows) or name in document["applies"]]
    for name in used:
        typer.echo(textwrap.fill(f"{name}: {defined[name]}", WIDTH, subsequent_indent="  "))


def _show_differences(found: list[Difference], edition: str, json: bool) -> None:
    if json:
        rows = [
            {
                "rule": one.rule.id,
                "title": one.rule.head.title,
                "change": "began" if one.began else "ended",
                "date": one.rule.head.valid_from if one.began else one.rule.head.valid_to,
                "changes": one.rule.head.changes,
                "added": list(one.added),
                "replaced": list(one.replaced),
                "dropped": list(one.dropped),
            }
            for one in found
        ]
        print_json({"edition": edition, "changes": rows})
        return
    if not found:
        typer.echo("nothing changed between these days")
        return
    cells = [_tell(one) for one in found]
    print_table(("day", "rule", "title", "what changed", "clauses"), cells, f"edition {edition}")


def _tell(one: Difference) -> tuple[str, ...]:
    head = one.rule.head
    if not one.began:
        return str(head.valid_to), one.rule.id, head.title, "ended", ""
    parts = (("new", one.added), ("rewritten", one.replaced), ("dropped", one.dropped))
    clauses = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
    return str(head.valid_from), one.rule.id, head.title, head.changes or "began", clauses


def _span(rule: Rule) -> str:
    return f"{rule.head.valid_from.isoformat()} to {rule.head.valid_to.isoformat() if rule.head.valid_to else 'today'}"


def _yes(value: object) -> str:
    return "yes" if value else "no"
