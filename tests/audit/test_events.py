"""Events looked up among the default edition's records: the same comparisons as linking, and what follows from them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.events import Lookup, Register
from pactwatch.audit.standing import read_standing
from pactwatch.audit.telling import Told, told_by, told_in
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.edition import Edition
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Milestone, Record
from pactwatch.reconcile import open_weights
from pactwatch.reconcile.sides import known_sides
from tests.reconcile.telling import mention

CASEBOOK = find_casebook("japan-asean")
RECORDS = load_casebook(CASEBOOK).records
MILESTONES = [(record, one) for record in RECORDS for one in record.milestones]
PLACES = {record.record_id: record for record in RECORDS}


@pytest.fixture(scope="module")
def register(edition: Edition) -> Register:
    return Register(edition, open_weights(CASEBOOK))


def told(what: str, parties: str, **fields: Any) -> Told:
    return told_by(mention("article", what, parties, **fields))


def test_milestones_are_compared_as_reconciling_compares_them(edition: Edition) -> None:
    standing = {one.side.id: one.side for one in read_standing(edition)}
    assert standing == {side.id: side for side in known_sides(RECORDS)}


RAA = {"instrument": "RAA", "quote": "They signed a reciprocal access agreement"}
MEETING = {"quote": "The two defence ministers met for an hour before dinner"}


@pytest.mark.parametrize(
    ("what", "parties", "fields", "status", "record"),
    [
        ("agreement signed", "JPN PHL", {**RAA, "date": "2024-07-08"}, Lookup.FOUND, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2024-07-09"}, Lookup.FOUND, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2024-07"}, Lookup.FOUND, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2024"}, Lookup.FOUND, "PHL-RAA"),
        ("agreement signed", "JPN PHL", RAA, Lookup.FOUND, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2024-03-09"}, Lookup.DIFFERS, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2023-07-08"}, Lookup.DIFFERS, "PHL-RAA"),
        ("agreement signed", "JPN PHL", {**RAA, "date": "2019-07-08"}, Lookup.NOT_FOUND, ""),
        ("agreement signed", "JPN LAO", {**RAA, "date": "2024-07-08"}, Lookup.NOT_FOUND, ""),
        ("agreement signed", "JPN PHL USA", {**RAA, "date": "2024-07-08"}, Lookup.NOT_FOUND, ""),
        ("agreement ended", "JPN PHL", {**RAA, "date": "2024-07-08"}, Lookup.NOT_FOUND, ""),
        ("agreement ended", "JPN PHL", RAA, Lookup.NOT_FOUND, ""),
        ("dialogue held", "JPN PHL", {**MEETING, "date": "2023-08-14"}, Lookup.NOT_FOUND, ""),
        ("exercise held", "JPN PRY", {"date": "2023-08-14"}, Lookup.NOT_FOUND, ""),
    ],
)
def test_what_is_found(
    register: Register, what: str, parties: str, fields: dict[str, Any], status: Lookup, record: str
) -> None:
    looked = register.look_up(told(what, parties, **fields))
    assert looked.status is status, looked.why
    assert looked.records[:1] == ((record,) if record else ())
    if status is Lookup.NOT_FOUND:
        assert "does not say that it is false" in looked.why


def _with_values(wanted: str) -> list[tuple[Record, Milestone]]:
    """Milestones that alone tell sums or whole numbers, in transfers of two states."""
    return [
        (record, one)
        for record, one in MILESTONES
        if record.type == "transfer" and len(record.parties) == 2 and one.date.day
        if (one.money if wanted == "money" else len(one.items) == 1 and (one.items[0].low or 0) > 1)
    ]


def _mention_of(record: Record, one: Milestone, **update: Any) -> Mention:
    things = [{"category": item.category, "name": item.name, "quantity": item.low} for item in one.items]
    values: dict[str, Any] = {
        "date": str(one.date.earliest) if one.date.day else None,
        "instrument": record.instrument,
        "name": record.name or None,
        "quote": f"{record.title} {one.what}",
        "money": (one.money.amount, one.money.currency) if one.money else None,
        **update,
    }
    made = mention("article", f"{record.type} {one.stage}", " ".join(record.parties), **values)
    return made.model_copy(update={"items": Mention.model_validate({**made.model_dump(), "items": things}).items})


@pytest.mark.parametrize("factor", [0.5, 2])
def test_a_sum_told_otherwise_differs(register: Register, factor: float) -> None:
    milestones = _with_values("money")
    assert len(milestones) > 10
    for record, one in milestones:
        assert one.money is not None
        right = register.look_up(told_by(_mention_of(record, one)))
        wrong = register.look_up(
            told_by(_mention_of(record, one, money=(float(one.money.amount) * factor, one.money.currency)))
        )
        assert (right.status, right.records[0]) == (Lookup.FOUND, record.record_id)
        if record.record_id in wrong.records and wrong.status is not Lookup.FOUND:
            assert one.money.currency in wrong.why
        else:  # another record of the pair, without a sum, fits as well
            assert wrong.records and record.record_id not in wrong.records


@pytest.mark.parametrize(("number", "status"), [(4, Lookup.FOUND), (3, Lookup.FOUND), (9, Lookup.DIFFERS)])
def test_a_number_told_otherwise_differs(register: Register, number: int, status: Lookup) -> None:
    """The record has three fixed radars and a mobile one: four in all."""
    things = ("radar", "air surveillance radars", number)
    event = told("transfer contracted", "JPN PHL", things=things, date="2020-08-14", quote="a contract for radars")
    looked = register.look_up(event)
    assert (looked.status, looked.records) == (status, ("PHL-RADAR",))
    assert ("the article counts 9, the record 1 and 3" in looked.why) == (status is Lookup.DIFFERS)


def test_what_is_denied_and_what_is_vague_is_told(register: Register) -> None:
    looked = register.look_up(told("agreement signed", "JPN PHL", **RAA, modality="denied"))
    assert "the record says it did" in looked.why
    assert "no year" in looked.why


def test_an_event_that_the_coder_does_not_read_is_looked_up_by_what_its_sentence_has(register: Register) -> None:
    quote = "Japan and the Philippines drilled in October."
    found = register.look_up(told_in(quote, ("exercise", "training"), ("JPN", "PHL"), months=(10,)))
    assert found.status is Lookup.FOUND
    assert all(any(one.date.earliest.month == 10 for one in PLACES[id_].milestones) for id_ in found.records)
    assert register.look_up(told_in(quote, ("exercise",), ("JPN", "LAO"))).status is not Lookup.DIFFERS


@given(st.sampled_from(MILESTONES), st.booleans())
def test_records_hold_all_parties_told_and_what_is_left_out_is_not_told(
    register: Register, chosen: tuple[Record, Milestone], is_dated: bool
) -> None:
    record, one = chosen
    event = told_by(_mention_of(record, one, **({} if is_dated else {"date": None})))
    looked = register.look_up(event)
    assert all({*event.parties} <= {*PLACES[id_].parties} for id_ in looked.records)
    assert (looked.status is Lookup.NOT_FOUND) == (not looked.records)
    left = register.without(looked.records).look_up(event)
    assert {*left.records}.isdisjoint(looked.records)
    if looked.status is Lookup.NOT_FOUND:
        assert left.status is Lookup.NOT_FOUND
    assert register.look_up(event) == looked
