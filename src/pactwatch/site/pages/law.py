"""The law: what was allowed when over a basket of cases, the precedents, every rule by regime, and each in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from pactwatch.law.answer import NOTICE
from pactwatch.law.basket import BasketDay, follow_basket, read_basket, tabulate
from pactwatch.law.checking import Court, open_court, say_day
from pactwatch.law.comparing import describe_rule
from pactwatch.law.precedents import Tried, try_precedents
from pactwatch.law.rules import Rule
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import Ask, FigureType, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.site import Site


@dataclass(frozen=True)
class LawView:
    """Everything the law's pages show of an edition."""

    court: Court
    days: tuple[BasketDay, ...]
    tried: list[Tried]


@dataclass(frozen=True)
class CaseView:
    """A case of the basket: what it is, what the rules say of it at the end, and since when."""

    id: str
    title: str
    outcome: str
    since: str


def read_law(book: Book) -> LawView:
    """Ask the basket and the precedents; raises :class:`NotFoundError` for an edition without rules."""
    if not book.edition.rules:
        raise NotFoundError("this edition has no rules; they stand in the casebook's folder rules/")
    court = open_court(book.edition)
    return LawView(court, follow_basket(court), try_precedents(court))


def plan_basket(book: Book, _: Values) -> Drawing | None:
    """How much of the basket was allowed over time."""
    view = book.once(read_law)
    rows = [_flatten(row) for row in tabulate(view.days)]
    if not rows:
        return None
    words = (_title(rows, view.days), f"dark: allowed, light: conditional; edition {book.edition.id}")
    return Drawing(partial(_draw, rows, words), rows, "Counts of a fixed basket of cases.")


def list_law(book: Book) -> list[Values]:
    """One law where there are rules."""
    return [{}] if book.edition.rules else []


def list_rules(site: Site) -> list[Values]:
    """Name of the page of every rule version."""
    if not site.book.edition.rules:
        return []
    return [{"slug": name_file(rule.id)} for rule in site.book.once(read_law).court.lawbook.rules]


def show_law(ask: Ask) -> Sheet:
    """What was allowed over time, the precedents, and every rule by regime."""
    view = ask.book.once(read_law)
    lawbook = view.court.lawbook
    regimes = groupby(sorted(lawbook.rules, key=_order), key=lambda rule: rule.head.regime)
    awaits = ask.book.awaited
    results = () if awaits else ask.book.results
    told = {
        "cases": _list_cases(view),
        "tried": view.tried,
        "outcomes": lawbook.outcomes,
        "regimes": [(name.replace("_", " "), list(rules)) for name, rules in regimes],
        "claims": [result for result in results if result.kind in ("loosening", "opened")],
    }
    figure = ask.site.figure("rules-basket")
    return Sheet("law.html", {"figure_": figure, "notice": NOTICE, **told}, awaits=awaits)


def show_rule(ask: Ask) -> Sheet:
    """A rule version in full."""
    lawbook = ask.book.once(read_law).court.lawbook
    rule = next((one for one in lawbook.rules if name_file(one.id) == ask.values["slug"]), None)
    if rule is None:
        raise NotFoundError("no rule of this edition has this name")
    told = describe_rule(rule)
    conditions = " ".join([told["applies"], *(one["when"] + one["met"] for one in told["clauses"])])
    defined = [one for name, one in lawbook.definitions.items() if f"{name} is" in conditions]
    known = {one.id for one in lawbook.rules}
    return Sheet(
        "rule.html", {"rule": told, "span": say_span(rule), "defined": defined, "known": known, "notice": NOTICE}
    )


def say_span(rule: Rule) -> str:
    """The days a rule is in force, in words."""
    last = rule.head.valid_to
    return f"{say_day(rule.head.valid_from)} to {say_day(last) if last else 'today'}"


def _list_cases(view: LawView) -> list[CaseView]:
    """The cases of the basket with their outcome at the end and the day since which it is so."""
    found = []
    for one in read_basket(view.court):
        now = view.days[-1].outcomes[one.id]
        since: date = view.days[-1].day
        for day in reversed(view.days):
            if day.outcomes[one.id] is not now:
                break
            since = day.day
        found.append(CaseView(one.id, one.title, str(now), say_day(since)))
    return found


def _order(rule: Rule) -> tuple[str, date, str]:
    return rule.head.regime, rule.head.valid_from, rule.id


def _title(rows: list[dict[str, Any]], days: tuple[BasketDay, ...]) -> str:
    last = rows[-1]
    total = sum(int(last[name]) for name in ("allowed", "conditional", "denied", "unknown"))
    return f"{last['allowed']} of {total} typical cases are allowed since {say_day(days[-1].day)}"


def _flatten(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the basket as a file shows it."""
    return {
        "date": row["date"].isoformat(),
        **{name: row[name] for name in ("allowed", "conditional", "denied", "unknown")},
        **{name: ", ".join(row[name]) for name in ("gained", "lost", "rules")},
    }


def _draw(rows: list[dict[str, Any]], words: tuple[str, str], width: int) -> Any:
    from pactwatch.charts.law import chart_basket

    return chart_basket(rows, words, width)


PAGES = (
    PageType("law", "law/index.html", show_law, lambda site: list_law(site.book)),
    PageType("rule", "law/{slug}.html", show_rule, list_rules),
)
FIGURES = (FigureType("rules-basket", plan_basket, list_law),)
