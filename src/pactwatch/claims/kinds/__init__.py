"""The claim kinds, one file each, all of the shape in ``shape.py``. Adding a kind is a file and a line here."""

from __future__ import annotations

from typing import Any

from pactwatch.claims.kinds import (
    cluster,
    compare,
    concentration,
    depth,
    exists,
    first,
    imported_change,
    imported_level,
    imported_trend,
    loosening,
    network,
    opened,
    precedes,
    series,
    share,
    shift,
    trend,
)
from pactwatch.claims.kinds.shape import Kind

_OF_RECORDS = (exists, first, share, compare, cluster, trend, shift, depth, precedes, concentration, network, series)
_OF_IMPORTS = (imported_trend, imported_change, imported_level)
_OF_RULES = (loosening, opened)

KINDS: dict[str, Kind[Any]] = {module.KIND.name: module.KIND for module in (*_OF_RECORDS, *_OF_IMPORTS, *_OF_RULES)}
"""Every kind by its name in ``claims.toml``."""
