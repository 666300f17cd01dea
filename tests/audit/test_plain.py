"""The plain sentences of the audit's lexicon are read as it says."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading.lexicon import list_examples
from tests.audit.reading_tools import read_last


@pytest.mark.parametrize("example", list_examples(), ids=lambda one: one["text"][:40])
def test_a_plain_sentence_is_read(example: dict[str, str]) -> None:
    assert set(read_last(example["text"]).told().split()) == set(example["read"].split())
