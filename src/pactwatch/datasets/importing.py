"""Importing files: recognise the kind, read, check, and store the tables with their provenance, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.datasets.crosswalk import open_crosswalk
from pactwatch.datasets.kinds import KINDS, find_kinds, recognise
from pactwatch.datasets.reading.notes import Findings
from pactwatch.datasets.reading.opening import Source, open_sources
from pactwatch.datasets.shape import Glimpse, Kind, Reading, Scope
from pactwatch.datasets.store import IMPORT_FILE, Import, datasets_of
from pactwatch.edition.sums import digest_file
from pactwatch.model.errors import Fault, InputError
from pactwatch.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

READER_VERSION = 1
"""Raised whenever a reader gives other rows for the same file, so that files are read again."""

GLIMPSE_LINES = 80

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: ``imported``, ``known`` (imported before: nothing was done) or ``refused``."""

    file: str
    status: str
    entry: Import | None = None
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of an import: where to, which kinds to expect (none: any), which rows of event files to keep."""

    home: Path
    kinds: tuple[Kind, ...] = tuple(KINDS.values())
    scope: Scope = field(default_factory=Scope)
    advance: Callable[[int], None] = lambda _: None


def choose_kinds(name: str | None) -> tuple[Kind, ...]:
    """The kinds to expect under a name, or all of them."""
    return tuple(KINDS.values()) if name is None else find_kinds(name)


def import_files(paths: Sequence[Path], job: Job) -> Iterator[Outcome]:
    """Import files one by one; a file that is refused stops none of the others. Archives give an outcome per member."""
    for path in paths:
        try:
            sources = open_sources(path)
            digest = digest_file(path)
        except InputError as error:
            yield Outcome(path.name, "refused", error=error)
            continue
        for source in sources:
            try:
                yield _import_source(source, digest, job)
            except InputError as error:
                yield Outcome(source.name, "refused", error=error)


def recognise_source(source: Source, kinds: tuple[Kind, ...] = tuple(KINDS.values())) -> Kind:
    """The kind of a file; raises :class:`InputError` when it looks like none of them."""
    if source.read_head().startswith(OLD_WORKBOOK):
        fix = "Save it as .xlsx or CSV and import that."
        found = "a workbook in Excel's format of 1997 (.xls)"
        raise InputError([Fault(source.name, 0, "", found, "text or .xlsx", fix)], f"{source.name} cannot be read")
    glimpse = glimpse_at(source)
    kind = recognise(glimpse, kinds)
    if kind is None:
        other = recognise(glimpse)
        names = ", ".join(one.name for one in kinds)
        found = f"a file that looks like {other.name}" if other else f"a file that begins {glimpse.lines[0][:60]!r}"
        fix = f"Use `pactwatch import {other.name}`." if other else "Name its kind, or download it again."
        raise InputError(
            [Fault(source.name, 0, "", found, f"a file of kind {names}", fix)], f"{source.name}: which kind?"
        )
    return kind


def glimpse_at(source: Source) -> Glimpse:
    """The first lines of a file, decoded whatever they are."""
    if source.is_workbook:
        return Glimpse(source.name, ("",), is_workbook=True)
    raw = source.read_head()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Glimpse(source.name, tuple(text.split("\n")[:GLIMPSE_LINES]))


def read_source(
    source: Source, kind: Kind, scope: Scope, sink: Callable[[str, pa.Table], None], advance: Callable[[int], None]
) -> Reading:
    """Read a file by its kind, rows going to ``sink``; raises :class:`InputError` with every fault."""
    tables = {table.name: table for table in kind.tables}
    reading = Reading(Findings(source.name), open_crosswalk(), scope, sink, tables, advance)
    kind.read(source, reading)
    reading.findings.require_sound()
    return reading


def read_tables(path: Path, kind: Kind | None = None) -> tuple[Kind, dict[str, pa.Table], Reading]:
    """Read one file into Arrow tables without storing anything; every row of an event file is kept."""
    import pyarrow as pa

    source = open_sources(path)[0]
    kind = kind or recognise_source(source)
    parts: dict[str, list[pa.Table]] = {}
    reading = read_source(
        source, kind, Scope(), lambda name, rows: parts.setdefault(name, []).append(rows), lambda _: None
    )
    return kind, {name: pa.concat_tables(tables) for name, tables in parts.items()}, reading


def _import_source(source: Source, digest: str, job: Job) -> Outcome:
    kind = recognise_source(source, job.kinds)
    scope = job.scope if kind.is_streamed else Scope()
    import_id = _name_import(source, digest, kind, scope)
    target = datasets_of(job.home) / kind.name / import_id
    if (target / IMPORT_FILE).is_file():
        details = json.loads((target / IMPORT_FILE).read_text("utf-8"))
        return Outcome(source.name, "known", Import(target, details))
    target.parent.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".importing-", dir=target.parent))
    try:
        with _Writers(working) as writers:
            reading = read_source(source, kind, scope, writers.write, job.advance)
        details = _describe(source, digest, kind, reading, writers.rows) | {"import_id": import_id}
        text = json.dumps(details, indent=2, ensure_ascii=False) + "\n"
        (working / IMPORT_FILE).write_text(text, "utf-8", newline="\n")
        working.chmod(0o755)
        with suppress(FileExistsError):  # another process imported the same file first
            working.rename(target)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return Outcome(source.name, "imported", Import(target, details))


class _Writers:
    """One Parquet file per table, opened when its first rows come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}
        self._open: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> _Writers:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._open.values():
            writer.close()

    def write(self, table: str, rows: pa.Table) -> None:
        """Write rows of a table."""
        import pyarrow.parquet as pq

        if table not in self._open:
            self._open[table] = pq.ParquetWriter(self.folder / f"{table}.parquet", rows.schema, compression="zstd")
        self._open[table].write_table(rows)
        self.rows[table] = self.rows.get(table, 0) + rows.num_rows


def _name_import(source: Source, digest: str, kind: Kind, scope: Scope) -> str:
    parts = (digest, source.member, kind.name, scope.words, str(READER_VERSION), open_crosswalk().digest)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _describe(source: Source, digest: str, kind: Kind, reading: Reading, rows: dict[str, int]) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "title": kind.title,
        "publisher": kind.publisher,
        "terms": kind.terms,
        "cite": kind.cite,
        "file": source.name,
        "sha256": digest,
        "vintage": reading.vintage,
        "layout": reading.facts.get("layout", ""),
        "facts": reading.facts,
        "filter": (reading.scope.words if kind.is_streamed else ""),
        "rows_read": reading.rows_read,
        "rows": dict(sorted(rows.items())),
        "notes": [asdict(note) for note in reading.findings.notes],
        "unplaced": [asdict(one) for one in reading.findings.unplaced],
        "software": f"pactwatch {__version__}",
        "reader_version": READER_VERSION,
        "crosswalk_sha256": open_crosswalk().digest,
        "imported_on": datetime.now(UTC).date().isoformat(),
    }
