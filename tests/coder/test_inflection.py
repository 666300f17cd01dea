"""Inflection by rules and exceptions."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from pactwatch.coder.inflection import Morphology
from pactwatch.coder.lexicon import BASE_LEXICONS


@cache
def english() -> Morphology:
    return Morphology.from_toml(tomllib.loads((BASE_LEXICONS / "en" / "morphology.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("sign", "sign|signs|signed||signing"),
        ("agree", "agree|agrees|agreed||agreeing"),
        ("conclude", "conclude|concludes|concluded||concluding"),
        ("ratify", "ratify|ratifies|ratified||ratifying"),
        ("deploy", "deploy|deploys|deployed||deploying"),
        ("pass", "pass|passes|passed||passing"),
        ("launch", "launch|launches|launched||launching"),
        ("veto", "veto|vetoes|vetoed||vetoing"),
        ("tie", "tie|ties|tied||tying"),
        ("hold", "hold|holds|held||holding"),
        ("take part in", "take part in|takes part in|took part in|taken part in|taking part in"),
        ("co-host", "co-host|co-hosts|co-hosted||co-hosting"),
        ("re-sign", "re-sign|re-signs|re-signed||re-signing"),
        ("green-light", "green-light|green-lights|green-lighted||green-lighting"),
        ("withdraw from", "withdraw from|withdraws from|withdrew from|withdrawn from|withdrawing from"),
    ],
)
def test_forms_of_a_verb_where_those_spelt_alike_are_one(verb: str, forms: str) -> None:
    names = ["base", "present", "past", "participle", "gerund"]
    expected = [(name, form) for name, form in zip(names, forms.split("|"), strict=True) if form]
    assert english().forms(verb) == expected


@pytest.mark.parametrize(
    ("verb", "form", "phrases"),
    [
        ("be in talks to", "present", ["is in talks to", "are in talks to"]),
        ("be held", "past", ["was held", "were held"]),
        ("initial", "past", ["initialled", "initialed"]),
        ("get", "participle", ["gotten"]),
    ],
)
def test_a_form_may_have_several_spellings(verb: str, form: str, phrases: list[str]) -> None:
    assert [phrase for name, phrase in english().forms(verb) if name == form] == phrases


def test_without_rules_only_the_base_form_is_known() -> None:
    assert Morphology((), {}).forms("sign off") == [("base", "sign off")]


def test_the_first_rule_that_fits_is_used() -> None:
    rules = {"rules": [["n$", "", ["A", "B", "C", "D"]], ["", "", ["x", "x", "x", "x"]]], "irregular": {}}
    assert [phrase for _, phrase in Morphology.from_toml(rules).forms("sign")] == [
        "sign",
        "signA",
        "signB",
        "signC",
        "signD",
    ]
