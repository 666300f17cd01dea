"""The codebook, generated from the vocabularies and the table schema, so that it cannot drift from the code."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pactwatch.edition.ledger_schema import ALL_TABLES, DOCUMENTS, LEDGER_CODES
from pactwatch.edition.schema import Table
from pactwatch.model.codes import STAGES, VOCABULARIES, Code

_HEAD = """# Codebook

Generated from the code; do not edit. What pactwatch records, in the field's standard terms.

A **record** is one real-world item; its **milestones** are its stages with their dates; each milestone stands on
**sources**. Dates are written in EDTF to the precision told and are never filled in. Actors are ISO 3166-1 alpha-3
codes or the bodies ASEAN, EU, UN, NATO, QUAD.
"""


def write_codebook(tables: Sequence[Table] = ALL_TABLES) -> str:
    """The codebook of an edition with these tables, all by default, as Markdown."""
    unused: Collection[Code] = () if DOCUMENTS in tables else LEDGER_CODES
    stages = "\n".join(f"| `{type_}` | {' '.join(f'`{stage}`' for stage in STAGES[type_])} |" for type_ in STAGES)
    parts = [
        _HEAD,
        f"## Stages of each type, in order\n\n| type | stages |\n|---|---|\n{stages}\n",
        *(_write_vocabulary(vocabulary, unused) for vocabulary in VOCABULARIES),
        *(_write_table(table) for table in tables),
    ]
    return "\n".join(parts)


def _write_vocabulary(vocabulary: type[Code], unused: Collection[Code]) -> str:
    doc = (vocabulary.__doc__ or "").strip()
    rows = "\n".join(f"| `{member.value}` | {member.meaning} |" for member in vocabulary if member not in unused)
    return f"## {vocabulary.__name__}\n\n{doc}\n\n| code | meaning |\n|---|---|\n{rows}\n"


def _write_table(table: Table) -> str:
    rows = "\n".join(
        f"| `{column.name}` | {column.type} | {'yes' if column.is_nullable else 'no'} | {column.description} |"
        for column in table.columns
    )
    key = ", ".join(f"`{name}`" for name in table.key)
    head = f"## Table `{table.name}`\n\n{table.description} Key: {key}.\n"
    return f"{head}\n| column | type | may be empty | what |\n|---|---|---|---|\n{rows}\n"
