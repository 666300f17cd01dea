"""Every line of the audit's words at work: its example is read as the line says."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading.lexicon import list_lines
from tests.audit.reading_tools import read_last, tools

LINES = list_lines()


def test_every_line_has_an_example_and_its_words_are_there() -> None:
    for group, line in LINES:
        assert line.get("example"), f"{group}: {line}"
        assert line.get("read"), f"{group}: {line}"
        assert line.get("words") or line.get("verbs"), f"{group}: {line}"


@pytest.mark.parametrize(("group", "line"), LINES, ids=[f"{i}-{group}" for i, (group, _) in enumerate(LINES)])
def test_the_example_of_a_line_is_read_as_it_says(group: str, line: dict[str, str]) -> None:
    got = read_last(line["example"], line.get("title", "")).told()
    assert set(got.split()) == set(line["read"].split()), group


def test_every_need_is_told_of_its_example() -> None:
    for line in tools()[1].needs:
        assert read_last(line["example"]).need == line["data"]
