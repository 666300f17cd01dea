"""The starter casebook loads and runs as it is, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.casebook.template import TemplateError, write_template


def test_the_template_loads_publishes_and_tests_its_claim(tmp_path: Path) -> None:
    write_template(tmp_path / "My Book")
    casebook = flow.open_casebook(str(tmp_path / "My Book"))
    edition, warnings = flow.publish(casebook, tmp_path / "home")
    assert casebook.settings.name == "my-book"
    assert not warnings
    (result,) = flow.test_claims(edition)
    assert result.verdict == "supported"
    assert result.records == ("PHL-RAA",)


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(TemplateError, match="not an empty folder"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
