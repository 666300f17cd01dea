"""An answer on its way to the desk: only what is on the screen as it stands now is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.flow.desk import ReviewError
from pactwatch.model.errors import Fault, InputError, NotFoundError
from pactwatch.model.judgements import Decision
from pactwatch.review import RefusedDecisionError
from pactwatch.site.server.reviewing.form import SKIP, UNDO, Form
from pactwatch.site.server.reviewing.views import read_changes

if TYPE_CHECKING:
    from pactwatch.flow.sitting import Sitting
    from pactwatch.review import Question


class StaleError(Exception):
    """What the answer is about is not what stands now; the words say what happened meanwhile."""


@dataclass(frozen=True)
class Done:
    """What came of an answer that was taken: the query by which the next page tells it."""

    query: str


@dataclass(frozen=True)
class Refused:
    """An answer that cannot be kept: the question again, with what was typed and what is wrong with it."""

    question: Question
    words: str
    given: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


def act(sitting: Sitting, form: Form) -> Done | Refused:
    """Take an answer to the desk. Raises :class:`StaleError` where what was shown is not what stands now."""
    if form.answer == UNDO:
        return _undo(sitting, form)
    question = _find(sitting, form)
    if form.answer == SKIP:
        sitting.desk.put_off(question)
        return Done("skipped=1")
    try:
        return _decide(sitting, question, form)
    except ReviewError as error:
        raise StaleError(str(error).partition(";")[0]) from None


def _decide(sitting: Sitting, question: Question, form: Form) -> Done | Refused:
    decision = form.decision
    if decision is None:
        return Refused(question, "No answer was chosen.", form.fields)
    correction = None
    if decision is Decision.CORRECT:
        try:
            correction = sitting.desk.read_correction(question, read_changes(question, form.fields))
        except InputError as error:
            whole = [f"expected {one.expected}" for one in error.faults if not one.field]
            words = (
                f"Nothing was kept: {'; '.join(whole)}." if whole else "Nothing was kept: the correction has faults."
            )
            return Refused(question, words, form.fields, error.faults)
    try:
        kept = sitting.decide(question, decision, candidate=form.candidate, correction=correction, reason=form.reason)
    except RefusedDecisionError as refused:
        return Refused(question, f"Nothing was kept: {refused}.", form.fields if correction else {})
    return Done(f"kept={kept.seq}")


def _find(sitting: Sitting, form: Form) -> Question:
    """The question a form is about, if it stands as it was shown."""
    try:
        question = sitting.desk.find(form.question)
    except NotFoundError:
        raise StaleError(_tell_last(sitting, form.question)) from None
    if question.digest != form.shown:
        raise StaleError("What is coded, or what it may belong to, has changed since this page was shown")
    return question


def _tell_last(sitting: Sitting, mention_id: str) -> str:
    """Who decided last about a mention, in words."""
    for kept in reversed(sitting.desk.ledger.judgements()):
        if getattr(kept.body.about, "mention_id", None) == mention_id:
            who = "You" if kept.author == sitting.desk.author else kept.author
            return f"{who} decided it meanwhile: {kept.body.decision} (entry {kept.seq})"
    return "It is no longer open: its document was coded anew, or what was open about it is settled"


def _undo(sitting: Sitting, form: Form) -> Done:
    if not sitting.decided or sitting.decided[-1].seq != form.entry:
        raise StaleError(f"Entry {form.entry} is not your last decision that holds")
    try:
        sitting.undo()
    except ReviewError as error:
        raise StaleError(str(error).partition(", so")[0]) from None
    return Done(f"undone={form.entry}")
