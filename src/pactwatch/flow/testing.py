"""From an edition to measures, verdicts and charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pactwatch.flow.checking import basket
from pactwatch.flow.publishing import open_edition

if TYPE_CHECKING:
    import altair as alt
    import ibis

    from pactwatch.claims.finding import ClaimResult
    from pactwatch.edition import Edition


def measure(name: str, edition: Edition | None = None, *, reviewed: bool = False) -> ibis.Table:
    """One measure of an edition as an Ibis table; ``.to_pandas()`` and ``.to_pyarrow()`` give frames.

    ``reviewed`` leaves out what a machine coded and nobody accepted.
    """
    from pactwatch.measures import compute

    return compute(name, _narrow(edition, reviewed))


def test_claims(
    edition: Edition, *, reviewed: bool = False, progress: Callable[[int], None] | None = None
) -> list[ClaimResult]:
    """Every claim of an edition tested on it, p values adjusted over all of them.

    ``reviewed`` leaves out what a machine coded and nobody accepted; ``progress`` is told how many are tested.
    What the rules allowed of the casebook's basket of cases is counted by the law and handed to the claims as evidence.
    """
    from pactwatch.claims.evidence import gather_evidence
    from pactwatch.claims.family import test_family
    from pactwatch.claims.reading import claims_of

    edition = _narrow(edition, reviewed)
    return test_family(claims_of(edition), gather_evidence(edition, basket(edition)), progress=progress)


def _narrow(edition: Edition | None, reviewed: bool) -> Edition:
    opened = edition or open_edition()
    return opened.only_reviewed() if reviewed else opened


def claim(claim_id: str, edition: Edition | None = None) -> ClaimResult:
    """One claim's result. The whole family is tested, because its p values are adjusted together."""
    from pactwatch.claims.family import find_claim
    from pactwatch.claims.reading import claims_of

    edition = edition or open_edition()
    wanted = find_claim(claims_of(edition), claim_id)
    return next(result for result in test_claims(edition) if result.id == wanted.id)


def chart(claim_id: str, edition: Edition | None = None) -> alt.LayerChart | None:
    """The chart of one claim, which shows itself in a notebook; ``None`` where there is nothing to draw."""
    from pactwatch.charts import chart_claim

    edition = edition or open_edition()
    return chart_claim(claim(claim_id, edition), edition.id)
