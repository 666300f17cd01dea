"""The files of every figure: the picture, the rows behind it, and the specification it was drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.page_types import CSV, JSON, SVG, Ask, File, PageType, Values
from pactwatch.site.frame.site import Site

ENDINGS = {"svg": SVG, "csv": CSV, "vl.json": JSON}


def take_figure(ending: str, ask: Ask) -> File:
    """A file of a figure."""
    figure = ask.site.figure(ask.values["slug"])
    if figure is None:
        raise NotFoundError("there is nothing to draw in this figure")
    return File(figure.write(ending).encode(), ENDINGS[ending])


def list_figures(site: Site) -> Iterator[Values]:
    """Name of every figure with something to draw."""
    return ({"slug": name} for name in site.gallery.list_names())


PAGES = tuple(
    PageType(f"figure-{ending}", f"figures/{{slug}}.{ending}", partial(take_figure, ending), list_figures)
    for ending in ENDINGS
)
