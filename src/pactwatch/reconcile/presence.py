"""Where mentions stand once a change is made, by the id they are known by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pactwatch.reconcile.graph import Graph


class Presence(Mapping[str, str]):
    """Present ids by present and former ones, looked up when they are asked for.

    ``graph`` holds what is there before the change, ``now`` where former ids stand; ``known`` are the ids of the
    casebook's milestones, which are no mentions; ``added`` and ``gone`` are the change. Only the added are told over.
    """

    def __init__(
        self,
        graph: Graph,
        now: Mapping[str, str],
        known: Collection[str],
        added: Collection[str],
        gone: Collection[str],
    ) -> None:
        self._graph, self._now, self._known, self._added, self._gone = graph, now, known, added, gone

    def _is_here(self, one: str) -> bool:
        is_held = one in self._graph.node_of and one not in self._gone and one not in self._known
        return one in self._added or is_held

    def __getitem__(self, one: str) -> str:
        now = one if self._is_here(one) else self._now[one]
        if not self._is_here(now):
            raise KeyError(one)
        return now

    def __iter__(self) -> Iterator[str]:
        return iter(self._added)

    def __len__(self) -> int:
        return len(self._added)
