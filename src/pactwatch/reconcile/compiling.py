"""Records of items: the casebook's own with what mentions add, and new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pactwatch.casebook.world import find_actor
from pactwatch.model.codes import DONE_STAGES, Modality, RecordType, ReviewStatus, Stage
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Actor, Milestone, Record
from pactwatch.reconcile.items import Compiled, Evidence, Hearing, Item, Known, Reconciliation, Told
from pactwatch.reconcile.milestones import Sheaf, Weaver, bind
from pactwatch.reconcile.rules import Voice, prefer, stage_in, stage_told
from pactwatch.reconcile.sourcing import Sourcing
from pactwatch.reconcile.titling import title_of

T = TypeVar("T")

_DIRECTED = frozenset({RecordType.TRANSFER, RecordType.TRAINING})


class _Names(dict[str, str]):
    """Actors' names by code: the casebook's, and those of the world's states and bodies where it has none."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        super().__init__((actor.code, actor.name) for actor in actors)

    def __missing__(self, code: str) -> str:
        self[code] = find_actor(code).name
        return self[code]


@dataclass(slots=True)
class _Book:
    """What compiling gathers."""

    sourcing: Sourcing
    names: _Names
    evidence: dict[str, Evidence] = field(default_factory=dict)
    loose: dict[str, tuple[str, ...]] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)


def compile_records(
    reconciliation: Reconciliation,
    told: Hearing | Iterable[Told],
    known: Known,
    documents: Mapping[str, Document],
) -> Compiled:
    """The records that items make: the casebook's first, in its order, then new ones by id.

    ``documents`` are heads by id (texts are not read). An item that no mention dates is no record: its key is told in
    ``undated``.
    """
    by_id = {one.id: one for one in (told.told if isinstance(told, Hearing) else told)}
    book = _Book(Sourcing(known.sources, documents), _Names(known.actors))
    own = {item.record_id: item for item in reconciliation.items if item.record_id}
    records = [
        _enrich(record, [by_id[one] for one in own[record.record_id].mentions], book)
        if record.record_id in own
        else record
        for record in known.records
    ]
    for item in reconciliation.items:
        if item.record_id is None:
            made = _make(item, [by_id[one] for one in item.mentions], book)
            records += [made] if made else []
    sources = tuple(book.sourcing.made[one] for one in sorted(book.sourcing.made))
    return Compiled(
        tuple(records), sources, book.evidence, dict(reconciliation.aliases), tuple(book.undated), book.loose
    )


def _enrich(record: Record, told: Sequence[Told], book: _Book) -> Record:
    sheaves, loose = _bind(record.type, told, record.milestones)
    milestones = _weave(record.record_id, record.type, sheaves, book)
    if loose:
        book.loose[record.record_id] = tuple(sorted(one.id for one in loose))
    return record if milestones == record.milestones else record.model_copy(update={"milestones": milestones})


def _make(item: Item, told: Sequence[Told], book: _Book) -> Record | None:
    best = _Best(told, book.sourcing)
    type_ = best.value("type", lambda mention: mention.type)
    sheaves, loose = _bind(type_, told, ())
    if not sheaves:
        book.undated.append(item.key)
        return None
    milestones = _weave(item.key, type_, sheaves, book)
    if loose:
        book.loose[item.key] = tuple(sorted(one.id for one in loose))
    parties = best.value("parties", lambda mention: mention.parties)
    name = best.value("name", lambda mention: mention.name) or ""
    instrument = best.value("instrument", lambda mention: mention.instrument)
    level = best.value("level", lambda mention: mention.level)
    items = best.value("items", lambda mention: mention.items) or ()
    supplier, recipient = _direction(type_, parties, best)
    year = milestones[0].date.year
    is_reviewed = all(_is_accepted(book.evidence[one.milestone_id], told) for one in milestones)
    return Record(
        record_id=item.key,
        type=type_,
        title=title_of(type_, parties, (name, instrument, level, items), year, book.names),
        name=name,
        instrument=instrument,
        parties=parties,
        supplier=supplier,
        recipient=recipient,
        milestones=milestones,
        review_status=ReviewStatus.REVIEWED if is_reviewed else ReviewStatus.UNREVIEWED,
    )


class _Best:
    """The preferred value of a record's own fields over all its mentions."""

    def __init__(self, told: Sequence[Told], sourcing: Sourcing) -> None:
        self._told = [one for one in told if one.mention.modality is not Modality.DENIED] or list(told)
        self._sourcing = sourcing

    def value(self, name: str, read: Callable[[Mention], T]) -> T:
        """The value of a field; what no mention tells is what the first mention has: nothing."""
        voices = [one for one in self._told if read(one.mention)]
        if not voices:
            return read(self._told[0].mention)
        reports: dict[str, set[str]] = {}
        for one in voices:
            reports.setdefault(str(read(one.mention)), set()).add(one.report or one.mention.doc)
        ranked = [Voice(one, self._sourcing.grade(one), len(reports[str(read(one.mention))])) for one in voices]
        return read(prefer(name, ranked).told.mention)


def _direction(type_: RecordType, parties: tuple[str, ...], best: _Best) -> tuple[str | None, str | None]:
    if type_ not in _DIRECTED:
        return None, None
    whole = best.value("direction", lambda one: (one.supplier, one.recipient) if one.supplier and one.recipient else ())
    supplier, recipient = whole or (
        best.value("direction", lambda one: one.supplier),
        best.value("direction", lambda one: one.recipient),
    )
    supplier = supplier if supplier in parties else None
    recipient = recipient if recipient in parties and recipient != supplier else None
    return supplier, recipient


def _bind(type_: RecordType, told: Sequence[Told], known: Sequence[Milestone]) -> tuple[list[Sheaf], list[Told]]:
    """Mentions by milestone. A step merely planned or possible is a milestone only while nothing like it is known."""
    actual: list[tuple[Stage, Told]] = []
    ahead: list[tuple[Stage, Told]] = []
    denied: list[tuple[Stage | None, Told]] = []
    loose: list[Told] = []
    for one in sorted(told, key=lambda each: each.id):
        mention = one.mention
        stage = stage_told(type_, mention.stage, mention.modality)
        stage = stage and stage_in(type_, stage)
        if mention.modality is Modality.DENIED:
            denied.append((stage_in(type_, mention.stage), one))
        elif stage is None:
            loose.append(one)
        else:
            (actual if mention.modality is Modality.ACTUAL else ahead).append((stage, one))
    reached = {one.stage for one in known} | {stage for stage, one in actual if one.mention.date}
    if reached & DONE_STAGES:
        loose += [one for _, one in ahead]
        ahead = []
    sheaves, undated = bind([*actual, *ahead], known)
    for stage, one in denied:
        home = next((sheaf for sheaf in sheaves if sheaf.stage is stage), None)
        if home is None:
            loose.append(one)
        else:
            home.denials.append(one)
    return sheaves, [*loose, *undated]


def _weave(key: str, type_: RecordType, sheaves: Sequence[Sheaf], book: _Book) -> tuple[Milestone, ...]:
    weaver = Weaver(key, type_, book.sourcing)
    made: list[Milestone] = []
    for sheaf in sheaves:
        milestone, evidence = weaver.weave(sheaf, {one.milestone_id for one in made})
        made.append(milestone)
        if evidence.mentions or evidence.denials:
            book.evidence[milestone.milestone_id] = evidence
    return tuple(sorted(made, key=_by_date))


def _by_date(milestone: Milestone) -> tuple[object, ...]:
    """The order of a casebook's milestones: by date, then by stage."""
    return milestone.date.earliest, milestone.date.latest, [*Stage].index(milestone.stage), milestone.milestone_id


def _is_accepted(evidence: Evidence, told: Sequence[Told]) -> bool:
    accepted = {one.id for one in told if one.decision is not None}
    return not accepted.isdisjoint(evidence.mentions)
