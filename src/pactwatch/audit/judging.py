"""The claims of one article tested as one family, by the tests that every claim of a casebook takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from math import log, prod
from typing import TYPE_CHECKING

from pactwatch.audit.reading.frame import BASELINE, PARTNERS
from pactwatch.claims.family import NOT_TESTABLE, test_family
from pactwatch.claims.finding import ClaimResult, Verdict
from pactwatch.claims.verdict import bears_out
from pactwatch.coder.linear import logistic

if TYPE_CHECKING:
    from pactwatch.audit.entries import Rival, Setting
    from pactwatch.audit.reading import Frame
    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.question import Claim

LEAST_SURE = 0.5
"""The chance below which a sentence gets no sharp verdict: it would be wrong more often than right."""
SHIFT, SLOPE = -0.68, 0.51
"""What is added to the log-odds of a reading, and what they are multiplied by, to be those of a right verdict; fitted
by ``bench/bench_audit_verdicts.py`` on articles by hands that neither weights nor network have met."""
BY_KIND: Mapping[str, float] = {
    "cluster": -0.53,
    "exists": 0.58,
    "first": 0.84,
    "loosening": -0.10,
    "network": 0.26,
    "opened": 0.22,
    "precedes": -0.45,
    "share": -0.52,
}
"""What is added besides where the claim is of a kind: how often verdicts of that kind were right there, as far as
enough of them were seen."""
BY_MARK: Mapping[str, float] = {"excepts": -0.53, "untold": -0.47}
"""What is added besides where a sentence takes something back (``excepts``), or does not tell itself what is counted
(``untold``): it is seldom as plain as its reading."""


@dataclass(frozen=True)
class Asked:
    """The claim of a sentence, how sure class and kind are read as they should be, and what else it may stand for.

    ``marks`` name what makes a reading less sure than it looks, as :data:`BY_MARK` does.
    """

    claim: Claim
    sure: float = 1.0
    rivals: Sequence[Rival] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """The claim of a sentence with its result; ``sure`` is the chance that, as it is meant, it gets that verdict."""

    claim: Claim
    result: ClaimResult
    sure: float | None = None
    marks: tuple[str, ...] = ()


def judge(asked: Mapping[int, Asked], evidence: Evidence, least_sure: float = LEAST_SURE) -> dict[int, Answered]:
    """The answer to every claim, by its sentence; no sharp verdict where its chance is below ``least_sure``."""
    results = _test([one.claim for one in asked.values()], evidence)
    answers: dict[int, Answered] = {}
    for number, one in asked.items():
        result = results[one.claim.id]
        if result.verdict is Verdict.NOT_TESTABLE:
            answers[number] = Answered(one.claim, result)
            continue
        sure = temper(how_sure(result, one, evidence), result.kind, one.marks)
        answers[number] = Answered(one.claim, _soften(result, sure, least_sure), sure, one.marks)
    return answers


def _test(claims: Sequence[Claim], evidence: Evidence) -> dict[str, ClaimResult]:
    """The result of every claim by its id. Sentences that ask the same thing are one test of the family, not several.

    p values are adjusted over the article's own claims (see :func:`pactwatch.claims.family.test_family`): an article
    that claims much is right about something by chance.
    """
    asked: dict[str, Claim] = {}
    same: dict[str, str] = {}
    for claim in claims:
        key = claim.id if claim.kind == NOT_TESTABLE else _question_of(claim)
        asked.setdefault(key, claim)
        same[claim.id] = asked[key].id
    tested = {result.id: result for result in test_family(list(asked.values()), evidence)}
    heads = {claim.id: claim.model_dump(include={"id", "text", "said_by", "reading"}) for claim in claims}
    return {name: tested[first].model_copy(update=heads[name]) for name, first in same.items()}


def how_sure(result: ClaimResult, asked: Asked, evidence: Evidence) -> float:
    """The chance that a sentence, as it is meant, gets the verdict of a result, as if no doubt bore on another.

    Of a parameter's other values those count whose result does not point the same way: it is no matter which of two is
    meant where both do.
    """
    doubts: defaultdict[str, float] = defaultdict(float)
    for rival in asked.rivals:
        (other,) = test_family([rival.claim], evidence)
        if not _points_the_same_way(result, other):
            doubts[rival.parameter] += rival.chance
    return asked.sure * prod(1.0 - doubt for doubt in doubts.values())


def temper(chance: float, kind: str, marks: Iterable[str] = ()) -> float:
    """How often readings of a kind and with such marks that are as likely by themselves get the right verdict in
    articles by hands not met.

    Platt scaling (Platt 1999): what has learnt from articles is surer of itself than it is right about others. What is
    certain stays so, and what is impossible.
    """
    if not 0.0 < chance < 1.0:
        return chance
    return logistic(shift_of(kind, marks) + SLOPE * log(chance / (1.0 - chance)))


def shift_of(kind: str, marks: Iterable[str] = ()) -> float:
    """What is added to the log-odds of a reading of a kind and with such marks."""
    return SHIFT + BY_KIND.get(kind, 0.0) + sum(BY_MARK[mark] for mark in marks)


def _points_the_same_way(result: ClaimResult, other: ClaimResult) -> bool:
    """Whether another result bears a verdict out, by the rule of the grid: one of fewer records may decide less."""
    if other.verdict is result.verdict:
        return True
    if result.p is None or other.p is None or not is_sharp(result.verdict):
        return False  # what is a matter of fact is so or not
    return bears_out(other, is_shown=(result.verdict is Verdict.SUPPORTED) != result.denies)


def _soften(result: ClaimResult, sure: float, least_sure: float) -> ClaimResult:
    if not is_sharp(result.verdict) or sure >= least_sure:
        return result
    why = f"{result.why} But the sentence may well be meant otherwise, and what is vague gets no sharp verdict."
    return result.model_copy(update={"verdict": Verdict.MIXED, "why": why})


def count_tests(answers: Iterable[Answered]) -> int:
    """How many different tests with a p value an article's claims took."""
    results = [one.result for one in answers]
    return len({(one.kind, one.sentence) for one in results if one.p is not None})


def unknown_actors(frame: Frame, setting: Setting) -> list[str]:
    """Actors a reading names that the casebook does not have: the entry would be refused until they are added."""
    named = [frame.focus, *frame.partners, *frame.against, frame.actor]
    groups = (PARTNERS, BASELINE, "others", "")
    return sorted({code for code in named if code not in groups and code not in setting.places.names})


def is_sharp(verdict: Verdict | None) -> bool:
    """Whether a verdict says yes or no."""
    return verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED)


def _question_of(claim: Claim) -> str:
    return dumps([claim.kind, claim.denies, claim.parameters, [one.parameters for one in claim.otherwise]], default=str)
