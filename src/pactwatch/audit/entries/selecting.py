"""Selections of records, as claims write them, from the parameters of a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pactwatch.audit.entries.setting import Setting, Span
from pactwatch.audit.reading.frame import ACTIVITY, BASELINE, PARTNERS, Frame
from pactwatch.model.codes import Instrument, ItemCategory, Level, RecordType

ACTIVITY_TYPES = ("agreement", "transfer", "exercise", "training", "dialogue")
"""What "ties", "cooperation" and "activity" count; policies are no ties."""

COMMITTED = ("signed", "agreed", "contracted")
"""The stages at which agreements and transfers are struck; what was struck in a month is asked by these."""

_GROUPS = (PARTNERS, BASELINE)


def select(frame: Frame, setting: Setting, span: Span | None = None) -> dict[str, Any]:
    """The selection a frame counts: types, partners, years and what narrows them."""
    selection: dict[str, Any] = {"types": list(types_of(frame))}
    selection |= with_whom(frame.focus, frame.partners, setting)
    if frame.instruments:
        selection["instruments"] = list(frame.instruments)
    if frame.hadr:
        selection["hadr"] = True
    return selection | years(span)


def types_of(frame: Frame) -> tuple[str, ...]:
    """Record types; activity stands for all kinds of ties."""
    return ACTIVITY_TYPES if not frame.types or ACTIVITY in frame.types else frame.types


def years(span: Span | None) -> dict[str, int]:
    """First and last year of a selection; one that the edition ends needs no last year."""
    if span is None:
        return {}
    return {"since": span.start} if span.is_open else {"since": span.start, "until": span.end}


def with_whom(focus: str, partners: Sequence[str], setting: Setting) -> dict[str, Any]:
    """The parties of a selection: one partner must be there; of several any may be."""
    told: dict[str, Any] = {}
    everyone = [focus] if focus != setting.focus else []
    if len(partners) == 1 and partners[0] not in _GROUPS:
        everyone += [partners[0]]
    elif partners:
        told["with_any"] = list(partners)
    if everyone:
        told["with_all"] = everyone
    if focus != setting.focus:
        told["focus"] = False
    return told


def narrow(feature: str) -> dict[str, Any]:
    """What a feature adds to a selection."""
    if feature in set(RecordType):
        return {"types": [feature]}
    if feature in set(Instrument):
        return {"instruments": [feature]}
    if feature in set(ItemCategory):
        return {"categories": [feature]}
    if feature in set(Level):
        return {"levels": [feature]}
    return _FEATURES.get(feature, {})


_FEATURES: dict[str, dict[str, Any]] = {
    "hadr": {"hadr": True},
    "multilateral": {"multilateral": True},
    "bilateral": {"multilateral": False},
    "hard": {"sides": ["hard"]},
    "soft": {"sides": ["soft"]},
}


def widen_types(selection: dict[str, Any], feature: str) -> dict[str, Any]:
    """A whole that the feature can be a part of: a type that is watched is counted in it, and so are both sides."""
    whole = dict(selection)
    if feature in set(RecordType) and feature not in whole["types"]:
        whole["types"] = sorted({*whole["types"], feature}, key=list(RecordType).index)
    if feature in ("hard", "soft"):
        whole["sides"] = ["hard", "soft"]
    return whole


def step(name: str) -> dict[str, Any]:
    """The selection of one step of an order: an instrument, or a type of record."""
    if name in ("OSA", "ODA", "contract"):
        return {"types": ["transfer"], "instruments": [name]}
    if name in set(Instrument):
        return {"types": ["agreement"], "instruments": [name]}
    return {"types": [name]}
