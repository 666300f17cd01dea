"""From tellings to items, whole or after a change: only what a change touches is compared and joined anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pactwatch.model.entries import Naming
from pactwatch.model.judgements import RecordRef
from pactwatch.model.records import Record
from pactwatch.reconcile.clustering import Bars, agglomerate
from pactwatch.reconcile.graph import Graph, Open
from pactwatch.reconcile.grouping import DOCS, FORMERS, GROUP_OF, GROUPS, LINKS, NOW, Group, Membership
from pactwatch.reconcile.items import Hearing, Item, Judged, Link, Reconciliation, Told
from pactwatch.reconcile.judging import Pairs, Places, settle
from pactwatch.reconcile.naming import name_clusters, names_of
from pactwatch.reconcile.paging import Paged
from pactwatch.reconcile.presence import Presence
from pactwatch.reconcile.reasons import links_of, near_links, ordered
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import Side, known_sides, print_of, side_of
from pactwatch.reconcile.weights import Weights, read_rarity


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided that bears on joining: pairs, and the names given so far."""

    judgements: tuple[Judged, ...] = ()
    namings: tuple[Naming, ...] = ()


class Linker:
    """Tellings, compared and joined. The same tellings and decisions give the same items however they came in.

    ``docs`` has the mentions of each document with a digest of each, ``now`` where a mention known by an older id
    stands, ``formers`` those older ids by document. ``state`` is what its owner wants kept with it; ``opened``,
    ``turn`` and ``basis`` are of the head it was opened from.
    """

    def __init__(
        self, records: Sequence[Record], weights: Weights, open_: Open = Paged, next_: tuple[int, int] | None = None
    ) -> None:
        """Start with the casebook's records; ``open_`` and ``next_`` (numbers of the next node and group) put back
        what was kept.
        """
        self.records = {record.record_id: record for record in records}
        self.graph = Graph(Scorer(weights, read_rarity()), open_, next_[0] if next_ else 0)
        self.weights = weights
        self.groups: Paged[int, Group] = open_(GROUPS)
        self.links: Paged[int, tuple[Link, ...]] = open_(LINKS)
        self.group_of: Paged[int, int] = open_(GROUP_OF)
        self.docs: Paged[str, dict[str, str]] = open_(DOCS)
        self.now: Paged[str, str] = open_(NOW)
        self.formers: Paged[str, list[str]] = open_(FORMERS)
        maps = (self.groups, self.links, self.group_of, self.docs, self.now, self.formers)
        self.maps: tuple[Paged[Any, Any], ...] = (*self.graph.maps, *maps)
        self.next = next_[1] if next_ else 0
        self.pairs = Pairs()
        self.state: dict[str, Any] = {}
        self.opened: bytes | None = None
        self.turn = 0
        self.basis = b""
        self._same: dict[str, set[str]] = {}
        self.record_of = {one.milestone_id: record.record_id for record in records for one in record.milestones}
        self._lead: dict[str, str] = {}
        self._tie_records()
        if next_ is None:
            self._join(self.graph.change(known_sides(records), (), ()))

    def _tie_records(self) -> None:
        for milestone, record_id in self.record_of.items():
            lead = self._lead.setdefault(record_id, milestone)
            if milestone != lead:
                self._tie(lead, milestone)

    def _tie(self, a: str, b: str) -> None:
        self._same.setdefault(a, set()).add(b)
        self._same.setdefault(b, set()).add(a)

    def change(self, told: Iterable[Told], gone: Collection[str] = (), decided: Decided | None = None) -> None:
        """Put mentions in and take others out, as people decided.

        All mentions of one document come and go together; ``decided`` is everything decided so far.
        """
        told = list(told)
        left = {one: side.doc for one in gone if (side := self._side_of(one))}
        self._change([side_of(one) for one in told], gone, decided or Decided())
        for one, doc in left.items():
            self.docs[doc].pop(one, None)
        for new in told:
            self.docs.setdefault(new.mention.doc, {})[new.id] = print_of(new)
        for doc in {*left.values()}:
            if not self.docs[doc]:
                del self.docs[doc]

    def follow(self, hearing: Hearing, decided: Decided, docs: Collection[str] | None = None) -> None:
        """Hold exactly the mentions of a hearing: what is new or told otherwise is put in, what is gone taken out.

        ``docs`` are the documents that were heard, where it was not all of them.
        """
        told: dict[str, dict[str, Told]] = {}
        for one in hearing.told:
            told.setdefault(one.mention.doc, {})[one.id] = one
        asked = {*self.docs, *told} if docs is None else {*docs}
        changed: list[Told] = []
        gone: list[str] = []
        for doc in sorted(asked):
            new, old = told.get(doc, {}), self.docs.get(doc, {})
            if {one.id: print_of(one) for one in new.values()} != old:
                changed += new.values()
                gone += [one for one in old if one not in new]
        self._stand(hearing, told, {*asked, *self.formers} if docs is None else asked)
        self.change(changed, gone, decided)

    def _stand(self, hearing: Hearing, told: Mapping[str, Mapping[str, Told]], docs: Iterable[str]) -> None:
        """Note where mentions of documents stand that are known by older ids."""
        doc_of = {one: doc for doc, many in told.items() for one in many}
        found: dict[str, list[str]] = {}
        for former, present in sorted(hearing.now.items()):
            if former != present and present in doc_of:
                found.setdefault(doc_of[present], []).append(former)
        for doc in docs:
            for former in self.formers.pop(doc, ()):
                del self.now[former]
        for doc, formers in found.items():
            self.formers[doc] = formers
            for former in formers:
                self.now[former] = hearing.now[former]

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
        whole = self._with_doubles(again)
        touched = self.graph.change([*added, *whole], [*gone, *(side.id for side in whole)], pairs.kept_apart)
        self.set_pairs(pairs)
        self._join(touched | old | {self.graph.node_of[one] for one in changed if one in self.graph.node_of})

    def _unchanged_out(self, added: Sequence[Side], gone: Collection[str]) -> tuple[list[Side], list[str]]:
        """Leave out mentions that are taken away and put in again just as they were."""
        present = self.graph.node_of
        leaving = [*dict.fromkeys([*gone, *(side.id for side in added if side.id in present)])]
        return list(added), [one for one in leaving if one in present]

    def _with_doubles(self, sides: Sequence[Side]) -> list[Side]:
        """The sides and all others of their documents, since mentions of one document come and go together."""
        ids = (one for doc in sorted({side.doc for side in sides}) for one in self.docs[doc])
        return [side for one in ids if (side := self._side_of(one))]

    def _settle(self, decided: Decided, added: Sequence[Side], gone: Collection[str]) -> Pairs:
        fresh = {side.id for side in added}
        present = Presence(self.graph, self.now, self.record_of, fresh, frozenset(gone))
        sides = (side for one in decided.judgements for side in (one.judgement.about, one.judgement.other))
        wanted = {side.record_id for side in sides if isinstance(side, RecordRef)} | self._lead.keys()
        named = names_of((one for one in decided.namings if one.record_id in wanted), present)
        names = {name.record_id: name.founder for name in named if name.founder in present}
        pairs = settle(decided.judgements, Places(present, {**names, **self._lead}), self.record_of)
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
        tied, nodes_held = self._tied_nodes(), self.graph.nodes
        components = [self._reach(one, seen, tied) for one in start if one in nodes_held and one not in seen]
        for node in start | seen:
            group = self.group_of.pop(node, None)
            if group is not None and group in self.groups:
                del self.groups[group], self.links[group]
        bars = self._bars()
        for component in components:
            for nodes in agglomerate(self.graph, self._tied(component, tied), bars):
                self._put_group(nodes)

    def _put_group(self, nodes: Collection[int]) -> None:
        """Hold nodes to be one item."""
        self.groups[self.next] = Group(frozenset(nodes), self._tell(nodes))
        self.links[self.next] = links_of(self.graph, nodes, self.pairs.same)
        for node in nodes:
            self.group_of[node] = self.next
        self.next += 1

    def _tell(self, nodes: Iterable[int]) -> Membership:
        sides = [side for node in nodes for side in self.graph.nodes[node].members.values()]
        mentions = sorted((side.published or 10**7, side.id) for side in sides if not side.known)
        record = next((side.known for side in sides if side.known), None)
        return Membership(tuple(sorted(one for _, one in mentions)), record, mentions[0][1] if mentions else "")

    def _reach(self, start: int, seen: set[int], tied: Collection[int]) -> list[int]:
        threshold, near = self.graph.scorer.threshold, self.graph.near
        found, todo = [], [start]
        seen.add(start)
        while todo:
            node = todo.pop()
            found.append(node)
            linked = [other for other, points in near[node].items() if points > threshold]
            for other in (*linked, *self._tied_to(node, tied)):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return found

    def _tied_nodes(self) -> set[int]:
        """Nodes of which a person tied a mention to another."""
        node_of = self.graph.node_of
        return {node_of[one] for pair in self.pairs.same for one in pair if one in node_of}

    def _tied_to(self, node: int, tied: Collection[int]) -> list[int]:
        """Nodes that belong with a node by decision: a person's, or the casebook's (whose milestones stand alone)."""
        if node in tied:
            members: Iterable[str] = self.graph.nodes[node].members
        elif self.graph.places[node].known:
            members = (self.graph.places[node].first,)
        else:
            return []
        node_of = self.graph.node_of
        return [node_of[other] for one in members for other in self._same.get(one, ()) if other in node_of]

    def _tied(self, component: Sequence[int], tied: Collection[int]) -> list[list[int]]:
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
                for other in self._tied_to(one, tied):
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
        told = self.items(() if decided is None else decided.namings)
        near = near_links(self.graph, self.group_of, self.pairs)
        linked = {group.told.founder: self.links[number] for number, group in self.groups.items()}
        items = tuple([replace(item, links=linked[item.founder]) for item in told.items])
        return replace(told, items=items, near=near)

    def items(self, namings: Sequence[Naming]) -> Reconciliation:
        """Every mention in its item, with keys, but without links and undecided pairs: why is not told."""
        clusters = [group.told for group in self.groups.values() if group.told.mentions]
        present = {one: one for told in clusters for one in told.mentions}
        names = names_of(namings, {**self.now, **present})
        keys, aliases, vanished = name_clusters(clusters, names, self.records)
        items = [
            Item(keys[number], told.mentions, (), told.record, told.founder) for number, told in enumerate(clusters)
        ]
        ordered = tuple(sorted(items, key=lambda item: item.key))
        return Reconciliation(ordered, (), aliases, vanished, self.pairs.adrift)

    def membership(self, mention: str) -> Membership:
        """The item a mention is in."""
        return self.groups[self.group_of[self.graph.node_of[mention]]].told
