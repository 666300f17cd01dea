"""An edition with imports: files are imported into the workspace it lies in, and named in its metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pactwatch.datasets import list_imports
from pactwatch.datasets.importing import Job, import_files
from pactwatch.datasets.store import describe_imports
from pactwatch.edition import Edition
from tests.datasets.made import write
from tests.editions import make_edition


def make_joined(folder: Path, files: Mapping[str, str | bytes], records: Sequence[dict[str, Any]] = ()) -> Edition:
    """A small edition whose workspace holds the imports of some files."""
    edition = make_edition(folder / "editions" / "test", records)
    paths = [write(folder, name, content) for name, content in files.items()]
    refused = [one.error for one in import_files(paths, Job(folder)) if one.error]
    assert not refused, refused
    metadata = edition.metadata | {"datasets": describe_imports(list_imports(folder))}
    (edition.path / "edition.json").write_text(json.dumps(metadata), "utf-8")
    return Edition(edition.path)
