"""The passage that tells one event: its clause where the sentence tells several, else the whole sentence."""

from __future__ import annotations

from pactwatch.coder.fields.reading import Reading


def quote_words(reading: Reading) -> tuple[int, int]:
    """The words of the passage: whole chunks around act, noun, date and the named parties."""
    sentence = reading.sentence
    if len(reading.beside) <= 1:
        return sentence.first, sentence.stop
    first, stop = _covered(reading)
    first, stop = _whole_chunks(reading, first, stop)
    return _trimmed(reading, first, stop)


def _covered(reading: Reading) -> tuple[int, int]:
    c, sentence = reading.candidate, reading.sentence
    places = [c.reach] if c.act is not None or c.noun_at is not None else [(c.anchor, c.anchor + 1)]
    if c.date_number is not None and c.date_number < len(sentence.dates):
        date = sentence.dates[c.date_number]
        places.append(reading.words_at(date.start, date.end))
    nearest: dict[str, tuple[int, int, int]] = {}
    for naming in reading.parsed.context.namings[sentence.index]:
        for code in naming.span.codes:
            if code in c.parties and not naming.is_dateline and naming.span.surface != "place":
                place = (abs(naming.span.i - c.anchor), naming.span.i, naming.span.j)
                nearest[code] = min(nearest.get(code, place), place)
    places += [(i, j) for _, i, j in nearest.values()]
    return min(i for i, _ in places), max(j for _, j in places)


def _whole_chunks(reading: Reading, first: int, stop: int) -> tuple[int, int]:
    sentence = reading.sentence
    opening, closing = sentence.chunk(first), sentence.chunk(stop - 1)
    while first > sentence.first and sentence.chunk(first - 1) == opening:
        first -= 1
    while stop < sentence.stop and sentence.chunk(stop) == closing:
        stop += 1
    return first, stop


def _trimmed(reading: Reading, first: int, stop: int) -> tuple[int, int]:
    """Without the mark or joining word that opens a chunk, and without marks at its end."""
    words, openers = reading.parsed.tokens.words, reading.words["quote.openers"]
    reach = reading.candidate.reach if reading.candidate.act or reading.candidate.noun_at else (first, stop)
    while first < reach[0] and (not words[first][0].isalnum() or words[first] in openers):
        first += 1
    if stop < reading.sentence.stop:
        while stop > reach[1] and not words[stop - 1][-1].isalnum() and words[stop - 1] not in ")\"'%":
            stop -= 1
    return first, stop
