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

from pactwatch.model.records import Record
from pactwatch.reconcile.graph import Graph, Node
from pactwatch.reconcile.items import Link, Part, Store
from pactwatch.reconcile.judging import Pairs
from pactwatch.reconcile.linking import Group, Linker, Membership
from pactwatch.reconcile.sides import Side
from pactwatch.reconcile.weights import Weights
from pactwatch.version import __version__

KIND = "reconcile"
FORM = 2
"""Raised when what is kept changes its form."""


class KeptSides:
    """Sides as JSON text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> dict[str, Side]:
        """The sides by id."""
        return {row[0]: _side(row) for row in orjson.loads(self.text)}


def key_of(records: Sequence[Record], weights: Weights) -> str:
    """What kept state depends on: version, weights, the casebook's records."""
    total = hashlib.sha256(f"{__version__}|{FORM}|{weights.model_dump_json()}".encode())
    for record in sorted(records, key=lambda one: one.record_id):
        total.update(repr(record).encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:32]


def open_linker(store: Store, records: Sequence[Record], weights: Weights) -> Linker:
    """The linker as it was kept, or a new one that knows only the casebook's records."""
    value = store.get(KIND, key_of(records, weights))
    if value is None:
        return Linker(records, weights)
    try:
        with _without_collecting():
            linker = Linker(records, weights, is_empty=True)
            _fill(linker, orjson.loads(value))
    except (ValueError, KeyError, TypeError, IndexError):  # not what this version writes: computed again
        return Linker(records, weights)
    return linker


def keep_linker(store: Store, linker: Linker) -> None:
    """Keep a linker's state under the key of what it depends on."""
    with _without_collecting():
        value = orjson.dumps(_state(linker))
    store.put(KIND, key_of([*linker.records.values()], linker.weights), value)


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
    numbers = {node: place for place, node in enumerate(graph.nodes)}
    ids: list[list[str]] = [[] for _ in numbers]
    for one, node in graph.node_of.items():
        ids[numbers[node]].append(one)
    pairs = [(a, b, points) for a, others in graph.near.items() for b, points in others.items() if a < b]
    held = graph.held
    return {
        "nodes": [
            ["" if node.signature == node.first else node.signature, node.first, node.known, many, _text(node)]
            for node, many in zip(graph.nodes.values(), ids, strict=True)
        ],
        "a": [numbers[a] for a, _, _ in pairs],
        "b": [numbers[b] for _, b, _ in pairs],
        "points": [points for _, _, points in pairs],
        "held": [held(a, b) for a, b, _ in pairs],
        "blocks": {key: [numbers[one] for one in block] for key, block in graph.blocks.items()},
        "groups": [
            [
                [numbers[one] for one in group.nodes],
                None if group.told is None else tuple(group.told),
                None if group.links is None else _links(group.links),
            ]
            for group in linker.groups.values()
        ],
        "prints": linker.prints,
        "same": sorted(linker.pairs.same),
        "different": sorted(linker.pairs.different),
    }


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
    for number, (signature, first, known, ids, text) in enumerate(state["nodes"]):
        node = graph.nodes[number] = Node(signature or first)
        node.first, node.known, node.kept = first, known, KeptSides(text)
        for one in ids:
            graph.node_of[one] = number
    _fill_pairs(graph, state)
    shared: dict[tuple[str, float], Part] = {}
    for nodes, told, rows in state["groups"]:
        links = None if rows is None else tuple([_read_link(row, shared) for row in rows])
        membership = None if told is None else Membership(tuple(told[0]), told[1], told[2])
        linker.put_group(Group(frozenset(nodes), membership, links))
    linker.prints = state["prints"]
    linker.set_pairs(Pairs(frozenset(map(tuple, state["same"])), frozenset(map(tuple, state["different"]))))


def _fill_pairs(graph: Graph, state: dict[str, Any]) -> None:
    near: dict[int, dict[int, int]] = {number: {} for number in graph.nodes}
    for a, b, points in zip(state["a"], state["b"], state["points"], strict=True):
        near[a][b] = points
        near[b][a] = points
    graph.restore(near, state["blocks"], zip(state["a"], state["b"], state["held"], strict=True))


def _read_link(row: list[Any], shared: dict[tuple[str, float], Part]) -> Link:
    parts = []
    for told in row[4:]:
        key = (told["words"], told["points"])
        part = shared.get(key)
        if part is None:
            part = shared[key] = Part(*key)
        parts.append(part)
    return Link(row[0], row[1], row[2], row[3], tuple(parts))
