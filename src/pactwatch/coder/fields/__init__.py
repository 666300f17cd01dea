"""From a chosen candidate to a whole mention: every field with the place it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pactwatch.coder.attaching import NO_DATE
from pactwatch.coder.candidates import Candidate, told_stage
from pactwatch.coder.dates import When
from pactwatch.coder.fields.direction import choose_direction, direction_features
from pactwatch.coder.fields.examples import direction_examples, speaker_examples
from pactwatch.coder.fields.instruments import choose_instrument
from pactwatch.coder.fields.levels import choose_level, is_hadr
from pactwatch.coder.fields.names import choose_name
from pactwatch.coder.fields.quoting import quote_words
from pactwatch.coder.fields.reading import Reading, read_words
from pactwatch.coder.fields.reasons import reasons
from pactwatch.coder.fields.speakers import choose_speaker
from pactwatch.coder.fields.sums import choose_money
from pactwatch.coder.fields.things import choose_items
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Parsed
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

_FARTHEST_WORDS = 120


def make_mention(
    candidate: Candidate,
    told: Sequence[Candidate],
    parsed: Parsed,
    document: Document,
    models: Mapping[str, LinearModel],
    coder: str,
) -> Mention:
    """The mention a chosen candidate tells. ``told`` are all chosen candidates of the document, in order."""
    reading = Reading(candidate, told, parsed, document, read_words(document.language))
    instrument = choose_instrument(reading)
    supplier, recipient = _direction(reading, models, instrument)
    _note_act_and_parties(reading, supplier, recipient)
    first, stop = quote_words(reading)
    start, end = parsed.plain.original_span(parsed.tokens.starts[first], parsed.tokens.ends[stop - 1])
    return Mention.model_validate(
        {
            "doc": document.id,
            "type": candidate.type,
            "stage": told_stage(candidate),
            "parties": candidate.parties,
            "modality": candidate.modality,
            "supplier": supplier,
            "recipient": recipient,
            "instrument": instrument,
            **_read_values(reading),
            "speaker": choose_speaker(reading, models.get("speaker")),
            "quote": document.text[start:end],
            "start": start,
            "end": end,
            "spans": _original_spans(reading),
            "confidence": min(1.0, max(0.0, candidate.confidence)),
            "coder": coder,
            "why": reasons(reading),
        }
    )


def _direction(
    reading: Reading, models: Mapping[str, LinearModel], instrument: str | None
) -> tuple[str | None, str | None]:
    if "supplier" not in models:
        return None, None
    return choose_direction(reading, models["supplier"], instrument)


def _read_values(reading: Reading) -> dict[str, Any]:
    """The fields read from the passage and the document around it."""
    when, money = _when(reading), choose_money(reading)
    items = [{"category": i.category, "name": i.name, "quantity": i.quantity} for i in choose_items(reading)]
    return {
        "name": choose_name(reading),
        "items": items,
        "money": {"amount": money.amount, "currency": money.currency} if money is not None else None,
        "date": when.date,
        "precision": when.precision,
        "level": choose_level(reading),
        "hadr": is_hadr(reading),
    }


def _when(reading: Reading) -> When:
    c = reading.candidate
    when = c.when
    if when is None or when.date is None:
        return NO_DATE
    if c.date_number is not None and c.date_number < len(c.sentence.dates):
        span = c.sentence.dates[c.date_number]
        reading.note_characters("date", span.start, span.end)
    elif c.sentence.line is not None and c.date_number is None:
        reading.note_characters("date", c.sentence.line.span.start, c.sentence.line.span.end)
    return when


def _note_act_and_parties(reading: Reading, supplier: str | None, recipient: str | None) -> None:
    c = reading.candidate
    if c.act is not None:
        reading.note("act", c.act.i, c.act.j)
    for naming in reading.parsed.context.namings[c.sentence.index]:
        if naming.is_dateline or naming.span.surface == "place" or abs(naming.span.i - c.anchor) > _FARTHEST_WORDS:
            continue
        place = naming.span.i, naming.span.j
        for name, codes in (("parties", c.parties), ("supplier", (supplier,)), ("recipient", (recipient,))):
            if any(code in codes for code in naming.span.codes):
                reading.note(name, *place)


def _original_spans(reading: Reading) -> dict[str, tuple[tuple[int, int], ...]]:
    back = reading.parsed.plain.original_span
    return {name: tuple(sorted({back(*span) for span in spans})) for name, spans in reading.spans.items()}


__all__ = ["direction_examples", "direction_features", "make_mention", "speaker_examples"]
