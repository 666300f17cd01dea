"""What the fitted weights look at to say how an event is told: done, planned, possible, denied."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.features import SENSE, chunk_at
from pactwatch.coder.linear import Features, Part, Words

_TURNS = frozenset({"will", "may", "deny"})
"""Cues that an event is told of as anything but done."""


def modality_features(candidate: Candidate, context: Context) -> Features:
    """Features of how a candidate is told."""
    c, sentence, words = candidate, candidate.sentence, context.tokens.words
    form, kind, stage, i = c.act_word.form, c.type, c.stage, c.anchor
    first = sentence.first
    prior: list[Words] = [
        ("prior", words[max(first, i - 5) : i], ""),
        ("prior", words[max(first, i - 3) : i], form),
    ]
    names = [f"before={' '.join(words[max(first, i - 2) : i])}", f"lemma={c.act_word.lemma}", f"noun={c.lemma}"]
    parts: list[Part] = [(_form, form, kind, stage)]
    chunks, chunk = sentence.chunks, c.chunk
    for place, cue in sentence.cues:
        away = chunks[place - first] - chunk
        near = "same" if away == 0 else "near" if -1 <= away <= 1 else "far"
        parts.append((_cue, cue, near, "before" if place < i else "after", kind, stage))
    parts += _time_parts(c, context)
    if _TURNS.isdisjoint([cue for _, cue in sentence.cues]):
        parts.append((_plain, form, kind, stage))
    return Features(names, {f"{SENSE}-{number}": way for number, way in enumerate(c.manners)}, parts, prior)


def _form(form: str, kind: str, stage: str) -> list[str]:
    return [f"what={kind}/{stage}", f"form={form}", f"form={form}+{kind}/{stage}"]


def _cue(cue: str, near: str, side: str, kind: str, stage: str) -> list[str]:
    return [f"cue={cue}+{near}+{side}", f"cue={cue}+{near}+{kind}/{stage}", f"cue={cue}+{kind}"]


def _plain(form: str, kind: str, stage: str) -> list[str]:
    return [f"plain+{form}", f"plain+{kind}/{stage}"]


def _time_parts(c: Candidate, context: Context) -> list[Part]:
    """Whether the dates of the sentence lie before or after the day of publication."""
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
        distance = abs(chunk_at(c.sentence, context, span.start) - c.chunk)
        told[side] = min(distance, told.get(side, 9))
    form, kind, stage = c.act_word.form, c.type, c.stage
    if not told:
        return [(_no_time, form, kind, stage)]
    nearest = min(told, key=lambda side: told[side])
    parts: list[Part] = [(_time, side, min(distance, 2), form, kind, stage) for side, distance in told.items()]
    return [*parts, (_nearest_time, nearest, form, kind, stage)]


def _no_time(form: str, kind: str, stage: str) -> list[str]:
    return [f"time=none+{form}", f"time=none+{kind}/{stage}"]


def _time(side: str, distance: int, form: str, kind: str, stage: str) -> list[str]:
    return [f"time={side}+{distance}", f"time={side}+{distance}+{form}", f"time={side}+{kind}/{stage}"]


def _nearest_time(side: str, form: str, kind: str, stage: str) -> list[str]:
    return [f"time-nearest={side}", f"time-nearest={side}+{kind}/{stage}", f"time-nearest={side}+{form}"]
