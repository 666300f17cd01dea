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
from pactwatch.reconcile import open_weights
from pactwatch.reconcile.levels import LEVELS
from pactwatch.reconcile.rules import PREFERENCE

DOCS = Path(__file__).parent
VERBS = (
    *(
        "demo",
        "new",
        "read",
        "watch",
        "review",
        "publish",
        "editions",
        "diff",
        "measure",
        "claims",
        "audit",
        "trace",
        "check",
        "rules",
    ),
    *("import", "diff-data", "compare", "reproduce", "code", "evaluate", "verify"),
    *("ledger export", "ledger import", "site build", "serve"),
)


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "codebook.md": write_codebook(),
        "measures.md": write_measures(),
        "claims.md": write_claims(),
        "commands.md": write_commands(),
        "datasets_tables.md": write_datasets(),
        "reconciling_tables.md": write_reconciling(),
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


def write_reconciling() -> str:
    """The rules by which records are made of mentions that disagree, and what each comparison weighs."""
    rules = "\n".join(f"| {name} | {'; '.join(test.words for test in tests)} |" for name, tests in PREFERENCE.items())
    weights = open_weights()
    levels = "\n".join(
        f"| `{level}` | {words.format(days='N days')} | {weights.points.get(level, 0.0):+.2f} |"
        for level, words in LEVELS.items()
    )
    apart = "\n".join(f"| {key.replace('.', ', ')} | {days} |" for key, days in weights.apart.items())
    return (
        "# Tables of reconciling\n\nGenerated from the code and the weights that come with pactwatch; do not edit.\n"
        "[Reconciling](reconciling.md) tells what they are for.\n\n## Which value a field takes\n\n"
        "The first test that tells two values apart decides; what remains equal goes to the least mention id.\n\n"
        f"| field | tests, in order |\n|---|---|\n{rules}\n\n## What each level of a comparison weighs\n\n"
        f"Points are log-odds (natural logarithm). Every pair starts from {weights.base:+.2f}.\n\n"
        f"| level | in words | points |\n|---|---|---:|\n{levels}\n\n## How far apart two dates of one item may lie\n\n"
        f"| type, stage | days |\n|---|---:|\n{apart}\n"
    )


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
