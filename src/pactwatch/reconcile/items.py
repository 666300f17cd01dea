"""What reconciling is asked and what it answers: mentions as they stand, items, links with their reasons, records."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from pactwatch.model.judgements import Decision, Judgement
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Actor, Record, Source


class Judged(Protocol):
    """A judgement in force with its entry: sequence number, author and time (what ``Ledger.judgements`` gives)."""

    @property
    def seq(self) -> int:
        """The number of the judgement's entry; the higher is the later."""

    @property
    def author(self) -> str:
        """Who decided."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def judgement(self) -> Judgement:
        """What was decided."""


class Store(Protocol):
    """Bytes by kind and key, kept for speed and never relied on for truth (what ``Ledger.derived`` is)."""

    def get(self, kind: str, key: str) -> bytes | None:
        """The bytes, or ``None``."""

    def all(self, kind: str) -> Mapping[str, bytes]:
        """All of a kind by key."""

    def swap(
        self,
        guard: tuple[str, str],
        before: bytes | None,
        values: Mapping[tuple[str, str], bytes],
        emptied: Collection[str] = (),
    ) -> bool:
        """Keep bytes by kind and key, in place of what was there, all at once or none: only where ``guard`` holds what
        it held before. Kinds of ``emptied`` keep nothing else. Whether they are kept.
        """


@dataclass(frozen=True, slots=True)
class Told:
    """A mention in force.

    ``id`` is :func:`~pactwatch.model.judgements.identify_mention` of the mention as it was coded, ``mention`` what it
    tells after a person's correction. ``published`` is its document's day; ``report`` the document it is a copy of, or
    its own document. ``decision`` is ``accept`` or ``correct`` where a person decided so (rejected mentions are not
    told), ``decided_by`` who.
    """

    id: str
    mention: Mention
    published: date | None = None
    report: str = ""
    decision: Decision | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Adrift:
    """A judgement that has no effect now, and why: its passage is coded otherwise, a later one contradicts it."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """The mentions in force, and where a mention that judgements or names know by an older id stands now.

    ``now`` maps former mention ids to present ones; ``rejected`` are present ids a person rejected.
    """

    told: tuple[Told, ...]
    now: Mapping[str, str] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    adrift: tuple[Adrift, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison in words with its points: ``same parties`` +3.1. Points are log-odds (natural logarithm)."""

    words: str
    points: float

    def __str__(self) -> str:
        return f"{self.words} {self.points:+.1f}"


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings compared. ``a`` and ``b`` are mention ids or, for a casebook's own, milestone ids, ``a`` < ``b``.

    ``points`` is the sum of the parts, ``chance`` the likelihood (0 to 1) that both tell one item. A person's
    judgement is one part of no points, and has chance 1 (same) or 0 (different).
    """

    a: str
    b: str
    points: float
    chance: float
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """The reasons on one line: ``same parties +3.1; dates 2 days apart +1.4``."""
        return "; ".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Item:
    """Mentions that tell one real-world item.

    ``key`` is the casebook's record id, the permanent id it was given, or a provisional one made of its founder's id.
    ``mentions`` are sorted ids; ``links`` hold it together (a spanning set, strongest first).
    """

    key: str
    mentions: tuple[str, ...]
    links: tuple[Link, ...] = ()
    record_id: str | None = None
    founder: str = ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every mention in exactly one item, items in order of key; pairs left undecided, most doubtful first.

    ``aliases`` maps ids that were given once to the key they stand for now; ``vanished`` are ids given once whose
    mention is told no more. ``adrift`` are judgements without effect.
    """

    items: tuple[Item, ...]
    near: tuple[Link, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    adrift: tuple[Adrift, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The mentions a milestone stands on: all of them, and by field those that tell the value that was preferred.

    ``denials`` are mentions that say it was not so; ``disputes`` are mentions no person accepted that tell another
    value than the casebook's own, which they do not change.
    """

    mentions: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    denials: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """Records to publish.

    ``records``: the casebook's own, enriched where mentions add to them, and new ones. ``sources``: one for each
    document a new value stands on. ``evidence``: by milestone id. ``aliases``: old id to the id it stands for.
    ``undated``: keys of items that no mention dates, so that they are no records. ``loose``: by record id, mentions
    that belong to the record but to no milestone of it (undated, or told as merely possible).
    """

    records: tuple[Record, ...]
    sources: tuple[Source, ...]
    evidence: Mapping[str, Evidence]
    aliases: Mapping[str, str]
    undated: tuple[str, ...] = ()
    loose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What the casebook knows: its records, its sources for the grades of publishers, its actors for their names."""

    records: tuple[Record, ...] = ()
    sources: tuple[Source, ...] = ()
    actors: tuple[Actor, ...] = ()
