"""From what a model says to what the text says: a value not found in the document is dropped or the mention refused.

Passage, parties, type and stage make a mention; where one of them fails the mention is refused. Any other value that
fails is dropped with a note, because a mention without a name is still true and one with an invented name is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from pactwatch.coder.llm.actors import ActorCodes
from pactwatch.coder.llm.answers import MentionAnswer, MoneyAnswer, RefusedError
from pactwatch.coder.llm.chunks import Chunk
from pactwatch.coder.llm.finder import Finder, Found
from pactwatch.model.codes import STAGES, Precision, RecordType
from pactwatch.model.dates import DateError, FuzzyDate, parse_date
from pactwatch.model.documents import Document
from pactwatch.model.errors import shown
from pactwatch.model.mentions import Mention, MentionItem, MentionMoney

SHORTEST_QUOTE, LONGEST_QUOTE = 8, 2_000
LONGEST_REASON = 300
DIRECTED = frozenset({RecordType.TRANSFER, RecordType.TRAINING})
Span = tuple[int, int]


@dataclass(slots=True)
class _Reading:
    """One answer on its way to a mention: the values kept, where they stand, and what was dropped."""

    answer: MentionAnswer
    finder: Finder
    passage: Span
    notes: list[str]
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def find(self, words: str) -> Found | None:
        return self.finder.find_words(words.strip(), self.passage) if len(words) <= LONGEST_QUOTE else None

    def drop(self, name: str, why: str) -> None:
        self.notes.append(f"{name} dropped: {why}")

    def keep_span(self, name: str, found: Found) -> None:
        self.spans[name] = (*self.spans.get(name, ()), (found.start, found.end))


@dataclass(frozen=True, slots=True)
class Grounder:
    """Checks answers about one document. ``why`` is kept with every mention."""

    document: Document
    finder: Finder
    actors: ActorCodes
    coder: str
    why: dict[str, Any]

    def ground(self, answer: MentionAnswer, notes: list[str], chunk: Chunk) -> Mention:
        """The mention an answer about one part of the document gives; raises :class:`RefusedError` saying why none."""
        _check_stage(answer)
        passage = self._passage(answer.quote, chunk)
        reading = _Reading(answer, self.finder, (passage.start, passage.end), list(notes))
        if passage.places > 1:
            reading.notes.append(f"the quote stands in {passage.places} places; the first is taken")
        values = {
            "parties": _parties(reading, self.actors),
            **_direction(reading),
            **_texts(reading),
            "items": _items(reading),
            "money": _money(reading),
            **_date(reading),
            "level": _level(reading),
        }
        try:
            return self._mention(reading, values)
        except ValidationError as error:
            raise RefusedError(f"the mention contradicts itself: {error.errors()[0]['msg']}") from None

    def _passage(self, quote: str, chunk: Chunk) -> Found:
        words = quote.strip()
        if not SHORTEST_QUOTE <= len(words) <= LONGEST_QUOTE:
            raise RefusedError(f"a passage has {SHORTEST_QUOTE} to {LONGEST_QUOTE} characters, the quote {len(words)}")
        found = self.finder.find_passage(words, chunk.start, chunk.end)
        if found is None:
            raise RefusedError("the quote does not stand in the text")
        if found.places > 1 and self.document.text[found.start : found.end] != words:
            raise RefusedError("the quote is not exact and fits more than one place")
        return found

    def _mention(self, reading: _Reading, values: dict[str, Any]) -> Mention:
        answer, (start, end) = reading.answer, reading.passage
        reason = _one_line(answer.reason)
        return Mention(
            doc=self.document.id,
            type=answer.type,
            stage=answer.stage,
            modality=answer.modality,
            instrument=answer.instrument,
            hadr=answer.hadr,
            quote=self.document.text[start:end],
            start=start,
            end=end,
            spans=reading.spans,
            confidence=min(1.0, max(0.0, answer.confidence)),
            coder=self.coder,
            why={**self.why, "reason": reason, **({"notes": reading.notes} if reading.notes else {})},
            **values,
        )


def _check_stage(answer: MentionAnswer) -> None:
    if answer.stage not in STAGES[answer.type]:
        raise RefusedError(f"stage {answer.stage} does not belong to type {answer.type}")


def _parties(reading: _Reading, actors: ActorCodes) -> tuple[str, ...]:
    """All or nothing: a mention with one party missing or invented would be a mention of another event."""
    for party in reading.answer.parties:
        code = party.code
        if code not in actors.states and code not in actors.bodies:
            raise RefusedError(f"no state or body has the code {shown(code, 20)}")
        found = reading.find(party.words)
        if found is None:
            raise RefusedError(f"the words given for {code} do not stand in the text")
        reading.keep_span("parties", found)
    return tuple(sorted({party.code for party in reading.answer.parties}))


def _direction(reading: _Reading) -> dict[str, str | None]:
    parties = {party.code for party in reading.answer.parties}
    kept: dict[str, str | None] = {}
    for name in ("supplier", "recipient"):
        code = getattr(reading.answer, name)
        kept[name] = code if code in parties and reading.answer.type in DIRECTED else None
        if code and kept[name] is None:
            reading.drop(name, "no party, or no transfer or training")
    if kept["supplier"] is not None and kept["supplier"] == kept["recipient"]:
        reading.drop("supplier and recipient", "they are the same")
        return {"supplier": None, "recipient": None}
    return kept


def _texts(reading: _Reading) -> dict[str, str | None]:
    """Name and speaker, as the text spells them."""
    kept: dict[str, str | None] = {}
    for name in ("name", "speaker"):
        words = getattr(reading.answer, name)
        found = reading.find(words) if words and words.strip() else None
        kept[name] = reading.finder.text[found.start : found.end] if found else None
        if found:
            reading.keep_span(name, found)
        elif words:
            reading.drop(name, "not in the text")
    return kept


def _items(reading: _Reading) -> tuple[MentionItem, ...]:
    kept = []
    for item in reading.answer.items:
        found = reading.find(item.name)
        if found is None:
            reading.drop("an item", "its name is not in the text")
            continue
        reading.keep_span("items", found)
        name = reading.finder.text[found.start : found.end]
        kept.append(MentionItem(category=item.category, name=name, quantity=item.quantity))
    return tuple(kept)


def _money(reading: _Reading) -> MentionMoney | None:
    told: MoneyAnswer | None = reading.answer.money
    if told is None:
        return None
    found = reading.find(told.words)
    if found is None:
        reading.drop("money", "its words are not in the text")
        return None
    reading.keep_span("money", found)
    amount = Decimal(int(told.amount)) if told.amount.is_integer() else Decimal(str(told.amount))
    return MentionMoney(amount=amount, currency=told.currency)


def _date(reading: _Reading) -> dict[str, Any]:
    nothing = {"date": None, "precision": Precision.NONE}
    told = reading.answer.date
    if told is None:
        return nothing
    try:
        date = parse_date(told.value)
    except DateError:
        reading.drop("date", "no date of the notation")
        return nothing
    found = reading.find(told.words)
    if found is None:
        reading.drop("date", "its words are not in the text")
        return nothing
    reading.keep_span("date", found)
    return {"date": _written(date), "precision": date.precision}


def _written(date: FuzzyDate) -> str:
    if date.quarter is not None:
        return f"{date.year:04d}-Q{date.quarter}"
    return "-".join([f"{date.year:04d}", *(f"{part:02d}" for part in (date.month, date.day) if part is not None)])


def _level(reading: _Reading) -> Any:
    level = reading.answer.level
    if level is not None and reading.answer.type is not RecordType.EXERCISE:
        reading.drop("level", "no exercise")
        return None
    return level


def _one_line(text: str) -> str:
    """Printable, short, and free of half characters that no file could hold."""
    clean = text[:LONGEST_REASON].encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in clean).split())
