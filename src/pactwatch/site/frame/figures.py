"""Charts as figures of a page: two widths, the table behind, and the files a reader may take away."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.tables import format_csv

if TYPE_CHECKING:
    import altair as alt

    from pactwatch.charts.press import Press
    from pactwatch.site.frame.book import Book
    from pactwatch.site.frame.page_types import Registry

Rows = Sequence[Mapping[str, Any]]
Draw = Callable[[int], "alt.LayerChart | None"]


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn: a function from a width to a chart, the rows behind it, and a description for those who
    cannot see it. A function that gives ``None`` has nothing to draw."""

    draw: Draw
    rows: Rows
    description: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure as a template shows it; ``files`` is the path of its files without their endings."""

    name: str
    rows: Rows
    description: str
    specification: dict[str, Any]
    bodies: tuple[str, str]

    @property
    def files(self) -> str:
        """Where its files stand, without their endings."""
        return f"figures/{self.name}"

    @property
    def title(self) -> str:
        """The finding in one sentence."""
        return self._read("text")

    @property
    def subtitle(self) -> str:
        """Measure, unit, period, n and edition."""
        return self._read("subtitle")

    @property
    def columns(self) -> list[str]:
        """Names of the columns of its rows."""
        return list(dict.fromkeys(name for row in self.rows for name in row))

    def wide(self, root: str) -> Markup:
        """The wide picture, its links from ``root``."""
        return self._embed(0, root)

    def narrow(self, root: str) -> Markup:
        """The picture for a phone, its links from ``root``."""
        return self._embed(1, root)

    def write(self, ending: str) -> str:
        """One of its files: ``svg``, ``csv`` or ``vl.json``; raises :class:`NotFoundError` for another."""
        from pactwatch.charts.render import save_svg

        if ending == "svg":
            return save_svg(self.bodies[0], self.specification)
        if ending == "csv":
            return format_csv(self.rows, self.columns)
        if ending == "vl.json":
            return json.dumps(self.specification, ensure_ascii=False, separators=(",", ":")) + "\n"
        raise NotFoundError("a figure is to be had as svg, csv and vl.json")

    def _read(self, part: str) -> str:
        from pactwatch.charts.render import read_title

        return read_title(self.specification, part)

    def _embed(self, width: int, root: str) -> Markup:
        from pactwatch.charts.render import embed_svg

        text = embed_svg(self.bodies[width], self.title, self.description or self.subtitle, root)
        return Markup(text)  # noqa: S704 - ours, escaped


@dataclass(frozen=True)
class _Plan:
    drawing: Drawing
    specifications: tuple[dict[str, Any], dict[str, Any]]
    tickets: tuple[int, int]


class Gallery:
    """The figures of a book, each drawn once, when it is first asked for or planned ahead."""

    def __init__(self, book: Book, registry: Registry, press: Press) -> None:
        self._book, self._registry, self._press = book, registry, press
        self._plans: dict[str, _Plan | None] = {}
        self._figures: dict[str, Figure] = {}
        self._lock = threading.RLock()

    def show(self, name: str) -> Figure | None:
        """A figure by its name; ``None`` where there is nothing to draw. Raises :class:`NotFoundError` for a name that
        no kind of figure has."""
        with self._lock:
            plan = self._plan(name)
            if plan is None:
                return None
            if name not in self._figures:
                first, second = (self._press.collect(ticket) for ticket in plan.tickets)
                self._figures[name] = Figure(
                    name, plan.drawing.rows, plan.drawing.description, plan.specifications[0], (first, second)
                )
            return self._figures[name]

    def list_names(self) -> Iterator[str]:
        """Names of all figures in which there is something to draw, all handed to the press."""
        for one in self._registry.figures:
            for values in one.list_values(self._book):
                name = one.place(values)
                with self._lock:
                    if self._plan(name) is not None:
                        yield name

    def _plan(self, name: str) -> _Plan | None:
        if name not in self._plans:
            figure_type, values = self._registry.find_figure(name)
            drawing: Drawing | None = figure_type.plan(self._book, values)
            self._plans[name] = self._submit(drawing) if drawing else None
        return self._plans[name]

    def _submit(self, drawing: Drawing) -> _Plan | None:
        from altair.utils import schemapi

        from pactwatch.charts.render import specify
        from pactwatch.charts.theme import NARROW, WIDE

        with schemapi.debug_mode(False):  # our own charts; checking each against the whole schema costs more than all
            charts = [drawing.draw(width) for width in (WIDE, NARROW)]
            made = [specify(chart) for chart in charts if chart is not None]
        if len(made) < 2:
            return None
        first, second = (self._press.submit(specification) for specification in made)
        return _Plan(drawing, (made[0], made[1]), (first, second))
