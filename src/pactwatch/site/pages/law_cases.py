"""Cases before the law: those of the basket, each over all days, and on a server any case that a reader tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.casebook.sheets import FaultList
from pactwatch.law.answer import NOTICE, Answer, Period, Status
from pactwatch.law.basket import read_basket
from pactwatch.law.case import Case, read_flat
from pactwatch.law.checking import Court, DayError
from pactwatch.law.facts import TOLD, Fact, Form
from pactwatch.law.lawbook import FIRST_DAY
from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.law import read_law

WIDTH = 720
"""Width in pixels of the strip of all days."""

QUIET = (Status.SILENT, Status.NOTES)


@dataclass(frozen=True)
class Stretch:
    """A period on the strip, in pixels, with what is told of it."""

    period: Period
    x: float
    width: float


@dataclass(frozen=True)
class Strip:
    """All days that can be asked for: stretches of one answer, decades, and the pixel of the day asked for."""

    first: date
    last: date
    stretches: list[Stretch]
    decades: list[tuple[int, float]]
    at: float


def draw_strip(periods: Sequence[Period], on: date) -> Strip:
    """Places of periods on a line over all days."""
    first, last = periods[0].first, periods[-1].last
    scale = WIDTH / max(1, (last - first).days + 1)

    def place(day: date) -> float:
        return round((day - first).days * scale, 1)

    stretches = [
        Stretch(one, place(one.first), round(place(one.last) - place(one.first) + scale, 1)) for one in periods
    ]
    decades = [(year, place(date(year, 1, 1))) for year in range(first.year // 10 * 10 + 10, last.year + 1, 10)]
    return Strip(first, last, stretches, decades, place(on))


def list_cases(site: Site) -> list[Values]:
    """Name of the page of every case of the basket."""
    if not site.book.edition.rules:
        return []
    return [{"slug": name_file(one.id)} for one in read_basket(site.book.once(read_law).court)]


def show_case(ask: Ask) -> Sheet:
    """A case of the basket over all days."""
    court = ask.book.once(read_law).court
    found = next((one for one in read_basket(court) if name_file(one.id) == ask.values["slug"]), None)
    if found is None:
        raise NotFoundError("no case of this edition's basket has this name")
    return Sheet("law_case.html", {"title": found.title, "is_basket": True, **tell(court, found.case, court.as_of)})


def tell(court: Court, case: Case, on: date) -> dict[str, Any]:
    """What a page says of a case on a day and over all days."""
    answer = court.check(case, on)
    periods = court.timeline(case).periods()
    return {
        "answer": answer,
        "facts": _list_facts(case),
        "steps": [step for step in answer.steps if step.result not in QUIET],
        "strip": draw_strip(periods, on),
        "known": {rule.id for rule in court.lawbook.rules},
        "sources": _list_rules(answer),
        "notice": NOTICE,
    }


def _list_rules(answer: Answer) -> dict[str, str]:
    return {step.rule: step.title for step in answer.steps}


def _list_facts(case: Case) -> list[tuple[str, str]]:
    """The facts told, in words."""
    told = []
    for name, value in case.told.items():
        if isinstance(value, bool):
            words = "yes" if value else "no"
        else:
            words = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
        told.append((name, words.replace("_", " ")))
    return told


def show_question(ask: Ask) -> Sheet:
    """The form, and where something was asked the answer to it."""
    book = ask.book
    court = book.once(read_law).court
    given = {name: value.strip() for name, value in ask.query if value.strip()}
    on, faults = read_day(given.pop("date", ""), court)
    values: dict[str, Any] = {"groups": group_facts(), "given": given, "on": on, "faults": faults, "notice": NOTICE}
    values |= {"first": FIRST_DAY, "last": court.last_day, "states": sorted(court.deriver.actors.codes.items())}
    if not given:
        return Sheet("law_ask.html", {**values, "told": None}, 400 if faults else 200)
    noted = FaultList("the form")
    case = read_flat(given, court.deriver.actors, noted)
    faults += [f"{fault.field}: {fault.found!s:.80} is not {fault.expected}. {fault.fix}" for fault in noted.faults]
    told = None if faults else tell(court, case, on)
    return Sheet("law_ask.html", {**values, "faults": faults, "told": told}, 400 if faults else 200)


def read_day(text: str, court: Court) -> tuple[date, list[str]]:
    """The day asked for (the edition's own where none is) and what is wrong with it."""
    if not text:
        return court.as_of, []
    try:
        return court.require_day(parse_date(text[:20]).earliest), []
    except (DateError, DayError, ValueError) as error:
        return court.as_of, [f"date: {error}"]


def group_facts() -> list[tuple[str, list[Fact]]]:
    """The facts a case may tell, by their table, as the form shows them; the day has a field of its own."""
    groups: dict[str, list[Fact]] = {}
    for fact in TOLD:
        if fact.form is not Form.DAY:
            groups.setdefault(fact.table, []).append(fact)
    return list(groups.items())


PAGES = (
    PageType("law-case", "law/cases/{slug}.html", show_case, list_cases),
    PageType(
        "law-ask",
        "law/ask.html",
        show_question,
        query=frozenset(fact.name for fact in TOLD),
        is_built=False,
    ),
)
