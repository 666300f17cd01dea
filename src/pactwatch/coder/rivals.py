"""A second look at each candidate beside its rivals: those of the same word, the same clause, the same document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features, Part

_NEAR_WORDS = 12
_SAME, _STAGE, _TYPE = 1, 2, 4
_SENTENCE, _ACT, _NOUN, _CHUNK, _NEXT, _NEAR = range(0, 18, 3)
"""How a rival stands to a candidate is told in bits of one number: for each place they may share one of three bits
says whether they would tell the same, another stage or another type.
"""
_RELATIONS = [
    f"{place}-{kind}"
    for place in ("sentence", "act", "noun", "chunk", "next", "near")
    for kind in ("same", "stage", "type")
]


@cache
def _relations(bits: int) -> list[str]:
    """The names of relations; there are few combinations."""
    return [name for place, name in enumerate(_RELATIONS) if bits >> place & 1]


@cache
def _gaps(bits: int) -> list[str]:
    return [f"gap:{name}" for name in _relations(bits)]


def rival_features(candidates: list[Candidate], context: Context) -> list[Features]:
    """Features of each candidate given the first odds (``Candidate.odds``) of all."""
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence.index, []).append(candidate)
    for beside in by_sentence.values():
        beside.sort(key=lambda one: -one.odds)
    strongest = max((candidate.odds for candidate in candidates), default=-9.0)
    told = _Earlier()
    found: list[Features] = []
    index = -1
    for candidate in candidates:
        if candidate.sentence.index != index:
            told.add(by_sentence.get(index, ()))
            index = candidate.sentence.index
        found.append(_beside(candidate, by_sentence[index], told, strongest, context))
    return found


class _Earlier:
    """The best odds of each kind of event in the sentences before."""

    def __init__(self) -> None:
        self.by_kind: dict[str, float] = {}

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Take in the candidates of one sentence."""
        for candidate in candidates:
            for kind in (candidate.type, f"{candidate.type}/{candidate.stage}"):
                self.by_kind[kind] = max(candidate.odds, self.by_kind.get(kind, -99.0))

    def step(self, kind: str) -> str:
        """The best odds of a kind in rough steps."""
        return _step(self.by_kind[kind]) if kind in self.by_kind else "none"


def _beside(c: Candidate, sentence: list[Candidate], earlier: _Earlier, strongest: float, context: Context) -> Features:
    has_act, kind, stage, odds, step = c.act is not None, c.type, c.stage, c.odds, _step(c.odds)
    numbers = {"odds": odds}
    parts: list[Part] = [(_itself, step, has_act, kind, stage)]
    for other, is_ahead, relations in _strongest_rivals(c, sentence):
        gap = max(-6.0, min(6.0, odds - other.odds))
        for name in _gaps(relations):
            numbers[name] = gap
        if other.odds > -2:
            stands = (has_act, other.act is not None, other.odds > 0.5)
            parts.append((_rival, relations, is_ahead, *stands, kind, stage, other.type, other.stage))
    stand_in = c.lemma if c.lemma.startswith("<") else ""
    before, before_of_type = earlier.step(f"{kind}/{stage}"), earlier.step(kind)
    parts += [
        (_before, before, before_of_type, stand_in, kind, stage),
        (_document, _step(strongest), step, min(len(context.sentences), 12) // 3, context.has_defence),
    ]
    return Features([f"earlier={before}+{c.act_word.lemma}"], numbers, parts)


def _strongest_rivals(c: Candidate, sentence: list[Candidate]) -> list[tuple[Candidate, bool, int]]:
    """The rivals that are the likeliest in some relation, whether ``c`` is ahead of each, and in which relations.

    Of two equals the first proposed is ahead.
    """
    found: list[tuple[Candidate, bool, int]] = []
    act, noun_at, chunk, anchor, type_, stage = c.act, c.noun_at, c.chunk, c.anchor, c.type, c.stage
    is_ahead, seen = False, 0
    for other in sentence:
        if other is c:
            is_ahead = True
            continue
        kind = (_SAME if other.stage == stage else _STAGE) if other.type == type_ else _TYPE
        bits = kind << _SENTENCE
        if act is not None and other.act is act:
            bits |= kind << _ACT
        if noun_at is not None and other.noun_at == noun_at:
            bits |= kind << _NOUN
        if other.chunk == chunk:
            bits |= kind << _CHUNK
        elif -1 <= other.chunk - chunk <= 1:
            bits |= kind << _NEXT
        if -_NEAR_WORDS <= other.anchor - anchor <= _NEAR_WORDS:
            bits |= kind << _NEAR
        if bits & ~seen:
            found.append((other, is_ahead, bits & ~seen))
            seen |= bits
    return found


def _itself(odds: str, has_act: bool, kind: str, stage: str) -> list[str]:
    return [f"what={kind}/{stage}", f"odds={odds}+{kind}/{stage}", f"act={has_act}"]


def _rival(relations: int, is_ahead: bool, has_act: bool, other_has: bool, is_strong: bool, *kinds: str) -> list[str]:
    kind, stage, other_kind, other_stage = kinds
    names = []
    for relation in _relations(relations):
        lead = f"{relation}:{'ahead' if is_ahead else 'behind'}"
        names += [
            f"{lead}+{kind}/{stage}|{other_kind}/{other_stage}",
            f"{lead}+strong={is_strong}",
            f"{lead}+{has_act}|{other_has}",
        ]
    return names


def _before(step: str, step_of_type: str, stand_in: str, kind: str, stage: str) -> list[str]:
    return [f"earlier={step}+{kind}/{stage}", f"earlier-type={step_of_type}+{stand_in}+{kind}"]


def _document(strongest: str, odds: str, sentences: int, has_defence: bool) -> list[str]:
    return [
        f"strongest={strongest}",
        f"strongest={strongest}+{odds}",
        f"sentences={sentences}+defence={has_defence}",
    ]


def _step(odds: float) -> str:
    return _STEPS[round(odds)] if -4 <= odds <= 4 else "4" if odds > 0 else "-4"


_STEPS = {step: str(step) for step in range(-4, 5)}
