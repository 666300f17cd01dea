"""Pages taken apart with the standard parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

Attributes = dict[str, str]


@dataclass
class Page(HTMLParser):
    """Every start tag of a page with its attributes, in order."""

    path: Path
    tags: list[tuple[str, Attributes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, *names: str) -> list[Attributes]:
        """Attributes of the tags of those names."""
        return [attributes for tag, attributes in self.tags if tag in names]

    @cached_property
    def ids(self) -> list[str]:
        """Every id of the page."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def read_pages(site: Path) -> dict[str, Page]:
    """Every page of a site by its path from the root."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
