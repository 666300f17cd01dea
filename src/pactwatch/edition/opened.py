"""An edition as the rooms above read it: its tables, its settings and its claims, from sealed files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from pactwatch.edition.schema import TABLES
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
    """A sealed edition on disk. Tables are read lazily; nothing here writes."""

    path: Path

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
        names = [table.name for table in TABLES]
        if name not in names:
            raise NotFoundError(f"there is no table {name!r}; the tables are {', '.join(names)}")
        return self.path / "data" / f"{name}.parquet"

    def table(self, name: str) -> ibis.Table:
        """A table as an Ibis expression on DuckDB."""
        return self.connection.read_parquet(self.file(name), table_name=name)

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.file(name)) as file:  # read_table would load pandas
            return file.read()

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
    def connection(self) -> ibis.BaseBackend:
        """The DuckDB connection its tables are read through."""
        import ibis

        return ibis.duckdb.connect()
