"""One telling of the graph: the mentions that tell it alike, the side they are compared by, and its place in blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from pactwatch.reconcile.comparing import SPECIFIC
from pactwatch.reconcile.sides import Side


class Place(NamedTuple):
    """Where a node stands in its blocks: by day, stage and the least id; ``known`` is the casebook's record it belongs
    to, or nothing.
    """

    day: int
    stage: str
    first: str
    known: str


def place_of(side: Side) -> Place:
    """The place of a telling in its blocks."""
    return Place(side.early or side.published, side.stage, side.id, side.known)


class Node:
    """One telling: the mentions that tell it alike, and the side they are compared by (the one with the least id).

    A node that was kept as text is read only when somebody asks for its sides.
    """

    __slots__ = ("_members", "_side", "_text", "signature")

    def __init__(self, signature: str, text: str = "") -> None:
        self.signature = signature
        self._text = text
        self._members: dict[str, Side] | None = None
        self._side: Side | None = None

    @property
    def members(self) -> dict[str, Side]:
        """The sides by id, to look at; :meth:`put` and :meth:`take` change them."""
        if self._members is None:
            rows = orjson.loads(self._text) if self._text else ()
            self._members = {row[0]: _read_side(row) for row in rows}
        return self._members

    def put(self, side: Side) -> None:
        """One side more."""
        self.members[side.id] = side
        self._text = ""

    def take(self, id_: str) -> None:
        """One side less."""
        del self.members[id_]
        self._text = ""

    @property
    def side(self) -> Side | None:
        """The side the node is compared by, as it was settled last."""
        if self._side is None and self._text:
            self._side = compared_side(self.members)
        return self._side

    def settle(self, side: Side | None) -> None:
        """Compare the node by another side from now on."""
        self._side = side

    @property
    def text(self) -> str:
        """The sides as JSON."""
        if not self._text:
            self._text = orjson.dumps([_write_side(side) for side in self.members.values()]).decode()
        return self._text


def compared_side(members: Mapping[str, Side]) -> Side | None:
    """The side of the least id, with the reports of all."""
    if not members:
        return None
    first = members[min(members)]
    if len(members) == 1:
        return first
    return replace(first, docs=frozenset().union(*(one.docs for one in members.values())))


def signature_of(side: Side) -> str:
    """What mentions that are one node have in common; a telling too vague to be known by its fields is its own.

    A telling is known by its fields (by a digest of them) where they tell the day, or a date and a name or an
    instrument that two states have once.
    """
    is_day = side.is_dated and side.early == side.late
    is_named = side.is_dated and bool(side.name or side.instrument in SPECIFIC)
    if side.known or not (is_day or is_named):
        return side.id
    fields = (side.type, side.stage, side.modality, side.parties, side.supplier, side.recipient, side.instrument)
    told = repr((*fields, side.name, side.items, side.money, side.early, side.late, side.level))
    return "=" + hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _write_side(side: Side) -> list[Any]:
    return [
        *(side.id, side.known, side.type, side.stage, side.modality, side.parties, side.supplier, side.recipient),
        *(side.instrument, side.name, side.items, side.money, side.early, side.late, side.published, side.level),
        *(" ".join(sorted(side.words)), side.doc, sorted(side.docs)),
    ]


def _read_side(row: list[Any]) -> Side:
    (id_, known, type_, stage, modality, parties, supplier, recipient, instrument, name, items, money, early, late,
     published, level, words, doc, docs) = row  # fmt: skip
    things = tuple([(one[0], one[1], one[2]) for one in items])
    amount = (money[0], money[1]) if money else None
    return Side(id_, known, type_, stage, modality, tuple(parties), supplier, recipient, instrument, name, things,
                amount, early, late, published, level, frozenset(words.split()), doc, frozenset(docs))  # fmt: skip
