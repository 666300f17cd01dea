"""What a reviewer would have otherwise, written as ``field = value``: checked whole, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ValidationError

from pactwatch.model.amounts import AmountError, parse_items, parse_money
from pactwatch.model.codes import STAGES, Code, Instrument, Level, Modality, Precision, RecordType, Stage
from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.errors import Fault, InputError
from pactwatch.model.mentions import Mention
from pactwatch.review.questions import correct

FIELDS = (
    *("type", "stage", "parties", "modality", "date", "supplier", "recipient", "instrument", "name"),
    *("items", "money", "level", "hadr", "speaker"),
)
"""What can be corrected, in the order in which it is shown. The quote cannot: what it says is what it says."""

_HEADING = "the correction has faults"


class _WrongValueError(ValueError):
    """A value that is not what its field holds; the message says what would be."""


def read_correction(mention: Mention, given: Mapping[str, str], codes: Collection[str]) -> dict[str, Any]:
    """The fields that differ from the mention, as a judgement keeps them.

    ``given`` is text by field, empty text for a value that is not told; ``codes`` are the actors there are. Raises
    ``InputError`` with every fault, and where nothing would change.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for field, text in given.items():
        if field not in FIELDS:
            faults.append(_fault(field, text, f"a field among {', '.join(FIELDS)}"))
            continue
        try:
            values |= _READERS[field](text.strip(), codes)
        except _WrongValueError as wrong:
            faults.append(_fault(field, text, str(wrong)))
    faults += _find_misfits(mention, values)
    if faults:
        raise InputError(faults, _HEADING)
    corrected = correct(mention, values)
    changed = {name: value for name, value in values.items() if getattr(corrected, name) != getattr(mention, name)}
    if not changed:
        fault = _fault("", "nothing that differs", "a value other than the one coded")
        raise InputError([fault], _HEADING)
    return changed


def show_field(mention: Mention, field: str) -> str:
    """A coded field as text, in the notation that :func:`read_correction` reads; empty where nothing is told."""
    value = getattr(mention, field)
    if value is None:
        return ""
    if field == "parties":
        return " ".join(value)
    if field == "items":
        return "; ".join(
            f"{one.category}: {one.name}" + (f" ({one.quantity})" if one.quantity else "") for one in value
        )
    if field == "money":
        return f"{value.amount:f} {value.currency}"
    if field == "hadr":
        return "yes" if value else "no"
    return str(value)


def _find_misfits(mention: Mention, values: Mapping[str, Any]) -> list[Fault]:
    """What is right by itself and wrong together."""
    type_ = RecordType(values.get("type", mention.type))  # type: ignore[call-arg]  # lookup by value
    stage = Stage(values.get("stage", mention.stage))  # type: ignore[call-arg]
    parties = values.get("parties", list(mention.parties))
    faults = []
    if stage not in STAGES[type_]:
        faults.append(_fault("stage", stage, f"a stage of {type_}: {', '.join(STAGES[type_])}"))
    for side in ("supplier", "recipient"):
        code = values.get(side, getattr(mention, side))
        if code and code not in parties:
            faults.append(_fault(side, code, f"one of the parties: {' '.join(parties)}"))
    if not faults:
        try:
            correct(mention, dict(values))
        except ValidationError as error:
            faults += [_fault(".".join(map(str, one["loc"])), one.get("input"), one["msg"]) for one in error.errors()]
    return faults


def _fault(field: str, found: Any, expected: str) -> Fault:
    return Fault("correction", 0, field, repr(str(found)), expected, "Correct it and confirm again.")


def _code(
    name: str, vocabulary: type[Code], *, is_needed: bool = False
) -> Callable[[str, Collection[str]], dict[str, Any]]:
    def read(text: str, _: Collection[str]) -> dict[str, Any]:
        if not text and not is_needed:
            return {name: None}
        if text not in set(vocabulary):
            raise _WrongValueError(f"one of {', '.join(vocabulary)}")
        return {name: text}

    return read


def _actor(name: str) -> Callable[[str, Collection[str]], dict[str, Any]]:
    def read(text: str, codes: Collection[str]) -> dict[str, Any]:
        if text and text not in codes:
            raise _WrongValueError("an actor's code, such as JPN, or nothing")
        return {name: text or None}

    return read


def _read_parties(text: str, codes: Collection[str]) -> dict[str, Any]:
    parties = sorted(set(text.replace(";", " ").replace(",", " ").split()))
    unknown = [code for code in parties if code not in codes]
    if unknown or not parties:
        raise _WrongValueError(f"actors' codes with blanks between, such as JPN PHL{_name_unknown(unknown)}")
    return {"parties": parties}


def _name_unknown(codes: list[str]) -> str:
    return f" (not known: {', '.join(codes)})" if codes else ""


def _read_date(text: str, _: Collection[str]) -> dict[str, Any]:
    if not text:
        return {"date": None, "precision": str(Precision.NONE)}
    try:
        told = parse_date(text)
    except DateError as error:
        raise _WrongValueError(str(error)) from error
    if told.is_uncertain:
        raise _WrongValueError("a date without ?: a mention has what its text tells")
    written = f"{told.year:04d}-Q{told.quarter}" if told.quarter else told.edtf
    return {"date": written, "precision": str(told.precision)}


def _read_items(text: str, _: Collection[str]) -> dict[str, Any]:
    try:
        items = parse_items(text)
    except AmountError as error:
        raise _WrongValueError(str(error)) from error
    return {"items": [{"category": str(one.category), "name": one.name, "quantity": one.low} for one in items]}


def _read_money(text: str, _: Collection[str]) -> dict[str, Any]:
    if not text:
        return {"money": None}
    try:
        money = parse_money(text)
    except AmountError as error:
        raise _WrongValueError(str(error)) from error
    amount = int(money.amount) if money.amount == money.amount.to_integral_value() else str(money.amount)
    return {"money": {"amount": amount, "currency": money.currency}}


def _read_flag(text: str, _: Collection[str]) -> dict[str, Any]:
    if text.casefold() not in {"yes", "no", "true", "false"}:
        raise _WrongValueError("yes or no")
    return {"hadr": text.casefold() in {"yes", "true"}}


def _line(name: str) -> Callable[[str, Collection[str]], dict[str, Any]]:
    def read(text: str, _: Collection[str]) -> dict[str, Any]:
        if not text.isprintable():
            raise _WrongValueError("one line of text without control characters")
        return {name: text or None}

    return read


_READERS: dict[str, Callable[[str, Collection[str]], dict[str, Any]]] = {
    "type": _code("type", RecordType, is_needed=True),
    "stage": _code("stage", Stage, is_needed=True),
    "parties": _read_parties,
    "modality": _code("modality", Modality, is_needed=True),
    "date": _read_date,
    "supplier": _actor("supplier"),
    "recipient": _actor("recipient"),
    "instrument": _code("instrument", Instrument),
    "name": _line("name"),
    "items": _read_items,
    "money": _read_money,
    "level": _code("level", Level),
    "hadr": _read_flag,
    "speaker": _line("speaker"),
}
