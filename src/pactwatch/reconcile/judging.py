"""Judgements of pairs, settled: the later wins, and what it overrules is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pactwatch.model.judgements import PAIRED, Decision, MentionRef, RecordRef
from pactwatch.reconcile.items import Adrift, Judged


@dataclass(frozen=True, slots=True)
class Pairs:
    """What people decided of pairs: ids of mentions or milestones that are one item, and that are two."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()
    adrift: tuple[Adrift, ...] = ()

    @property
    def kept_apart(self) -> frozenset[str]:
        """Every id that a person kept apart from another: these stand alone, whatever is told alike.

        What is the same as another brings along what is told alike, so it need not stand alone.
        """
        return frozenset(one for pair in self.different for one in pair)


class Places:
    """Where a judgement's sides stand now: mentions by present id, records by an id of theirs."""

    def __init__(self, present: Mapping[str, str], records: Mapping[str, str]) -> None:
        self._present = present
        self._records = records

    def find(self, ref: MentionRef | RecordRef | None) -> str | None:
        """The id of a mention or milestone that stands for a side, or ``None``."""
        if isinstance(ref, RecordRef):
            return self._records.get(ref.record_id)
        return self._present.get(ref.mention_id) if ref else None


def settle(judgements: Iterable[Judged], places: Places, record_of: Mapping[str, str]) -> Pairs:
    """The pairs in force. ``record_of`` gives the casebook's record of a milestone id: two of them are never one.

    A withdrawal takes away the entry it names. Judgements are taken latest first; one that contradicts those taken, by
    itself or through what follows from them, is adrift.
    """
    listed = sorted(judgements, key=lambda one: one.seq)
    withdrawn = {one.judgement.withdraws for one in listed if one.judgement.decision is Decision.WITHDRAW}
    groups = _Groups(record_of)
    adrift = []
    for one in reversed(listed):
        if one.judgement.decision not in PAIRED or one.seq in withdrawn:
            continue
        a, b = places.find(one.judgement.about), places.find(one.judgement.other)
        if a is None or b is None:
            adrift.append(Adrift(one.seq, "a side of it is told no more"))
        elif not groups.take(one.judgement.decision is Decision.SAME, a, b):
            adrift.append(Adrift(one.seq, "a later judgement, or the casebook, says otherwise"))
    return Pairs(frozenset(groups.same), frozenset(groups.different), tuple(sorted(adrift, key=lambda one: one.seq)))


class _Groups:
    """Ids joined so far, and which groups are kept apart."""

    def __init__(self, record_of: Mapping[str, str]) -> None:
        self._above: dict[str, str] = {}
        self._foes: dict[str, set[str]] = {}
        self._record_of = record_of
        self._records: dict[str, str] = {}
        self.same: list[tuple[str, str]] = []
        self.different: list[tuple[str, str]] = []

    def _top(self, one: str) -> str:
        if one not in self._above:
            self._above[one] = one
            if one in self._record_of:
                self._records[one] = self._record_of[one]
        while self._above[one] != one:
            one = self._above[one]
        return one

    def take(self, is_same: bool, a: str, b: str) -> bool:
        """Take a decision if nothing taken before stands against it."""
        left, right = self._top(a), self._top(b)
        pair = (a, b) if a < b else (b, a)
        if not is_same:
            if left == right:
                return False
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)
            self.different.append(pair)
            return True
        if left != right and not self._join(left, right):
            return False
        self.same.append(pair)
        return True

    def _join(self, left: str, right: str) -> bool:
        records = {self._records[one] for one in (left, right) if one in self._records}
        if right in self._foes.get(left, set()) or len(records) > 1:
            return False
        self._above[right] = left
        for foe in self._foes.pop(right, set()):
            self._foes[foe].discard(right)
            self._foes[foe].add(left)
            self._foes.setdefault(left, set()).add(foe)
        if records:
            self._records[left] = records.pop()
        return True


def adrift_first(many: Sequence[Adrift]) -> tuple[Adrift, ...]:
    """Adrift judgements, each once, in order."""
    return tuple(sorted(set(many), key=lambda one: (one.seq, one.why)))
