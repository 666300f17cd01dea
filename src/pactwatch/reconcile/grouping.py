"""What the linker holds of items and documents, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pactwatch.reconcile.items import Link, Part
from pactwatch.reconcile.paging import Form


class Group(NamedTuple):
    """Nodes that are one item, and what the item is told by."""

    nodes: frozenset[int]
    told: Membership


class Membership(NamedTuple):
    """The mentions of an item, the casebook's record in it, and its founder: the mention published first."""

    mentions: tuple[str, ...]
    record: str | None
    founder: str


def _write_links(links: Sequence[Link]) -> list[list[Any]]:
    return [[link.a, link.b, link.points, link.chance, *link.parts] for link in links]


def _read_links(rows: list[list[Any]]) -> tuple[Link, ...]:
    return tuple(
        Link(row[0], row[1], row[2], row[3], tuple(Part(part["words"], part["points"]) for part in row[4:]))
        for row in rows
    )


def _read_group(row: list[Any]) -> Group:
    nodes, (mentions, record, founder) = row
    return Group(frozenset(nodes), Membership(tuple(mentions), record, founder))


GROUPS: Form[Group] = Form("groups", lambda group: [sorted(group.nodes), [*group.told]], _read_group, is_numbered=True)
LINKS: Form[tuple[Link, ...]] = Form("links", _write_links, _read_links, is_numbered=True)
GROUP_OF: Form[int] = Form("group_of", is_numbered=True)
DOCS: Form[dict[str, str]] = Form("docs")
NOW: Form[str] = Form("now")
FORMERS: Form[list[str]] = Form("formers")
