"""The same kind of event again, told by little more than its date: "two in March 2017, and three more a year later".

A date that no event claims, behind an event told in its sentence or the one before, may tell that event's like: same
type, stage, modality and parties, on another day. A fitted model says which dates do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pactwatch.coder.attaching import is_ahead, read_span, word_place
from pactwatch.coder.candidates import GAP, NOMINAL, Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.dates import OPENS_LINE, DateSpan, When
from pactwatch.coder.features import bucket
from pactwatch.coder.linear import Features, LinearModel, logistic
from pactwatch.coder.spans import Sentence

_SPREAD = frozenset({"and", ";", "(", ","})


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A date behind an event that is not the event's own: its position in its sentence and the words it covers."""

    sentence: Sentence
    number: int
    i: int
    j: int

    @property
    def span(self) -> DateSpan:
        """What stands there."""
        return self.sentence.dates[self.number]

    def when(self, modality: str) -> When:
        """What it means for an event so told."""
        return read_span(self.span, ahead=is_ahead(modality, self.sentence, self.i))


def open_dates(sentence: Sentence, context: Context) -> list[OpenDate]:
    """The dates of a sentence that may tell an event, in order."""
    return [
        OpenDate(sentence, number, *word_place(context.tokens, sentence, span.start, span.end))
        for number, span in enumerate(sentence.dates)
        if span.kind not in {"edition", OPENS_LINE} and (span.past.date or span.future.date)
    ]


def echo_of(date: OpenDate, events: Sequence[Candidate]) -> Candidate | None:
    """The event a date may tell again: the last one before it in its sentence, else the last of the sentence before.

    ``events`` stand in order of the text. In its own sentence the event has a date of its own before this one.
    """
    for event in reversed(events):
        if event.sentence is date.sentence:
            own = event.date_number
            if event.anchor < date.i and own is not None and own < date.number:
                return event
        elif event.sentence.index < date.sentence.index:
            return event if date.sentence.index - event.sentence.index == 1 else None
    return None


def echoes(
    sentence: Sentence, claimed: set[int], told: Sequence[Candidate], context: Context, model: LinearModel
) -> Iterator[Candidate]:
    """Candidates for the dates of a sentence that are not ``claimed``, with the chance that they tell an event."""
    for date in open_dates(sentence, context):
        event = echo_of(date, told) if date.number not in claimed else None
        if event is not None:
            yield echo(event, date, model.score_of(echo_features(event, date, context)))


def echo(event: Candidate, date: OpenDate, odds: float) -> Candidate:
    """The event told again on a date; ``odds`` are the log-odds that it is, if the event itself is right."""
    return replace(
        event,
        sentence=date.sentence,
        act=None,
        act_word=NOMINAL,
        noun_at=(date.i, date.j),
        lemma=GAP,
        name=None,
        instrument=None,
        is_weak=False,
        date_number=date.number,
        when=date.when(event.modality),
        odds=odds,
        keep=logistic(odds),
        anchor=-1,  # to be worked out anew
    )


def echo_features(event: Candidate, date: OpenDate, context: Context) -> Features:
    """Features of whether a date tells an event again."""
    sentence, words = date.sentence, context.tokens.words
    is_same = event.sentence is sentence
    scope, first = ("same", event.reach[1]) if is_same else ("next", sentence.first)
    chunk = sentence.chunk(date.i)
    within = [words[k] for k in range(sentence.first, sentence.stop) if sentence.chunk(k) == chunk]
    before = words[date.i - 1] if date.i > sentence.first else "<s>"
    before2 = words[date.i - 2] if date.i - 1 > sentence.first else "<s>"
    after = words[date.j] if date.j < sentence.stop else "</s>"
    spread = _SPREAD.intersection(words[first : date.i])
    names = [
        f"scope={scope}+{event.type}",
        f"scope={scope}+{event.type}/{event.stage}",
        f"before={before}+{scope}",
        f"before={before2} {before}",
        f"after={after}+{scope}",
        f"apart={scope}{bucket(date.i - first)}",
        f"chunks={scope}{min(chunk - sentence.chunk(first), 4)}",
        *[f"between={word}+{scope}" for word in sorted(spread)],
        *[f"word={word}+{scope}" for word in dict.fromkeys(within) if word.isalpha()],
    ]
    names += _beside_names(event, date, context, first)
    return Features([*names, *_time_names(event, date, context, scope)])


def _beside_names(event: Candidate, date: OpenDate, context: Context, first: int) -> list[str]:
    """Acts, things, actors and cues between an event and a date that stand near the date."""
    sentence, scope = date.sentence, "same" if event.sentence is date.sentence else "next"
    chunk, what = sentence.chunk(date.i), f"{event.type}/{event.stage}"

    def is_near(i: int) -> bool:
        return first <= i and abs(sentence.chunk(i) - chunk) <= 1

    acts = [act for act in sentence.acts if act.is_verb and is_near(act.i)]
    groups = [word.group for noun in sentence.nouns if is_near(noun.i) for word in noun.words[:1]]
    named = {
        code
        for naming in context.namings[sentence.index]
        if naming.span.surface != "place" and is_near(naming.span.i)
        for code in naming.span.codes
    }
    who = "nobody" if not named else "known" if named <= set(event.parties) else "others"
    return [
        f"who={who}+{scope}",
        f"who={who}+{event.type}",
        f"verbs={min(len(acts), 2)}+{scope}",
        f"alike={event.group in groups}+nouns={min(len(groups), 2)}+{scope}",
        f"alike={event.group in groups}+{event.type}",
        *[f"act={act.words[0].lemma}" for act in acts],
        *[f"act={act.words[0].act}+{what}" for act in acts],
        *[f"group={group}+{event.group}" for group in groups],
        *[f"cue={cue}+{scope}" for cue in sorted({cue for at, cue in sentence.cues if is_near(at)})],
    ]


def _time_names(event: Candidate, date: OpenDate, context: Context, scope: str) -> list[str]:
    """How the date stands to the event's own and to the day of publication, as the event's modality reads it."""
    when, today = date.when(event.modality), context.published
    day, own = when.date or "", event.when.date if event.when is not None else None
    if own is None:
        order = "none"
    elif own.startswith(day) or day.startswith(own):
        order = "within"
    else:
        order = "later" if day > own else "earlier"
    side = "none" if not today else "past" if day < today[: len(day)] else "ahead" if day > today[: len(day)] else "now"
    return [
        f"order={order}+{scope}",
        f"order={order}+{event.modality}",
        f"side={side}+{event.modality}",
        f"side={side}+{event.modality}+{event.type}",
        f"precision={when.precision}+{scope}",
    ]
