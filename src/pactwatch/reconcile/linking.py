"""From tellings to items, whole or after a change: only what a change touches is compared and joined anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pactwatch.model.entries import Naming
from pactwatch.model.records import Record
from pactwatch.reconcile.clustering import Bars, agglomerate
from pactwatch.reconcile.graph import Graph
from pactwatch.reconcile.items import Hearing, Item, Judged, Known, Link, Reconciliation, Store, Told
from pactwatch.reconcile.judging import Pairs, Places, adrift_first, settle
from pactwatch.reconcile.naming import name_clusters, names_of
from pactwatch.reconcile.reasons import links_of, near_links, ordered
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import Side, known_sides, print_of, side_of
from pactwatch.reconcile.weights import Weights, open_weights, read_rarity


@dataclass(slots=True)
class Group:
    """Nodes that are one item; what it is told by and the links that hold it together, once they are asked for."""

    nodes: frozenset[int]
    told: Membership | None = None
    links: tuple[Link, ...] | None = None


class Membership(NamedTuple):
    """The mentions of an item, the casebook's record in it, and its founder: the mention published first."""

    mentions: tuple[str, ...]
    record: str | None
    founder: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided that bears on joining: pairs, and the names given so far."""

    judgements: tuple[Judged, ...] = ()
    namings: tuple[Naming, ...] = ()
    now: Mapping[str, str] = field(default_factory=dict)


class Linker:
    """Tellings, compared and joined. The same tellings and decisions give the same items however they came in."""

    def __init__(self, records: Sequence[Record], weights: Weights, *, is_empty: bool = False) -> None:
        """Start with the casebook's records; ``is_empty`` leaves their milestones to be put back with all else."""
        self.records = {record.record_id: record for record in records}
        self.graph = Graph(Scorer(weights, read_rarity()))
        self.weights = weights
        self.groups: dict[int, Group] = {}
        self.group_of: dict[int, int] = {}
        self.pairs = Pairs()
        self.prints: dict[str, str] = {}
        self._next = 0
        self._same: dict[str, set[str]] = {}
        self._record_of: dict[str, str] = {}
        self._lead: dict[str, str] = {}
        self._add_records(records, is_empty=is_empty)

    def _add_records(self, records: Sequence[Record], *, is_empty: bool) -> None:
        sides = [*known_sides(records)]
        for side in sides:
            lead = self._lead.setdefault(side.known, side.id)
            self._record_of[side.id] = side.known
            if side.id != lead:
                self._tie(lead, side.id)
        if not is_empty:
            self._join(self.graph.change(sides, (), ()))

    def _tie(self, a: str, b: str) -> None:
        self._same.setdefault(a, set()).add(b)
        self._same.setdefault(b, set()).add(a)

    def change(self, told: Iterable[Told], gone: Collection[str] = (), decided: Decided | None = None) -> None:
        """Put mentions in and take others out, as people decided.

        All mentions of one document come and go together; ``decided`` is everything decided so far.
        """
        told = list(told)
        for one in gone:
            self.prints.pop(one, None)
        self.prints.update((one.id, print_of(one)) for one in told)
        self._change([side_of(one) for one in told], gone, decided or Decided())

    def follow(self, hearing: Hearing, decided: Decided) -> None:
        """Hold exactly the mentions of a hearing: what is new or told otherwise is put in, what is gone taken out."""
        prints = {one.id: print_of(one) for one in hearing.told}
        gone = [one for one in self.prints if one not in prints]
        docs = {one.mention.doc for one in hearing.told if self.prints.get(one.id) != prints[one.id]}
        docs |= {side.doc for one in gone if (side := self._side_of(one))}
        whole = [one for one in hearing.told if one.mention.doc in docs]
        self.change(whole, gone, decided)

    def _side_of(self, mention: str) -> Side | None:
        node = self.graph.node_of.get(mention)
        return None if node is None else self.graph.nodes[node].members.get(mention)

    def _change(self, added: Sequence[Side], gone: Collection[str], decided: Decided) -> None:
        added, gone = self._unchanged_out(added, gone)
        before, pairs = self.pairs, self._settle(decided, added, gone)
        moved = {one for one in before.kept_apart ^ pairs.kept_apart if one in self.graph.node_of and one not in gone}
        again = [self.graph.nodes[self.graph.node_of[one]].members[one] for one in sorted(moved)]
        again = [side for side in again if not side.known]
        changed = {one for pair in (before.same ^ pairs.same) | (before.different ^ pairs.different) for one in pair}
        old = {self.graph.node_of[one] for one in {*changed, *gone} if one in self.graph.node_of}
        whole = _with_doubles(self.graph, again)
        touched = self.graph.change([*added, *whole], [*gone, *(side.id for side in whole)], pairs.kept_apart)
        self.set_pairs(pairs)
        self._join(touched | old | {self.graph.node_of[one] for one in changed if one in self.graph.node_of})

    def _unchanged_out(self, added: Sequence[Side], gone: Collection[str]) -> tuple[list[Side], list[str]]:
        """Leave out mentions that are taken away and put in again just as they were."""
        present = self.graph.node_of
        leaving = [*dict.fromkeys([*gone, *(side.id for side in added if side.id in present)])]
        return list(added), [one for one in leaving if one in present]

    def _settle(self, decided: Decided, added: Sequence[Side], gone: Collection[str]) -> Pairs:
        here = ({one for one in self.graph.node_of if one not in self._record_of} - set(gone)) | {
            side.id for side in added
        }
        present = {**{one: one for one in here}, **{old: new for old, new in decided.now.items() if new in here}}
        names = {name.record_id: name.founder for name in names_of(decided.namings, present) if name.founder in here}
        pairs = settle(decided.judgements, Places(present, {**names, **self._lead}), self._record_of)
        adopted = {ordered(names[one], self._lead[one]) for one in names if one in self._lead}
        return Pairs(pairs.same | adopted, pairs.different, pairs.adrift)

    def set_pairs(self, pairs: Pairs) -> None:
        """Hold to other judgements of pairs from now on; what they touch is to be joined anew."""
        for a, b in self.pairs.same - pairs.same:
            self._same[a].discard(b)
            self._same[b].discard(a)
        for a, b in pairs.same:
            self._tie(a, b)
        self.pairs = pairs

    def _join(self, touched: Iterable[int]) -> None:
        """Join anew every component that holds a touched node or a node once joined with one."""
        start: set[int] = set()
        for node in touched:
            group = self.group_of.get(node)
            start.update(self.groups[group].nodes if group is not None else {node})
        seen: set[int] = set()
        components = []
        for node in start:
            if node in self.graph.nodes and node not in seen:
                component = self._reach(node, seen)
                components.append(component)
        for node in start | seen:
            group = self.group_of.pop(node, None)
            if group is not None:
                self.groups.pop(group, None)
        bars = self._bars()
        for component in components:
            for nodes in agglomerate(self.graph, self._tied(component), bars):
                self.put_group(Group(frozenset(nodes)))

    def put_group(self, group: Group) -> None:
        """Hold nodes to be one item."""
        self.groups[self._next] = group
        for node in group.nodes:
            self.group_of[node] = self._next
        self._next += 1

    def _reach(self, start: int, seen: set[int]) -> list[int]:
        threshold, near = self.graph.scorer.threshold, self.graph.near
        found, todo = [], [start]
        seen.add(start)
        while todo:
            node = todo.pop()
            found.append(node)
            linked = [other for other, points in near[node].items() if points > threshold]
            for other in (*linked, *self._tied_to(node)):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return found

    def _tied_to(self, node: int) -> list[int]:
        """Nodes that belong with a node by decision: a person's, or the casebook's."""
        return [
            self.graph.node_of[other]
            for member in self.graph.nodes[node].members
            for other in self._same.get(member, ())
            if other in self.graph.node_of
        ]

    def _tied(self, component: Sequence[int]) -> list[list[int]]:
        """A component's nodes, those tied by decision in one group, each node in exactly one."""
        groups, seen = [], set()
        for node in component:
            if node in seen:
                continue
            group, todo = [], [node]
            seen.add(node)
            while todo:
                one = todo.pop()
                group.append(one)
                for other in self._tied_to(one):
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
            groups.append(group)
        return groups

    def _bars(self) -> Bars:
        different: dict[int, set[int]] = {}
        for a, b in self.pairs.different:
            left, right = self.graph.node_of.get(a), self.graph.node_of.get(b)
            if left is not None and right is not None:
                different.setdefault(left, set()).add(right)
                different.setdefault(right, set()).add(left)
        return Bars(different, self.weights.apart)

    def reconciliation(self, decided: Decided | None = None) -> Reconciliation:
        """Every mention in its item, with keys, links and the undecided pairs."""
        decided = decided or Decided()
        groups = [group for group in self.groups.values() if self._told(group).mentions]
        clusters = [self._told(group) for group in groups]
        present = {one: one for told in clusters for one in told.mentions}
        names = names_of(decided.namings, {**decided.now, **present})
        keys, aliases, vanished = name_clusters(clusters, names, self.records)
        items = []
        for number, (group, told) in enumerate(zip(groups, clusters, strict=True)):
            if group.links is None:
                group.links = links_of(self.graph, group.nodes, self.pairs.same)
            items.append(Item(keys[number], told.mentions, group.links, told.record, told.founder))
        near = near_links(self.graph, self.group_of, self.pairs)
        ordered = tuple(sorted(items, key=lambda item: item.key))
        return Reconciliation(ordered, near, aliases, vanished, self.pairs.adrift)

    def _told(self, group: Group) -> Membership:
        if group.told is None:
            sides = [side for node in group.nodes for side in self.graph.nodes[node].members.values()]
            mentions = sorted((side.published or 10**7, side.id) for side in sides if not side.known)
            record = next((side.known for side in sides if side.known), None)
            founder = mentions[0][1] if mentions else ""
            group.told = Membership(tuple(sorted(one for _, one in mentions)), record, founder)
        return group.told


def _with_doubles(graph: Graph, sides: Sequence[Side]) -> list[Side]:
    """The sides and all others of their documents, since mentions of one document come and go together."""
    docs = {side.doc for side in sides}
    if not docs:
        return []
    members = (side for node in graph.nodes.values() for side in node.members.values())
    return [side for side in members if side.doc in docs]


def reconcile(
    told: Hearing | Iterable[Told],
    known: Known,
    judgements: Iterable[Judged] = (),
    namings: Sequence[Naming] = (),
    weights: Weights | None = None,
    store: Store | None = None,
) -> Reconciliation:
    """Which mentions tell one real-world item, and why.

    ``told`` are the mentions in force (a :class:`Hearing` also knows where former mentions stand now and what is
    adrift); ``weights`` those of the casebook (:func:`open_weights`), else those that come with pactwatch. The result
    does not depend on the order of mentions or records. In a ``store`` (the ledger's ``derived``) what was compared is
    kept, so that the next time only what changed is: the result is the same with and without.
    """
    from pactwatch.reconcile.keeping import keep_linker, open_linker

    hearing = told if isinstance(told, Hearing) else Hearing(tuple(told))
    decided = Decided(tuple(judgements), tuple(namings), hearing.now)
    weights = weights or open_weights()
    linker = Linker(known.records, weights) if store is None else open_linker(store, known.records, weights)
    linker.follow(hearing, decided)
    found = with_adrift(linker.reconciliation(decided), hearing)
    if store is not None:
        keep_linker(store, linker)
    return found


def with_adrift(result: Reconciliation, hearing: Hearing) -> Reconciliation:
    """A reconciliation that also tells what hearing found to be adrift."""
    return replace(result, adrift=adrift_first([*hearing.adrift, *result.adrift]))
