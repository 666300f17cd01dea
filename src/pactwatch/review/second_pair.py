"""A second pair of eyes: with it, a correction holds when another person has accepted it.

The accept is an ordinary judgement about the same mention, made later by somebody else. Nothing else needs a second
person: the machine proposed what is accepted or rejected, so its author is never the one who decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pactwatch.model.judgements import Decision, MentionRef
from pactwatch.reconcile.items import Judged


@dataclass(frozen=True, slots=True)
class Pending:
    """A correction that waits for another person's accept."""

    seq: int
    author: str
    mention_id: str
    correction: Mapping[str, Any]


def settle(judgements: Iterable[Judged], *, is_asked: bool) -> tuple[list[Judged], list[Pending]]:
    """The judgements that hold, and the corrections that wait.

    Without a second pair of eyes all hold. With it, a correction holds from the entry of another person's later accept
    of the same mention, and that accept is then part of it; until then it changes nothing.
    """
    ordered = sorted(judgements, key=lambda one: one.seq)
    if not is_asked:
        return ordered, []
    decisions = [one for one in ordered if _mention_of(one) is not None]
    held, waiting, spent = [], [], set()
    last = {str(_mention_of(one)): one for one in decisions if one.judgement.decision is Decision.CORRECT}
    for one in ordered:
        if one.judgement.decision is not Decision.CORRECT:
            continue
        approval = _find_approval(one, decisions)
        if approval is not None:
            spent.add(approval.seq)
            held.append(one)
        elif last[str(_mention_of(one))] is one and not _is_overruled(one, decisions):
            waiting.append(Pending(one.seq, one.author, str(_mention_of(one)), one.judgement.correction))
    others = [one for one in ordered if one.judgement.decision is not Decision.CORRECT and one.seq not in spent]
    return sorted((*others, *held), key=lambda one: one.seq), waiting


def _find_approval(correction: Judged, decisions: Iterable[Judged]) -> Judged | None:
    """Another person's first later decision about the corrected mention, where that is an accept."""
    for one in decisions:
        if one.seq <= correction.seq or _mention_of(one) != _mention_of(correction):
            continue
        if one.judgement.decision is Decision.CORRECT:
            return None
        if one.author != correction.author:
            return one if one.judgement.decision is Decision.ACCEPT else None
    return None


def _is_overruled(correction: Judged, decisions: Iterable[Judged]) -> bool:
    """Whether somebody rejected the mention after it was corrected."""
    return any(
        one.seq > correction.seq
        and _mention_of(one) == _mention_of(correction)
        and one.judgement.decision is Decision.REJECT
        for one in decisions
    )


def _mention_of(judged: Judged) -> str | None:
    """The mention a decision about one mention is about; ``None`` for pairs and records."""
    judgement = judged.judgement
    is_single = judgement.decision in (Decision.ACCEPT, Decision.CORRECT, Decision.REJECT)
    return judgement.about.mention_id if is_single and isinstance(judgement.about, MentionRef) else None
