"""All tellings with the pairs that are compared, kept so that a few can be added or taken away at small cost.

Mentions that tell the same in every compared field are one node: reports are not events. What stands in the graph is
a function of the tellings in it, never of the order in which they came: adding some later gives the same as all at
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from pactwatch.reconcile.blocking import keys_of, pairs_of
from pactwatch.reconcile.comparing import SPECIFIC
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import Side

_SHIFT = 32


class Node:
    """One telling: the mentions that tell it alike, and the side they are compared by (the one with the least id).

    ``first`` is that id, ``known`` the casebook's record it belongs to, or nothing. A node that was kept as text is
    read only when somebody asks for its sides.
    """

    __slots__ = ("_members", "_side", "first", "kept", "known", "signature")

    def __init__(self, signature: str) -> None:
        self.signature = signature
        self.first = self.known = ""
        self.kept: Kept | None = None
        self._members: dict[str, Side] | None = None
        self._side: Side | None = None

    @property
    def members(self) -> dict[str, Side]:
        """The sides by id, to look at; :meth:`put` and :meth:`take` change them."""
        if self._members is None:
            self._members = self.kept.read() if self.kept else {}
        return self._members

    def put(self, side: Side) -> None:
        """One side more."""
        self.members[side.id] = side
        self.kept = None

    def take(self, id_: str) -> None:
        """One side less."""
        del self.members[id_]
        self.kept = None

    @property
    def side(self) -> Side | None:
        """The side the node is compared by, as it was settled last."""
        if self._side is None and self.kept is not None:
            self._side = compared_side(self.members)
        return self._side

    def settle(self, side: Side | None) -> None:
        """Compare the node by another side from now on."""
        self._side = side
        self.first, self.known = (side.id, side.known) if side else ("", "")


class Kept(Protocol):
    """Sides as they were kept."""

    def read(self) -> dict[str, Side]:
        """The sides by id."""


class Graph:
    """Nodes, blocks and the points of the pairs that share one."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.nodes: dict[int, Node] = {}
        self.node_of: dict[str, int] = {}
        self.near: dict[int, dict[int, int]] = {}
        self._by_signature: dict[str, int] = {}
        self.blocks: dict[str, Collection[int]] = {}
        self._held: Counter[int] = Counter()
        self._next = 0

    def side(self, node: int) -> Side:
        """The side a node is compared by."""
        side = self.nodes[node].side
        assert side is not None  # noqa: S101  # a node has a side from when it was settled
        return side

    def held(self) -> tuple[list[int], list[int]]:
        """The pairs that are compared, as whole numbers, and how many blocks compare each."""
        return [*self._held], [*self._held.values()]

    def restore(
        self, near: dict[int, dict[int, int]], blocks: Mapping[str, Collection[int]], held: Mapping[int, int]
    ) -> None:
        """Take back what was kept of the nodes that are there."""
        self.near = near
        self.blocks = dict(blocks)
        self._held = Counter(held)
        self._by_signature = {node.signature: number for number, node in self.nodes.items()}
        self._next = max(self.nodes, default=-1) + 1

    def change(self, added: Iterable[Side], removed: Collection[str], solo: Collection[str]) -> set[int]:
        """Take sides away and put others in; returns the nodes that are new, gone or told by
        others.

        Mentions of one document come and go together. ``solo`` are ids that are never one node with others.
        """
        added = list(added)
        touched: dict[int, Side | None] = {}
        for gone in removed:
            self._take(gone, touched)
        counts = Counter((one.doc, signature_of(one)) for one in added)
        for one in added:
            alone = one.id in solo or counts[one.doc, signature_of(one)] > 1
            self._put(one, one.id if alone else signature_of(one), touched)
        return set(touched) | self._settle(touched)

    def _take(self, id_: str, touched: dict[int, Side | None]) -> None:
        number = self.node_of.pop(id_)
        node = self.nodes[number]
        touched.setdefault(number, node.side)
        node.take(id_)

    def _put(self, side: Side, signature: str, touched: dict[int, Side | None]) -> None:
        number = self._by_signature.get(signature)
        if number is None:
            number = self._by_signature[signature] = self._next
            self.nodes[number] = Node(signature)
            self.near[number] = {}
            self._next += 1
        node = self.nodes[number]
        touched.setdefault(number, node.side)
        node.put(side)
        self.node_of[side.id] = number

    def _settle(self, touched: Mapping[int, Side | None]) -> set[int]:
        """Compare anew what the touched nodes share blocks with; returns nodes whose pairs are others now.

        A node that enters a large block may push two others out of each other's window.
        """
        sides = {number: compared_side(self.nodes[number].members) for number in touched}
        moved = {number for number, side in sides.items() if side != touched[number]}
        left = {number: self._keys(number) for number in moved}
        keys = {number: keys_of(side) if side else () for number, side in sides.items() if number in moved}
        blocks = sorted({key for number in moved for key in (*left[number], *keys[number])})
        before = self._pairs(blocks)
        for number in moved:
            self._move(number, sides[number], left[number], keys[number])
        after = self._pairs(blocks)
        self._held.update(after)
        changed = self._score(set(after), moved) | self._drop(before)
        for number in moved:
            if not self.nodes[number].members:
                self._forget(number)
        return changed

    def _keys(self, number: int) -> tuple[str, ...]:
        side = self.nodes[number].side
        return keys_of(side) if side else ()

    def _move(self, number: int, side: Side | None, left: Iterable[str], keys: Iterable[str]) -> None:
        for key in left:
            block = self._open_block(key)
            block.discard(number)
            if not block:
                del self.blocks[key]
        for key in keys:
            self._open_block(key).add(number)
        self.nodes[number].settle(side)

    def _open_block(self, key: str) -> set[int]:
        """A block that can be changed; one that was kept is a list until then."""
        block = self.blocks.get(key, ())
        if not isinstance(block, set):
            block = self.blocks[key] = set(block)
        return block

    def _pairs(self, keys: Iterable[str]) -> list[int]:
        """The pairs of blocks, as often as blocks hold them."""
        blocks = (self.blocks.get(key, ()) for key in keys)
        return [a << _SHIFT | b for block in blocks if len(block) > 1 for a, b in pairs_of(tuple(block), self.side)]

    def _drop(self, pairs: Iterable[int]) -> set[int]:
        """Count pairs out, and forget those no block holds any more; returns their nodes."""
        held, changed = self._held, set()
        for pair in pairs:
            held[pair] -= 1
            if held[pair] <= 0:
                a, b = pair >> _SHIFT, pair & (1 << _SHIFT) - 1
                del held[pair], self.near[a][b], self.near[b][a]
                changed |= {a, b}
        return changed

    def _score(self, pairs: Iterable[int], moved: set[int]) -> set[int]:
        """Score what was not compared before, or is compared by other values now; returns their nodes."""
        points, near, changed = self.scorer.points, self.near, set()
        for pair in pairs:
            a, b = pair >> _SHIFT, pair & (1 << _SHIFT) - 1
            if b in near[a] and a not in moved and b not in moved:
                continue
            near[a][b] = near[b][a] = points(self.side(a), self.side(b))
            changed |= {a, b}
        return changed

    def _forget(self, number: int) -> None:
        del self._by_signature[self.nodes[number].signature]
        del self.nodes[number], self.near[number]


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

    A telling is known by its fields where they tell the day, or a date and a name or an instrument that two states
    have once.
    """
    is_day = side.is_dated and side.early == side.late
    is_named = side.is_dated and bool(side.name or side.instrument in SPECIFIC)
    if side.known or not (is_day or is_named):
        return side.id
    fields = (side.type, side.stage, side.modality, side.parties, side.supplier, side.recipient, side.instrument)
    return repr((*fields, side.name, side.items, side.money, side.early, side.late, side.level))
