"""What was compared, kept as bytes, so that the next document need not begin at nothing.

Kept state is never relied on for truth: it is used only where it was made by this version, with these weights, from
these records of the casebook, and computed again otherwise. Sides stay text until somebody asks for them.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson

from pactwatch.model.records import Milestone, Record
from pactwatch.reconcile.graph import Node
from pactwatch.reconcile.items import Link, Part, Store
from pactwatch.reconcile.judging import Pairs
from pactwatch.reconcile.linking import Group, Linker, Membership
from pactwatch.reconcile.sides import Side
from pactwatch.reconcile.weights import Weights
from pactwatch.version import __version__

KIND, KEY = "reconcile", "linker"
FORM = 3
"""Raised when what is kept changes its form."""


class KeptSides:
    """Sides as JSON text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> dict[str, Side]:
        """The sides by id."""
        return {row[0]: _side(row) for row in orjson.loads(self.text)}


def basis_of(records: Sequence[Record], weights: Weights) -> bytes:
    """A digest of what kept state depends on: version, weights, the casebook's records."""
    total = hashlib.sha256(f"{__version__}|{FORM}|{weights.model_dump_json()}".encode())
    for record in sorted(records, key=lambda one: one.record_id):
        told = repr(record.model_copy(update={"milestones": [*map(_in_order, record.milestones)]}))
        total.update(told.encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:32].encode()


def _in_order(milestone: Milestone) -> Milestone:
    """A milestone whose doubts come in one order: that of a set is another in every process."""
    return milestone.model_copy(update={"doubts": sorted(milestone.doubts)})


def open_linker(store: Store, records: Sequence[Record], weights: Weights) -> Linker:
    """The linker as it was kept, or a new one that knows only the casebook's records."""
    value, basis = store.get(KIND, KEY), basis_of(records, weights)
    if value is None or not value.startswith(basis):
        return Linker(records, weights)
    try:
        with _without_collecting():
            linker = Linker(records, weights, is_empty=True)
            _fill(linker, orjson.loads(value[len(basis) :]))
    except (ValueError, KeyError, TypeError, IndexError):  # not what this version writes: computed again
        return Linker(records, weights)
    return linker


def keep_linker(store: Store, linker: Linker) -> None:
    """Keep a linker's state, with a digest of what it depends on, in place of what was kept before."""
    basis = basis_of([*linker.records.values()], linker.weights)
    with _without_collecting():
        store.put(KIND, KEY, basis + orjson.dumps(_state(linker)))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without the garbage collector, which would walk a million new values again and again; nor need it ever, since
    what is kept holds no cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _state(linker: Linker) -> dict[str, Any]:
    graph = linker.graph
    ids: dict[int, list[str]] = {number: [] for number in graph.nodes}
    for one, number in graph.node_of.items():
        ids[number].append(one)
    pairs, counts = graph.held()
    return {
        "nodes": [
            [number, "" if node.signature == node.first else node.signature, node.first, node.known, ids[number],
             _text(node)]
            for number, node in graph.nodes.items()
        ],
        "near": [[number, [*others], [*others.values()]] for number, others in graph.near.items()],
        "pairs": pairs,
        "counts": counts,
        "blocks": {key: [*block] for key, block in graph.blocks.items()},
        "groups": [
            [
                [*group.nodes],
                None if group.told is None else tuple(group.told),
                None if group.links is None else _links(group.links),
            ]
            for group in linker.groups.values()
        ],
        "prints": linker.prints,
        "same": sorted(linker.pairs.same),
        "different": sorted(linker.pairs.different),
    }  # fmt: skip


def _text(node: Node) -> str:
    if not isinstance(node.kept, KeptSides):
        node.kept = KeptSides(orjson.dumps([_row(side) for side in node.members.values()]).decode())
    return node.kept.text


def _row(side: Side) -> list[Any]:
    return [
        *(side.id, side.known, side.type, side.stage, side.modality, side.parties, side.supplier, side.recipient),
        *(side.instrument, side.name, side.items, side.money, side.early, side.late, side.published, side.level),
        *(" ".join(side.words), side.doc, [*side.docs]),
    ]


def _side(row: list[Any]) -> Side:
    (id_, known, type_, stage, modality, parties, supplier, recipient, instrument, name, items, money, early, late,
     published, level, words, doc, docs) = row  # fmt: skip
    things = tuple([(one[0], one[1], one[2]) for one in items])
    amount = (money[0], money[1]) if money else None
    return Side(id_, known, type_, stage, modality, tuple(parties), supplier, recipient, instrument, name, things,
                amount, early, late, published, level, frozenset(words.split()), doc, frozenset(docs))  # fmt: skip


def _links(links: Sequence[Link]) -> list[list[Any]]:
    return [[link.a, link.b, link.points, link.chance, *link.parts] for link in links]


def _fill(linker: Linker, state: dict[str, Any]) -> None:
    graph = linker.graph
    for number, signature, first, known, ids, text in state["nodes"]:
        node = graph.nodes[number] = Node(signature or first)
        node.first, node.known, node.kept = first, known, KeptSides(text)
        for one in ids:
            graph.node_of[one] = number
    near = {number: dict(zip(others, points, strict=True)) for number, others, points in state["near"]}
    graph.restore(near, state["blocks"], dict(zip(state["pairs"], state["counts"], strict=True)))
    shared: dict[tuple[str, float], Part] = {}
    for nodes, told, rows in state["groups"]:
        links = None if rows is None else tuple([_read_link(row, shared) for row in rows])
        membership = None if told is None else Membership(tuple(told[0]), told[1], told[2])
        linker.put_group(Group(frozenset(nodes), membership, links))
    linker.prints = state["prints"]
    linker.set_pairs(Pairs(frozenset(map(tuple, state["same"])), frozenset(map(tuple, state["different"]))))


def _read_link(row: list[Any], shared: dict[tuple[str, float], Part]) -> Link:
    parts = []
    for told in row[4:]:
        key = (told["words"], told["points"])
        part = shared.get(key)
        if part is None:
            part = shared[key] = Part(*key)
        parts.append(part)
    return Link(row[0], row[1], row[2], row[3], tuple(parts))
