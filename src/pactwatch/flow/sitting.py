"""One sitting of a reviewer at a desk: what was decided in it, so that it can be told and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pactwatch.model.judgements import PAIRED, Decision

if TYPE_CHECKING:
    from pactwatch.flow.desk import Desk
    from pactwatch.review import Question


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of this sitting that holds: its entry, the question as it was asked, and which record it names."""

    seq: int
    question: Question
    decision: Decision
    candidate: int = 0

    @property
    def words(self) -> str:
        """The decision in words, with the record that it names.

        Such as "accept", "same as Exercise Blue Lantern", "different from Exercise Blue Lantern".
        """
        link = {Decision.SAME: "as", Decision.DIFFERENT: "from"}.get(self.decision)
        return f"{self.decision} {link} {self.question.candidates[self.candidate].title}" if link else self.decision


@dataclass
class Sitting:
    """The decisions of a reviewer since they sat down, the last one last. The terminal and the pages share it."""

    desk: Desk
    decided: list[Decided] = field(default_factory=list)

    def decide(
        self,
        question: Question,
        decision: Decision,
        *,
        candidate: int = 0,
        correction: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Decided:
        """Keep a decision; raises what :meth:`Desk.decide` raises."""
        candidate = candidate if decision in PAIRED else 0
        seq = self.desk.decide(question, decision, candidate=candidate, correction=correction, reason=reason)
        self.decided.append(Decided(seq, question, decision, candidate))
        return self.decided[-1]

    def undo(self) -> Decided | None:
        """Withdraw the last decision that holds and ask its question again first; ``None`` where there is none.

        Raises ``ReviewError`` where it was withdrawn elsewhere meanwhile; it is forgotten then.
        """
        if not self.decided:
            return None
        last = self.decided.pop()
        self.desk.undo(last.seq, last.question)
        return last

    @property
    def tally(self) -> dict[Decision, int]:
        """How many decisions of each kind hold, in the order of the kinds."""
        counts = Counter(one.decision for one in self.decided)
        return {decision: counts[decision] for decision in Decision if counts[decision]}
