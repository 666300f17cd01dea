"""Values in words, as pages show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isnan
from typing import Any
from urllib.parse import urlsplit

from pactwatch.claims.finding import SHAPES, Verdict
from pactwatch.model.codes import (
    Doubt,
    Instrument,
    ItemGrade,
    Level,
    Precision,
    RecordType,
    ReviewStatus,
    SourceGrade,
    Stage,
)
from pactwatch.model.dates import DateError, parse_date

THIN = "\u2009"
NOTHING = "–"

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.MIXED: "mixed",
    Verdict.NOT_ENOUGH_EVIDENCE: "not enough evidence",
    Verdict.NOT_TESTABLE: "not testable",
}
VERDICT_MEANINGS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "The effect is in the claimed direction and beyond chance, or the records show what is claimed.",
    Verdict.CONTRADICTED: "An effect worth speaking of would have shown and did not, or the records show otherwise.",
    Verdict.MIXED: "The records show a part of it, or other reasonable choices point the other way.",
    Verdict.NOT_ENOUGH_EVIDENCE: "Neither chance nor an effect worth speaking of can be ruled out with these records.",
    Verdict.NOT_TESTABLE: "No records could support or contradict it; its page says why.",
}

_MONEY = re.compile(r"(\d{1,18}(?:\.\d+)?) ([A-Z]{3})")
_COLUMN = re.compile(r"(?:_id|_code|_edtf)$")
_MEANINGS: dict[str, dict[str, str]] = {
    name: {member.value: member.meaning for member in codes}
    for name, codes in {
        "type": RecordType,
        "stage": Stage,
        "instrument": Instrument,
        "level": Level,
        "precision": Precision,
        "doubt": Doubt,
        "source_grade": SourceGrade,
        "item_grade": ItemGrade,
        "review": ReviewStatus,
    }.items()
}


def say_meaning(vocabulary: str, code: str) -> str:
    """What a coded value means, from the codebook; the value itself when the codebook does not know it."""
    return _MEANINGS[vocabulary].get(code, code)


def say_code(code: str | None) -> str:
    """A coded value as words: ``in_force`` is "in force"."""
    return (code or "").replace("_", " ")


def say_date(edtf: str | None) -> str:
    """An EDTF date in words, to the precision told and no further."""
    return str(parse_date(edtf)) if edtf else "no date told"


def say_number(value: float, digits: int = 3) -> str:
    """A number with thin spaces between thousands and no more digits than it deserves: three, and three decimals.

    >>> say_number(1234567) == "1\\u2009234\\u2009567", say_number(0.04567), say_number(12.0), say_number(-0.0001)
    (True, '0.046', '12', '0.000')
    """
    if float(value).is_integer():
        return f"{int(value):,}".replace(",", THIN)
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", THIN)
    rounded = round(value, 3)
    return f"{rounded:.{digits}g}" if rounded else "0.000"


def say_cell(column: str, value: Any) -> str:
    """A value of a table; years and periods are written without spaces."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column == "p" and isinstance(value, int | float):
        return say_probability(value)
    if isinstance(value, int | float):
        return str(int(value)) if "year" in column and float(value).is_integer() else say_number(value)
    return str(value)


def say_column(name: str) -> str:
    """A column's name as a heading."""
    return _COLUMN.sub("", name).replace("_", " ")


def say_estimate(value: float | None, unit: str) -> str:
    """A value on the scale of a claim's estimate; shares in percent, differences of shares in points."""
    if value is None:
        return NOTHING
    if "share" in unit and ("change" in unit or "difference" in unit):
        return f"{100 * value:+.1f}{THIN}points"
    if "share" in unit:
        return f"{100 * value:.1f}{THIN}%"
    return say_number(value)


def say_probability(p: float | None) -> str:
    """A p value with the digits it deserves."""
    if p is None:
        return NOTHING
    if p < 0.001:
        return "< 0.001"
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def say_money(amount: float, currency: str) -> str:
    """An amount with its currency; large ones in millions or billions where nothing is lost by it."""
    for unit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        scaled = amount / unit
        if scaled >= 1 and round(scaled, 3) == scaled:
            return f"{scaled:,.3f}".rstrip("0").rstrip(".").replace(",", THIN) + f" {word} {currency}"
    return f"{say_number(amount)} {currency}"


def say_quantity(low: int | None, high: int | None, is_approximate: bool) -> str:
    """How many of an item, as told."""
    if low is None and high is None:
        return ""
    if low == high:
        text = str(low)
    elif high is None:
        text = f"at least {low}"
    else:
        text = f"up to {high}" if low is None else f"{low} to {high}"
    return f"about {text}" if is_approximate else text


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count_words(1, "record"), count_words(2, "record")
    ('1 record', '2 records')
    """
    return f"{say_number(number)} {one if number == 1 else many or one + 's'}"


def find_address(url: str | None) -> str:
    """The address when it is one a reader may safely follow (http or https with a host); else nothing."""
    text = (url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_safe = (
        parts.scheme.lower() in ("http", "https")
        and bool(parts.netloc)
        and not re.search(r"[\x00-\x20\x7f\"<>\\^`{|}]", text)
    )
    return text if is_safe else ""


def say_item(item: Mapping[str, Any]) -> str:
    """How many of a row of the item table, with a space after it; empty when not told."""
    told = say_quantity(item["quantity_low"], item["quantity_high"], bool(item["is_approximate"]))
    return told + " " if told else ""


def capitalise(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def say_preferred(milestone: Any, conflict_field: str | None) -> str:
    """What the edition prefers for a field that sources disagree on, where it is a field of the milestone."""
    row = milestone.row
    if conflict_field == "date":
        return say_date(row["date_edtf"])
    if conflict_field == "money" and row["money_amount"] is not None:
        return say_money(row["money_amount"], row["currency_code"] or "")
    if conflict_field == "items":
        return "; ".join(say_item(item) + str(item["item_name"]) for item in milestone.items) or NOTHING
    names = {"level": "exercise_level", "place": "place", "stage": "stage", "what": "what"}
    value = row.get(names.get(conflict_field or "", conflict_field or ""))
    return say_code(str(value)) if value is not None else NOTHING


def say_told(conflict: Mapping[str, Any]) -> str:
    """The other value of a field that sources disagree on; a date or an amount in words where it is one.

    >>> say_told({"conflict_field": "money", "conflict_value": "16500000000 JPY"})
    '16.5 billion JPY'
    """
    value = str(conflict["conflict_value"] or NOTHING)
    if conflict["conflict_field"] == "date":
        try:
            return say_date(value)
        except DateError:
            return value
    if conflict["conflict_field"] == "money" and (told := _MONEY.fullmatch(value)):
        return say_money(float(told[1]), told[2])
    return say_code(value) if conflict["conflict_field"] in ("stage", "level") else value


def say_verdict(verdict: str) -> str:
    """The words of a verdict."""
    return VERDICT_WORDS[Verdict(verdict)]


def shape_of(verdict: str) -> str:
    """The shape that stands for a verdict beside its colour."""
    return SHAPES[Verdict(verdict)]


FILTERS: dict[str, Callable[..., str]] = {
    "before_colon": lambda text: text.split(":")[0],
    "capitalize_first": capitalise,
    "preferred": say_preferred,
    "quantity": say_item,
    "told": say_told,
    "cell": say_cell,
    "code": say_code,
    "column": say_column,
    "count": count_words,
    "date": say_date,
    "estimate": say_estimate,
    "meaning": lambda code, vocabulary: say_meaning(vocabulary, code),
    "money": say_money,
    "number": say_number,
    "probability": say_probability,
    "shape": shape_of,
    "verdict": say_verdict,
}
"""What templates may say; each is one of the functions above."""
