"""What the fitted weights look at to say whether a candidate tells an event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Around, Beside, Context
from pactwatch.coder.linear import Features, LinearModel, Part, Words
from pactwatch.coder.spans import Sentence

SENSE = "sense"
"""The feature that says what the network makes of a candidate."""


def bucket(number: int) -> str:
    """A distance in rough steps."""
    if number <= 3:
        return str(number)
    return "4-6" if number <= 6 else "7-12" if number <= 12 else "13+"


def around(sentence: Sentence, chunk: int, context: Context) -> Around:
    """What stands in a chunk of a sentence and in those beside it; worked out once for each chunk."""
    key = (sentence.index, chunk)
    found = context.around.get(key)
    if found is None:
        found = context.around[key] = _look_around(sentence, chunk, context)
    return found


def _look_around(sentence: Sentence, chunk: int, context: Context) -> Around:
    chunks, first = sentence.chunks, sentence.first
    low, high = chunk - 1, chunk + 1
    cues = {cue for _, cue in sentence.cues}
    near = {cue for place, cue in sentence.cues if low <= chunks[place - first] <= high}
    codes: set[str] = set()
    close: set[str] = set()
    for naming in context.namings[sentence.index]:
        span = naming.span
        if span.surface != "place":
            codes.update(span.codes)
            if low <= chunks[span.i - first] <= high:
                close.update(span.codes)
    return Around(
        near_cues=tuple(sorted(near)),
        far_cues=tuple(sorted(cues - near)),
        actors=min(len(close), 3),
        all_actors=min(len(codes), 3),
        has_date=any(low <= chunk_at(sentence, context, date.start) <= high for date in sentence.dates),
        has_defence="defence" in cues,
    )


def keep_odds(candidates: Iterable[Candidate], context: Context, model: LinearModel) -> Iterator[float]:
    """The log-odds of each candidate; what those of one chunk, or of one act, have in common is weighed once."""
    of_chunks: dict[tuple[int, int, str, str], float] = {}
    of_words: dict[tuple[str, str], float] = {}
    of_act, act, word, has_senses = 0.0, None, None, context.senses is not None
    for c in candidates:
        if act is None or c.act is not act or c.act_word is not word:  # candidates of one act follow each other
            act, word = c.act, c.act_word
            of_act, of_words = model.score_of(_act_features(c, context)) - model.bias, {}
        key, told = (c.sentence.index, c.chunk, c.type, c.stage), (c.type, c.stage)
        if key not in of_chunks:
            of_chunks[key] = model.score_of(_chunk_features(c, context))
        if told not in of_words:
            of_words[told] = model.weigh_words(_near_words(c, context))
        odds = of_act + of_chunks[key] + of_words[told] + model.weigh_parts(_own_parts(c, context))
        yield odds + model.weigh_numbers(_sense_numbers(c)) if has_senses else odds


def keep_features(candidate: Candidate, context: Context) -> Features:
    """Features of whether a candidate tells an event at all."""
    numbers = _sense_numbers(candidate) if context.senses is not None else {}
    own = Features([], numbers, _own_parts(candidate, context), [_near_words(candidate, context)])
    return _chunk_features(candidate, context) + _act_features(candidate, context) + own


def _sense_numbers(c: Candidate) -> dict[str, float]:
    """What the network makes of a candidate."""
    return {SENSE: c.sense, f"{SENSE}+{c.type}/{c.stage}": c.sense}


def _chunk_features(c: Candidate, context: Context) -> Features:
    """What stands around a candidate, the same for all of its chunk that would tell the same."""
    sentence, near = c.sentence, around(c.sentence, c.chunk, context)
    parts: list[Part] = [
        (_actors, near.actors, near.all_actors, min(len(context.counts), 4), min(sentence.index, 4), c.type),
        (_values, bool(sentence.dates), min(len(sentence.items), 2), bool(sentence.money), c.type, c.stage),
        (_about, near.has_defence, context.has_defence, near.has_date, c.type, c.stage),
        (_signs_around, context.signs.near(sentence.index), context.signs.density(sentence.index), c.type, c.stage),
    ]
    what = f"{c.type}/{c.stage}"
    cues: list[Words] = [
        ("cue", near.near_cues, c.type),
        ("cue", near.near_cues, what),
        ("cue-all", near.far_cues, what),
    ]
    return Features([], context.scene_numbers[sentence.index], parts, cues)


def _act_features(c: Candidate, context: Context) -> Features:
    """The words right beside an act, the same whatever it is done to."""
    word, (before2, before, after, _) = c.act_word, _beside(c, context)
    words: list[Words] = [
        ("before", before, ""),
        ("before", before, word.form),
        ("after", after, ""),
        ("after", after, word.act),
    ]
    return Features([before2], {}, [], words)


def _near_words(c: Candidate, context: Context) -> Words:
    """The words near an act together with what it would tell."""
    return "word", _beside(c, context)[3], f"{c.act is None}+{c.type}/{c.stage}"


def _own_parts(c: Candidate, context: Context) -> list[Part]:
    """The act, what it is done to, and how the two stand to each other."""
    word, group = c.act_word, c.group
    parts: list[Part] = [
        (_itself, word.act, word.lemma, word.form, group, c.lemma, group in context.title_groups, c.type, c.stage),
    ]
    if context.senses is not None:  # of no use to the words alone, and dear for a stream
        parts.append((_signed, context.signs.near(c.sentence.index), group, c.lemma))
    if c.noun_at is not None:
        parts += _noun_parts(c, context, c.noun_at)
    return parts


def _itself(act: str, lemma: str, form: str, group: str, noun: str, is_titled: bool, *outcome: str) -> list[str]:
    what = "/".join(outcome)
    return [
        f"frame={act}+{group}>{what}",
        f"what={what}",
        f"lemma={lemma}>{what}",
        f"lemma={lemma}+{form}",
        f"lemma={lemma}+{group}",
        f"form={form}+{what}",
        f"form={form}+{act}",
        f"noun={noun}>{what}",
        f"pair={lemma}+{noun}",
        f"pair={act}+{noun}>{what}",
        f"title={is_titled}+{group}",
    ]


def _signed(sign: str, group: str, noun: str) -> list[str]:
    return [f"sign={sign}+{group}", f"sign={sign[-1]}+{noun}"]


def _signs_around(sign: str, density: int, kind: str, stage: str) -> list[str]:
    return [f"sign={sign}+{kind}/{stage}", f"signs={density}+{sign}", f"signs={density}+{kind}/{stage}"]


def _actors(near: int, here: int, of_document: int, sentence: int, kind: str) -> list[str]:
    return [
        f"actors-near={near}+{kind}",
        f"actors-all={here}+{kind}",
        f"actors-doc={of_document}",
        f"sentence={sentence}",
    ]


def _values(dates: bool, items: int, money: bool, kind: str, stage: str) -> list[str]:
    what = f"{kind}/{stage}"
    return [f"date={dates}+{kind}", f"items={items}+{what}", f"money={money}+{what}"]


def _about(defence: bool, defence_in_document: bool, date_near: bool, kind: str, stage: str) -> list[str]:
    return [
        f"defence={defence}",
        f"defence-doc={defence_in_document}+{kind}",
        f"date-near={date_near}+{kind}/{stage}",
    ]


def _beside(c: Candidate, context: Context) -> Beside:
    """The words beside a candidate; looked up once for each place."""
    sentence, words, i = c.sentence, context.tokens.words, c.anchor
    j = c.act.j if c.act is not None else c.reach[1]
    found = context.beside.get((i, j))
    if found is None:
        before = words[i - 1] if i > sentence.first else "<s>"
        before2 = words[i - 2] if i - 1 > sentence.first else "<s>"
        after = words[j] if j < sentence.stop else "</s>"
        near = dict.fromkeys(words[max(sentence.first, i - 6) : i] + words[j : min(sentence.stop, j + 6)])
        telling = [word for word in near if len(word) > 2 and word.isalpha()]
        found = context.beside[i, j] = f"before2={before2} {before}", [before], [after], telling
    return found


def _noun_parts(c: Candidate, context: Context, noun_at: tuple[int, int]) -> list[Part]:
    sentence, words, act = c.sentence, context.tokens.words, c.act
    first, stop = noun_at
    before = words[first - 1] if first > sentence.first else "<s>"
    after = words[stop] if stop < sentence.stop else "</s>"
    parts: list[Part] = [
        (_noun_beside, before, after, c.group),
        (_noun, c.is_weak, c.name is not None, c.act_word.act),
    ]
    if act is None:
        return parts
    order = "VN" if first >= act.j else "NV"
    lo, hi = (act.j, first) if order == "VN" else (stop, act.i)
    chunks = min(abs(sentence.chunk(first) - c.chunk), 4)
    is_next = hi <= lo  # nothing stands between
    verbs = 0 if is_next else sum([1 for other in sentence.acts if lo <= other.i < hi and other.is_verb])
    nouns = 0 if is_next else sum([1 for noun in sentence.nouns if lo <= noun.i < hi])
    parts += [
        (_order, order, c.act_word.form, c.type, c.stage),
        (_gap, order, bucket(hi - lo), c.act_word.act),
        (_between, order, chunks, min(verbs, 3), min(nouns, 3)),
    ]
    if hi - lo <= 3:
        parts.append((_words_between, *words[lo:hi]))
    return parts


def _noun_beside(before: str, after: str, group: str) -> list[str]:
    return [f"noun-before={before}+{group}", f"noun-after={after}+{group}"]


def _noun(is_weak: bool, is_named: bool, act: str) -> list[str]:
    return [f"noun-weak={is_weak}+{act}", f"noun-named={is_named}"]


def _order(order: str, form: str, kind: str, stage: str) -> list[str]:
    return [f"order={order}+{form}", f"order={order}+{kind}/{stage}"]


def _gap(order: str, gap: str, act: str) -> list[str]:
    return [f"gap={order}{gap}", f"gap={order}{gap}+{act}"]


def _between(order: str, chunks: int, verbs: int, nouns: int) -> list[str]:
    return [f"chunks={order}{chunks}", f"verbs-between={order}{verbs}", f"nouns-between={order}{nouns}"]


def _words_between(*words: str) -> list[str]:
    return [f"between={' '.join(words)}"]


def chunk_at(sentence: Sentence, context: Context, offset: int) -> int:
    """The chunk of a sentence that a place of the text stands in."""
    return sentence.chunk(bisect_right(context.tokens.starts, offset, sentence.first, sentence.stop) - 1)
