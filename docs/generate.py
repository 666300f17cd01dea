"""Writes the generated pages of docs/ from the code: codebook, measures, claim kinds, commands. A test compares
them.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
from pathlib import Path
from typing import Any

from pactwatch.claims.kinds import KINDS
from pactwatch.claims.question import Claim, Selection
from pactwatch.cli.run import run
from pactwatch.datasets.kinds import KINDS as KINDS_OF_DATA
from pactwatch.edition.codebook import write_codebook
from pactwatch.measures import MEASURES

DOCS = Path(__file__).parent
VERBS = (
    *("demo", "new", "publish", "editions", "diff", "measure", "claims", "check", "rules"),
    *("import", "diff-data", "compare", "reproduce", "code", "evaluate", "verify", "site build", "serve"),
)


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "codebook.md": write_codebook(),
        "measures.md": write_measures(),
        "claims.md": write_claims(),
        "commands.md": write_commands(),
        "datasets_tables.md": write_datasets(),
    }


def write_measures() -> str:
    """The measures with definition, unit, source, limits, an example and their columns."""
    parts = ["# Measures\n\nGenerated from the code; do not edit. `pactwatch measure NAME` computes one.\n"]
    for one in MEASURES.values():
        needs = f"**Needs.** {(' or ' if one.needs_any else ' and ').join(f'`{kind}`' for kind in one.needs)}\n\n"
        rows = "\n".join(f"| `{name}` | {note.description} | {note.unit} |" for name, note in one.columns.items())
        parts.append(
            f"## {one.name}: {one.title}\n\n**Definition.** {one.definition}\n\n**Unit.** {one.unit}\n\n"
            f"{needs if one.needs else ''}"
            f"**Source.** {one.source}\n\n**What it cannot show.** {one.cannot_show}\n\n**Example.** {one.example}\n\n"
            f"| column | what | unit |\n|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def write_claims() -> str:
    """How a claim is written, the selection, and each kind with what it asks."""
    parts = [
        "# Claims\n\nGenerated from the code; do not edit. A claim is a `[[claim]]` table of `claims.toml`.\n"
        "Its reading and its smallest effect worth speaking of are written before it is tested;\n"
        "[verdicts](verdicts.md) tells what follows.\n",
        _write_fields("A claim", Claim),
        _write_fields("A selection", Selection, inspect.cleandoc(Selection.__doc__ or "")),
    ]
    for kind in KINDS.values():
        fields = _write_rows(kind.parameters)
        parts.append(
            f"## Kind `{kind.name}`\n\n**Asks.** {kind.asks}\n\n**If nothing is in it.** {kind.null}\n\n{fields}"
        )
    return "\n".join(parts)


def write_commands() -> str:
    """The help of every command."""
    os.environ["COLUMNS"] = "100"  # the same lines on every terminal
    parts = ["# Commands\n\nGenerated from the code; do not edit.\n"]
    for verb in ("", *VERBS):
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            run([*verb.split(), "--help"])
        parts.append(f"## pactwatch {verb}".rstrip() + f"\n\n```\n{text.getvalue().strip()}\n```\n")
    return "\n".join(parts)


def write_datasets() -> str:
    """The kinds of data set files, and every table and column they become."""
    parts = [
        "# Data sets: kinds, tables, columns\n\nGenerated from the code; do not edit. [Data sets](datasets.md) tells "
        "how "
        "to import them.\n"
    ]
    told: set[str] = set()
    for kind in KINDS_OF_DATA.values():
        head = (
            f"## {kind.name}: {kind.title}\n\n**File.** {kind.where}\n\n**Publisher.** {kind.publisher}. {kind.terms}"
        )
        parts.append(f"{head}\n\n**Cite.** {kind.cite}\n")
        for table in kind.tables:
            if table.name in told:
                parts.append(f"Table `{table.name}`, as above.\n")
                continue
            told.add(table.name)
            rows = "\n".join(f"| `{c.name}` | {c.type} | {c.unit} | {c.description} |" for c in table.columns)
            columns = f"| column | type | unit | what |\n|---|---|---|---|\n{rows}\n"
            parts.append(f"### Table `{table.name}`\n\n{table.description}\n\n{columns}")
    return "\n".join(parts)


def _write_fields(title: str, model: Any, words: str = "") -> str:
    head = f"## {title}\n\n" + (f"{words}\n\n" if words else "")
    return head + _write_rows(model)


def _write_rows(model: Any) -> str:
    rows = "\n".join(
        f"| `{name}` | {'required' if field.is_required() else f'`{field.get_default(call_default_factory=True)!s}`'} "
        f"| {field.description or ''} |"
        for name, field in model.model_fields.items()
    )
    return f"| key | default | what |\n|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8", newline="\n")
