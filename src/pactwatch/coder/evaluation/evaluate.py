"""Gold documents and what a coder made of them, in; figures and differences, out. Pure: no files, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

from pactwatch.coder.evaluation.calibration import Calibration, calibrate
from pactwatch.coder.evaluation.differences import Difference, list_differences
from pactwatch.coder.evaluation.fields import FieldScore, Pair, score_fields
from pactwatch.coder.evaluation.gold import GoldDocument
from pactwatch.coder.evaluation.matching import Matching, match_mentions, overlap
from pactwatch.coder.evaluation.scores import Counts, Score, score_rows
from pactwatch.model.codes import RecordType
from pactwatch.model.mentions import Mention


@dataclass(frozen=True, slots=True)
class Agreement:
    """Scores under one key: over all documents, of each type, of each file, and the mean over files."""

    overall: Score
    by_type: dict[str, Score]
    by_file: dict[str, Score]
    mean_over_files: Score


@dataclass(frozen=True, slots=True)
class PairScores:
    """How well paired mentions agree beyond their key: field by field, and the mean overlap of their quotes."""

    pairs: int
    fields: dict[str, FieldScore]
    mean_overlap: float | None


@dataclass(frozen=True, slots=True)
class EmptyDocuments:
    """Documents in which people found nothing, and what was coded there all the same."""

    documents: int
    with_mentions: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that is known of how well a coder coded. ``strict`` pairs agree in type, stage, parties and modality,
    ``loose`` ones (strict ones among them) in type and parties.
    """

    documents: int
    strict: Agreement
    loose: Agreement
    strict_pairs: PairScores
    loose_pairs: PairScores
    empty: EmptyDocuments
    strict_calibration: Calibration
    loose_calibration: Calibration
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as plain values, for JSON."""
        document = asdict(self)
        for which in ("strict_pairs", "loose_pairs"):
            for name, score in getattr(self, which).fields.items():
                document[which]["fields"][name].update(accuracy=score.accuracy, told_accuracy=score.told_accuracy)
        return document


@dataclass(frozen=True, slots=True)
class _Judged:
    gold: GoldDocument
    coded: tuple[Mention, ...]
    matching: Matching

    @property
    def strict(self) -> tuple[Pair, ...]:
        return self.matching.strict

    @property
    def loose(self) -> tuple[Pair, ...]:
        return self.matching.strict + self.matching.loose


def evaluate(pairs: Iterable[tuple[GoldDocument, Sequence[Mention]]]) -> Evaluation:
    """Judge a coder by gold documents, each given with the mentions the coder found in it."""
    judged = [_Judged(gold, tuple(coded), match_mentions(gold.mentions, coded)) for gold, coded in pairs]
    empty = [one for one in judged if not one.gold.mentions]
    return Evaluation(
        documents=len(judged),
        strict=_agreement(judged, is_strict=True),
        loose=_agreement(judged, is_strict=False),
        strict_pairs=_pair_scores([pair for one in judged for pair in one.strict]),
        loose_pairs=_pair_scores([pair for one in judged for pair in one.loose]),
        empty=EmptyDocuments(len(empty), sum(bool(one.coded) for one in empty), sum(len(one.coded) for one in empty)),
        strict_calibration=_calibration(judged, is_strict=True),
        loose_calibration=_calibration(judged, is_strict=False),
        differences=tuple(found for one in judged for found in list_differences(one.gold, one.matching)),
    )


def _pairs_of(one: _Judged, is_strict: bool) -> tuple[Pair, ...]:
    return one.strict if is_strict else one.loose


def _agreement(judged: list[_Judged], *, is_strict: bool) -> Agreement:
    rows: dict[str, list[dict[str, Counts]]] = {}
    for one in judged:
        rows.setdefault(one.gold.file, []).append(_count(one, _pairs_of(one, is_strict)))
    overall, by_file, mean = score_rows({file: [_total(row) for row in found] for file, found in rows.items()})
    by_type = {
        kind.value: score_rows(
            {file: [row.get(kind.value, Counts()) for row in found] for file, found in rows.items()}
        )[0]
        for kind in RecordType
        if any(kind.value in row for found in rows.values() for row in found)
    }
    return Agreement(overall, by_type, by_file, mean)


def _count(one: _Judged, pairs: tuple[Pair, ...]) -> dict[str, Counts]:
    """A document's counts by type; both mentions of a pair have the same."""
    gold = Counter(mention.type for mention in one.gold.mentions)
    coded = Counter(mention.type for mention in one.coded)
    paired = Counter(mention.type for mention, _ in pairs)
    return {kind.value: Counts(gold[kind], coded[kind], paired[kind]) for kind in gold | coded}


def _total(row: dict[str, Counts]) -> Counts:
    return sum(row.values(), Counts())


def _pair_scores(pairs: list[Pair]) -> PairScores:
    overlaps = [overlap(one, other) for one, other in pairs]
    return PairScores(len(pairs), score_fields(pairs), fsum(overlaps) / len(overlaps) if overlaps else None)


def _calibration(judged: list[_Judged], *, is_strict: bool) -> Calibration:
    """Confidence against outcome. Mentions are counted one by one, so twins are right as often as they were paired."""
    right = [other.confidence for one in judged for _, other in _pairs_of(one, is_strict)]
    wrong = [other.confidence for one in judged for other in _unpaired(one, is_strict)]
    return calibrate([*((one, True) for one in right), *((one, False) for one in wrong)])


def _unpaired(one: _Judged, is_strict: bool) -> list[Mention]:
    loose = [other for _, other in one.matching.loose] if is_strict else []
    return [*loose, *(other for _, other in one.matching.near), *one.matching.false]
