"""From a reviewer's key to a judgement, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pactwatch.model.errors import PactwatchError
from pactwatch.model.judgements import PAIRED, Decision, Judgement
from pactwatch.review.questions import Question


class RefusedDecisionError(PactwatchError):
    """A decision that cannot be taken: there is nothing it could be about, or this person may not take it."""


def judge(
    question: Question,
    decision: Decision,
    author: str,
    *,
    candidate: int = 0,
    correction: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Judgement:
    """The judgement of a decision about a question.

    ``candidate`` counts the shown records from 0 (for ``same`` and ``different``). Raises
    :class:`RefusedDecisionError` for an author's accept of their own correction or coding, and for a pair without a
    second side.
    """
    if decision is Decision.ACCEPT and author in (question.corrected_by, question.told.mention.coder):
        raise RefusedDecisionError(
            "nobody can approve their own work here: another person has to accept this correction"
        )
    if decision in PAIRED:
        if not question.candidates:
            raise RefusedDecisionError(
                "no other record is shown, so there is nothing this could be the same as or different from"
            )
        if not 0 <= candidate < len(question.candidates):
            raise RefusedDecisionError(
                f"there are {len(question.candidates)} records shown; choose one of them by its number"
            )
        other = question.candidates[candidate].other
        return Judgement(decision=decision, about=question.ref, other=other, reason=reason)
    return Judgement(decision=decision, about=question.ref, correction=dict(correction or {}), reason=reason)
