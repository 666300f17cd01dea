"""``pactwatch review``: decide, one question at a time, at the terminal or from a script."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say
from pactwatch.model.errors import Fault, InputError, PactwatchError

if TYPE_CHECKING:
    from pactwatch.flow.desk import Desk
    from pactwatch.review import Question


class ReviewUsageError(PactwatchError):
    """The options given do not go together."""


class Choice(StrEnum):
    """What a script may decide."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    SAME = "same"
    DIFFERENT = "different"


def review(
    context: typer.Context,
    next: Annotated[bool, typer.Option("--next", help="Print the most useful open question and stop.")] = False,
    decide: Annotated[
        Choice | None, typer.Option("--decide", metavar="WORD", help="accept, correct, reject, same or different.")
    ] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="MENTION", help="Which mention is decided.")] = None,
    other: Annotated[
        str | None, typer.Option("--other", metavar="ID", help="The record it is the same as or different from.")
    ] = None,
    set: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field of a correction; may be repeated.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in your words.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw your last decision that holds.")] = False,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Who decides [default: git's user, or yours here]")
    ] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Accept, correct or reject what was coded, and say what tells the same: one decision at a time."""
    from pactwatch.flow.reviewing import find_author, open_desk

    _check_usage(next=next, decide=decide, about=about, other=other, given=set, undo=undo)
    place = settle(context, casebook, home)
    with open_desk(flow.open_casebook(place.casebook), place.ledger, find_author(author)) as desk:
        if decide is not None:
            _decide(desk, decide, str(about), other, (_parse(set or []), reason), json=json)
        elif undo:
            _undo(desk, json=json)
        elif next or json:
            _print_next(desk, json=json)
        else:
            _sit_down(desk)


def _check_usage(
    *, next: bool, decide: Choice | None, about: str | None, other: str | None, given: list[str] | None, undo: bool
) -> None:
    asked = [name for name, is_asked in (("--next", next), ("--decide", decide), ("--undo", undo)) if is_asked]
    if len(asked) > 1:
        raise ReviewUsageError(f"{' and '.join(asked)} do not go together: one thing at a time")
    if decide is not None and about is None:
        raise ReviewUsageError("--decide needs --about MENTION; `pactwatch review --next` shows one")
    if decide is None and (about or other or given):
        raise ReviewUsageError("--about, --other and --set belong to --decide")
    if (decide is Choice.CORRECT) != bool(given):
        raise ReviewUsageError("--decide correct needs --set FIELD=VALUE at least once, and no other decision takes it")
    if decide is not None and (decide in (Choice.SAME, Choice.DIFFERENT)) != bool(other):
        raise ReviewUsageError("--decide same and different need --other ID, and no other decision takes it")


def _parse(given: list[str]) -> dict[str, str]:
    faults = [
        Fault("--set", 0, "", repr(one), "FIELD=VALUE", "Write it like --set date=2024-07-08.")
        for one in given
        if "=" not in one
    ]
    if faults:
        raise InputError(faults, "the correction has faults")
    return {name.strip(): value for name, _, value in (one.partition("=") for one in given)}


def _decide(
    desk: Desk, choice: Choice, about: str, other: str | None, given: tuple[dict[str, str], str], *, json: bool
) -> None:
    from pactwatch.model.judgements import Decision

    question = desk.find(about)
    fields, reason = given
    candidate = _find_candidate(question, other) if other else 0
    correction = desk.read_correction(question, fields) if fields else None
    decision = Decision(choice.value)  # type: ignore[call-arg]  # lookup by value
    seq = desk.decide(question, decision, candidate=candidate, correction=correction, reason=reason)
    if json:
        print_json({"entry": seq, "decision": choice.value, "about": about, "author": desk.author})
    else:
        typer.echo(f"entry {seq}: {choice.value} {about}, by {desk.author}")


def _find_candidate(question: Question, other: str) -> int:
    keys = [candidate.key for candidate in question.candidates]
    if other not in keys:
        shown = ", ".join(keys) or "none: it is like no other"
        raise ReviewUsageError(f"--other {other!r} is not shown beside {question.id}; shown are {shown}")
    return keys.index(other)


def _undo(desk: Desk, *, json: bool) -> None:
    seq = desk.last_own_decision()
    withdrawal = desk.undo(seq)
    if json:
        print_json({"entry": withdrawal, "withdraws": seq, "author": desk.author})
    else:
        typer.echo(f"entry {withdrawal}: withdraws {seq}, by {desk.author}")


def _print_next(desk: Desk, *, json: bool) -> None:
    question = desk.next_question()
    if json:
        print_json({"open": desk.open_count, "author": desk.author, "question": question and _describe(desk, question)})
    elif question is None:
        typer.echo("Nothing is open.")
    else:
        typer.echo(_draw(desk, question))


def _describe(desk: Desk, question: Question) -> dict[str, Any]:
    """A question as plain values."""
    passage, head, mention = desk.passage(question), desk.head(question), question.told.mention
    return {
        "mention": question.id,
        "usefulness": question.usefulness.value,
        "reasons": list(question.usefulness.reasons),
        "document": {
            **{"id": head.id, "title": head.title, "publisher": head.publisher},
            **{"published": head.published, "address": desk.address(question), "page": head.page_at(mention.start)},
        },
        "passage": {"before": passage.before, "quote": passage.quote, "after": passage.after},
        "coded": mention.model_dump(mode="json", exclude={"why", "quote"}),
        "correction": dict(question.correction) or None,
        "corrected_by": question.corrected_by or None,
        "decision": question.told.decision,
        "candidates": [
            {
                **{"id": one.key, "title": one.title, "is_filed_here": one.is_own, "decided": one.decided},
                **{"chance": one.link.chance, "points": one.link.points},
                "parts": [{"words": part.words, "points": part.points} for part in one.link.parts],
            }
            for one in question.candidates
        ],
    }


def _draw(desk: Desk, question: Question) -> str:
    from rich.console import Console

    from pactwatch.cli.reviewing.screen import Sheet, describe_document, draw

    head = desk.head(question)
    page = head.page_at(question.told.mention.start)
    words = describe_document(head.title, head.publisher, head.published, desk.address(question), page)
    console = Console(width=None if sys.stdout.isatty() else 100, force_terminal=sys.stdout.isatty() or None)
    shown = draw(question, desk.passage(question), Sheet(words, desk.open_count, has_keys=False), console)
    return f"mention {question.id}\n{shown}"


def _sit_down(desk: Desk) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReviewUsageError(
            "review asks at a terminal; in a script use `--next --json` and `--decide WORD --about MENTION`"
        )
    if desk.next_question() is None:
        typer.echo("Nothing is open.")
        return
    from pactwatch.cli.reviewing.session import Session

    decided = Session(desk).run()
    say(f"{decided:,} decided by {desk.author}, {desk.open_count:,} open")
