"""What is open, most useful first. Pure: the same mentions, links and judgements give the same order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pactwatch.model.judgements import Decision, MentionRef, RecordRef
from pactwatch.reconcile.items import Item, Judged, Link, Reconciliation, Told
from pactwatch.review.questions import Candidate, Question, refer_to_told
from pactwatch.review.second_pair import Pending
from pactwatch.review.usefulness import Watch, weigh

SHOWN_CANDIDATES = 4
"""Records shown beside a mention; each has a digit key."""


@dataclass(frozen=True, slots=True)
class Matter:
    """All a queue is made of.

    ``titles`` names items by key, ``owners`` the record of each milestone of the casebook; ``judgements`` are those in
    force, ``pending`` the corrections that wait for another person.
    """

    told: Sequence[Told]
    reconciliation: Reconciliation
    titles: Mapping[str, str]
    owners: Mapping[str, str]
    judgements: Sequence[Judged] = ()
    pending: Sequence[Pending] = ()


def line_up(matter: Matter, watch: Watch, author: str = "") -> list[Question]:
    """Open questions, most useful first; ``author`` is not asked about corrections of their own."""
    index = _Index(matter)
    questions = []
    for told in matter.told:
        waiting = index.pending.get(told.id)
        if waiting is not None and waiting.author == author:
            continue
        candidates = index.list_candidates(told)
        is_coding_open = told.decision is None or waiting is not None
        chances = [one.link.chance for one in candidates if one.decided is None and not _is_settled(one)]
        if not is_coding_open and not chances:
            continue
        reports = index.count_other_reports(told)
        usefulness = weigh(told.mention, chances, reports, watch, is_coding_open=is_coding_open)
        correction = tuple(waiting.correction.items()) if waiting else ()
        questions.append(Question(told, candidates, usefulness, correction, waiting.author if waiting else ""))
    return sorted(questions, key=_order)


def _order(question: Question) -> tuple[float, str, int, str]:
    mention = question.told.mention
    return (-question.usefulness.value, mention.doc, mention.start, question.id)


def _is_settled(candidate: Candidate) -> bool:
    """Whether a link leaves nothing to ask: it is sure, or so weak that nobody would look."""
    return not 0.02 < candidate.link.chance < 0.98


class _Index:
    """Look-ups that every question needs, made once."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.told = {told.id: told for told in matter.told}
        self.pending = {one.mention_id: one for one in matter.pending}
        self.item_of = {mention: item for item in matter.reconciliation.items for mention in item.mentions}
        self.items = {item.key: item for item in matter.reconciliation.items}
        self.decided = _read_pairs(matter.judgements)
        self.links: dict[str, list[Link]] = defaultdict(list)
        for link in self._all_links():
            self.links[link.a].append(link)
            self.links[link.b].append(link)

    def _all_links(self) -> Iterable[Link]:
        for item in self.matter.reconciliation.items:
            yield from item.links
        yield from self.matter.reconciliation.near

    def count_other_reports(self, told: Told) -> int:
        """How many other reports tell the item; a record of the casebook counts as one that is there already."""
        item = self.item_of.get(told.id)
        if item is None:
            return 0
        reports = {self.told[one].report or self.told[one].mention.doc for one in item.mentions if one in self.told}
        return len(reports - {told.report or told.mention.doc}) + (item.record_id is not None)

    def list_candidates(self, told: Told) -> tuple[Candidate, ...]:
        """The records a mention may belong to: where it is filed first, then by chance; one candidate a record."""
        best: dict[str, Candidate] = {}
        own = self.item_of.get(told.id)
        for link in self.links.get(told.id, ()):
            candidate = self._make_candidate(told, link, own)
            if candidate is None:
                continue
            known = best.get(candidate.key)
            if known is None or candidate.link.chance > known.link.chance:
                best[candidate.key] = candidate
        ordered = sorted(best.values(), key=lambda one: (not one.is_own, -one.link.chance, one.key))
        return tuple(ordered[:SHOWN_CANDIDATES])

    def _make_candidate(self, told: Told, link: Link, own: Item | None) -> Candidate | None:
        other = link.b if link.a == told.id else link.a
        record_id = self.matter.owners.get(other)
        item = self.items.get(record_id) if record_id is not None else self.item_of.get(other)
        key = item.key if item is not None else record_id
        if key is None or (record_id is None and other not in self.told):
            return None
        ref: MentionRef | RecordRef
        ref = RecordRef(record_id=record_id) if record_id is not None else refer_to_told(self.told[other])
        is_own = own is not None and own.key == key
        title = self.matter.titles.get(key) or self._say(other)
        return Candidate(key, title, link, ref, is_own, self._decision(told.id, record_id or other))

    def _decision(self, mention_id: str, other: str) -> Decision | None:
        return self.decided.get(frozenset((mention_id, other)))

    def _say(self, mention_id: str) -> str:
        told = self.told.get(mention_id)
        if told is None:
            return mention_id
        mention = told.mention
        what = mention.name or (mention.items[0].name if mention.items else "") or mention.instrument or ""
        return " ".join(part for part in (mention.type, mention.stage, what, "-".join(mention.parties)) if part)


def _read_pairs(judgements: Iterable[Judged]) -> dict[frozenset[str], Decision]:
    """Which pairs people decided; the later decision of a pair holds."""
    decided: dict[frozenset[str], Decision] = {}
    for judged in sorted(judgements, key=lambda one: one.seq):
        about, other = judged.judgement.about, judged.judgement.other
        if about is not None and other is not None:
            decided[frozenset((_name(about), _name(other)))] = judged.judgement.decision
    return decided


def _name(ref: MentionRef | RecordRef) -> str:
    return ref.mention_id if isinstance(ref, MentionRef) else ref.record_id
