"""All claims of a casebook tested together: findings, grids, p values adjusted over the family, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import ClaimResult, Finding, Verdict
from pactwatch.claims.grid import Cell, run_grid
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Claim, Question, lay_over
from pactwatch.claims.verdict import adjust_p_values, describe_grid, reach_verdict
from pactwatch.model.errors import NotFoundError, PactwatchError

NOT_TESTABLE = "none"
"""The kind of a claim that no data could support or contradict; its reading says why."""


_CONTRARY = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
"""The verdict on a claim that denies, by the verdict on what it denies."""


class ClaimError(PactwatchError):
    """A claim's parameters do not fit its kind."""


def read_parameters(claim: Claim) -> tuple[Kind[Any], Question]:
    """The kind of a claim and its checked parameters; raises :class:`ClaimError` naming every fault."""
    if claim.kind not in KINDS:
        names = ", ".join((*sorted(KINDS), NOT_TESTABLE))
        raise ClaimError(f"claim {claim.id}: kind {claim.kind!r} is unknown; the kinds are {names}")
    kind = KINDS[claim.kind]
    try:
        return kind, kind.parameters.model_validate(claim.parameters)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'parameters'}: {fault['msg']}" for fault in error.errors()
        )
        raise ClaimError(f"claim {claim.id} ({claim.kind}): {faults}") from error


def read_otherwise(claim: Claim) -> list[tuple[str, Question]]:
    """The claim's other readings: how it is read otherwise, and the whole parameters under that reading."""
    laid = [
        (other.words, claim.model_copy(update={"parameters": lay_over(claim.parameters, other.parameters)}))
        for other in claim.otherwise
    ]
    return [(words, read_parameters(one)[1]) for words, one in laid]


def test_family(
    claims: Sequence[Claim],
    evidence: Evidence,
    effort: Effort | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[ClaimResult]:
    """Test every claim on the same evidence; verdicts use p values adjusted over all of them.

    Returns one result per claim, in the claims' order; ``progress`` is told how many claims are done.
    """
    measured: dict[str, tuple[Finding, tuple[Cell, ...]]] = {}
    for done, claim in enumerate(claims, 1):
        if claim.kind != NOT_TESTABLE:
            measured[claim.id] = _measure(claim, evidence, effort or Effort())
        if progress is not None:
            progress(done)
    family = Family(
        tuple(measured),
        tuple(finding.p for finding, _ in measured.values()),
        tuple(finding.p_refute for finding, _ in measured.values()),
    )
    return [
        _conclude(claim, *measured[claim.id], family) if claim.id in measured else _decline(claim) for claim in claims
    ]


@dataclass(frozen=True)
class Family:
    """The p values of all claims tested together, against chance and against the smallest effect."""

    ids: tuple[str, ...]
    p: tuple[float | None, ...]
    p_refute: tuple[float | None, ...]

    def adjust(self, claim_id: str, finding: Finding) -> tuple[float | None, float | None]:
        """Both p values of a finding, adjusted with the finding standing in the claim's place."""
        place = self.ids.index(claim_id)
        return (
            adjust_p_values([*self.p[:place], finding.p, *self.p[place + 1 :]])[place],
            adjust_p_values([*self.p_refute[:place], finding.p_refute, *self.p_refute[place + 1 :]])[place],
        )


def find_claim(claims: Sequence[Claim], claim_id: str) -> Claim:
    """The claim of that id; raises :class:`NotFoundError` listing those there are."""
    for claim in claims:
        if claim.id == claim_id:
            return claim
    raise NotFoundError(f"there is no claim {claim_id!r}; the claims are {', '.join(claim.id for claim in claims)}")


def _measure(claim: Claim, evidence: Evidence, effort: Effort) -> tuple[Finding, tuple[Cell, ...]]:
    kind, parameters = read_parameters(claim)
    finding = kind.test(evidence, parameters, effort)
    told = finding.model_copy(update={"caveats": (*finding.caveats, *tell_unreviewed(evidence, finding))})
    return told, run_grid(kind, evidence, parameters, finding, read_otherwise(claim))


def tell_unreviewed(evidence: Evidence, finding: Finding) -> tuple[str, ...]:
    """A caveat where records behind a finding were coded by a machine and accepted by nobody; else nothing."""
    rows = evidence.milestones[~evidence.milestones["is_reviewed"].astype(bool)]
    unreviewed = len(set(rows["record_id"]) & set(finding.records))
    if not unreviewed:
        return ()
    return (
        f"{unreviewed} of the {len(finding.records)} records used have steps that a machine coded and nobody has "
        "reviewed; `pactwatch claims --reviewed` leaves those out.",
    )


def _conclude(claim: Claim, finding: Finding, grid: tuple[Cell, ...], family: Family) -> ClaimResult:
    p_adjusted, p_refute_adjusted = family.adjust(claim.id, finding)
    placed = [
        Cell(cell.choice, cell.finding, *family.adjust(claim.id, cell.finding), is_reading=cell.is_reading)
        for cell in grid
    ]
    judged = reach_verdict(finding, p_adjusted, p_refute_adjusted, placed)
    return ClaimResult(
        **claim.model_dump(include={"id", "text", "said_by", "reading", "kind", "denies"}),
        **finding.model_dump(exclude={"fact", "caveats"}),
        verdict=_CONTRARY.get(judged.verdict, judged.verdict) if claim.denies else judged.verdict,
        why=f"Of what the claim denies: {judged.why}" if claim.denies else judged.why,
        p_adjusted=p_adjusted,
        p_refute_adjusted=p_refute_adjusted,
        robustness=describe_grid(judged.leaning, finding, placed),
        caveats=(*claim.caveats, *finding.caveats),
    )


def _decline(claim: Claim) -> ClaimResult:
    finding = Finding(estimate=None, unit="", n=0, n_unit="records", sentence=f"No test was run. {claim.reading}")
    declined = _conclude(claim, finding, (), Family((claim.id,), (None,), (None,)))
    return declined.model_copy(update={"verdict": Verdict.NOT_TESTABLE, "why": claim.reading})
