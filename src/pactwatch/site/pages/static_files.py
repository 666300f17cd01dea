"""The style sheet, the scripts and the icon: our own, few and small."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.page_types import SVG, Ask, File, PageType

MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": SVG}


@cache
def read_static() -> dict[str, bytes]:
    """Every file of the folder ``static`` by its name."""
    found = sorted(files("pactwatch.site").joinpath("static").iterdir(), key=lambda file: file.name)
    return {file.name: file.read_bytes() for file in found if file.is_file()}


def take_static(ask: Ask) -> File:
    """A style sheet, a script or the icon."""
    name = ask.values["slug"]
    if name not in read_static():
        raise NotFoundError("no file of the site's own has this name")
    return File(read_static()[name], MEDIA_TYPES[name.rpartition(".")[2]])


PAGES = (PageType("static", "static/{slug}", take_static, lambda _: [{"slug": name} for name in read_static()]),)
