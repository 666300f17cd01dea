"""Fields of a mention, each from a passage of its own."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields import make_mention
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Grammar
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

MODELS = {"supplier": LinearModel(0.0, {"prep=from+after": 3.0, "prep=to+after": -3.0})}


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


def mention(text: str, what: tuple[str, str, str], parties: tuple[str, ...], modality: str = "actual") -> Mention:
    """The mention of the first candidate of that type and stage whose noun (else act) is of that group."""
    document = Document(id="d", text=text, published=date(2024, 6, 3))
    parsed = grammar().parse(document)
    kind, stage, group = what
    found = [c for c in parsed.candidates if (c.type, c.stage, c.group) == (kind, stage, group) and c.noun_at]
    chosen: Candidate = next((c for c in found if c.act is not None), found[0])
    chosen.parties, chosen.modality = parties, modality
    return make_mention(chosen, [chosen], parsed, document, MODELS, "test")


SIGNED = ("agreement", "signed", "pact")
HELD = ("exercise", "held", "drill")


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Norway and Chile signed a memorandum of understanding in Oslo.", "MOU"),
        ("Norway and Chile signed a status of forces agreement in Oslo.", "VFA"),
        ("Norway and Chile signed an agreement on the protection of classified information.", "GSOMIA"),
        ("Norway and Chile signed an accord on winter rescue by their navies.", "other"),
    ],
)
def test_instrument(text: str, instrument: str) -> None:
    assert mention(text, SIGNED, ("CHL", "NOR")).instrument == instrument


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norway and Chile held Exercise Granite Otter in May.", "Granite Otter"),
        ("Norway and Chile held a naval exercise called Granite Otter in May.", "Granite Otter"),
        ("Norway and Chile held a naval exercise in May.", None),
    ],
)
def test_exercise_name(text: str, name: str | None) -> None:
    assert mention(text, HELD, ("CHL", "NOR")).name == name


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Norway and Chile held a tabletop exercise in Oslo in May.", "tabletop"),
        ("Norway and Chile held a naval exercise off Bergen in May.", None),
    ],
)
def test_level(text: str, level: str | None) -> None:
    assert mention(text, HELD, ("CHL", "NOR")).level == level


def test_hadr() -> None:
    assert mention("Norway and Chile held an exercise in disaster relief in May.", HELD, ("CHL", "NOR")).hadr
    assert not mention("Norway and Chile held an exercise in minehunting in May.", HELD, ("CHL", "NOR")).hadr


def test_exercise_not_told_as_done_is_planned() -> None:
    text = "Norway and Chile will hold an exercise in minehunting."
    assert mention(text, HELD, ("CHL", "NOR"), "planned").stage == "planned"


def test_transfer_with_direction_items_and_money() -> None:
    text = "Chile ordered three patrol boats from Norway for 90 million euros on 7 May 2024."
    found = mention(text, ("transfer", "contracted", "equip"), ("CHL", "NOR"))
    assert (found.supplier, found.recipient) == ("NOR", "CHL")
    assert [(item.category, item.name, item.quantity) for item in found.items] == [("vessel", "patrol boats", 3)]
    assert found.money is not None
    assert str(found.money.amount) + found.money.currency == "90000000EUR"


def test_several_recipients_are_none() -> None:
    text = "Norway delivered radars to Chile and Kenya."
    assert mention(text, ("transfer", "delivered", "equip"), ("CHL", "KEN", "NOR")).recipient is None


def test_offsets_point_into_the_original() -> None:
    text = "Norway and Chile signed a memo-\nrandum of understanding in \u201cOslo\u201d."
    found = mention(text, SIGNED, ("CHL", "NOR"))
    assert text[found.start : found.end] == found.quote == text
    assert [text[start:end] for start, end in found.spans["act"]] == ["signed"]
    assert [text[start:end] for start, end in found.spans["instrument"]] == ["memo-\nrandum of understanding"]
