"""Equipment in running text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pactwatch.coder import items
from pactwatch.coder.items import ItemReader
from pactwatch.coder.numbers import NumberReader
from pactwatch.model.codes import ItemCategory

LEXICON = Path(items.__file__).parents[1] / "lexicons" / "en"


def _words(name: str) -> dict[str, Any]:
    return tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


READER = ItemReader(_words("equipment"), NumberReader(_words("numbers")))


def _read(text: str) -> list[tuple[str, str, int | None]]:
    return [(span.category.value, span.name, span.quantity) for span in READER.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "category", "name", "quantity"),
    [
        ("the navy got six second-hand patrol vessels", "vessel", "patrol vessels", 6),
        ("five 40-metre fast patrol craft", "vessel", "40-metre fast patrol craft", 5),
        ("a missile corvette is due", "vessel", "missile corvette", 1),
        ("three frigates of the Gowind type", "vessel", "frigates of the Gowind type", 3),
        ("they saw INS Tamal leave", "vessel", "INS Tamal", 1),
        ("two Thaon di Revel-class ships", "vessel", "Thaon di Revel-class ships", 2),
        ("a coastal radar", "radar", "coastal radar", 1),
        ("air-surveillance radar equipment", "radar", "air-surveillance radar equipment", None),
        ("one J/FPS-3ME radar", "radar", "J/FPS-3ME radar", 1),
        ("up to 40 F-35As", "aircraft", "F-35As", 40),
        ("eight Yak-130 combat trainers", "aircraft", "Yak-130 combat trainers", 8),
        ("sold the XR-77 fighter", "aircraft", "XR-77 fighter", None),
        ("four F-16Is", "aircraft", "F-16Is", 4),
        ("Twelve more Black Hawk helicopters", "helicopter", "Black Hawk helicopters", 12),
        ("another six K2 tanks", "vehicle", "K2 tanks", 6),
        ("wants Hawkei protected mobility vehicles", "vehicle", "Hawkei protected mobility vehicles", None),
        ("ten Joint Strike Missiles", "missile", "Joint Strike Missiles", 10),
        ("a second BrahMos battery", "missile", "BrahMos battery", 1),
        ("two batches of Javelin anti-tank missiles", "missile", "Javelin anti-tank missiles", None),
        ("155mm artillery shells", "ammunition", "155mm artillery shells", None),
        ("1.2 million rounds of ammunition", "ammunition", "rounds", 1_200_000),
        ("F404 engines", "engine_parts", "F404 engines", None),
        ("helicopter spare parts", "engine_parts", "helicopter spare parts", None),
        ("satellite communications equipment", "communications", "satellite communications equipment", None),
        ("night-vision goggles", "surveillance", "night-vision goggles", None),
        ("two dozen bulletproof vests", "protective", "bulletproof vests", 24),
        ("a pair of MQ-9B SeaGuardian drones", "drone", "MQ-9B SeaGuardian drones", 2),
        ("two full-mission simulators", "training_aid", "full-mission simulators", 2),
        ("24 self-propelled howitzers", "other", "self-propelled howitzers", 24),
    ],
)
def test_one_item(text: str, category: str, name: str, quantity: int | None) -> None:
    assert _read(text) == [(category, name, quantity)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("the second of four patrol boats", 1),
        ("the first four of the 18 patrol boats", 4),
        ("the last two from the six patrol boats", 2),
        ("the fifth and sixth patrol boats", 2),
        ("the first of these patrol boats", 1),
        ("both patrol boats", 2),
        ("four (4) patrol boats", 4),
        ("10 units of patrol boat", 10),
        ("the first pair of patrol boats", 2),
        ("three South Korean-made patrol boats", 3),
        ("the patrol boats", None),
        ("a fleet of patrol boats", None),
        ("in 2024 patrol boats arrived", None),
        ("first patrol boats", None),
        ("a second patrol boat contract", None),
    ],
)
def test_quantity(text: str, quantity: int | None) -> None:
    assert [found for _, _, found in _read(text)] == [quantity]


def test_things_side_by_side() -> None:
    found = _read("Fiji gets three patrol boats, a drone and 40 life jackets (LJs)")
    assert found == [("vessel", "patrol boats", 3), ("drone", "drone", 1), ("protective", "life jackets", 40)]


def test_a_short_form_in_brackets_is_left_out() -> None:
    assert len(_read("unmanned aerial vehicles (UAVs)")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a think tank on missile defence",
        "two rounds of talks",
        "they opened Exercise Cobra Gold at Swettenham Pier",
        "submarine crews and tank drills",
        "the minister met her counterpart on Friday",
        "Official Security Assistance (OSA)",
    ],
)
def test_no_item(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(("text", "is_generic"), [("weapons", True), ("defence equipment", True), ("frigates", False)])
def test_generic(text: str, is_generic: bool) -> None:
    text = f"it sold {text}"
    assert [span.is_generic for span in READER.find(text, 0, len(text))] == [is_generic]


def test_offsets_are_those_of_the_text() -> None:
    text = "Yesterday Palau received two more patrol boats."
    span = READER.find(text, 0, len(text))[0]
    assert text[span.start : span.end] == "two more patrol boats"
    assert text[span.name_start : span.name_end] == span.name == "patrol boats"


def test_every_list_of_things_is_a_category() -> None:
    words = _words("equipment")
    assert set(words["heads"]) | set(words["designations"]) <= {category.value for category in ItemCategory}
    assert sum(map(len, words["designations"].values())) >= 400


@pytest.mark.parametrize(
    "text", ["two (radar) " * 10_000, "patrol, craft, " * 10_000, "radar " * 30_000, "Type " * 30_000, "A-" * 100_000]
)
def test_hostile_texts_are_read_in_time(text: str) -> None:
    begun = time.process_time()
    READER.find(text, 0, len(text))
    assert time.process_time() - begun < 5
