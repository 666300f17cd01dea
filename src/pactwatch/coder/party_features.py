"""What the fitted weights look at to say who takes part: how an actor stands beside a candidate."""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context, Naming
from pactwatch.coder.features import SENSE, bucket
from pactwatch.coder.linear import Features, Part


class Standing:
    """How actors stand beside one candidate; what is the same for all of them is worked out once.

    ``told`` are the events told before the candidate.
    """

    def __init__(self, candidate: Candidate, context: Context, told: Sequence[Candidate]) -> None:
        self._candidate, self._context, self._told = candidate, context, told
        sentence = candidate.sentence
        self._senses = context.senses.of_parties(candidate, context) if context.senses is not None else None
        self._named: dict[str, list[Naming]] = {}
        for naming in context.namings[sentence.index]:
            if not naming.is_dateline:
                for code in naming.span.codes:
                    self._named.setdefault(code, []).append(naming)
        recent = context.recent[sentence.index]
        self._back = {code: len(recent) - place for place, code in enumerate(recent)}
        chunk = candidate.chunk
        self._counts = [span.count for span in sentence.anaphors if abs(sentence.chunk(span.i) - chunk) <= 1]
        self._ever = {code for other in told for code in other.parties}
        alike = (other.parties for other in reversed(told) if other.type == candidate.type)
        self._last_alike = next(alike, None)
        if told:
            last = told[-1]
            gap = sentence.index - last.sentence.index
            self._same = "same" if last.sentence is sentence else "next" if gap == 1 else "far"
            self._is_same_noun = last.noun_at == candidate.noun_at and last.sentence is sentence

    def features(self, code: str) -> Features:
        """Features of whether an actor takes part in the candidate's event."""
        context, named, kind = self._context, self._named, self._candidate.type
        here, back = named.get(code), self._back.get(code, 9)
        is_here, rank = here is not None, min(context.ranks.get(code, 9), 4)
        beside = len(named) - is_here
        host = "none" if context.host is None else "it" if code == context.host else "other"
        counted = min(context.counts[code], 5), rank, code in context.title, min(len(context.counts), 5)
        parts: list[Part] = [(_document, *counted, kind), (_here, is_here, min(beside, 3), host, kind)]
        parts += self._told_parts(code, is_here, min(beside, 2))
        if here is not None:
            nearest = here[0] if len(here) == 1 else min(here, key=lambda naming: _apart(self._candidate, naming))
            parts += _naming_parts(self._candidate, nearest)
        else:
            parts.append((_back, min(back, 4), min(len(named), 3), min(rank, 3), kind))
        parts += [(_anaphor, count, is_here, min(back, 5), rank) for count in self._counts]
        numbers = {} if self._senses is None else self._sense_numbers(code, is_here)
        return Features([] if self._counts else [f"no-anaphor+here={is_here}"], numbers, parts)

    def _sense_numbers(self, code: str, is_here: bool) -> dict[str, float]:
        """What the network makes of an actor."""
        sense = (self._senses or {}).get(code, 0.0)
        return {SENSE: sense, f"{SENSE}+here={is_here}": sense}

    def _told_parts(self, code: str, is_here: bool, others: int) -> list[Part]:
        c, told = self._candidate, self._told
        if not told:
            return [(_none_told, is_here)]
        last, first, alike = told[-1], told[0].parties, self._last_alike
        was_in = code in last.parties
        parts: list[Part] = [
            (_last, was_in, self._same, last.type == c.type, others, c.lemma, is_here),
            (_same_noun, was_in, self._is_same_noun),
            (_ever, code in self._ever, code in first, min(len(first), 4), is_here),
        ]
        if alike is not None:
            parts.append((_last_alike, code in alike, is_here, others, c.type))
        return parts


def _document(count: int, rank: int, is_titled: bool, actors: int, kind: str) -> list[str]:
    return [
        f"type={kind}",
        f"count={count}+{kind}",
        f"rank={rank}+{kind}",
        f"title={is_titled}+{kind}",
        f"actors-doc={actors}+{kind}",
    ]


def _here(is_here: bool, others: int, host: str, kind: str) -> list[str]:
    is_host = host == "it"
    return [
        f"here={is_here}+others={others}+{kind}",
        f"host={is_host}+here={is_here}+others={others}",
        f"host={is_host}+{kind}+{host == 'none'}",
    ]


def _back(back: int, others: int, rank: int, kind: str) -> list[str]:
    return [f"back={back}+{kind}", f"back={back}+others={others}", f"back={back}+rank={rank}"]


def _anaphor(count: int, is_here: bool, back: int, rank: int) -> list[str]:
    return [f"anaphor={count}+here={is_here}+back={back}", f"anaphor={count}+here={is_here}+rank={rank}"]


def _none_told(is_here: bool) -> list[str]:
    return [f"told=none+here={is_here}"]


def _last(was_in: bool, same: str, alike: bool, others: int, noun: str, is_here: bool) -> list[str]:
    return [
        f"last={was_in}+{same}+here={is_here}",
        f"last={was_in}+{same}+alike={alike}+others={others}+here={is_here}",
        f"last={was_in}+noun={noun}+here={is_here}",
    ]


def _same_noun(was_in: bool, is_same: bool) -> list[str]:
    return [f"last={was_in}+same-noun={is_same}"]


def _ever(ever: bool, was_first: bool, size: int, is_here: bool) -> list[str]:
    return [f"ever={ever}+here={is_here}", f"first={was_first}+size={size}+here={is_here}"]


def _last_alike(was_in: bool, is_here: bool, others: int, kind: str) -> list[str]:
    return [f"last-alike={was_in}+here={is_here}+others={others}+{kind}"]


def _apart(c: Candidate, naming: Naming) -> int:
    first, stop = c.reach
    if naming.span.i >= stop:
        return naming.span.i - stop
    return first - naming.span.j if naming.span.j <= first else 0


def _naming_parts(c: Candidate, naming: Naming) -> list[Part]:
    sentence, span = c.sentence, naming.span
    first, stop = c.reach
    side = "after" if span.i >= stop else "before" if span.j <= first else "inside"
    chunks, apart = min(abs(sentence.chunk(span.i) - c.chunk), 4), bucket(_apart(c, naming))
    surface = span.surface
    if surface == "demonym" and any(
        cue in {"force", "official", "ship"} and span.j <= place <= span.j + 2 for place, cue in sentence.cues
    ):
        surface += "+force"
    listed, form = min(naming.list_size, 4), c.act_word.form
    return [
        (_naming, surface, naming.is_speaker, listed, c.type),
        (_words, naming.before, naming.after, surface, side, c.type),
        (_place, side, surface, chunks, listed, form, c.type),
        (_distance, side, apart, c.type, c.stage),
    ]


def _naming(surface: str, is_speaker: bool, listed: int, kind: str) -> list[str]:
    return [
        f"surface={surface}",
        f"surface={surface}+{kind}",
        f"speaker={is_speaker}+{surface}",
        f"list={listed}+{kind}",
    ]


def _words(before: str, after: str, surface: str, side: str, kind: str) -> list[str]:
    return [
        f"prep={before}",
        f"prep={before}+{surface}",
        f"prep={before}+{kind}+{side}",
        f"after={after}",
        f"after={after}+{surface}",
    ]


def _place(side: str, surface: str, chunks: int, listed: int, form: str, kind: str) -> list[str]:
    return [
        f"side={side}+{form}+{kind}",
        f"side={side}+{surface}",
        f"side={side}+list={listed}",
        f"chunks={side}{chunks}",
        f"chunks={side}{chunks}+{surface}",
    ]


def _distance(side: str, apart: str, kind: str, stage: str) -> list[str]:
    return [f"apart={side}{apart}", f"apart={apart}+{kind}/{stage}"]
