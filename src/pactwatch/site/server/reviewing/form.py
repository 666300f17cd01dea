"""What a form of the review sends: which question it is about, what that was shown with, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from pactwatch.model.judgements import PAIRED, Decision
from pactwatch.review.corrections import FIELDS

MOST_FIELDS = 60
LONGEST_VALUE, LONGEST_REASON = 20_000, 2_000
FIELD_PREFIX = "f-"
SKIP, UNDO = "skip", "undo"
ANSWERS = (*(str(one) for one in Decision if one is not Decision.WITHDRAW), SKIP, UNDO)


class FormError(ValueError):
    """What was sent is no answer to a question."""


@dataclass(frozen=True)
class Form:
    """An answer: ``question`` and what it was ``shown`` with; ``candidate`` counts from 0; ``fields`` of a correction
    as text by name; ``entry`` is what is to be undone; ``mark`` is the session's, ``token`` a reviewer's."""

    answer: str = ""
    question: str = ""
    shown: str = ""
    candidate: int = 0
    entry: int = 0
    reason: str = ""
    mark: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def decision(self) -> Decision | None:
        """The decision; ``None`` for putting off and undoing."""
        return None if self.answer in ("", SKIP, UNDO) else Decision(self.answer)  # type: ignore[call-arg]  # by value

    @property
    def is_paired(self) -> bool:
        """Whether the answer names a second side."""
        return self.decision in PAIRED


def read_form(body: bytes) -> Form:
    """The fields of a form's body, whatever its bytes are; raises :class:`FormError` for what no page of ours sends."""
    try:
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormError(f"Too many fields: {MOST_FIELDS} may be sent.") from error
    told = dict(pairs)
    if len(told) != len(pairs):
        raise FormError("One name was sent twice.")
    if any(len(value) > LONGEST_VALUE for value in told.values()):
        raise FormError(f"A field is too long: {LONGEST_VALUE:,} characters at most.")
    answer = told.get("answer", "")
    if answer and answer not in ANSWERS:
        raise FormError(f"There is no answer {answer[:40]!r}; there are {', '.join(ANSWERS)}.")
    return Form(
        answer=answer,
        question=told.get("question", "")[:100],
        shown=told.get("shown", "")[:100],
        candidate=_read_number(told, "candidate"),
        entry=_read_number(told, "entry"),
        reason=_clean(told.get("reason", ""))[:LONGEST_REASON],
        mark=told.get("mark", ""),
        token=told.get("token", "").strip(),
        fields={name: told[FIELD_PREFIX + name].strip() for name in FIELDS if FIELD_PREFIX + name in told},
    )


def _read_number(told: Mapping[str, str], name: str) -> int:
    text = told.get(name, "") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise FormError(f"The field {name} has to be a whole number, not {text[:40]!r}.")
    return int(text)


def _clean(told: str) -> str:
    """One line of text without what no reason needs."""
    return "".join(one if one.isprintable() else " " for one in told).strip()
