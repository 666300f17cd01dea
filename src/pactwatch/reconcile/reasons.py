"""Why mentions are one item, and which pairs are left undecided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pactwatch.reconcile.graph import Graph
from pactwatch.reconcile.items import Link, Part
from pactwatch.reconcile.judging import Pairs

DOUBTFUL = 220
"""Points, in hundredths, within which a pair is worth a person's look: a chance between 0.1 and 0.9."""

MOST_NEAR = 2000
"""Undecided pairs that are told; more nobody looks at before the next run."""

_NONE = (10**9, "", "")

ALIKE = (Part("told alike in every field compared", 0.0),)
DECIDED = (Part("a person said they are the same", 0.0),)


def links_of(graph: Graph, nodes: Iterable[int], same: Collection[tuple[str, str]]) -> tuple[Link, ...]:
    """A spanning set of links of an item: what people said, then the strongest pairs, then mentions told alike."""
    listed = sorted(nodes, key=lambda node: graph.side(node).id)
    inside = set(listed)
    above = {node: node for node in listed}
    links = [Link(a, b, 0.0, 1.0, DECIDED) for a, b in _decided(graph, inside, same)]
    for link in links:
        _join(above, graph.node_of[link.a], graph.node_of[link.b])
    _join_records(graph, listed, above)
    pairs = sorted(
        (-points, *ordered(graph.side(a).id, graph.side(b).id))
        for a in listed
        for b, points in graph.near[a].items()
        if b in inside and a < b
    )
    for _, left, right in pairs:
        if _join(above, graph.node_of[left], graph.node_of[right]):
            a, b = graph.node_of[left], graph.node_of[right]
            links.append(graph.scorer.link(graph.side(a), graph.side(b)))
    for node in listed:
        first, *others = sorted(graph.nodes[node].members)
        links += [Link(first, other, 0.0, 1.0, ALIKE) for other in others]
    return tuple(links)


def _decided(graph: Graph, inside: set[int], same: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted((a, b) for a, b in same if graph.node_of.get(a) in inside and graph.node_of.get(b) in inside)


def _join_records(graph: Graph, nodes: Iterable[int], above: dict[int, int]) -> None:
    """Milestones of one record of the casebook need no link."""
    known = [node for node in nodes if graph.side(node).known]
    for node in known[1:]:
        _join(above, known[0], node)


def _join(above: dict[int, int], a: int, b: int) -> bool:
    while above[a] != a:
        a = above[a]
    while above[b] != b:
        b = above[b]
    above[b] = a
    return a != b


def near_links(graph: Graph, group_of: Mapping[int, int], pairs: Pairs) -> tuple[Link, ...]:
    """For each two items that may be one, their likeliest pair, most doubtful first, without what people decided."""
    best: dict[tuple[int, int], tuple[int, str, str]] = {}
    for a, others in graph.near.items():
        for b, points in others.items():
            if a > b or abs(points) > DOUBTFUL or group_of[a] == group_of[b]:
                continue
            one, other = graph.places[a], graph.places[b]
            if one.known and other.known:
                continue
            left, right = ordered(one.first, other.first)
            if (left, right) in pairs.different:
                continue
            groups = (min(group_of[a], group_of[b]), max(group_of[a], group_of[b]))
            best[groups] = min(best.get(groups, _NONE), (-points, left, right))
    chosen = sorted((abs(points), left, right) for points, left, right in best.values())[:MOST_NEAR]
    nodes = graph.node_of
    return tuple(graph.scorer.link(graph.side(nodes[a]), graph.side(nodes[b])) for _, a, b in chosen)


def ordered(a: str, b: str) -> tuple[str, str]:
    """Two ids, the lesser first."""
    return (a, b) if a < b else (b, a)
