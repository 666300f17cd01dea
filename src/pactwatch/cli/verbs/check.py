"""``pactwatch check CASE.toml``: what the rules allowed on a day, why, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.days import read_day
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, open_asked, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.verbs.check_words import DISAGREES, print_answer, print_basket, print_history, print_precedents
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.law import Case, Court

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Day to ask for [default: the case's own date]")
]

CaseArgument = Annotated[
    Path | None, typer.Argument(metavar="CASE.toml", help="The facts; what is left out is unknown")
]
HistoryOption = Annotated[bool, typer.Option("--history", help="The outcome over all days: table and chart.")]
PrecedentsOption = Annotated[bool, typer.Option("--precedents", help="Ask every precedent of the casebook.")]
BasketOption = Annotated[bool, typer.Option("--basket", help="How much of the basket of cases was allowed, when.")]
ChartOption = Annotated[
    Path | None, typer.Option("--chart", metavar="FILE", help="Where --history or --basket draws (.svg, .png, .json)")
]


class CheckUsageError(PactwatchError):
    """The options given do not go together."""


def check(
    context: typer.Context,
    case: CaseArgument = None,
    on: OnOption = None,
    history: HistoryOption = False,
    precedents: PrecedentsOption = False,
    basket: BasketOption = False,
    chart: ChartOption = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    json: JsonOption = False,
) -> int:
    """Say what the rules allowed in a case on a day, why, and what is missing. Research, not legal advice.

    With --precedents the exit code is 1 where one does not come out as it was decided.
    """
    day = read_day("--on", on)
    _check_usage(case, on, (history, precedents, basket), chart)
    opened = open_asked(context, edition, casebook, home)
    court = flow.open_court(opened)
    if precedents:
        return _answer_precedents(court, json)
    folder = settle(context, casebook, home).home / "charts"
    if basket:
        return _answer_basket(court, chart or folder / "basket.svg", json)
    from pactwatch.law import read_case

    asked = read_case(case or Path(), court.deriver.actors)
    if history:
        return _answer_history(court, asked, chart or folder / f"{asked.name}-history.svg", json)
    answer = court.check(asked, day)
    if json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer)
    return 0


def _check_usage(case: Path | None, on: str | None, ways: tuple[bool, bool, bool], chart: Path | None) -> None:
    history, precedents, basket = ways
    if sum(ways) > 1:
        raise CheckUsageError("give one of --history, --precedents and --basket")
    if (precedents or basket) and (case is not None or on is not None):
        raise CheckUsageError("--precedents and --basket take no case and no --on: the casebook has their cases")
    if case is None and not (precedents or basket):
        raise CheckUsageError(
            "give a case: pactwatch check CASE.toml --on 2024-03-26 (docs/law.md shows how one is written)"
        )
    if history and on is not None:
        raise CheckUsageError("--history goes over all days; leave --on out")
    if chart is not None and not (history or basket):
        raise CheckUsageError("--chart goes with --history or --basket")


def _answer_precedents(court: Court, json: bool) -> int:
    from pactwatch.law.precedents import try_precedents

    tried = try_precedents(court)
    wrong = sum(one.agrees is False for one in tried)
    if json:
        print_json({"edition": court.edition, "precedents": [_plain(one) for one in tried], "disagree": wrong})
    else:
        print_precedents(tried, court.edition, court.lawbook.outcomes)
    return DISAGREES if wrong else 0


def _plain(tried: object) -> dict[str, object]:
    from dataclasses import asdict

    from pactwatch.law.precedents import Tried

    if not isinstance(tried, Tried):
        raise TypeError("a tried precedent")
    plain = asdict(tried)
    precedent = tried.precedent.model_dump(mode="json")
    precedent["decided_outcome"] = precedent.pop("outcome")
    return {**precedent, "asked_for": plain["day"], "outcome": tried.outcome, "agrees": tried.agrees}


def _answer_history(court: Court, case: Case, chart: Path, json: bool) -> int:
    from pactwatch.charts.law import chart_history
    from pactwatch.law.checking import say_day

    periods = court.timeline(case).periods()
    rows = [one.model_dump() for one in periods]
    words = (_title(case, periods[-1].outcome, say_day(periods[-1].first)), _subtitle(court))
    _draw(chart_history(rows, words), chart)
    if json:
        print_json({"edition": court.edition, "periods": rows, "chart": str(chart)})
    else:
        print_history(periods, court.edition)
        say(f"chart: {chart}")
    return 0


def _title(case: Case, outcome: str, since: str) -> str:
    name = str(case.told.get("item.name") or case.told.get("activity.kind") or case.name or "the case")
    return f"{name.replace('_', ' ')}: {outcome} since {since}"


def _subtitle(court: Court) -> str:
    return f"outcome by day, the case's facts held fixed; edition {court.edition}; research, not legal advice"


def _answer_basket(court: Court, chart: Path, json: bool) -> int:
    from pactwatch.charts.law import chart_basket
    from pactwatch.law.basket import follow_basket, read_basket, tabulate
    from pactwatch.law.checking import say_day

    rows = tabulate(follow_basket(court))
    if not rows:
        raise CheckUsageError("the casebook has no basket of cases: add rules/basket.toml (docs/law.md tells how)")
    drawn = [row | {"date": row["date"].isoformat()} for row in rows]
    last = rows[-1]
    words = (
        f"{last['allowed']} of {len(last['outcomes'])} typical cases are allowed since {say_day(last['date'])}",
        f"dark: allowed, light: conditional; edition {court.edition}",
    )
    _draw(chart_basket(drawn, words), chart)
    titles = {one.id: one.title for one in read_basket(court)}
    if json:
        print_json({"edition": court.edition, "cases": titles, "days": rows, "chart": str(chart)})
    else:
        print_basket(rows, titles, court.edition)
        say(f"chart: {chart}")
    return 0


def _draw(drawing: object, file: Path) -> None:
    """The chart as a file of the kind its name says."""
    import json as json_
    from typing import Any, cast

    from pactwatch.charts.render import draw_body, save_svg, specify

    specification = specify(cast(Any, drawing))
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".json":
        file.write_text(json_.dumps(specification, ensure_ascii=False) + "\n", "utf-8")
    elif file.suffix == ".svg":
        file.write_text(save_svg(draw_body(specification), specification), "utf-8")
    elif file.suffix == ".png":
        import vl_convert

        file.write_bytes(vl_convert.vegalite_to_png(json_.dumps(specification), scale=2, allowed_base_urls=[]))
    else:
        raise CheckUsageError(f"--chart {file.name}: the name must end in .svg, .png or .json")
