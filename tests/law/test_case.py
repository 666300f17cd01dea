"""Cases are read strictly: every unknown key and value at once, with the nearest valid ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.casebook.sheets import FaultList
from pactwatch.law import read_case
from pactwatch.law.case import parse_case, read_values
from pactwatch.law.facts import TOLD
from pactwatch.model.errors import InputError, NotFoundError
from tests.law.opened import court

GOOD = """
date = 2016-09-06
supplier = "Japan"
recipient = "phl"
recipient_type = "Government"
[item]
name = "TC-90"
weapon = false
origin = "co-developed"
[undertakings]
approvals = ["NSC"]
"""

BAD = """
date = "some day"
supplyer = "JPN"
recipient = "PHX"
consent = true
[item]
kind = "finnished"
weapon = "yes"
[transfers]
mode = "sale"
[recipient_status]
in_combat = 3
[undertakings]
approvals = "nsc"
"""

SAID = {
    "date": ("bad.toml:2", "a day like 2024-03-26"),
    "supplyer": ("bad.toml:3", "Did you mean 'supplier'"),
    "recipient": ("bad.toml:4", "Did you mean PHL (Philippines)"),
    "consent": ("bad.toml:5", "It belongs into [undertakings]"),
    "item.kind": ("bad.toml:7", "Did you mean 'finished'"),
    "item.weapon": ("bad.toml:8", "true or false"),
    "transfers": ("bad.toml:9", "Did you mean 'transfer'"),
    "recipient_status.in_combat": ("bad.toml:12", "true or false"),
    "undertakings.approvals": ("bad.toml:14", 'Write it like ["nsc", "cabinet"]'),
}


def test_words_are_read_whatever_their_spelling(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD)
    case = read_case(tmp_path / "good.toml", court().deriver.actors)
    assert case.day == date(2016, 9, 6)
    assert case.told["supplier"] == "JPN"
    assert case.told["recipient"] == "PHL"
    assert case.told["recipient_type"] == "government"
    assert case.told["item.origin"] == "co_developed"
    assert case.told["undertakings.approvals"] == frozenset({"NSC"})


def test_every_fault_is_told_at_once_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(BAD)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path / "bad.toml", court().deriver.actors)
    told = {fault.field: str(fault) for fault in caught.value.faults}
    assert set(told) == set(SAID)
    for field, (place, words) in SAID.items():
        assert told[field].startswith(place)
        assert words in told[field]


@pytest.mark.parametrize("text", ["date = ", "x = [", "item = 3", "[item]\nkind = ['finished']", "a = " + "[" * 40])
def test_no_text_is_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.toml").write_text(text)
    with pytest.raises(InputError):
        read_case(tmp_path / "odd.toml", court().deriver.actors)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"nosuch\.toml"):
        read_case(tmp_path / "nosuch.toml", court().deriver.actors)


def test_an_empty_case_is_a_case() -> None:
    assert parse_case({}, court().deriver.actors).told == {}


def test_every_fact_of_the_format_can_be_told() -> None:
    words = {"flag": True, "words": ["nsc"], "actor": "USA", "text": "a ship", "day": "2024-01-01"}
    values: dict[str, object] = {}
    for fact in TOLD:
        value = fact.values[0] if fact.values else words[fact.form]
        table = values.setdefault(fact.table, {}) if fact.table else values
        assert isinstance(table, dict)
        table[fact.key] = value
    faults = FaultList("case")
    case = read_values(values, court().deriver.actors, faults)
    assert not faults.faults
    assert set(case.told) == {fact.name for fact in TOLD} - {"date"}
