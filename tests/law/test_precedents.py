"""Every precedent comes out as it was decided, or says why it cannot be asked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pactwatch.law.precedents import Tried, try_precedents
from pactwatch.law.rules import Outcome
from tests.law.opened import court

FACTS = Path(__file__).parents[2].parent / "shared" / "facts"


@pytest.mark.parametrize("tried", try_precedents(court()), ids=lambda tried: tried.precedent.case_id)
def test_a_precedent_comes_out_as_decided(tried: Tried) -> None:
    if tried.precedent.unmodelled:
        assert tried.outcome is None
        assert len(tried.precedent.unmodelled) > 20
    else:
        assert tried.outcome is tried.precedent.outcome


def test_lawful_but_not_done_is_no_denial() -> None:
    lost = [one for one in try_precedents(court()) if one.precedent.expected == "allow-not-executed"]
    assert len(lost) == 4
    assert {one.outcome for one in lost} == {Outcome.ALLOWED}


def test_every_word_of_the_facts_has_one_outcome_and_a_reason() -> None:
    outcomes = court().lawbook.outcomes
    assert {one.precedent.expected for one in try_precedents(court())} <= set(outcomes)
    assert all(reason for _, reason in outcomes.values())


@pytest.mark.skipif(not FACTS.is_dir(), reason="the gathered facts are not beside the project")
def test_no_precedent_and_no_rule_of_the_gathered_facts_is_left_out() -> None:
    import json

    with (FACTS / "cases.csv").open(encoding="utf-8") as stream:
        gathered = list(csv.DictReader(stream))
    kept = court().lawbook.precedents
    assert [(one["date"], one["expected"]) for one in gathered] == [(one.date, one.expected) for one in kept]
    lines = (FACTS / "rules.jsonl").read_text("utf-8").splitlines()
    versions = {row["id"]: row for row in map(json.loads, lines)}
    rules = {rule.id: rule for rule in court().lawbook.rules}
    assert set(versions) <= set(rules)
    for name, row in versions.items():
        head = rules[name].head
        if name == "JP-AE-EX-1983-US":  # parted in two at the exchange of notes
            continue
        assert (str(head.valid_from), str(head.valid_to)) == (row["valid_from"], str(row["valid_to"])), name
        if row["verified"] == "no":
            assert head.certainty != "checked", name
