"""A document with what people coded in it, and which candidates may tell each coded mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pactwatch.coder.candidates import PLANNABLE, Candidate
from pactwatch.coder.gate import hopeful
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.regression import Origin
from pactwatch.coder.senses import sense_candidates
from pactwatch.model.documents import Document


@dataclass(slots=True)
class Coded:
    """A parsed document with its coded mentions, and which candidates may tell each (by position).

    ``source`` names the writer: what a model says of a document is taken from a fit without that writer's.
    ``is_article``: what its features weigh may stand apart from what they weigh in reports.
    """

    parsed: Parsed
    document: Document
    gold: Sequence[dict[str, Any]]
    weight: float = 1.0
    source: str = ""
    is_article: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    told: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Align all candidates."""
        self.keep_only(self.parsed.candidates)

    @property
    def origin(self) -> Origin:
        """Where examples of it come from."""
        return Origin(id(self), self.weight, self.is_article)

    def keep_only(self, candidates: list[Candidate]) -> None:
        """Go on with some of the candidates."""
        self.candidates = candidates
        self.told = align(self.parsed, candidates, self.document.text, self.gold)

    def drop(self, gate: LinearModel) -> None:
        """Leave out the candidates that the gate drops."""
        self.keep_only(hopeful(self.parsed.sites, self.parsed.context, gate))

    def sense(self) -> None:
        """Ask the network of the candidates and for more, where it has read the document."""
        context = self.parsed.context
        if context.senses is not None:
            self.keep_only(sense_candidates(self.candidates, context, context.senses))

    def tellers(self) -> list[list[int]]:
        """For each mention that any candidate may tell, the positions of those candidates."""
        return [numbers for mention in self.gold if (numbers := self._tellers_of(mention))]

    def _tellers_of(self, mention: dict[str, Any]) -> list[int]:
        return [number for number, told in self.told.items() if any(one is mention for one in told)]

    def best(self) -> list[tuple[int, dict[str, Any]]]:
        """For each mention the likeliest candidate that tells it; no candidate twice while others are left."""
        pairs: list[tuple[int, dict[str, Any]]] = []
        used: set[int] = set()
        for mention in self.gold:
            numbers = sorted(
                self._tellers_of(mention), key=lambda number: (number in used, -self.candidates[number].odds)
            )
            if numbers:
                used.add(numbers[0])
                pairs.append((numbers[0], mention))
        return pairs

    def events(self) -> list[Candidate]:
        """The candidates that tell the mentions, in order of the text, carrying the coded parties."""
        chosen: dict[int, Candidate] = {}
        for number, mention in self.best():
            if number not in chosen:
                candidate = self.candidates[number]
                candidate.parties = tuple(sorted(mention["parties"]))
                chosen[number] = candidate
        return sorted(chosen.values(), key=lambda candidate: candidate.anchor)


def align(
    parsed: Parsed, candidates: Sequence[Candidate], text: str, gold: Sequence[dict[str, Any]]
) -> dict[int, list[dict[str, Any]]]:
    """For each candidate (by position) the coded mentions it may tell: same type and stage, inside the quote."""
    places = [(start := text.find(mention["quote"]), start + len(mention["quote"])) for mention in gold]
    told: dict[int, list[dict[str, Any]]] = {}
    for number, candidate in enumerate(candidates):
        start, _ = parsed.plain.original_span(
            parsed.tokens.starts[candidate.anchor], parsed.tokens.ends[candidate.anchor]
        )
        for mention, (first, last) in zip(gold, places, strict=True):
            stage = stage_proposed(mention)
            if candidate.type == mention["type"] and candidate.stage == stage and first <= start < last:
                told.setdefault(number, []).append(mention)
    return told


def stage_proposed(mention: dict[str, Any]) -> str:
    """The stage by which frames propose a coded mention: what is planned is held there (``PLANNABLE``)."""
    is_held = mention["type"] in PLANNABLE and mention["stage"] == "planned"
    return "held" if is_held else str(mention["stage"])


_FOLDS = 4


def folds(documents: Sequence[Coded]) -> list[list[int]]:
    """Positions of the documents in at most four parts, each to be looked at by a fit without it; all of one source
    stand in the same part.
    """
    dealt: dict[str, int] = {}
    for source in sorted({coded.source for coded in documents}):
        dealt[source] = len(dealt) % _FOLDS
    parts: list[list[int]] = [[] for _ in range(_FOLDS)]
    for number, coded in enumerate(documents):
        parts[dealt[coded.source]].append(number)
    return [part for part in parts if part]
