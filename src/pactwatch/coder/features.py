"""What the fitted weights look at: names of features of a candidate and of how it is told."""

from __future__ import annotations

from bisect import bisect_right

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Around, Context
from pactwatch.coder.linear import Features


def bucket(number: int) -> str:
    """A distance in rough steps."""
    if number <= 3:
        return str(number)
    return "4-6" if number <= 6 else "7-12" if number <= 12 else "13+"


def gate_features(candidate: Candidate, context: Context) -> Features:
    """The few features by which hopeless candidates are dropped before anything dearer is worked out."""
    c, sentence, words = candidate, candidate.sentence, context.tokens.words
    what = f"{c.type}/{c.stage}"
    i, j = c.anchor, c.act.j if c.act is not None else c.reach[1]
    around = _around(c, context)
    features = [
        f"frame={c.act_word.act}+{c.group}>{what}",
        f"lemma={c.act_word.lemma}>{what}",
        f"noun={c.lemma}>{what}",
        f"lemma={c.act_word.lemma}+{c.group}+{c.act_word.form}",
        f"pair={c.act_word.lemma}+{c.lemma}",
        f"before={words[i - 1] if i > sentence.first else '<s>'}+{c.act_word.form}",
        f"after={words[j] if j < sentence.stop else '</s>'}+{c.act_word.act}",
        f"near={around.actors}+{around.has_date}+{what}",
        f"defence={around.has_defence}+{c.type}",
    ]
    if c.act is not None and c.noun_at is not None:
        first, stop = c.noun_at
        order, gap = ("VN", first - c.act.j) if first >= c.act.j else ("NV", c.act.i - stop)
        chunks = min(abs(sentence.chunk(first) - c.chunk), 3)
        features += [f"gap={order}{bucket(gap)}+{c.act_word.act}", f"chunks={order}{chunks}+{c.act_word.act}"]
    return Features(features, context.scene_numbers[sentence.index])


def _around(c: Candidate, context: Context) -> Around:
    """What stands in the chunk of a candidate and in those beside it; worked out once for each chunk."""
    key = (c.sentence.index, c.chunk)
    found = context.around.get(key)
    if found is None:
        found = context.around[key] = _look_around(c, context)
    return found


def _look_around(c: Candidate, context: Context) -> Around:
    sentence, chunk = c.sentence, c.chunk
    near = {cue for place, cue in sentence.cues if abs(sentence.chunk(place) - chunk) <= 1}
    named = [naming for naming in context.namings[sentence.index] if naming.span.surface != "place"]
    close = {code for one in named if abs(sentence.chunk(one.span.i) - chunk) <= 1 for code in one.span.codes}
    return Around(
        near_cues=tuple(sorted(near)),
        far_cues=tuple(sorted({cue for _, cue in sentence.cues} - near)),
        actors=min(len(close), 3),
        all_actors=min(len({code for one in named for code in one.span.codes}), 3),
        has_date=any(abs(_chunk_at(c, context, date.start) - chunk) <= 1 for date in sentence.dates),
        has_defence=any(cue == "defence" for _, cue in sentence.cues),
    )


def keep_features(candidate: Candidate, context: Context) -> Features:
    """Features of whether a candidate tells an event at all."""
    c, sentence, words = candidate, candidate.sentence, context.tokens.words
    act, form, lemma = c.act_word.act, c.act_word.form, c.act_word.lemma
    what, around = f"{c.type}/{c.stage}", _around(candidate, context)
    i, j = c.anchor, c.act.j if c.act is not None else c.reach[1]
    before = words[i - 1] if i > sentence.first else "<s>"
    before2 = words[i - 2] if i - 1 > sentence.first else "<s>"
    after = words[j] if j < sentence.stop else "</s>"
    features = [
        f"frame={act}+{c.group}>{what}",
        f"what={what}",
        f"lemma={lemma}>{what}",
        f"lemma={lemma}+{form}",
        f"lemma={lemma}+{c.group}",
        f"noun={c.lemma}>{what}",
        f"pair={lemma}+{c.lemma}",
        f"pair={act}+{c.lemma}>{what}",
        f"form={form}+{what}",
        f"form={form}+{act}",
        f"before={before}",
        f"before={before}+{form}",
        f"before2={before2} {before}",
        f"after={after}",
        f"after={after}+{act}",
        f"actors-near={around.actors}+{c.type}",
        f"actors-all={around.all_actors}+{c.type}",
        f"actors-doc={min(len(context.counts), 4)}",
        f"sentence={min(sentence.index, 4)}",
        f"defence={around.has_defence}",
        f"defence-doc={context.has_defence}+{c.type}",
        f"date={bool(sentence.dates)}+{c.type}",
        f"items={min(len(sentence.items), 2)}+{what}",
        f"money={bool(sentence.money)}+{what}",
        f"title={c.group in context.title_groups}+{c.group}",
        f"date-near={around.has_date}+{what}",
    ]
    features += _neighbours(c, words, i, j, what)
    features += [f"cue={cue}+{c.type}" for cue in around.near_cues]
    features += [f"cue={cue}+{what}" for cue in around.near_cues]
    features += [f"cue-all={cue}+{what}" for cue in around.far_cues]
    if c.noun_at is not None:
        features += _noun_features(c, context, what)
    return Features(features, context.scene_numbers[sentence.index])


def _neighbours(c: Candidate, words: list[str], i: int, j: int, what: str) -> list[str]:
    lo, hi = max(c.sentence.first, i - 6), min(c.sentence.stop, j + 6)
    about = dict.fromkeys(words[k] for k in range(lo, hi) if k < i or k >= j)
    kind = f"{c.act is None}+{what}"
    return [f"word={word}+{kind}" for word in about if len(word) > 2 and word.isalpha()]


def _noun_features(c: Candidate, context: Context, what: str) -> list[str]:
    sentence, words = c.sentence, context.tokens.words
    first, stop = c.noun_at or (c.anchor, c.anchor)
    before = words[first - 1] if first > sentence.first else "<s>"
    after = words[stop] if stop < sentence.stop else "</s>"
    features = [
        f"noun-before={before}+{c.group}",
        f"noun-after={after}+{c.group}",
        f"noun-weak={c.is_weak}+{c.act_word.act}",
        f"noun-named={c.name is not None}",
    ]
    if c.act is None:
        return features
    order = "VN" if first >= c.act.j else "NV"
    gap = first - c.act.j if order == "VN" else c.act.i - stop
    lo, hi = (c.act.j, first) if order == "VN" else (stop, c.act.i)
    chunks = abs(sentence.chunk(first) - sentence.chunk(c.act.i))
    verbs = sum(1 for act in sentence.acts if lo <= act.i < hi and any(word.form != "noun" for word in act.words))
    nouns = sum(1 for noun in sentence.nouns if lo <= noun.i < hi)
    features += [
        f"order={order}+{c.act_word.form}",
        f"order={order}+{what}",
        f"gap={order}{bucket(gap)}",
        f"gap={order}{bucket(gap)}+{c.act_word.act}",
        f"chunks={order}{min(chunks, 4)}",
        f"verbs-between={order}{min(verbs, 3)}",
        f"nouns-between={order}{min(nouns, 3)}",
    ]
    if gap <= 3:
        features.append(f"between={' '.join(words[lo:hi])}")
    return features


def _chunk_at(c: Candidate, context: Context, offset: int) -> int:
    return c.sentence.chunk(bisect_right(context.tokens.starts, offset, c.sentence.first, c.sentence.stop) - 1)


def modality_features(candidate: Candidate, context: Context) -> list[str]:
    """Features of how a candidate is told: done, planned, possible, denied."""
    c, sentence, words = candidate, candidate.sentence, context.tokens.words
    form, what = c.act_word.form, f"{c.type}/{c.stage}"
    i = c.anchor
    chunk = sentence.chunk(i)
    lo = max(sentence.first, i - 5)
    features = [f"what={what}", f"form={form}", f"form={form}+{what}", f"lemma={c.act_word.lemma}", f"noun={c.lemma}"]
    features += [f"prior={word}" for word in words[lo:i]]
    features += [f"prior={word}+{form}" for word in words[max(sentence.first, i - 3) : i]]
    features.append(f"before={' '.join(words[max(sentence.first, i - 2) : i])}")
    for place, cue in sentence.cues:
        distance = abs(sentence.chunk(place) - chunk)
        side = "before" if place < i else "after"
        near = "same" if distance == 0 else "near" if distance == 1 else "far"
        features.append(f"cue={cue}+{near}+{side}")
        features.append(f"cue={cue}+{near}+{what}")
        features.append(f"cue={cue}+{c.type}")
    features += _time_features(c, context, what)
    if not any(cue in {"will", "may", "deny"} for _, cue in sentence.cues):
        features.append(f"plain+{form}")
        features.append(f"plain+{what}")
    return features


def _time_features(c: Candidate, context: Context, what: str) -> list[str]:
    """Whether the dates of the sentence lie before or after the day of publication."""
    chunk = c.chunk
    told: dict[str, int] = {}
    for span in c.sentence.dates:
        if span.kind == "edition" or not context.published:
            continue
        when = span.past.date or span.future.date
        if when is None:
            continue
        if span.past.date and span.past.date > context.published[: len(span.past.date)]:
            side = "ahead"
        elif span.past.date != span.future.date:
            side = "either"
        else:
            side = "same" if when == context.published[: len(when)] else "past"
        distance = abs(_chunk_at(c, context, span.start) - chunk)
        told[side] = min(distance, told.get(side, 9))
    if not told:
        return [f"time=none+{c.act_word.form}", f"time=none+{what}"]
    features = []
    for side, distance in told.items():
        features += [
            f"time={side}+{min(distance, 2)}",
            f"time={side}+{min(distance, 2)}+{c.act_word.form}",
            f"time={side}+{what}",
        ]
    nearest = min(told, key=lambda side: told[side])
    return [
        *features,
        f"time-nearest={nearest}",
        f"time-nearest={nearest}+{what}",
        f"time-nearest={nearest}+{c.act_word.form}",
    ]
