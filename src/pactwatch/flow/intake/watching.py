"""Watching feeds: each round asks those that are due, keeps what is new, and tells of what watchlists find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.intake import Outcome, ReadSettings, read
from pactwatch.flow.intake.run import Hooks
from pactwatch.model.entries import Alert
from pactwatch.read.fetch import Fetcher
from pactwatch.read.pieces import Hints

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.casebook.watching import Feed
    from pactwatch.flow.intake.work import Told
    from pactwatch.ledger import Ledger
    from pactwatch.watch import Notice, Webhook

_TOLD, _TOLD_KEY = "webhook", "told-until"


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How a round is made: how things are read, where the Atom file goes, and the webhook if there is one."""

    reading: ReadSettings
    atom: Path
    webhook: Webhook | None = None


@dataclass
class Round:
    """What came of a round: what was read, the new alerts, and why the webhook could not be told, if so."""

    outcome: Outcome
    notices: list[Notice] = field(default_factory=list)
    problem: str = ""


def feeds_due(
    home: Path | str,
    feeds: Sequence[Feed],
    now: datetime,
    minutes: int | None = None,
    asked: Mapping[str, datetime] | None = None,
) -> list[Feed]:
    """The feeds that were not asked for as long as they say, or for ``minutes``.

    ``asked`` is when this process asked them, by address: the ledger keeps only answers that brought something, and a
    server with nothing new, or none to give, is not to be asked without a pause.
    """
    from pactwatch.ledger import open_ledger

    with open_ledger(home) as ledger:
        kept = {feed.url: ledger.fetched(feed.url) for feed in feeds}
    due = []
    for feed in feeds:
        last, own = kept[feed.url], (asked or {}).get(feed.url)
        times = [*([last.at] if last else []), *([own] if own else [])]
        if not times or now - max(times) >= timedelta(minutes=minutes or feed.minutes):
            due.append(feed)
    return due


def watch(casebook: Casebook, home: Path | str, feeds: Sequence[Feed], settings: WatchSettings, hooks: Hooks) -> Round:
    """One round: ask feeds, read and code what is new, raise alerts, write the Atom file, tell the webhook."""
    from pactwatch.ledger import open_ledger
    from pactwatch.watch import write_atom

    with open_ledger(home) as ledger:
        before = ledger.last()
        seen = {(kept.body.watchlist, kept.body.doc) for kept in ledger.alerts()}
        _begin_telling(ledger, settings.webhook)

    def find(told: Told, original: str) -> Iterable[Alert]:
        return _new_alerts(casebook, told, original, seen)

    asked = [(feed.url, Hints(publisher=feed.publisher)) for feed in feeds]
    hooks = replace(hooks, find_alerts=find)
    outcome = read([], home, casebook.path, settings.reading, hooks, asked)
    with open_ledger(home) as ledger:
        notices = _notices(casebook, ledger)
        write_atom(settings.atom, casebook.settings.name, notices)
        problem = _tell(ledger, settings, notices)
    return Round(outcome, [notice for notice in notices if notice.seq > before], problem)


def _new_alerts(casebook: Casebook, told: Told, original: str, seen: set[tuple[str, str]]) -> Iterable[Alert]:
    """The alerts of a document, unless it or the report it repeats raised them before."""
    from pactwatch.watch import find_alerts

    mentions = told.coding.mentions if told.coding else ()
    for alert in find_alerts(casebook.watchlists, told.document, mentions):
        keys = {(alert.watchlist, alert.doc), (alert.watchlist, original)}
        if not keys & seen:
            yield alert
        seen |= keys


def _notices(casebook: Casebook, ledger: Ledger) -> list[Notice]:
    """All alerts of the ledger with their documents' heads."""
    from pactwatch.watch import Notice

    titles = {one.name: one.title for one in casebook.watchlists}
    alerts = ledger.alerts()
    heads = ledger.documents() if alerts else {}
    return [
        Notice(kept.seq, kept.at, kept.body, titles.get(kept.body.watchlist, kept.body.watchlist), heads[kept.body.doc])
        for kept in alerts
    ]


def _begin_telling(ledger: Ledger, webhook: Webhook | None) -> None:
    """A webhook is told of what is found from now on, not of all that was ever found."""
    if webhook is not None and ledger.derived.get(_TOLD, _TOLD_KEY) is None:
        ledger.derived.put(_TOLD, _TOLD_KEY, str(ledger.last()).encode())


def _tell(ledger: Ledger, settings: WatchSettings, notices: Sequence[Notice]) -> str:
    """Tell the webhook of alerts it was not told of; in order, so that a failure loses none. Why not, if so."""
    from pactwatch.watch.webhook import WebhookError

    if settings.webhook is None:
        return ""
    until = int(ledger.derived.get(_TOLD, _TOLD_KEY) or b"0")
    with Fetcher(settings.reading.fetching) as fetcher:
        for notice in notices:
            if notice.seq > until:
                try:
                    settings.webhook.tell(fetcher, notice)
                except WebhookError as error:
                    return str(error)
                ledger.derived.put(_TOLD, _TOLD_KEY, str(notice.seq).encode())
    return ""
