"""``pactwatch watch``: the casebook's feeds on a schedule, and what its watchlists find in them."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.stopping import wish_to_stop
from pactwatch.cli.verbs.read import JobsOption, PrivateOption, Progress, ReadingCoder, ReadingCoderOption
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pactwatch.casebook.watching import Feed
    from pactwatch.flow.intake.watching import Round

_LOOK_EVERY = 20.0
"""Seconds between two looks at whether a feed is due."""


class WatchUsageError(PactwatchError):
    """There is nothing to watch, or an option is none."""


def watch(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Ask every feed now and stop.")] = False,
    every: Annotated[
        str | None, typer.Option("--every", metavar="SPAN", help="Ask each feed this often, like 30m, 6h or 1d.")
    ] = None,
    atom: Annotated[
        Path | None, typer.Option("--atom", metavar="FILE", help="Alerts as an Atom feed [default: HOME/alerts.atom]")
    ] = None,
    coder: ReadingCoderOption = ReadingCoder.AUTO,
    jobs: JobsOption = 0,
    allow_private: PrivateOption = False,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Ask the casebook's feeds (feeds.toml), read and code what is new, raise alerts of its watchlists.

    Without --once it goes on until Ctrl-C. PACTWATCH_WEBHOOK names an address that is told of each alert.
    """
    minutes = _read_minutes(every)
    if once and every:
        raise WatchUsageError("give --once or --every, not both")
    if json and not once:
        raise WatchUsageError("--json goes with --once: it prints one document")
    place = settle(context, casebook, home)
    opened = flow.open_casebook(place.casebook)
    if not opened.feeds:
        raise WatchUsageError(f"{opened.path}/feeds.toml names no feed; `pactwatch new DIR` shows how one is written")
    from pactwatch.flow.intake import ReadSettings
    from pactwatch.flow.intake.run import Hooks
    from pactwatch.flow.intake.watching import WatchSettings, feeds_due
    from pactwatch.read.fetch import FetchSettings
    from pactwatch.watch.webhook import webhook_of_environment

    reading = ReadSettings(
        jobs=jobs, coder=coder.value, fetching=FetchSettings(allow_private=allow_private), author="pactwatch watch"
    )
    settings = WatchSettings(reading, atom or place.home / "alerts.atom", webhook_of_environment())
    code = 0
    with wish_to_stop() as is_stopped:

        def ask(feeds: list[Feed]) -> Round:
            progress = Progress([])
            hooks = Hooks(progress.tell_fault, progress.show, is_stopped)
            made = flow.watch(opened, place.ledger, feeds, settings, hooks)
            progress.clear()
            return made

        if once:
            code = _tell(ask(list(opened.feeds)), json=json)
            return 130 if is_stopped() else code
        asked: dict[str, datetime] = {}

        def go_round() -> None:
            now = datetime.now(UTC)
            due = feeds_due(place.ledger, opened.feeds, now, minutes, asked)
            if due:
                say(f"{now:%Y-%m-%d %H:%M} UTC: asking {', '.join(feed.name for feed in due)}")
                asked.update((feed.url, now) for feed in due)
                _tell(ask(due), json=False)

        while not is_stopped():
            _weather(go_round)
            _wait(_LOOK_EVERY, is_stopped)
    return code


def _read_minutes(every: str | None) -> int | None:
    from pactwatch.casebook.watching import read_span

    try:
        return None if every is None else read_span(every)
    except ValueError as error:
        raise WatchUsageError(f"--every {every!r}: give {error}") from None


def _weather(go_round: Callable[[], None]) -> None:
    """Go a round; a ledger that is busy or away for a while ends no watch that may go on for months."""
    from pactwatch.ledger.errors import LedgerDamagedError, LedgerError

    try:
        go_round()
    except LedgerDamagedError:
        raise
    except LedgerError as error:
        say(f"warning: {error}; trying again in {_LOOK_EVERY:.0f} seconds")


def _wait(seconds: float, is_stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_stopped():
        time.sleep(0.2)


def _tell(made: Round, *, json: bool) -> int:
    """What a round brought; 1 where something was skipped or the webhook could not be told."""
    if json:
        alerts = [notice.as_values() for notice in made.notices]
        print_json({**made.outcome.as_values(), "alerts": alerts, "problem": made.problem})
    else:
        for line in made.outcome.tell():
            typer.echo(line)
        for notice in made.notices:
            typer.echo(f"alert {notice.alert.watchlist}: {notice.alert.words}")
    if made.problem:
        say(f"warning: {made.problem}; it is told in the next round")
    return made.outcome.exit_code or int(bool(made.problem))
