"""A reviewer's desk: open questions in order, and decisions that are kept in the ledger."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pactwatch.casebook.world import list_codes
from pactwatch.flow.gathering import gather
from pactwatch.flow.standing import settle_kept
from pactwatch.ledger.errors import MovedOnError
from pactwatch.model.entries import EntryKind
from pactwatch.model.errors import NotFoundError, PactwatchError
from pactwatch.model.judgements import PAIRED, Decision, Judgement
from pactwatch.review import Passage, Question, judge, line_up, read_correction, show_passage
from pactwatch.review.corrections import FIELDS, show_field
from pactwatch.review.queue import Matter
from pactwatch.review.usefulness import Watch

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.ledger import Ledger
    from pactwatch.model.documents import Document

PATIENCE_FACTOR = 5.0
"""Questions are lined up anew at most as often as keeps a fifth of the time for it."""
_CHANGING = (EntryKind.CODING, EntryKind.JUDGEMENT)
_MOST_TRIES = 50


class ReviewError(PactwatchError):
    """A decision that cannot be kept as asked."""


class Desk:
    """One reviewer's work on one ledger: the questions that are open, in order, and the decisions that are kept."""

    def __init__(self, casebook: Casebook, ledger: Ledger, author: str) -> None:
        self.casebook = casebook
        self.ledger = ledger
        self.author = author
        self._put_off: list[str] = []
        self._fill()

    def _fill(self) -> None:
        """Line up the questions as the ledger stands now; what was put off stays at the end."""
        begun = time.monotonic()
        self._seen = self._looked = self.ledger.last()
        self._own: set[int] = set()
        self.telling = gather(self.casebook, self.ledger)
        records = self.telling.compiled.records
        matter = Matter(
            told=self.telling.hearing.told,
            reconciliation=self.telling.reconciliation,
            titles={record.record_id: record.title for record in records},
            owners={
                one.milestone_id: record.record_id for record in self.casebook.records for one in record.milestones
            },
            judgements=self.telling.judged,
            pending=self.telling.pending,
        )
        settings = self.casebook.settings
        watch = Watch(settings.focus, frozenset(settings.partners), settings.tie.weights)
        lined_up = line_up(matter, watch, self.author)
        places = {name: place for place, name in enumerate(self._put_off, 1)}
        self.questions: list[Question] = sorted(lined_up, key=lambda one: places.get(one.id, 0))
        self._filled, self._cost = time.monotonic(), time.monotonic() - begun

    def catch_up(self) -> None:
        """Line up anew where somebody else told something since; not so often that a large ledger does nothing else.

        A decision on what somebody else decided is refused in any case.
        """
        if time.monotonic() - self._filled < PATIENCE_FACTOR * self._cost:
            return
        for entry in self.ledger.entries(_CHANGING, after=self._looked):
            self._looked = entry.seq
            if entry.seq not in self._own:
                self._fill()
                return

    @property
    def open_count(self) -> int:
        """How many questions are open."""
        return len(self.questions)

    @property
    def waiting_count(self) -> int:
        """How many of this author's corrections wait for another person."""
        is_asked = self.casebook.settings.second_pair_of_eyes
        if not is_asked:
            return 0
        return sum(one.author == self.author for one in settle_kept(self.ledger.judgements(), is_asked=is_asked)[1])

    def next_question(self) -> Question | None:
        """The most useful open question; ``None`` when nothing is open."""
        return self.questions[0] if self.questions else None

    def find(self, mention_id: str) -> Question:
        """The open question about a mention; raises ``NotFoundError`` where there is none."""
        for question in self.questions:
            if question.id == mention_id:
                return question
        ids = ", ".join(question.id for question in self.questions[:3]) or "none"
        raise NotFoundError(
            f"nothing is open about a mention {mention_id!r} for {self.author}; "
            f"open are {self.open_count} ({ids} first)"
        )

    def put_off(self, question: Question) -> None:
        """Ask it again at the end."""
        self.questions.remove(question)
        self.questions.append(question)
        self._put_off = [*(one for one in self._put_off if one != question.id), question.id]

    def decide(
        self,
        question: Question,
        decision: Decision,
        *,
        candidate: int = 0,
        correction: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> int:
        """Keep one decision; returns its entry's number. Raises ``RefusedDecisionError`` and :class:`ReviewError`."""
        judgement = judge(question, decision, self.author, candidate=candidate, correction=correction, reason=reason)
        seq = self._keep(question, judgement)
        place = self.questions.index(question)
        if decision in PAIRED:
            decided = replace(question.candidates[candidate], decided=decision)
            others = list(question.candidates)
            others[candidate] = decided
            self.questions[place] = replace(question, candidates=tuple(others))
            if question.is_coding_open or any(one.decided is None for one in others):
                return seq
        del self.questions[place]
        return seq

    def undo(self, seq: int, question: Question | None = None) -> int:
        """Withdraw an own decision; the question is asked again first. Returns the withdrawal's entry number."""
        kept = {one.seq: one for one in self.ledger.judgements()}
        if seq not in kept or kept[seq].author != self.author:
            raise ReviewError(f"entry {seq} is no decision of {self.author} that holds, so there is nothing to undo")
        (entry,) = self.ledger.append([Judgement(decision=Decision.WITHDRAW, withdraws=seq)], self.author)
        self._own.add(entry.seq)
        if question is not None:
            self.questions = [question, *(one for one in self.questions if one.id != question.id)]
        return entry.seq

    def last_own_decision(self) -> int:
        """The number of this author's latest decision that holds; raises :class:`ReviewError` where there is none."""
        own = [one.seq for one in self.ledger.judgements() if one.author == self.author]
        if not own:
            raise ReviewError(f"{self.author} has decided nothing that holds, so there is nothing to undo")
        return own[-1]

    def head(self, question: Question) -> Document:
        """The question's document without its text."""
        return self.telling.heads[question.told.mention.doc]

    def address(self, question: Question) -> str:
        """Where the document was found first; empty where that is not told."""
        return next(iter(self.telling.addresses.get(question.told.mention.doc, ())), "")

    def passage(self, question: Question) -> Passage:
        """The question's passage with what stands around it."""
        return show_passage(self.ledger.document(question.told.mention.doc).text, question.told.mention)

    def read_correction(self, question: Question, given: Mapping[str, str]) -> dict[str, Any]:
        """What a reviewer wrote, checked; raises ``InputError`` with every fault.

        Fields of a correction that waits stay as it has them, unless ``given`` says otherwise.
        """
        waiting = {name: show_field(question.mention, name) for name, _ in question.correction if name in FIELDS}
        return read_correction(question.told.mention, {**waiting, **given}, self._codes)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(actor.code for actor in self.casebook.actors) | list_codes()

    def _keep(self, question: Question, judgement: Judgement) -> int:
        """Append a decision to the very ledger that was checked for those of others; returns its entry's number."""
        for _ in range(_MOST_TRIES):
            last = self.ledger.last()
            self._check_nobody_else(question)
            try:
                (entry,) = self.ledger.append([judgement], self.author, after=last)
            except MovedOnError:
                continue
            self._own.add(entry.seq)
            return entry.seq
        raise ReviewError("others are writing to the ledger all the time just now; decide again in a moment")

    def _check_nobody_else(self, question: Question) -> None:
        """Refuse a decision on what somebody else decided, or withdrew, since the questions were lined up."""
        for entry in self.ledger.entries([EntryKind.JUDGEMENT], after=self._seen):
            if entry.seq in self._own or question.id not in self._name_decided(entry.body):
                continue
            author = entry.author
            self._fill()
            raise ReviewError(f"{author} decided about this meanwhile (entry {entry.seq}); here is what is open now")

    def _name_decided(self, judgement: Mapping[str, Any]) -> set[str]:
        """The mentions that a judgement is about; those of the one it withdraws where it is a withdrawal."""
        withdrawn = judgement.get("withdraws")
        if withdrawn is not None:
            found = self.ledger.entries([EntryKind.JUDGEMENT], after=withdrawn - 1, until=withdrawn)
            return set().union(*(self._name_decided(one.body) for one in found if one.body.get("withdraws") is None))
        sides = (judgement.get("about") or {}, judgement.get("other") or {})
        return {str(side["mention_id"]) for side in sides if "mention_id" in side}
