"""Which date, amount and things of a sentence belong to which of its events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.dates import OPENS_LINE, DateSpan, When
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens
from pactwatch.model.codes import Modality, Precision

NO_DATE = When(None, Precision.NONE)
_OF_THE_FUTURE = frozenset({"will", "may", "should"})
"""Cues that what a chunk tells is still to come."""


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
    """Dates of the sentence: place, label, position in the sentence's list.

    The date that opens the line is none of them: it holds for what no other date of the sentence is told for.
    """
    found = []
    usable = [
        (number, span)
        for number, span in enumerate(c.sentence.dates)
        if (span.past.date or span.future.date) and span.kind != OPENS_LINE
    ]
    for number, span in usable:
        if span.kind == "edition" and c.type != "exercise":
            continue
        place = word_place(context.tokens, c.sentence, span.start, span.end)
        precision = span.past.precision if span.past.date else span.future.precision
        kind = "edition" if span.kind == "edition" else "only" if len(usable) == 1 else "one"
        found.append((place, f"date:{kind}:{precision}", number))
    return found


def read_line(c: Candidate) -> When | None:
    """What the date of its line means for a candidate.

    In the sentence it opens it holds for whatever is told; further on only for what is told as done, since a plan of
    that year may be one for another.
    """
    line, sentence = c.sentence.line, c.sentence
    if line is None or (c.modality != Modality.ACTUAL and not any(span.kind == OPENS_LINE for span in sentence.dates)):
        return None
    return read_span(line.span, ahead=False)


def read_when(c: Candidate, number: int, i: int) -> When:
    """What a date of the sentence, its first word being ``i``, means for a candidate."""
    return read_span(c.sentence.dates[number], ahead=is_ahead(c.modality, c.sentence, i))


def is_ahead(modality: str, sentence: Sentence, i: int) -> bool:
    """Whether a date at word ``i`` of a sentence is one to come, for an event so told.

    Plans lie ahead; what is done, and what did not happen, lies behind. What is only possible lies ahead if the chunk
    of the date says so ("could follow in May"), and behind otherwise ("an offer made in May").
    """
    if modality != Modality.POSSIBLE:
        return modality == Modality.PLANNED
    chunk = sentence.chunk(i)
    return any(cue in _OF_THE_FUTURE and sentence.chunk(at) == chunk for at, cue in sentence.cues)


def read_span(span: DateSpan, *, ahead: bool) -> When:
    """What a date means, looked for ahead or behind; where nothing is found there, on the other side."""
    first, second = (span.future, span.past) if ahead else (span.past, span.future)
    return first if first.date else second if second.date else NO_DATE
