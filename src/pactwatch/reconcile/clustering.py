"""Which tellings are one item: average-link agglomeration within each connected component, under constraints.

The pair of clusters with the highest average is joined first, ties by the least ids, until none is above the
threshold. A cluster is never joined with another if a person said they are different, if both hold records of the
casebook, if an item would reach a stage that happens once on two days too far apart, or if one tells of an event by a
name that is none of the other's, days apart from it. Averages are over pairs that were compared; sums are whole
numbers, so the result does not depend on any order.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pactwatch.model.codes import Modality
from pactwatch.reconcile.comparing import EVENTS, are_named_apart
from pactwatch.reconcile.graph import Graph
from pactwatch.reconcile.sides import Side

_OCCURS = frozenset({"held", "planned"})


@dataclass(slots=True)
class Cluster:
    """Nodes joined so far, with what bars them from others."""

    nodes: set[int]
    first: str
    records: set[str] = field(default_factory=set)
    foes: set[int] = field(default_factory=set)
    told: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    known: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    named: dict[tuple[str, str, int, int], Side] = field(default_factory=dict)


class Bars:
    """What keeps clusters apart: judgements by node, and how far once-reached stages may lie apart."""

    def __init__(self, different: Mapping[int, set[int]], apart: Mapping[str, int]) -> None:
        self.different = different
        self.apart = apart

    def start(self, graph: Graph, nodes: Iterable[int]) -> Cluster:
        """A cluster of given nodes. The dates of those a person tied together are as good as the casebook's."""
        members = set(nodes)
        cluster = Cluster(members, min(graph.side(one).id for one in members))
        for node in members:
            side = graph.side(node)
            cluster.foes |= self.different.get(node, set())
            if side.known:
                cluster.records.add(side.known)
            if side.name and side.is_dated and side.family in EVENTS:
                cluster.named.setdefault((side.family, side.name, side.early, side.late), side)
            stage = self._once(side)
            if stage:
                spans = cluster.known if side.known or len(members) > 1 else cluster.told
                spans.setdefault(stage, set()).add((side.early, side.late))
        return cluster

    def _once(self, side: Side) -> str:
        """The stage of a dated telling, if an item reaches it once; planning to hold and holding are one."""
        if not side.is_dated or side.modality == Modality.DENIED:
            return ""
        stage = f"{side.type}.{'held' if side.stage in _OCCURS else side.stage}"
        return stage if stage in self.apart else ""

    def bar(self, a: Cluster, b: Cluster) -> bool:
        """Whether two clusters may not be joined."""
        if a.records and b.records:
            return True
        if not a.foes.isdisjoint(b.nodes) or not b.foes.isdisjoint(a.nodes):
            return True
        if _tells_another(a, b) or _tells_another(b, a):
            return True
        return any(
            self._far(limit, (a.told.get(stage, set()), a.known.get(stage, set())),
                      (b.told.get(stage, set()), b.known.get(stage, set())))
            for stage, limit in self.apart.items()
        )  # fmt: skip

    @staticmethod
    def _far(
        limit: int, a: tuple[set[tuple[int, int]], set[tuple[int, int]]], b: tuple[set[tuple[int, int]], ...]
    ) -> bool:
        """Whether some span lies too far from the other cluster's. What the casebook or a person tied together may have
        reached a stage several times (renewals): a telling then has to be near one of them.
        """
        for (told, known), (others, others_known) in ((a, b), (b, a)):
            if others_known:
                if any(all(_gap(one, other) > limit for other in others_known) for one in told):
                    return True
            elif not known and any(_gap(one, other) > limit for one in told for other in others):
                return True
        return False


def _tells_another(a: Cluster, b: Cluster) -> bool:
    """Whether one cluster names an event that is none of those the other names, if it names any."""
    if not b.named:
        return False
    return any(all(are_named_apart(one, other) for other in b.named.values()) for one in a.named.values())


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, a[0] - b[1], b[0] - a[1])


def join(a: Cluster, b: Cluster) -> Cluster:
    """Two clusters as one."""
    joined = Cluster(a.nodes | b.nodes, min(a.first, b.first), a.records | b.records, a.foes | b.foes)
    joined.named = a.named | b.named
    for mine, left, right in ((joined.told, a.told, b.told), (joined.known, a.known, b.known)):
        for stage in {*left, *right}:
            mine[stage] = left.get(stage, set()) | right.get(stage, set())
    return joined


def agglomerate(graph: Graph, groups: Sequence[Collection[int]], bars: Bars) -> list[set[int]]:
    """The clusters of a component. ``groups`` are its nodes, those that belong together by decision in one group."""
    clusters = {number: bars.start(graph, group) for number, group in enumerate(groups)}
    place = {node: number for number, group in enumerate(groups) for node in group}
    sums: dict[int, dict[int, tuple[int, int]]] = {number: {} for number in clusters}
    for node, number in place.items():
        for other, points in graph.near[node].items():
            there = place.get(other)
            if there is not None and there != number:
                total, count = sums[number].get(there, (0, 0))
                sums[number][there] = (total + points, count + 1)
    heap: list[tuple[float, str, str, int, int]] = []
    threshold = graph.scorer.threshold
    for a, others in sums.items():
        for b in others:
            if a < b:
                _offer(heap, clusters, sums, (a, b), threshold)
    heapq.heapify(heap)
    fresh = len(clusters)
    while heap:
        _, _, _, a, b = heapq.heappop(heap)
        if a not in clusters or b not in clusters or bars.bar(clusters[a], clusters[b]):
            continue
        clusters[fresh] = join(clusters.pop(a), clusters.pop(b))
        _merge_sums(sums, a, b, fresh)
        for other in sums[fresh]:
            _offer(heap, clusters, sums, (fresh, other), threshold, push=True)
        fresh += 1
    return [cluster.nodes for cluster in clusters.values()]


def _offer(
    heap: list[tuple[float, str, str, int, int]],
    clusters: Mapping[int, Cluster],
    sums: Mapping[int, Mapping[int, tuple[int, int]]],
    pair: tuple[int, int],
    threshold: int,
    *,
    push: bool = False,
) -> None:
    a, b = pair
    total, count = sums[a][b]
    if total <= threshold * count:
        return
    first, second = sorted((clusters[a].first, clusters[b].first))
    entry = (-total / count, first, second, a, b)
    if push:
        heapq.heappush(heap, entry)
    else:
        heap.append(entry)


def _merge_sums(sums: dict[int, dict[int, tuple[int, int]]], a: int, b: int, fresh: int) -> None:
    merged: dict[int, tuple[int, int]] = {}
    for old in (a, b):
        for other, (total, count) in sums.pop(old).items():
            if other in (a, b):
                continue
            before = merged.get(other, (0, 0))
            merged[other] = (before[0] + total, before[1] + count)
            sums[other].pop(old, None)
    sums[fresh] = merged
    for other, pair in merged.items():
        sums[other][fresh] = pair
