"""Corrections: what is written is checked whole, every fault is told, what is the same is left out."""

from __future__ import annotations

from typing import Any

import pytest

from pactwatch.model.errors import InputError
from pactwatch.review import read_correction
from pactwatch.review.corrections import FIELDS, show_field
from pactwatch.review.questions import correct
from tests.review.made import mention

CODES = {"JPN", "PHL", "USA"}

GOOD: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"stage": "agreed"}, {"stage": "agreed"}),
    ({"parties": "USA; PHL JPN"}, {"parties": ["JPN", "PHL", "USA"]}),
    ({"date": "2024-07"}, {"date": "2024-07", "precision": "month"}),
    ({"date": "2024-Q3"}, {"date": "2024-Q3", "precision": "quarter"}),
    ({"date": ""}, {"date": None, "precision": "none"}),
    ({"date": "2024-07-09"}, {"date": "2024-07-09"}),
    ({"type": "dialogue", "stage": "held"}, {"type": "dialogue", "stage": "held"}),
    ({"instrument": ""}, {"instrument": None}),
    ({"money": "1600000000 JPY"}, {"money": {"amount": 1600000000, "currency": "JPY"}}),
    ({"money": "1.50 USD"}, {"money": {"amount": "1.50", "currency": "USD"}}),
    ({"items": "radar: J/FPS-3 (3); vessel: boats"}, {
        "items": [
            {"category": "radar", "name": "J/FPS-3", "quantity": 3},
            {"category": "vessel", "name": "boats", "quantity": None},
        ]
    }),
    ({"hadr": "yes", "stage": "signed"}, {"hadr": True}),
    ({"supplier": "JPN"}, {"supplier": "JPN"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), GOOD)
def test_what_differs_is_kept(given: dict[str, str], kept: dict[str, Any]) -> None:
    correction = read_correction(mention(), given, CODES)
    assert correction == kept
    corrected = correct(mention(), correction)
    assert {name: show_field(corrected, name) for name in given if given[name] == ""} == dict.fromkeys(
        [name for name in given if given[name] == ""], ""
    )


def test_every_fault_is_told_at_once() -> None:
    given = {
        **{"stage": "sighed", "parties": "JPN XXX", "date": "08/07/2024", "money": "lots", "hadr": "perhaps"},
        **{"quote": "other words", "supplier": "QQQ", "items": "gun: x", "level": "huge", "name": "a\x1b[2Jb"},
    }
    with pytest.raises(InputError) as caught:
        read_correction(mention(), given, CODES)
    assert {fault.field for fault in caught.value.faults} == set(given)
    assert "not known: XXX" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"type": "exercise"}, "stage"), ({"supplier": "USA"}, "supplier"), ({"stage": "signed"}, "")],
    ids=["a stage of another type", "a supplier that takes no part", "nothing changes"],
)
def test_what_does_not_fit_together_is_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(InputError) as caught:
        read_correction(mention(), given, CODES)
    assert [fault.field for fault in caught.value.faults] == [field]


def test_what_is_shown_can_be_written_back() -> None:
    one = mention(
        items=({"category": "radar", "name": "J/FPS-3", "quantity": 3},),
        money={"amount": 1600000000, "currency": "JPY"},
        supplier="JPN", recipient="PHL", name="Lombok Treaty", level=None,
    )  # fmt: skip
    for field in FIELDS:
        changed = correct(one, {"stage": "agreed"})
        correction = read_correction(changed, {"stage": "signed", field: show_field(one, field)}, CODES)
        assert correction == {"stage": "signed"}, field
