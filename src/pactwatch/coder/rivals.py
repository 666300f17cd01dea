"""A second look at each candidate beside its rivals: those of the same word, the same clause, the same document."""

from __future__ import annotations

from collections.abc import Iterable

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features

_NEAR_WORDS = 12
_SENTENCE, _ACT, _NOUN, _CHUNK, _NEXT, _NEAR = (
    {kind: f"{place}-{kind}" for kind in ("same", "stage", "type")}
    for place in ("sentence", "act", "noun", "chunk", "next", "near")
)


def rival_features(candidates: list[Candidate], context: Context) -> list[Features]:
    """Features of each candidate given the first odds (``Candidate.odds``) of all."""
    by_sentence: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence.index, []).append(candidate)
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
    what = f"{c.type}/{c.stage}"
    found = Features([f"what={what}", f"odds={_step(c.odds)}+{what}", f"act={c.act is not None}"], {"odds": c.odds})
    best: dict[str, Candidate] = {}
    for other in sentence:
        if other is not c:
            for relation in _relations(c, other):
                if relation not in best or other.odds > best[relation].odds:
                    best[relation] = other
    for relation, other in best.items():
        found.numbers[f"gap:{relation}"] = max(-6.0, min(6.0, c.odds - other.odds))
        if other.odds > -2:
            lead = "ahead" if c.odds > other.odds else "behind"
            found.names += [
                f"{relation}:{lead}+{what}|{other.type}/{other.stage}",
                f"{relation}:{lead}+strong={other.odds > 0.5}",
                f"{relation}:{lead}+{c.act is not None}|{other.act is not None}",
            ]
    stand_in = c.lemma if c.lemma.startswith("<") else ""
    found.names += [
        f"earlier={earlier.step(what)}+{what}",
        f"earlier={earlier.step(what)}+{c.act_word.lemma}",
        f"earlier-type={earlier.step(c.type)}+{stand_in}+{c.type}",
        f"strongest={_step(strongest)}",
        f"strongest={_step(strongest)}+{_step(c.odds)}",
        f"sentences={min(len(context.sentences), 12) // 3}+defence={context.has_defence}",
    ]
    return found


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
