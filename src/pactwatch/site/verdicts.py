"""Tested claims kept beside the editions of a workspace: testing takes seconds, and an edition never changes."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path

from pactwatch import flow
from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.edition.shelf import list_editions_of


def keep_verdicts(edition: Edition, home: Path) -> Sequence[ClaimResult]:
    """The tested claims of an edition: as kept in ``home/cache``, else tested now and kept.

    What is kept names the software that tested it; after any change of that it is tested again. A file that cannot be
    read or written costs time only.
    """
    kept = recall_verdicts(edition, home)
    if kept is not None:
        return kept
    results = flow.test_claims(edition)
    _write(_place(edition, home), results)
    return results


def recall_verdicts(edition: Edition, home: Path) -> Sequence[ClaimResult] | None:
    """The tested claims of an edition as kept by :func:`keep_verdicts`; nothing is tested for it."""
    return _read(_place(edition, home))


def list_earlier(edition: Edition, home: Path) -> list[Edition]:
    """Editions of the same casebook on the shelf of a workspace that come before one, oldest first."""
    shelved = list_editions_of(home, edition.settings.name)
    return list(takewhile(lambda one: one.id != edition.id, shelved))


def _place(edition: Edition, home: Path) -> Path:
    return home / "cache" / "verdicts" / f"{edition.path.name}-{name_software()}.json"


_SHOWING = ("site", "cli", "charts")
"""Rooms that show results and change none."""


@cache
def name_software() -> str:
    """A name of the code that tests claims, as it lies on this disk."""
    root = Path(__file__).parents[1]
    told = [
        f"{path.relative_to(root)} {(found := path.stat()).st_size} {found.st_mtime_ns}"
        for path in sorted(root.rglob("*.py"))
        if path.relative_to(root).parts[0] not in _SHOWING
    ]
    return hashlib.blake2b("\n".join(told).encode(), digest_size=6).hexdigest()


def _read(file: Path) -> list[ClaimResult] | None:
    try:
        return [ClaimResult.model_validate(one) for one in json.loads(file.read_text("utf-8"))]
    except (OSError, ValueError):
        return None


def _write(file: Path, results: Sequence[ClaimResult]) -> None:
    text = json.dumps([result.model_dump(mode="json") for result in results], ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError:  # a workspace that cannot be written to is still worth looking at
        return
