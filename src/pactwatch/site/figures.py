"""Charts as figures of a page: two widths, the table behind, and the files a reader may take away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pactwatch.charts.press import Press
from pactwatch.charts.render import embed_svg, read_title, save_svg, specify
from pactwatch.charts.theme import NARROW, WIDE
from pactwatch.site.places import name_file, root_of
from pactwatch.site.writing import Writer, format_csv

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[Mapping[str, Any]]
Draw = Callable[[int], "alt.LayerChart | None"]


@dataclass(frozen=True)
class Plan:
    """A figure that is being drawn: its specifications and their tickets, wide and narrow."""

    name: str
    rows: Rows
    description: str
    specifications: tuple[dict[str, Any], dict[str, Any]]
    tickets: tuple[int, int]


@dataclass(frozen=True)
class Figure:
    """A figure as a template shows it; ``files`` is the path of its files without their endings."""

    name: str
    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    rows: Rows
    columns: list[str]
    files: str


class Studio:
    """Draws figures: first all are planned, so that drawing goes on while other pages are written, then each is
    placed on its page."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def plan(self, name: str, draw: Draw, rows: Rows, description: str = "") -> Plan | None:
        """Start drawing; ``None`` where there is nothing to draw."""
        charts = [draw(width) for width in (WIDE, NARROW)]
        made = [specify(chart) for chart in charts if chart is not None]
        if len(made) < 2:
            return None
        tickets = [self._press.submit(specification) for specification in made]
        return Plan(name_file(name), rows, description, (made[0], made[1]), (tickets[0], tickets[1]))

    def place(self, plan: Plan | None, page: str, writer: Writer) -> Figure | None:
        """Wait for the drawing, write its files, and give the figure for a page."""
        if plan is None:
            return None
        bodies = [self._press.collect(ticket) for ticket in plan.tickets]
        wide = plan.specifications[0]
        title, subtitle = read_title(wide), read_title(wide, "subtitle")
        embedded = [Markup(embed_svg(body, title, plan.description or subtitle, root_of(page))) for body in bodies]  # noqa: S704 - ours, escaped
        files = f"figures/{plan.name}"
        writer.write_text(f"{files}.svg", save_svg(bodies[0], wide))
        writer.write_text(f"{files}.vl.json", json.dumps(wide, ensure_ascii=False, separators=(",", ":")) + "\n")
        columns = list(dict.fromkeys(name for row in plan.rows for name in row))
        writer.write_text(f"{files}.csv", format_csv(plan.rows, columns))
        return Figure(plan.name, title, subtitle, embedded[0], embedded[1], plan.rows, columns, files)
