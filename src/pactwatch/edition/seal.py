"""Sealing: tables and metadata written to a new folder, every file with its SHA-256, the same bytes for the same
inputs.

The edition's id ends in the first twelve hexadecimal digits of the digest over its content, so an id names bytes. The
folder appears whole or not at all: it is written under a temporary name and renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.casebook import Casebook
from pactwatch.edition.codebook import write_codebook
from pactwatch.edition.compile import compile_tables
from pactwatch.edition.descriptors import describe_changes, describe_citation, describe_package
from pactwatch.edition.ledger_schema import ALL_TABLES
from pactwatch.edition.opened import METADATA_FILE, RULES_FOLDER, Edition
from pactwatch.edition.pieces import Sealed, canonical, digest_rows
from pactwatch.edition.sums import SUMS_FILE, digest_file, require_sealed
from pactwatch.model.errors import PactwatchError
from pactwatch.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa


class SealError(PactwatchError):
    """An edition could not be sealed; nothing was left behind."""


def seal_casebook(casebook: Casebook, shelf: Path, datasets: Sequence[Mapping[str, Any]] = ()) -> Edition:
    """Seal the edition of a casebook without a ledger; as :func:`seal_tables`."""
    tables = {name: digest_rows(table) for name, table in compile_tables(casebook).items()}
    return seal_tables(casebook, tables, shelf, datasets)


def seal_tables(
    casebook: Casebook,
    sealed: Mapping[str, Sealed],
    shelf: Path,
    datasets: Sequence[Mapping[str, Any]] = (),
    ledger: Mapping[str, Any] | None = None,
) -> Edition:
    """Seal an edition on a shelf (a folder of editions) and return it.

    ``datasets`` is the provenance of the imports its measures and claims may use: it is part of the edition's content,
    the data themselves are not. ``ledger`` names the last entry the tables were made from, which is part of the content
    too. An edition that is there already is returned as it stands, when every byte of it is as sealed.
    """
    content = _describe_content(casebook, sealed) | ({"datasets": list(datasets)} if datasets else {})
    if ledger is not None:
        content["ledger"] = dict(ledger)
    tables = {name: one.table for name, one in sealed.items()}
    edition_id = f"{casebook.settings.name}-{casebook.settings.version}-{_digest(content)[:12]}"
    target = shelf / edition_id
    if target.exists():
        return require_sealed(Edition(target))
    shelf.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".sealing-", dir=shelf))
    try:
        _write_all(working, {"edition": edition_id, **content}, tables, casebook)
        working.chmod(0o755)
        working.rename(target)
    except OSError as error:
        if target.exists():  # another process sealed the same edition first
            return Edition(target)
        raise SealError(f"the edition could not be written to {shelf}: {error}") from error
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return Edition(target)


def _describe_content(casebook: Casebook, tables: Mapping[str, Sealed]) -> dict[str, Any]:
    """Everything the edition says, as plain values; its digest is the edition's name."""
    import pyarrow as pa

    head = casebook.settings
    settings = head.model_dump(mode="json", exclude={"tie", "second_pair_of_eyes"}) | {
        "tie_weights": {str(type_): weight for type_, weight in sorted(head.tie.weights.items())},
        "tie_half_life_years": head.tie.half_life_years,
    }
    return {
        "software": f"pactwatch {__version__}",
        "writer": f"pyarrow {pa.__version__}",
        "casebook_sha256": casebook.digest,
        "settings": settings,
        "claims": json.loads(canonical(list(casebook.claims))),  # days as text
        "rules_sha256": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in casebook.rules.items()},
        "row_sha256": {name: one.sha256 for name, one in tables.items()},
        "row_count": {name: one.table.num_rows for name, one in tables.items()},
    }


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _write_all(folder: Path, metadata: Mapping[str, Any], tables: Mapping[str, pa.Table], casebook: Casebook) -> None:
    (folder / "data").mkdir()
    for name, table in tables.items():
        _write_parquet(folder / "data" / f"{name}.parquet", table)
    texts = {
        METADATA_FILE: json.dumps(metadata, indent=2, ensure_ascii=False) + "\n",
        "datapackage.json": json.dumps(describe_package(folder, metadata), indent=2, ensure_ascii=False) + "\n",
        "codebook.md": write_codebook([table for table in ALL_TABLES if table.name in tables]),
        "CITATION.cff": describe_citation(metadata),
        "CHANGES.md": describe_changes(metadata["edition"], casebook.changes),
        **{f"{RULES_FOLDER}/{name}": text for name, text in casebook.rules.items()},
    }
    if casebook.rules:
        (folder / RULES_FOLDER).mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{digest_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / SUMS_FILE).write_text(sums, "utf-8", newline="\n")
    for path in (*files, folder / SUMS_FILE):
        _settle(path)


def _settle(path: Path) -> None:
    """Have a file's bytes on the disk before its folder gets the edition's name."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _write_parquet(path: Path, table: pa.Table) -> None:
    """Parquet whose bytes depend on the rows and the pinned writer only: one row group, zstd, no time stamps."""
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd", compression_level=9, row_group_size=1 << 20, version="2.6")
