"""One word, one meaning: every column name has one type and one codebook entry."""

from __future__ import annotations

from pactwatch.edition.codebook import write_codebook
from pactwatch.edition.schema import TABLES
from pactwatch.model.codes import VOCABULARIES


def test_a_column_name_means_one_thing_everywhere() -> None:
    meanings: dict[str, tuple[str, str]] = {}
    for table in TABLES:
        for column in table.columns:
            meaning = (column.type, column.description)
            if column.name == "source_id":  # a foreign key may add why it is empty
                meaning = (column.type, "")
            assert meanings.setdefault(column.name, meaning) == meaning, f"{table.name}.{column.name}"


def test_names_keep_the_suffixes() -> None:
    for table in TABLES:
        for column in table.columns:
            assert (column.type == "boolean") == column.name.startswith(("is_", "has_")), column.name
            assert (column.type == "date") == column.name.endswith("_date"), column.name
            assert not column.name.endswith("_count") or column.type == "integer", column.name


def test_keys_and_references_name_real_columns() -> None:
    columns = {table.name: {column.name for column in table.columns} for table in TABLES}
    for table in TABLES:
        assert set(table.key) <= columns[table.name]
        for column, target in table.foreign_keys.items():
            other, _, name = target.partition(".")
            assert column in columns[table.name]
            assert name in columns[other]


def test_the_codebook_tells_every_code_and_column() -> None:
    text = write_codebook()
    for vocabulary in VOCABULARIES:
        for code in vocabulary:
            assert f"| `{code.value}` | {code.meaning} |" in text
    for table in TABLES:
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} |" in text
