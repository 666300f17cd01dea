"""What was computed from an edition, kept in a workspace under a name of all that it was computed from."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import platform
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pactwatch.edition import Edition

MOST_KEPT = 6
"""Files of a kind kept for one edition (of earlier software, of reviewed records alone); the oldest go."""

_DIGITS = 16
_SHOWING = frozenset({"site", "cli", "charts", "audit", "review", "watch", "casebooks", "__pycache__"})
"""Rooms that show results, or make what an edition holds already, and change none."""
_COMPUTING = ("numpy", "scipy", "pandas", "statsmodels", "duckdb", "ibis-framework", "pyarrow", "rustworkx")
"""Libraries that compute results."""


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


def place_kept(home: Path, kind: str, edition: Edition, inputs: dict[str, Any], ending: str) -> Path:
    """Where a workspace keeps something of an edition: one kind, one set of inputs, one file."""
    return home / "cache" / kind / f"{edition.path.name}-{_digest(inputs)}.{ending}"


def write_kept(file: Path, raw: bytes, edition: Edition) -> None:
    """Keep a file whole or not at all; a workspace that cannot be written to keeps none."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        Path(name).replace(file)
        own = f"{glob.escape(edition.path.name)}-{'[0-9a-f]' * _DIGITS}.*"
        others = sorted(file.parent.glob(own), key=lambda one: one.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:_DIGITS]
