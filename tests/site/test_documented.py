"""The examples of docs/site.md and docs/api.md run as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import httpx

from pactwatch.charts.press import Press
from pactwatch.edition import Edition
from pactwatch.site.frame.book import read_book
from pactwatch.site.frame.page_types import Registry, Sheet
from pactwatch.site.frame.site import Site

DOCS = Path(__file__).parents[2] / "docs"


def run(page: str) -> dict[str, Any]:
    """What the Python example of a page defines."""
    (example,) = re.findall(r"^ *```python\n(.*?)^ *```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    defined: dict[str, Any] = {}
    exec(compile(dedent(example), page, "exec"), defined)  # noqa: S102 - our own example
    return defined


def test_the_example_of_a_kind_of_page_works(small_edition: Edition) -> None:
    registry = Registry(run("site.md")["PAGES"])
    site = Site(read_book(small_edition), registry, Press())
    counts = []
    for path in site.list_paths():
        page_type, values = registry.find_page(path)
        shown = page_type.show(site.ask(page_type, values))
        assert isinstance(shown, Sheet) and shown.template == "name.html"
        counts.append(len(shown.values["records"]))
    assert sorted(counts) == [1, 8], "one exercise with hostile words for a name, and a series of eight"


def test_the_example_of_the_api_reads_all(web: httpx.Client) -> None:
    class Rerouted(httpx.Client):
        def get(self, url: Any, **options: Any) -> httpx.Response:
            return web.get(str(url).replace("https://pact.example", ""), **options)

    found = run("api.md")["read_all"](Rerouted(), "/api/v1/records?type=exercise&limit=4")
    assert len({record["id"] for record in found}) == len(found) == 9
