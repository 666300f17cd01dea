"""What a reviewer is asked: a mention, the records it may belong to, and why it is asked now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pactwatch.model.judgements import Decision, MentionRef, RecordRef, refer_to
from pactwatch.model.mentions import Mention
from pactwatch.reconcile.items import Link, Told


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a mention may belong to, with the comparison that says so.

    ``other`` names it in a judgement; ``is_own`` tells that the mention is filed there now. ``decided`` is ``same`` or
    ``different`` where a person said so.
    """

    key: str
    title: str
    link: Link
    other: MentionRef | RecordRef
    is_own: bool = False
    decided: Decision | None = None


@dataclass(frozen=True, slots=True)
class Usefulness:
    """How much a decision would tell: ``uncertainty`` times ``consequence``, both from 0 to 1, with their reasons."""

    uncertainty: float
    consequence: float
    reasons: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The product, by which questions are ordered."""
        return self.uncertainty * self.consequence


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide.

    ``correction`` and ``corrected_by`` tell a correction that waits for another person's accept; ``mention`` shows it.
    """

    told: Told
    candidates: tuple[Candidate, ...]
    usefulness: Usefulness
    correction: tuple[tuple[str, Any], ...] = ()
    corrected_by: str = ""

    @property
    def id(self) -> str:
        """The mention's id, by which a decision names it."""
        return self.told.id

    @property
    def mention(self) -> Mention:
        """The mention as it is to be judged: as coded, with the correction that waits."""
        return correct(self.told.mention, dict(self.correction)) if self.correction else self.told.mention

    @property
    def ref(self) -> MentionRef:
        """The mention as a judgement names it."""
        return refer_to_told(self.told)

    @property
    def digest(self) -> str:
        """A short name of all that a decision on it would be about: two questions of one digest ask the same.

        Why it comes now (usefulness, chances) is no part of it.
        """
        told = {
            "mention": self.mention.model_dump(mode="json"),
            "waits": [self.corrected_by, sorted(name for name, _ in self.correction)],
            "decision": self.told.decision,
            "candidates": [
                [one.key, one.title, one.is_own, one.decided, one.other.model_dump(mode="json")]
                for one in self.candidates
            ],
        }
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def is_coding_open(self) -> bool:
        """Whether nobody has said yet that the mention is coded right, or a correction waits."""
        return self.told.decision is None or bool(self.correction)


def refer_to_told(told: Told) -> MentionRef:
    """A mention in force as a judgement names it: by the id it was coded under."""
    return refer_to(told.mention).model_copy(update={"mention_id": told.id})


def correct(mention: Mention, correction: dict[str, Any]) -> Mention:
    """A mention with some fields as a person gives them; raises ``ValueError`` where they do not fit each other."""
    return Mention.model_validate(mention.model_dump() | correction)
