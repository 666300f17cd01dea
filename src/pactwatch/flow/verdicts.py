"""Tested claims kept in a workspace: testing takes seconds, an edition never changes, and what is kept names all that
it was computed from.

``claims``, ``demo``, ``site build`` and ``serve`` share what is kept. It is used only for the same bytes of the same
edition, the same claims, the same imported data and the same software; anything else is tested again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.flow.testing import test_claims

if TYPE_CHECKING:
    from pactwatch.claims.finding import ClaimResult
    from pactwatch.edition import Edition

MOST_KEPT = 6
"""Files kept for one edition (of earlier software, of reviewed records alone); the oldest go."""

_SHOWING = frozenset({"site", "cli", "charts", "audit", "review", "watch", "casebooks", "__pycache__"})
"""Rooms that show results, or make what an edition holds already, and change none."""
_COMPUTING = ("numpy", "scipy", "pandas", "statsmodels", "duckdb", "ibis-framework", "pyarrow", "rustworkx")
"""Libraries that compute results."""


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
        told = json.loads(_place(edition, home, inputs).read_text("utf-8"))
        if told["inputs"] != inputs:
            return None
        results = [ClaimResult.model_validate(one) for one in told["results"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return results if [one.id for one in results] == [claim["id"] for claim in edition.claims] else None


def name_inputs(edition: Edition) -> dict[str, Any] | None:
    """All that the verdicts of an edition are computed from, named; ``None`` where its bytes are not as sealed.

    The seal names the bytes of every table, of the rules and of the settings; the claims are named once more, since
    verdicts are of them. Imports count as they are there: one that was taken away is missing to the tests too.
    """
    from pactwatch.datasets.library import list_named
    from pactwatch.edition.sums import SUMS_FILE, check_sums

    if check_sums(edition):
        return None
    return {
        "edition": edition.id,
        "seal": hashlib.sha256((edition.path / SUMS_FILE).read_bytes()).hexdigest(),
        "claims": _digest(edition.claims),
        "imports": sorted(one.id for one in list_named(edition)),
        "is_reviewed_only": edition.is_reviewed_only,
        "software": name_software(),
    }


@cache
def name_software() -> str:
    """A name of the code and the libraries that test claims, by their content and versions."""
    root = Path(__file__).parents[1]
    total = hashlib.blake2b(digest_size=12)
    for file in sorted(root.rglob("*")):
        parts = file.relative_to(root).parts
        if file.is_file() and not _SHOWING & set(parts):
            total.update(f"{'/'.join(parts)}\n{file.stat().st_size}\n".encode())
            total.update(file.read_bytes())
    versions = [f"{name} {metadata.version(name)}" for name in _COMPUTING]
    total.update("\n".join([platform.python_version(), platform.machine(), *versions]).encode())
    return total.hexdigest()


def write_verdicts(edition: Edition, home: Path, inputs: dict[str, Any], results: Sequence[ClaimResult]) -> None:
    """Keep results with the inputs they were computed from; a workspace that cannot be written to keeps none."""
    file = _place(edition, home, inputs)
    text = json.dumps(
        {"inputs": inputs, "results": [result.model_dump(mode="json") for result in results]}, ensure_ascii=False
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
        others = sorted(file.parent.glob(f"{edition.path.name}-*.json"), key=lambda one: one.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _place(edition: Edition, home: Path, inputs: dict[str, Any]) -> Path:
    return home / "cache" / "verdicts" / f"{edition.path.name}-{_digest(inputs)}.json"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
