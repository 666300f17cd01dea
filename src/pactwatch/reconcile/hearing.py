"""The mentions in force: what coders told, as people decided it, however a document was coded since.

A judgement goes with the mention that stands at its passage now: in the same document, overlapping, of the same type;
of several the one that agrees best in stage and parties. A judgement that finds none is reported, not lost: it is
tried again whenever the document is coded again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from pactwatch.model.documents import Document
from pactwatch.model.entries import Coding
from pactwatch.model.judgements import Decision, MentionRef, identify_mention, refer_to
from pactwatch.model.mentions import Mention
from pactwatch.reconcile.items import Adrift, Hearing, Judged, Told

_SINGLE = (Decision.ACCEPT, Decision.CORRECT, Decision.REJECT)


@dataclass(slots=True)
class _Present:
    """The mentions coded now, by id and by document."""

    by_id: dict[str, Mention] = field(default_factory=dict)
    by_doc: dict[str, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))

    def find(self, ref: MentionRef, *, is_exact: bool = False) -> str | None:
        """The mention that stands for a ref now; ``is_exact`` wants stage and parties to be the same too."""
        if ref.mention_id in self.by_id:
            return ref.mention_id
        best: tuple[int, int, str] | None = None
        for id_, mention in self.by_doc.get(ref.doc, {}).items():
            overlap = min(ref.end, mention.end) - max(ref.start, mention.start)
            agrees = 2 * (mention.stage == ref.stage) + (mention.parties == ref.parties)
            if overlap <= 0 or mention.type is not ref.type or (is_exact and agrees < 3):
                continue
            found = (-agrees, -overlap, id_)
            best = found if best is None else min(best, found)
        return best[2] if best else None


def hear(
    codings: Mapping[str, Coding],
    documents: Mapping[str, Document],
    copies: Mapping[str, str],
    judgements: Iterable[Judged] = (),
    former: Iterable[Mention] = (),
) -> Hearing:
    """The mentions in force.

    ``codings`` and ``documents`` are by document id, ``copies`` gives the original of each near copy, ``judgements``
    are those in force. ``former`` are mentions of earlier codings: with them an accepted mention keeps the fields that
    were accepted, and a record keeps its id, when its founder is coded otherwise now.
    """
    present = _Present()
    for doc, coding in codings.items():
        for mention in coding.mentions:
            present.by_doc[doc].setdefault(identify_mention(mention), mention)
        present.by_id.update(present.by_doc[doc])
    before = {identify_mention(one): one for one in former}
    listed = sorted(judgements, key=lambda one: one.seq)
    now = _follow(present, before.values(), listed)
    decisions, adrift = _decide(present, listed)
    told = []
    rejected = set()
    for id_ in sorted(present.by_id):
        mention, decision = present.by_id[id_], decisions.get(id_)
        if decision is not None and decision.is_rejected:
            rejected.add(id_)
            continue
        document = documents.get(mention.doc)
        one = Told(id_, mention, document.published if document else None, copies.get(mention.doc, mention.doc))
        told.append(one if decision is None else _apply(one, decision, before, adrift))
    return Hearing(tuple(told), now, frozenset(rejected), tuple(sorted(adrift, key=lambda one: (one.seq, one.why))))


def _follow(present: _Present, former: Iterable[Mention], judgements: Iterable[Judged]) -> dict[str, str]:
    """Where each mention that is known by an older id stands now."""
    refs = [refer_to(mention) for mention in former]
    for one in judgements:
        refs += [ref for ref in (one.judgement.about, one.judgement.other) if isinstance(ref, MentionRef)]
    now = {}
    for ref in refs:
        found = present.find(ref)
        if found is not None:
            now[ref.mention_id] = found
    return now


@dataclass(frozen=True, slots=True)
class _Decided:
    """The decision in force on a mention; ``corrected`` is the correction that holds with an accept or by itself."""

    last: Judged
    ref: MentionRef
    corrected: Judged | None

    @property
    def is_rejected(self) -> bool:
        return self.last.judgement.decision is Decision.REJECT


def _decide(present: _Present, judgements: Iterable[Judged]) -> tuple[dict[str, _Decided], list[Adrift]]:
    """The latest decision on each mention; an accept after a correction accepts the corrected mention."""
    decisions: dict[str, _Decided] = {}
    adrift: list[Adrift] = []
    for one in judgements:
        judgement = one.judgement
        if judgement.decision not in _SINGLE:
            continue
        if not isinstance(judgement.about, MentionRef):
            adrift.append(Adrift(one.seq, "it is about a record; only mentions are accepted, corrected or rejected"))
            continue
        found = present.find(judgement.about, is_exact=judgement.decision is Decision.REJECT)
        if found is None:
            adrift.append(Adrift(one.seq, "no mention like it stands at its passage now"))
            continue
        earlier = decisions.get(found)
        corrected = one if judgement.decision is Decision.CORRECT else None
        if judgement.decision is Decision.ACCEPT and earlier and not earlier.is_rejected:
            corrected = earlier.corrected
        if (
            earlier
            and (earlier.is_rejected or judgement.decision is Decision.REJECT)
            and (earlier.is_rejected != (judgement.decision is Decision.REJECT))
        ):
            adrift.append(Adrift(earlier.last.seq, f"judgement {one.seq} of the same mention came later"))
        decisions[found] = _Decided(one, judgement.about, corrected)
    return decisions, adrift


def _apply(told: Told, decided: _Decided, before: Mapping[str, Mention], adrift: list[Adrift]) -> Told:
    """A mention as it was decided. What was accepted stays as it was when it was accepted."""
    mention = told.mention
    if decided.ref.mention_id != told.id:
        mention = before.get(decided.ref.mention_id) or _as_accepted(mention, decided.ref)
    decision = Decision.ACCEPT
    if decided.corrected is not None:
        decision = decided.last.judgement.decision
        try:
            values = {**mention.model_dump(), **decided.corrected.judgement.correction}
            mention = Mention.model_validate(values)
        except ValidationError as error:
            why = "; ".join(str(one["msg"]).removeprefix("Value error, ") for one in error.errors())
            adrift.append(Adrift(decided.corrected.seq, f"the correction does not fit the mention: {why}"))
            return told
    return replace(told, mention=mention, decision=decision, decided_by=decided.last.author)


def _as_accepted(mention: Mention, ref: MentionRef) -> Mention:
    """A mention with the stage and parties by which a judgement names it, where these fit its other fields."""
    values = {**mention.model_dump(), "stage": ref.stage, "parties": ref.parties}
    for side in ("supplier", "recipient"):
        if values[side] is not None and values[side] not in ref.parties:
            values[side] = None
    return Mention.model_validate(values)
