"""What people decide: each decision says what it needs, and mentions are named by what they tell."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import BODY_OF, EntryKind
from pactwatch.model.judgements import Decision, Judgement, RecordRef, identify_mention, refer_to
from pactwatch.model.mentions import Mention

RECORD = RecordRef(record_id="PHL-RAA")


def _mention(**fields: Any) -> Mention:
    told = {
        "doc": "d1",
        "type": "agreement",
        "stage": "signed",
        "parties": ("JPN", "PHL"),
        "modality": "actual",
        "quote": "signed",
        "start": 3,
        "end": 9,
        "confidence": 0.9,
        "coder": "grammar",
    }
    return Mention.model_validate(told | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": Decision.ACCEPT},
        {"decision": Decision.SAME, "about": RECORD},
        {"decision": Decision.ACCEPT, "about": RECORD, "other": RECORD},
        {"decision": Decision.CORRECT, "about": RECORD},
        {"decision": Decision.REJECT, "about": RECORD, "correction": {"date": "2024"}},
        {"decision": Decision.WITHDRAW},
        {"decision": Decision.ACCEPT, "about": RECORD, "withdraws": 3},
    ],
)
def test_a_decision_that_lacks_something_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Judgement.model_validate(fields)


def test_a_mention_is_named_by_what_it_tells_not_by_how_sure_it_is() -> None:
    assert identify_mention(_mention()) == identify_mention(_mention(confidence=0.1))
    assert identify_mention(_mention()) != identify_mention(_mention(date="2024-07", precision="month"))
    assert refer_to(_mention()).mention_id == identify_mention(_mention())


def test_a_reference_keeps_its_kind_through_json() -> None:
    judgement = Judgement(decision=Decision.SAME, about=refer_to(_mention()), other=RECORD)
    assert Judgement.model_validate_json(judgement.model_dump_json()) == judgement


def test_every_kind_of_entry_has_a_body() -> None:
    assert set(BODY_OF) == set(EntryKind)


def test_a_text_is_its_own_name() -> None:
    assert identify_text("a") == identify_text("a") != identify_text("a ")
    assert identify_text("\ud800").startswith("d")


def test_pages_count_from_one() -> None:
    paged = Document(id="d1", text="abcdef", pages=(0, 3))
    assert [paged.page_at(offset) for offset in (0, 2, 3, 5)] == [1, 1, 2, 2]
    assert Document(id="d1", text="abc").page_at(1) is None
