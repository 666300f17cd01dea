"""What several kinds share: the years a claim is tested on, its other readings, and names for what is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pactwatch.audit.entries.selecting import types_of
from pactwatch.audit.entries.setting import LONGER, SHORTER, Setting, Span
from pactwatch.audit.reading.frame import BASELINE, DOWN, PARTNERS, Frame

FIRST_YEAR = 1947
"""The year from which on records may be; said where only the end of a span matters."""

Parameters = dict[str, Any]
Other = tuple[str, Parameters]
Built = tuple[Parameters, list[Other]]


def way(frame: Frame, up: str, down: str) -> str:
    """A direction in the words of a kind."""
    return down if frame.direction == DOWN else up


def told_span(frame: Frame, setting: Setting) -> Span | None:
    """The span where the sentence tells one, or where the article is older than the edition; else all years."""
    span = setting.span(frame)
    if frame.since or frame.until:
        return span
    return None if span.is_open else Span(FIRST_YEAR, span.end, is_open=False)


def other_spans(frame: Frame, setting: Setting) -> list[Span]:
    """A shorter and a longer span, where the sentence tells no first year; one that it takes up is one reading."""
    if frame.tells("since"):
        return []
    return [setting.span(replace(frame, since=None), years) for years in (SHORTER, LONGER)]


def other_periods(frame: Frame, setting: Setting, *tables: str) -> list[Other]:
    """Recent years alone, where the sentence tells no period."""
    if frame.tells("until"):
        return []
    starts = [one.start for one in other_spans(frame, setting)]
    return [(f"from {start} on", {table: {"since": start} for table in tables}) for start in starts]


def other_starts(frame: Frame, cut: int) -> list[Other]:
    """Earlier and later beginnings of the years compared, where the sentence tells none."""
    if frame.tells("since"):
        return []
    return [(f"from {cut - back} on", {"selection": {"since": cut - back}}) for back in (4, 14)]


def other_partners(frame: Frame, *tables: str) -> list[Other]:
    """The whole region, where the partners come from an earlier sentence and not from this one."""
    if frame.tells("partners") or frame.partners in ((PARTNERS,), (BASELINE,), ()):
        return []
    return [("with every partner", {table: {"with_any": [PARTNERS], "with_all": []} for table in tables})]


def narrower_types(frame: Frame, *tables: str) -> list[Other]:
    """A narrower reading of a word that takes in several types."""
    types = types_of(frame)
    if len(types) < 2:
        return []
    narrower = ["agreement"] if types == ("agreement", "transfer") else [one for one in types if one != "dialogue"]
    if narrower == list(types):
        return []
    words = "agreements alone" if narrower == ["agreement"] else "without meetings and talks"
    return [(words, {table: {"types": narrower} for table in tables})]


def of_focus(frame: Frame, setting: Setting) -> Parameters:
    """The parties of a step, where the actor is not the watched one."""
    return {"focus": False, "with_all": [frame.focus]} if frame.focus != setting.focus else {}


def name_feature(feature: str) -> str:
    """What a share is of, to complete "records that ..."."""
    return _CALLED.get(feature, f"are of the kind {feature.replace('_', ' ')}")


_CALLED = {
    "training": "are training",
    "exercise": "are exercises",
    "agreement": "are agreements",
    "transfer": "are transfers",
    "dialogue": "are meetings and talks",
    "policy": "are policies",
    "hadr": "include disaster relief",
    "multilateral": "have three or more parties",
    "bilateral": "have two parties",
    "hard": "are hard",
    "soft": "are soft",
    "vessel": "are of vessels",
    "aircraft": "are of aircraft",
    "radar": "are of radars",
}


def name_step(name: str) -> str:
    """A step as a sentence names it."""
    return _STEPS.get(name, name.replace("_", " "))


_STEPS = {
    "MOU": "the memorandum",
    "GSOMIA": "the information security agreement",
    "DETTA": "the equipment transfer agreement",
    "ACSA": "the logistics agreement",
    "RAA": "the reciprocal access agreement",
    "VFA": "the visiting forces agreement",
    "transfer": "the first transfer",
    "training": "training",
    "exercise": "the first exercise",
    "agreement": "the first agreement",
    "dialogue": "the first meeting",
}
