"""What the fitted weights look at to say whether a candidate tells an event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Around, Beside, Context
from pactwatch.coder.linear import Features, LinearModel, Part, Words
from pactwatch.coder.spans import Sentence


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
    near = {cue for place, cue in sentence.cues if abs(sentence.chunk(place) - chunk) <= 1}
    named = [naming for naming in context.namings[sentence.index] if naming.span.surface != "place"]
    close = {code for one in named if abs(sentence.chunk(one.span.i) - chunk) <= 1 for code in one.span.codes}
    return Around(
        near_cues=tuple(sorted(near)),
        far_cues=tuple(sorted({cue for _, cue in sentence.cues} - near)),
        actors=min(len(close), 3),
        all_actors=min(len({code for one in named for code in one.span.codes}), 3),
        has_date=any(abs(chunk_at(sentence, context, date.start) - chunk) <= 1 for date in sentence.dates),
        has_defence=any(cue == "defence" for _, cue in sentence.cues),
    )


def keep_odds(candidates: Iterable[Candidate], context: Context, model: LinearModel) -> Iterator[float]:
    """The log-odds of each candidate; what those of one chunk have in common is weighed once for each outcome."""
    shared: dict[tuple[int, int, str, str], float] = {}
    for c in candidates:
        key = (c.sentence.index, c.chunk, c.type, c.stage)
        if key not in shared:
            shared[key] = model.score_of(_chunk_features(c, context))
        yield shared[key] + model.score_of(_own_features(c, context)) - model.bias


def keep_features(candidate: Candidate, context: Context) -> Features:
    """Features of whether a candidate tells an event at all."""
    return _chunk_features(candidate, context) + _own_features(candidate, context)


def _chunk_features(c: Candidate, context: Context) -> Features:
    """What stands around a candidate, the same for all of its chunk that would tell the same."""
    sentence, near = c.sentence, around(c.sentence, c.chunk, context)
    parts: list[Part] = [
        (_actors, near.actors, near.all_actors, min(len(context.counts), 4), min(sentence.index, 4), c.type),
        (_values, bool(sentence.dates), min(len(sentence.items), 2), bool(sentence.money), c.type, c.stage),
        (_about, near.has_defence, context.has_defence, near.has_date, c.type, c.stage),
    ]
    what = f"{c.type}/{c.stage}"
    cues: list[Words] = [
        ("cue", near.near_cues, c.type),
        ("cue", near.near_cues, what),
        ("cue-all", near.far_cues, what),
    ]
    return Features([], context.scene_numbers[sentence.index], parts, cues)


def _own_features(c: Candidate, context: Context) -> Features:
    """The act, what it is done to, and the words beside."""
    word = c.act_word
    parts: list[Part] = [
        (_itself, word.act, word.lemma, word.form, c.group, c.lemma, c.group in context.title_groups, c.type, c.stage),
    ]
    if c.noun_at is not None:
        parts += _noun_parts(c, context, c.noun_at)
    before2, before, after, near = _beside(c, context)
    words: list[Words] = [
        ("before", before, ""),
        ("before", before, word.form),
        ("after", after, ""),
        ("after", after, word.act),
        ("word", near, f"{c.act is None}+{c.type}/{c.stage}"),
    ]
    return Features([before2], {}, parts, words)


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
    chunks = min(abs(sentence.chunk(first) - sentence.chunk(act.i)), 4)
    verbs = sum([1 for other in sentence.acts if lo <= other.i < hi and other.is_verb])
    nouns = sum([1 for noun in sentence.nouns if lo <= noun.i < hi])
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
