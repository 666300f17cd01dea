"""The law: what was allowed when over a basket of cases, the precedents, every rule by regime, and each in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from pactwatch.charts.law import chart_basket
from pactwatch.law.answer import NOTICE
from pactwatch.law.basket import BasketDay, follow_basket, read_basket, tabulate
from pactwatch.law.checking import Court, open_court, say_day
from pactwatch.law.comparing import describe_rule
from pactwatch.law.lawbook import Lawbook
from pactwatch.law.precedents import Tried, try_precedents
from pactwatch.law.rules import Rule
from pactwatch.site.figures import Plan, Studio
from pactwatch.site.places import name_file
from pactwatch.site.reading import Book
from pactwatch.site.writing import Writer

PAGE = "law/index.html"


@dataclass(frozen=True)
class LawView:
    """Everything the law's pages show of an edition, and the figure that is being drawn."""

    court: Court
    days: tuple[BasketDay, ...]
    tried: list[Tried]
    plan: Plan | None


@dataclass(frozen=True)
class CaseView:
    """A case of the basket: what it is, what the rules say of it at the end, and since when."""

    title: str
    outcome: str
    since: str


def place_rule(rule_id: str) -> str:
    """A rule's page."""
    return f"law/{name_file(rule_id)}.html"


def plan_law(book: Book, studio: Studio) -> LawView | None:
    """Ask the basket and the precedents, and start drawing; nothing for an edition without rules."""
    if not book.edition.rules:
        return None
    court = open_court(book.edition)
    days = follow_basket(court)
    rows = [_flatten(row) for row in tabulate(days)]
    plan = None
    if rows:
        words = (_title(rows, days), f"dark: allowed, light: conditional; edition {book.edition.id}")
        plan = studio.plan("rules-basket", partial(_draw, rows, words), rows, "Counts of a fixed basket of cases.")
    return LawView(court, days, try_precedents(court), plan)


def write_law(book: Book, writer: Writer, studio: Studio, view: LawView | None) -> None:
    """The index and a page for each rule version."""
    if view is None:
        return
    lawbook = view.court.lawbook
    regimes = groupby(sorted(lawbook.rules, key=_order), key=lambda rule: rule.head.regime)
    writer.write_page(
        PAGE,
        "law.html",
        figure_=studio.place(view.plan, PAGE, writer),
        cases=_list_cases(view),
        tried=view.tried,
        outcomes=lawbook.outcomes,
        regimes=[(name.replace("_", " "), list(rules)) for name, rules in regimes],
        claims=[result for result in book.results if result.kind in ("loosening", "opened")],
        notice=NOTICE,
        place_rule=place_rule,
    )
    for rule in lawbook.rules:
        _write_rule(writer, lawbook, rule)


def _write_rule(writer: Writer, lawbook: Lawbook, rule: Rule) -> None:
    told = describe_rule(rule)
    conditions = " ".join([told["applies"], *(one["when"] + one["met"] for one in told["clauses"])])
    writer.write_page(
        place_rule(rule.id),
        "rule.html",
        rule=told,
        span=say_span(rule),
        defined=[one for name, one in lawbook.definitions.items() if f"{name} is" in conditions],
        known={one.id for one in lawbook.rules},
        notice=NOTICE,
        place_rule=place_rule,
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
        found.append(CaseView(one.title, str(now), say_day(since)))
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
    return chart_basket(rows, words, width)
