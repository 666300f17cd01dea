"""The claims of one article tested as one family, by the tests that every claim of a casebook takes."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps
from typing import TYPE_CHECKING

from pactwatch.audit.reading.frame import BASELINE, PARTNERS
from pactwatch.claims.family import NOT_TESTABLE, test_family
from pactwatch.claims.finding import ClaimResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pactwatch.audit.entries import Setting
    from pactwatch.audit.reading import Frame
    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.question import Claim


def judge(claims: Sequence[Claim], evidence: Evidence) -> dict[str, ClaimResult]:
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


def count_tests(results: Mapping[str, ClaimResult]) -> int:
    """How many different tests with a p value an article's claims took."""
    return len({(one.kind, one.sentence) for one in results.values() if one.p is not None})


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
