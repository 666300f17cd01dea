"""Measures kept in a workspace beside their edition, under the same condition as verdicts: the same inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.keeping import name_inputs, place_kept, write_kept

if TYPE_CHECKING:
    import pyarrow as pa

    from pactwatch.edition import Edition

_INPUTS = b"pactwatch"


def keep_table(name: str, edition: Edition, home: Path) -> pa.Table:
    """A measure of an edition as Arrow: as kept in ``home/cache/measures-<name>``, else computed now and kept.

    Reading it takes milliseconds and loads no engine; planning and computing take a second or more.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pactwatch.measures import compute

    inputs = name_inputs(edition)
    if inputs is None:
        return compute(name, edition).to_pyarrow()
    told = json.dumps(inputs, sort_keys=True).encode()
    file = place_kept(home, f"measures-{name}", edition, inputs, "parquet")
    try:
        with pq.ParquetFile(file) as opened:
            table = opened.read()
        if (table.schema.metadata or {}).get(_INPUTS) == told:
            return table.replace_schema_metadata(None)
    except (OSError, pa.ArrowException):
        pass
    table = compute(name, edition).to_pyarrow()
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({_INPUTS: told}), sink)
    write_kept(file, sink.getvalue().to_pybytes(), edition)
    return table
