"""A question as a page shows it: plain values, every word of a document made harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.model.codes import STAGES, Code, Instrument, Level, Modality, RecordType, Stage
from pactwatch.review.corrections import FIELDS, show_field
from pactwatch.review.passages import (
    LONGEST_QUOTE,
    QUOTE_HEAD,
    QUOTE_TAIL,
    cut_stretches,
    flow_text,
    make_harmless,
    name_fields,
)

if TYPE_CHECKING:
    from pactwatch.flow.sitting import Sitting
    from pactwatch.model.errors import Fault
    from pactwatch.model.mentions import Mention
    from pactwatch.review import Candidate, Passage, Question

_MARKS = {"act": "stage", "items": "item", "parties": "party", "supplier": "party", "recipient": "party"}
"""Names that the style sheet has for fields, where they differ."""

_CHOICES: Mapping[str, type[Code]] = {
    "type": RecordType,
    "modality": Modality,
    "instrument": Instrument,
    "level": Level,
}
_MAY_BE_EMPTY = frozenset({"instrument", "level"})

HINTS = {
    "parties": "Codes of actors with blanks between, such as JPN PHL.",
    "date": "2024-07-08, 2024-07, 2024-Q3 or 2024; nothing where the text tells none.",
    "supplier": "One of the parties, or nothing.",
    "recipient": "One of the parties, or nothing.",
    "items": "category: name (number); more with ; between.",
    "money": "An amount and a currency, such as 1500000000 JPY.",
}


@dataclass(frozen=True)
class Field:
    """A field of a mention: its value, what was coded where a correction waits, and what the form for it needs."""

    name: str
    value: str
    given: str
    coded: str | None = None
    fault: str = ""
    hint: str = ""
    choices: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def is_told(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.value and (self.name != "hadr" or self.value == "yes")) or self.coded is not None


@dataclass(frozen=True)
class Shown:
    """A question with all that its page needs."""

    question: Question
    document: Mapping[str, Any]
    passage: Mapping[str, Any]
    fields: Sequence[Field]
    candidates: Sequence[Mapping[str, Any]]

    @property
    def heading(self) -> str:
        """What is asked, in one line."""
        if not self.question.is_coding_open:
            return "Does this tell of the same?"
        return "Is this correction right?" if self.question.correction else "Is this coded right?"


def view(sitting: Sitting, question: Question, given: Mapping[str, str], faults: Sequence[Fault] = ()) -> Shown:
    """A question as it is shown; ``given`` are fields of a correction as they were typed, ``faults`` what is wrong."""
    desk, head = sitting.desk, sitting.desk.head(question)
    document = {
        "title": make_harmless(head.title or "(no title)"),
        "publisher": make_harmless(head.publisher or ""),
        "published": head.published.isoformat() if head.published else "",
        "page": head.page_at(question.mention.start),
        "address": desk.address(question),
    }
    wrong: dict[str, str] = {}
    for fault in faults:
        wrong.setdefault(fault.field.partition(".")[0], f"Expected {fault.expected}.")
    return Shown(
        question,
        document,
        _cut(desk.passage(question), question.mention),
        [_view_field(question, name, given, wrong.get(name, "")) for name in FIELDS],
        [_view_candidate(one) for one in question.candidates],
    )


def read_changes(question: Question, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that say something else than the question does."""
    return {name: text for name, text in fields.items() if text != show_field(question.mention, name).strip()}


def _view_field(question: Question, name: str, given: Mapping[str, str], fault: str) -> Field:
    value = show_field(question.mention, name)
    is_corrected = name in dict(question.correction)
    coded = show_field(question.told.mention, name) if is_corrected else None
    now = given.get(name, value)
    return Field(
        name,
        make_harmless(value),
        now,
        None if coded is None else make_harmless(coded),
        fault,
        HINTS.get(name, ""),
        _list_choices(name, now),
    )


def _list_choices(name: str, now: str) -> list[tuple[str, Sequence[str]]]:
    """What may be chosen for a field, in named groups; nothing where it is written."""
    if name == "stage":
        groups: list[tuple[str, Sequence[str]]] = [(str(one), [str(stage) for stage in STAGES[one]]) for one in STAGES]
        return groups if now in set(Stage) else [*groups, ("", [now])]
    if name == "hadr":
        return [("", list(dict.fromkeys(["no", "yes", now])))]
    if name not in _CHOICES:
        return []
    values = [*([""] if name in _MAY_BE_EMPTY else []), *(str(one) for one in _CHOICES[name])]
    return [("", list(dict.fromkeys([*values, now])))]


def _cut(passage: Passage, mention: Mention) -> dict[str, Any]:
    quote, fields = passage.quote, name_fields(passage.quote, mention)
    is_long = len(quote) > LONGEST_QUOTE
    head = QUOTE_HEAD if is_long else len(quote)
    tail = len(quote) - QUOTE_TAIL if is_long else len(quote)
    return {
        "before": flow_text(passage.before),
        "after": flow_text(passage.after),
        "is_cut": passage.is_cut,
        "more": tail - head,
        "parts": [_mark(quote[a:b], fields[a:b]) for a, b in ((0, head), (head, tail), (tail, len(quote)))],
    }


def _mark(words: str, fields: Sequence[str]) -> list[tuple[str, str]]:
    return [(flow_text(stretch), _MARKS.get(field, field)) for stretch, field in cut_stretches(words, fields)]


def _view_candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "key": candidate.key,
        "title": make_harmless(candidate.title),
        "is_own": candidate.is_own,
        "decided": candidate.decided,
        "chance": candidate.link.chance,
        "parts": [(make_harmless(part.words), part.points) for part in candidate.link.parts],
    }
