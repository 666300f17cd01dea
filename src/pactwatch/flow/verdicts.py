"""Tested claims kept in a workspace: testing takes seconds, an edition never changes, and what is kept names all that
it was computed from.

``claims``, ``demo``, ``site build`` and ``serve`` share what is kept. It is used only for the same bytes of the same
edition, the same claims, the same imported data and the same software; anything else is tested again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.flow.keeping import name_inputs, place_kept, write_kept
from pactwatch.flow.testing import test_claims

if TYPE_CHECKING:
    from pactwatch.claims.finding import ClaimResult
    from pactwatch.edition import Edition


def keep_verdicts(edition: Edition, home: Path, progress: Callable[[int], None] | None = None) -> Sequence[ClaimResult]:
    """The tested claims of an edition: as kept in ``home/cache/verdicts``, else tested now and kept.

    ``progress`` is told how many claims are tested. A file that cannot be read or written costs time only.
    """
    kept = recall_verdicts(edition, home)
    if kept is not None:
        return kept
    inputs = name_inputs(edition)
    results = test_claims(edition, progress=progress)
    if inputs is not None and inputs == name_inputs(edition):
        write_verdicts(edition, home, inputs, results)
    return results


def recall_verdicts(edition: Edition, home: Path) -> Sequence[ClaimResult] | None:
    """The tested claims of an edition as kept by :func:`keep_verdicts`; nothing is tested for it."""
    from pactwatch.claims.finding import ClaimResult

    inputs = name_inputs(edition)
    if inputs is None:
        return None
    try:
        told = json.loads(place_kept(home, _KIND, edition, inputs, "json").read_text("utf-8"))
        if told["inputs"] != inputs:
            return None
        results = [ClaimResult.model_validate(one) for one in told["results"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return results if [one.id for one in results] == [claim["id"] for claim in edition.claims] else None


def write_verdicts(edition: Edition, home: Path, inputs: dict[str, Any], results: Sequence[ClaimResult]) -> None:
    """Keep results with the inputs they were computed from."""
    told = {"inputs": inputs, "results": [result.model_dump(mode="json") for result in results]}
    file = place_kept(home, _KIND, edition, inputs, "json")
    write_kept(file, json.dumps(told, ensure_ascii=False).encode(), edition)


_KIND = "verdicts"
