"""The shape an answer must have: the JSON schema sent along, and the reading of what came back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from pactwatch.model.codes import Instrument, ItemCategory, Level, Modality, RecordType, Stage

MOST_MENTIONS = 300
OUTER = '"mentions"'
KEPT_KEYWORDS = frozenset(
    {"type", "enum", "anyOf", "$ref", "$defs", "properties", "required", "items", "additionalProperties"}
)
"""Keywords sent; ranges and patterns are checked here, because servers differ in which of them they accept."""


class BrokenAnswerError(Exception):
    """The answer is no JSON of the shape asked for."""


class RefusedError(Exception):
    """One mention cannot be taken; the text says why."""


class PartyAnswer(BaseModel):
    """An actor, and words of the document that name it."""

    code: str
    words: str


class ItemAnswer(BaseModel):
    """A thing transferred."""

    category: ItemCategory
    name: str = Field(min_length=1)
    quantity: int | None = Field(default=None, ge=0, le=10**9)


class MoneyAnswer(BaseModel):
    """An amount, and the words it was read from."""

    amount: float = Field(gt=0, le=1e15, allow_inf_nan=False)
    currency: str = Field(pattern="^[A-Z]{3}$")
    words: str


class DateAnswer(BaseModel):
    """A date to the precision told, and the words it was read from."""

    value: str
    words: str


class MentionAnswer(BaseModel):
    """One event as the model tells it, unchecked against the text."""

    quote: str
    reason: str = ""
    type: RecordType
    stage: Stage
    modality: Modality
    parties: list[PartyAnswer] = Field(min_length=1, max_length=60)
    supplier: str | None = None
    recipient: str | None = None
    instrument: Instrument | None = None
    name: str | None = None
    items: list[ItemAnswer] = Field(default_factory=list)
    money: MoneyAnswer | None = None
    date: DateAnswer | None = None
    level: Level | None = None
    hadr: bool = False
    speaker: str | None = None
    confidence: float = Field(default=0.5, allow_inf_nan=False)


class Answer(BaseModel):
    """A whole answer; only its schema is used, mentions are read one by one."""

    mentions: list[MentionAnswer]


REQUIRED = frozenset({"quote", "type", "stage", "modality", "parties"})


def answer_schema(actors: Collection[str], types: Collection[RecordType]) -> dict[str, Any]:
    """The JSON schema of an answer: every property required, nothing else allowed, vocabularies closed."""
    schema: dict[str, Any] = _plain(Answer.model_json_schema())
    shapes = schema["$defs"]
    shapes["PartyAnswer"]["properties"]["code"]["enum"] = sorted(actors)
    shapes["RecordType"]["enum"] = [str(kind) for kind in types]
    return schema


def _plain(node: Any) -> Any:
    """A schema without keywords of its own; names under ``properties`` and ``$defs`` are no keywords."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    plain: dict[str, Any] = {}
    for word, value in node.items():
        if word in {"properties", "$defs"}:
            plain[word] = {name: _plain(part) for name, part in value.items()}
        elif word in KEPT_KEYWORDS:
            plain[word] = _plain(value)
    if "properties" in plain:
        plain |= {"required": list(plain["properties"]), "additionalProperties": False}
    return plain


def read_answer(content: str) -> list[object]:
    """The unread mentions of an answer, which may stand in a fenced block or between other words."""
    for text in _candidates(content):
        try:
            found, _ = json.JSONDecoder(parse_constant=_no_constant).raw_decode(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("mentions"), list):
            mentions: list[object] = found["mentions"]
            if len(mentions) > MOST_MENTIONS:
                raise BrokenAnswerError(f"more than {MOST_MENTIONS} mentions for one part of a text")
            return mentions
    raise BrokenAnswerError("the answer is no JSON object with a list named mentions")


def _candidates(content: str) -> Iterator[str]:
    """The whole answer; its last fenced block; its last object that opens with the list of mentions."""
    yield content.strip()
    close = content.rfind("```")
    opening = content.rfind("```", 0, close) if close > 0 else -1
    brace = content.find("{", opening, close) if opening >= 0 else -1
    if brace >= 0:
        yield content[brace:close]
    outer = content.rfind(OUTER)
    brace = content.rfind("{", max(0, outer - 40), outer) if outer >= 0 else -1
    if brace >= 0:
        yield content[brace:]


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def read_mention(raw: object) -> tuple[MentionAnswer, list[str]]:
    """One mention and notes on what was dropped from it; raises :class:`RefusedError` when what it needs is bad.

    A bad value of a field a mention can do without costs that field only, and of an item only that item.
    """
    if not isinstance(raw, dict):
        raise RefusedError("the mention is no object")
    try:
        return MentionAnswer.model_validate(raw), []
    except ValidationError as error:
        mended, notes = _without(raw, [fault["loc"] for fault in error.errors(include_url=False, include_input=False)])
    try:
        return MentionAnswer.model_validate(mended), notes
    except ValidationError as error:  # pragma: no cover - every bad place was taken out
        raise RefusedError(f"{error.error_count()} values are not of the codebook") from None


def _without(raw: dict[str, Any], places: list[tuple[int | str, ...]]) -> tuple[dict[str, Any], list[str]]:
    needed = sorted({str(place[0]) for place in places} & REQUIRED)
    if needed:
        raise RefusedError(f"not of the codebook: {', '.join(needed)}")
    bad_items = {place[1] for place in places if place[0] == "items" and len(place) > 1}
    bad_fields = {str(place[0]) for place in places if not (place[0] == "items" and len(place) > 1)}
    mended = {field: value for field, value in raw.items() if field not in bad_fields}
    if bad_items and "items" in mended:
        mended["items"] = [item for index, item in enumerate(mended["items"]) if index not in bad_items]
    return mended, [
        f"{field} dropped: not of the codebook" for field in sorted(bad_fields | ({"items"} if bad_items else set()))
    ]
