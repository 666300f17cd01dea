"""Which date, amount and things of a sentence belong to which of its events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.dates import DateSpan, When
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens
from pactwatch.model.codes import Precision

NO_DATE = When(None, Precision.NONE)


def word_place(tokens: Tokens, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Words of a sentence that characters ``start`` to ``end`` cover."""
    first = min(bisect_right(tokens.ends, start, sentence.first, sentence.stop), sentence.stop - 1)
    return first, max(first + 1, bisect_left(tokens.starts, end, first, sentence.stop))


def attach_features(
    c: Candidate, place: tuple[int, int], label: str, rivals: Sequence[Candidate], context: Context
) -> list[str]:
    """Features of whether what stands at ``place`` belongs to a candidate. ``label`` says what it is."""
    sentence, words = c.sentence, context.tokens.words
    first, stop = c.reach
    i, j = place
    side = "after" if i >= stop else "before" if j <= first else "inside"
    chunks = abs(sentence.chunk(i) - c.chunk)
    apart = i - stop if side == "after" else first - j if side == "before" else 0
    before = words[i - 1] if i > sentence.first else "<s>"
    lo, hi = (c.anchor, i) if i > c.anchor else (i, c.anchor)
    between = sum(1 for other in rivals if other is not c and lo < other.anchor < hi)
    nearer = any(other is not c and abs(other.anchor - i) < abs(c.anchor - i) for other in rivals)
    nearest_chunk = min(
        (abs(sentence.chunk(other.anchor) - sentence.chunk(i)) for other in rivals if other is not c), default=9
    )
    said = any(cue == "said" and -2 <= i - at <= 3 for at, cue in sentence.cues)
    said_near = any(cue == "said" and abs(sentence.chunk(at) - sentence.chunk(i)) == 0 for at, cue in sentence.cues)
    return [
        f"{label}+side={side}",
        f"{label}+chunks={side}{min(chunks, 4)}",
        f"{label}+chunks={min(chunks, 4)}+rival-chunks={min(nearest_chunk, 3)}",
        f"{label}+apart={side}{_bucket(apart)}",
        f"{label}+between={min(between, 2)}+nearer={nearer}",
        f"{label}+between={min(between, 2)}+nearer={nearer}+{side}",
        f"{label}+alone={len(rivals) <= 1}+chunks={min(chunks, 4)}",
        f"{label}+before={before}",
        f"{label}+before={before}+{side}",
        f"{label}+said={said}+near={said_near}",
        f"{label}+said={said}+{side}+chunks={min(chunks, 3)}",
        f"{label}+{c.type}/{c.stage}",
        f"{label}+form={c.act_word.form}+{side}",
        f"{label}+opening={i - sentence.first <= 2}+{len(rivals) <= 1}",
        f"{label}+{c.group}+{side}+inside={min(chunks, 2)}",
    ]


def _bucket(number: int) -> str:
    return str(number) if number <= 2 else "3-5" if number <= 5 else "6-10" if number <= 10 else "11+"


def date_labels(c: Candidate, context: Context) -> list[tuple[tuple[int, int], str, int]]:
    """Dates of the sentence: place, label, position in the sentence's list."""
    found = []
    usable = [span for span in c.sentence.dates if span.past.date or span.future.date]
    for number, span in enumerate(c.sentence.dates):
        if not (span.past.date or span.future.date):
            continue
        if span.kind == "edition" and c.type != "exercise":
            continue
        place = word_place(context.tokens, c.sentence, span.start, span.end)
        precision = span.past.precision if span.past.date else span.future.precision
        kind = "edition" if span.kind == "edition" else "only" if len(usable) == 1 else "one"
        found.append((place, f"date:{kind}:{precision}", number))
    return found


def read_when(c: Candidate, number: int) -> When:
    """What a date of the sentence means for a candidate."""
    return read_span(c.sentence.dates[number], c.modality)


def read_span(span: DateSpan, modality: str) -> When:
    """What a date means for an event so told: ahead for what is planned, past for what is done."""
    first, second = (span.past, span.future) if modality == "actual" else (span.future, span.past)
    return first if first.date else second if second.date else NO_DATE
