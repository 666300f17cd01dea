"""Rules are read strictly: a mistake is told with file, line, what was found and what to write, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.casebook.template import write_template
from pactwatch.flow import open_casebook
from pactwatch.law.lawbook import resolve
from pactwatch.law.reading import read_lawbook
from pactwatch.model.errors import InputError
from tests.law.opened import court

RULES = "rules/export-rules.toml"
MISTAKES = {
    "fact": (RULES, 'fact = "item.weapon", equals = true', 'fact = "item.wapon", equals = true', "item.weapon"),
    "operator": (RULES, 'fact = "item.weapon", equals = true', 'fact = "item.weapon", equal = true', "equals"),
    "value": (RULES, '"rescue", "transport"', '"rescu", "transport"', "Did you mean 'rescue'"),
    "flag": (RULES, 'fact = "item.weapon", equals = false', 'fact = "item.weapon", equals = "no"', "without quotes"),
    "actor": (RULES, 'equals = "JPN"', 'equals = "JPX"', "JPN"),
    "effect": (RULES, 'effect = "forbid" ', 'effect = "forbids" ', "forbid"),
    "lifts": (RULES, 'lifts = ["outside-the-list"]', 'lifts = ["outside-the-lst"]', "outside-the-list"),
    "key": (RULES, "certainty =", "certanty =", "Did you mean 'certainty'"),
    "days": (RULES, "valid_to = 2014-03-31", "valid_to = 1970-03-31", "valid_to not before valid_from"),
    "met": (RULES, '  met = { fact = "undertakings.consent", equals = true }\n', "", "`met`"),
    "id": (RULES, 'id = "JP-EXPORT-2014"', 'id = "JP-EXPORT-1976"', "ids are never reused"),
    "open text": (RULES, 'fact = "item.weapon", equals = true', 'fact = "item.name", equals = "tank"', "programme"),
    "standing": ("rules/standing.csv", "security_partner,yes", "security_partnr,yes", "security_partner"),
    "precedent": ("rules/cases.csv", "item.kind=finished", "item.kind=finnished", "Did you mean 'finished'"),
    "outcome": ("rules/outcomes.csv", "allowed,allowed", "allowed,permitted", "one of allowed"),
    "expected": ("rules/cases.csv", "Contract,allowed,", "Contract,allowd,", "Did you mean 'allowed'"),
}


def break_book(folder: Path, *names: str) -> Path:
    write_template(folder)
    for name in names:
        file, old, new, _ = MISTAKES[name]
        text = (folder / file).read_text("utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_to_write(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        open_casebook(str(break_book(tmp_path / "book", name)))
    file, _, _, advice = MISTAKES[name]
    told = [str(fault) for fault in caught.value.faults]
    assert any(one.startswith(f"book/{file}") and advice in one for one in told), told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_casebook(str(break_book(tmp_path / "book", "fact", "value", "key", "standing", "outcome")))
    assert len({fault.field for fault in caught.value.faults}) >= 5


def test_a_casebook_may_do_without_rules(tmp_path: Path) -> None:
    folder = break_book(tmp_path / "book")
    for file in (folder / "rules").iterdir():
        file.unlink()
    (folder / "rules").rmdir()
    assert open_casebook(str(folder)).rules == {}


def test_the_shipped_rules_have_no_fault_and_every_rule_has_words_and_certainty() -> None:
    book = court().lawbook
    assert len(book.rules) >= 65
    for rule in book.rules:
        assert rule.head.says and rule.head.source.publisher
        assert (
            rule.head.certainty == "checked" or rule.head.doubts or rule.head.source.publisher == "background knowledge"
        )
        for clause in rule.clauses:
            assert clause.words.endswith(".")


def test_a_version_carries_over_replaces_and_drops() -> None:
    rules = {rule.id: rule for rule in court().lawbook.rules}
    before = {clause.id: clause for clause in rules["JP-AE-G-2022"].clauses}
    after = {clause.id: clause for clause in rules["JP-AE-G-2023"].clauses}
    assert set(before) < set(after)
    assert before["five-categories"].when != after["five-categories"].when
    assert before["us-technology"] == after["us-technology"]
    _, problems = resolve([rules["JP-AE-G-2024"]])
    assert [name for _, name in problems] == ["JP-AE-G-2023"]


def test_hostile_rules_are_refused_without_being_run() -> None:
    text = "[[rule]]\nid = \"X\"\napplies = { fact = \"__import__('os').system('true')\", equals = true }\n"
    book, faults = read_lawbook({"x.toml": text, "deep.toml": "a = " + "[" * 60}, court().deriver.actors, "rules")
    assert not book.rules
    assert faults
