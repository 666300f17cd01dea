"""All tellings with the pairs that are compared, kept so that a few can be added or taken away at small cost.

Mentions that tell the same in every compared field are one node: reports are not events. What stands in the graph is
a function of the tellings in it, never of the order in which they came: adding some later gives the same as all at
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from pactwatch.reconcile.blocking import keys_of, pairs_of
from pactwatch.reconcile.node import Node, Place, compared_side, place_of, signature_of
from pactwatch.reconcile.paging import Form, Paged
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import Side

_SHIFT = 32

Open = Callable[[Form[Any]], Paged[Any, Any]]
"""What opens a mapping as it was kept, or an empty one."""


def _write_counts(counts: dict[int, int]) -> list[list[int]]:
    return [[*counts], [*counts.values()]]


def _read_counts(row: list[list[int]]) -> dict[int, int]:
    return dict(zip(*row, strict=True))


NODES: Form[Node] = Form(
    "nodes", lambda node: [node.signature, node.text], lambda row: Node(row[0], row[1]), is_numbered=True
)
PLACES: Form[Place] = Form("places", list, lambda row: Place(*row), is_numbered=True)
NEAR: Form[dict[int, int]] = Form("near", _write_counts, _read_counts, is_numbered=True)
HELD: Form[dict[int, int]] = Form("held", _write_counts, _read_counts, is_numbered=True)
BLOCKS: Form[Collection[int]] = Form("blocks", list)
NODE_OF: Form[int] = Form("node_of")
SIGNATURES: Form[int] = Form("signatures")


class Graph:
    """Nodes, blocks and the points of the pairs that share one.

    ``near`` has the points of each node's pairs, ``held`` under the lesser node how many blocks compare a pair.
    """

    def __init__(self, scorer: Scorer, open_: Open = Paged, next_: int = 0) -> None:
        self.scorer = scorer
        self.nodes: Paged[int, Node] = open_(NODES)
        self.places: Paged[int, Place] = open_(PLACES)
        self.node_of: Paged[str, int] = open_(NODE_OF)
        self.near: Paged[int, dict[int, int]] = open_(NEAR)
        self.held: Paged[int, dict[int, int]] = open_(HELD)
        self.blocks: Paged[str, Collection[int]] = open_(BLOCKS)
        self._by_signature: Paged[str, int] = open_(SIGNATURES)
        self.maps: tuple[Paged[Any, Any], ...] = (
            *(self.nodes, self.places, self.node_of, self.near, self.held, self.blocks, self._by_signature),
        )
        self.next = next_

    def side(self, node: int) -> Side:
        """The side a node is compared by."""
        side = self.nodes[node].side
        assert side is not None  # noqa: S101  # a node has a side from when it was settled
        return side

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
            number = self._by_signature[signature] = self.next
            self.nodes[number] = Node(signature)
            self.near[number] = {}
            self.held[number] = {}
            self.next += 1
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
        after = Counter(self._pairs(blocks))
        changed = self._score(after, moved) | self._drop(before)
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
        if side is not None:
            self.places[number] = place_of(side)

    def _open_block(self, key: str) -> set[int]:
        """A block that can be changed; one that was kept is a list until then."""
        block = self.blocks.get(key, ())
        if not isinstance(block, set):
            block = self.blocks[key] = set(block)
        return block

    def _pairs(self, keys: Iterable[str]) -> list[int]:
        """The pairs of blocks, as often as blocks hold them."""
        blocks, place = (self.blocks.get(key, ()) for key in keys), self.places.__getitem__
        return [a << _SHIFT | b for block in blocks if len(block) > 1 for a, b in pairs_of(tuple(block), place)]

    def _drop(self, pairs: Iterable[int]) -> set[int]:
        """Count pairs out, and forget those no block holds any more; returns their nodes."""
        held, changed = self.held, set()
        for pair in pairs:
            a, b = pair >> _SHIFT, pair & (1 << _SHIFT) - 1
            held[a][b] -= 1
            if held[a][b] <= 0:
                del held[a][b], self.near[a][b], self.near[b][a]
                changed |= {a, b}
        return changed

    def _score(self, pairs: Mapping[int, int], moved: set[int]) -> set[int]:
        """Count pairs in; score what was not compared before, or is compared by other values now; returns their
        nodes.
        """
        points, near, held, changed = self.scorer.points, self.near, self.held, set()
        for pair, count in pairs.items():
            a, b = pair >> _SHIFT, pair & (1 << _SHIFT) - 1
            held[a][b] = held[a].get(b, 0) + count
            if b in near[a] and a not in moved and b not in moved:
                continue
            near[a][b] = near[b][a] = points(self.side(a), self.side(b))
            changed |= {a, b}
        return changed

    def _forget(self, number: int) -> None:
        del self._by_signature[self.nodes[number].signature]
        del self.nodes[number], self.near[number], self.held[number]
        self.places.pop(number, None)
