"""An edition as the rooms above read it: its tables, its settings and its claims, from sealed files."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from pactwatch.edition.ledger_schema import ALL_TABLES, LEDGER_TABLES
from pactwatch.edition.schema import TABLES, Table
from pactwatch.model.errors import IntegrityError, NotFoundError

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pyarrow as pa

METADATA_FILE = "edition.json"

RULES_FOLDER = "rules"
"""Where an edition keeps the casebook's rules, each file as it was written."""


class Settings(BaseModel):
    """What the measures need to know of the casebook, sealed with the edition.

    ``as_of`` is the ISO day up to which records were gathered; ``tie_weights`` weighs one completed record of a type;
    ``tie_half_life_years`` is the time after which it weighs half; ``fiscal_year_start`` is a month.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    version: str
    as_of: str
    focus: str
    partners: tuple[str, ...]
    baseline: tuple[str, ...]
    fiscal_year_start: int
    tie_weights: dict[str, float]
    tie_half_life_years: float
    editors: tuple[str, ...]
    licence: str


@dataclass(frozen=True)
class Edition:
    """A sealed edition on disk. Tables are read lazily; nothing here writes.

    With ``is_reviewed_only`` its tables hold what a person answers for and nothing else: curated and reviewed records,
    without the milestones and sources that only a machine coded.
    """

    path: Path
    is_reviewed_only: bool = False

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The edition's own description: id, casebook settings, claims, software version."""
        file = self.path / METADATA_FILE
        if not file.is_file():
            raise NotFoundError(f"{self.path} is no edition: it has no {METADATA_FILE}")
        try:
            loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
            Settings.model_validate(loaded["settings"])
        except (ValueError, KeyError, TypeError) as error:
            raise IntegrityError(
                [f"{self.path.name}: {METADATA_FILE} is damaged ({error}); `pactwatch verify`"]
            ) from error
        return loaded

    @property
    def id(self) -> str:
        """The edition's permanent id, which names the content."""
        return str(self.metadata["edition"])

    @property
    def label(self) -> str:
        """The id, with what is left out where something is."""
        return f"{self.id}, reviewed records only" if self.is_reviewed_only else self.id

    def only_reviewed(self) -> Edition:
        """The same edition with what a person answers for alone."""
        return replace(self, is_reviewed_only=True)

    @property
    def ledger(self) -> dict[str, Any]:
        """The last entry of the ledger it was made from (``until``, ``digest``); empty for a casebook alone."""
        return dict(self.metadata.get("ledger", {}))

    @property
    def unreviewed_count(self) -> int:
        """How many records a machine coded and nobody has accepted yet."""
        import pyarrow.compute as pc

        return int(pc.sum(pc.equal(self.arrow("records")["review_status"], "unreviewed")).as_py() or 0)

    @cached_property
    def settings(self) -> Settings:
        """The casebook's settings as sealed."""
        return Settings.model_validate(self.metadata["settings"])

    @property
    def claims(self) -> list[dict[str, Any]]:
        """The claims as sealed, as plain values."""
        return list(self.metadata["claims"])

    @cached_property
    def rules(self) -> dict[str, str]:
        """The casebook's rules as sealed: texts by file name; none where the casebook has none."""
        folder = self.path / RULES_FOLDER
        files = sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else []
        return {file.name: file.read_text("utf-8") for file in files}

    def file(self, name: str) -> Path:
        """The Parquet file of a table; raises :class:`NotFoundError` for an unknown name."""
        names = [table.name for table in ALL_TABLES]
        if name not in names:
            raise NotFoundError(f"there is no table {name!r}; the tables are {', '.join(names)}")
        return self.path / "data" / f"{name}.parquet"

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables it has: those of documents and mentions only where documents were read."""
        return (*TABLES, *(table for table in LEDGER_TABLES if self.file(table.name).is_file()))

    def table(self, name: str) -> ibis.Table:
        """A table as an Ibis expression on DuckDB."""
        if not self.is_reviewed_only and self.file(name).is_file():
            return self.connection.read_parquet(self.file(name), table_name=name)
        if name not in self._in_memory:
            self._in_memory[name] = _as_ibis(self.arrow(name))
        return self._in_memory[name]

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow; one of documents has no rows in an edition without them."""
        return self._reviewed[name] if self.is_reviewed_only else self.read(name)

    def read(self, name: str) -> pa.Table:
        """A table as it was sealed, whatever is left out elsewhere."""
        import pyarrow.parquet as pq

        from pactwatch.edition.compile import build_table

        file = self.file(name)
        declared = next(table for table in ALL_TABLES if table.name == name)
        if declared not in TABLES and not file.is_file():
            return build_table(declared, ())
        with pq.ParquetFile(file) as opened:  # read_table would load pandas
            return opened.read()

    @cached_property
    def _reviewed(self) -> dict[str, pa.Table]:
        from pactwatch.edition.reviewed import keep_reviewed

        return keep_reviewed({table.name: self.read(table.name) for table in ALL_TABLES})

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a pandas frame; missing text is ``None``."""
        frame: pd.DataFrame = self.arrow(name).to_pandas()
        text = [column for column in frame.columns if frame[column].dtype in ("object", "str", "string")]
        frame[text] = frame[text].astype(object).where(frame[text].notna(), None)
        return frame

    @property
    def records(self) -> ibis.Table:
        """The records, one row per real-world item."""
        return self.table("records")

    @property
    def datasets(self) -> list[dict[str, Any]]:
        """Provenance of the imported data sets it was sealed with; none for an edition of the casebook alone."""
        return list(self.metadata.get("datasets", ()))

    @cached_property
    def _in_memory(self) -> dict[str, ibis.Table]:
        """Tables that are no files as they stand, by name."""
        return {}

    @cached_property
    def connection(self) -> ibis.BaseBackend:
        """The DuckDB connection its tables are read through."""
        import ibis

        return ibis.duckdb.connect()


def _as_ibis(table: pa.Table) -> ibis.Table:
    import ibis

    return ibis.memtable(table)
