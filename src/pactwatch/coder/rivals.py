"""A second look at each candidate beside its rivals: those of the same word, the same clause, the same document."""

from __future__ import annotations

from collections.abc import Iterable

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features, Part

_NEAR_WORDS = 12
_SENTENCE, _ACT, _NOUN, _CHUNK, _NEXT, _NEAR = (
    {kind: f"{place}-{kind}" for kind in ("same", "stage", "type")}
    for place in ("sentence", "act", "noun", "chunk", "next", "near")
)
_GAP = {name: f"gap:{name}" for names in (_SENTENCE, _ACT, _NOUN, _CHUNK, _NEXT, _NEAR) for name in names.values()}


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
    has_act, kind, stage, odds = c.act is not None, c.type, c.stage, _step(c.odds)
    numbers = {"odds": c.odds}
    parts: list[Part] = [(_itself, odds, has_act, kind, stage)]
    for relation, (other, is_ahead) in _strongest_rivals(c, sentence).items():
        numbers[_GAP[relation]] = max(-6.0, min(6.0, c.odds - other.odds))
        if other.odds > -2:
            stands = (has_act, other.act is not None, other.odds > 0.5)
            parts.append((_rival, relation, is_ahead, *stands, kind, stage, other.type, other.stage))
    stand_in = c.lemma if c.lemma.startswith("<") else ""
    before, before_of_type = earlier.step(f"{kind}/{stage}"), earlier.step(kind)
    parts += [
        (_before, before, before_of_type, stand_in, kind, stage),
        (_document, _step(strongest), odds, min(len(context.sentences), 12) // 3, context.has_defence),
    ]
    return Features([f"earlier={before}+{c.act_word.lemma}"], numbers, parts)


def _strongest_rivals(c: Candidate, sentence: list[Candidate]) -> dict[str, tuple[Candidate, bool]]:
    """For each relation the likeliest rival, and whether ``c`` is ahead of it; of two equals the first proposed is."""
    best: dict[str, tuple[Candidate, bool]] = {}
    is_ahead = False
    for other in sentence:
        if other is c:
            is_ahead = True
            continue
        for relation in _relations(c, other):
            if relation not in best:
                best[relation] = other, is_ahead
    return best


def _itself(odds: str, has_act: bool, kind: str, stage: str) -> list[str]:
    return [f"what={kind}/{stage}", f"odds={odds}+{kind}/{stage}", f"act={has_act}"]


def _rival(relation: str, is_ahead: bool, has_act: bool, other_has: bool, is_strong: bool, *kinds: str) -> list[str]:
    kind, stage, other_kind, other_stage = kinds
    lead = f"{relation}:{'ahead' if is_ahead else 'behind'}"
    return [
        f"{lead}+{kind}/{stage}|{other_kind}/{other_stage}",
        f"{lead}+strong={is_strong}",
        f"{lead}+{has_act}|{other_has}",
    ]


def _before(step: str, step_of_type: str, stand_in: str, kind: str, stage: str) -> list[str]:
    return [f"earlier={step}+{kind}/{stage}", f"earlier-type={step_of_type}+{stand_in}+{kind}"]


def _document(strongest: str, odds: str, sentences: int, has_defence: bool) -> list[str]:
    return [
        f"strongest={strongest}",
        f"strongest={strongest}+{odds}",
        f"sentences={sentences}+defence={has_defence}",
    ]


def _relations(c: Candidate, other: Candidate) -> list[str]:
    kind = ("same" if c.stage == other.stage else "stage") if c.type == other.type else "type"
    relations = [_SENTENCE[kind]]
    if c.act is not None and other.act is c.act:
        relations.append(_ACT[kind])
    if c.noun_at is not None and other.noun_at == c.noun_at:
        relations.append(_NOUN[kind])
    chunks = c.chunk - other.chunk
    if chunks == 0:
        relations.append(_CHUNK[kind])
    elif chunks in {1, -1}:
        relations.append(_NEXT[kind])
    if -_NEAR_WORDS <= c.anchor - other.anchor <= _NEAR_WORDS:
        relations.append(_NEAR[kind])
    return relations


def _step(odds: float) -> str:
    return str(max(-4, min(4, round(odds))))
