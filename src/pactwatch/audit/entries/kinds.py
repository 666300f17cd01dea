"""For each claim kind: the parameters that a frame stands for, and the other readings of what it leaves open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pactwatch.audit.entries import figures
from pactwatch.audit.entries.others import (
    Built,
    Other,
    Parameters,
    name_feature,
    name_step,
    narrower_types,
    of_focus,
    other_partners,
    other_periods,
    other_spans,
    other_starts,
    told_span,
    way,
)
from pactwatch.audit.entries.selecting import (
    COMMITTED,
    narrow,
    select,
    step,
    types_of,
    widen_types,
    with_whom,
)
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.reading.frame import BASELINE, OTHERS, PARTNERS, Frame
from pactwatch.audit.reading.numbers import ABOUT, LEAST, MOST

_ONE_MONTH_RISE, _MONTHS_RISE, _SHARE_RISE = 0.10, 0.15, 0.10
_SOME = 0.25
"""The share from which on something that is said to be there often is."""
_VAGUE_SHARES = {0.2: (0.25, 0.3333), 0.25: (0.2, 0.3333)}
"""Other thresholds a vague word for a part may mean, by the one it is read as first."""


_OF_PARTS = frozenset({"share", "shift", "compare"})
"""The kinds that watch a part of a whole."""


def build(kind: str, frame: Frame, setting: Setting) -> Built | None:
    """Parameters and other readings; ``None`` where the casebook has nothing the kind could be asked of."""
    is_whole = kind in _OF_PARTS and set(types_of(frame)) == {frame.feature}
    return None if is_whole else _BUILDERS[kind](frame, setting)  # all of a thing are no part of it


def _cluster(frame: Frame, setting: Setting) -> Built:
    selection = {**select(frame, setting, told_span(frame, setting)), "unit": "milestone"}
    selection.pop("hadr", None)
    if set(types_of(frame)) <= {"agreement", "transfer"}:
        selection["stages"] = list(COMMITTED)
    rise = _ONE_MONTH_RISE if len(frame.months) == 1 else _MONTHS_RISE
    built = {"months": list(frame.months), "smallest_share_rise": rise, "selection": selection}
    return built, [
        *other_periods(frame, setting, "selection"),
        *other_partners(frame, "selection"),
        *narrower_types(frame, "selection"),
    ]


def _trend(frame: Frame, setting: Setting) -> Built:
    span = setting.span(frame)
    selection = select(frame, setting)
    built: Parameters = {"direction": way(frame, "rises", "falls"), "first_year": span.start, "selection": selection}
    if not span.is_open:
        built["last_year"] = span.end if frame.until else span.end - 1
    others: list[Other] = [
        (f"counted from {other.start}", {"first_year": other.start}) for other in other_spans(frame, setting)
    ]
    if frame.focus == setting.focus and BASELINE not in frame.partners and setting.places.baseline:
        against = list(frame.against) or [BASELINE]
        baseline = {key: value for key, value in selection.items() if key != "with_all"} | {"with_any": against}
        if frame.against:
            built["baseline"] = baseline
        else:
            others.append(
                ("compared with the baseline partners, whose news coverage grows too", {"baseline": baseline})
            )
    return built, [*others, *other_partners(frame, "selection"), *narrower_types(frame, "selection")]


def _shift(frame: Frame, setting: Setting) -> Built | None:
    # A told "since" is where the later period begins; as many years before it are set against it.
    cut = frame.since or setting.span(frame).cut
    start = cut - (setting.last_day.year - cut) - 1 if frame.since else setting.span(frame).start
    span = setting.span(frame)
    selection = select(frame, setting) | {"since": min(start, cut - 2)} | ({} if span.is_open else {"until": span.end})
    if frame.feature == "partners":
        return _turning(frame, setting, selection, cut)
    whole = widen_types(selection, frame.feature)
    whole.pop("hadr", None)
    feature = narrow(frame.feature)
    if not feature:
        return None
    built = {
        "cut": cut,
        "direction": way(frame, "rises", "falls"),
        "called": name_feature(frame.feature),
        "selection": whole,
        "feature": feature,
    }
    return built, [*other_starts(frame, cut), *other_partners(frame, "selection")]


def _turning(frame: Frame, setting: Setting, selection: Parameters, cut: int) -> Built:
    against = [code for code in (frame.against or (BASELINE,)) if code != OTHERS] or [BASELINE]
    whole = {key: value for key, value in selection.items() if key not in ("with_any", "with_all")}
    whole["with_any"] = [*frame.partners, *against]
    if frame.focus != setting.focus:
        whole |= {"focus": False, "with_all": [frame.focus]}
    feature: Parameters = {"with_any": list(frame.partners)}
    if frame.focus != setting.focus:
        feature["focus"] = False
    built = {
        "cut": cut,
        "direction": way(frame, "rises", "falls"),
        "called": "are with those it is said to turn to",
        "selection": whole,
        "feature": feature,
    }
    return built, other_starts(frame, cut)


def _share(frame: Frame, setting: Setting) -> Built | None:
    if frame.feature == "partners":
        return _share_with(frame, setting)
    feature = narrow(frame.feature)
    if not feature:
        return None
    whole = widen_types(select(frame, setting, told_span(frame, setting)), frame.feature)
    whole.pop("hadr", None)
    if frame.months:
        whole |= {"months": list(frame.months)}
    built = {
        **_how_large(frame),
        "called": name_feature(frame.feature),
        "selection": {**whole, **feature},
        "among": whole,
    }
    return built, [
        *_vague_parts(frame),
        *other_periods(frame, setting, "selection", "among"),
        *other_partners(frame, "selection", "among"),
    ]


def _share_with(frame: Frame, setting: Setting) -> Built:
    """How much of what is done with all partners is done with those named."""
    everyone = PARTNERS if set(frame.partners) <= set(setting.places.partners) else BASELINE
    whole = select(replace(frame, partners=(everyone,)), setting, told_span(frame, setting))
    built = {
        **_how_large(frame),
        "called": "are with those named",
        "selection": {**whole, "with_any": list(frame.partners)},
        "among": whole,
    }
    return built, [*_vague_parts(frame), *other_periods(frame, setting, "selection", "among")]


def _how_large(frame: Frame) -> Parameters:
    """What part is asked: one told in figures as it is bounded, else a vague word's."""
    told = frame.threshold or _SOME
    room = min(told, 1 - told) / 2  # what is near a tenth is no twentieth
    directions = {LEAST: "above", MOST: "below", ABOUT: "near"}
    return {
        "threshold": told,
        "smallest_rise": min(_SHARE_RISE, round(room, 3)),
        "direction": directions.get(frame.bound, way(frame, "above", "below")),
    }


def _vague_parts(frame: Frame) -> list[Other]:
    """Other parts that a vague word may mean; a figure means itself."""
    others = () if frame.bound else _VAGUE_SHARES.get(frame.threshold or _SOME, ())
    return [(f"a part of {other:.0%} or more", {"threshold": other}) for other in others]


def _compare(frame: Frame, setting: Setting) -> Built | None:
    feature = narrow(frame.feature)
    if not feature:
        return None
    group = widen_types(select(frame, setting), frame.feature)
    group.pop("hadr", None)
    others = dict(group)
    if frame.months:
        group |= {"months": list(frame.months)}
        others["months"] = [month for month in range(1, 13) if month not in frame.months]
    else:
        rest = [code for code in setting.places.partners if code not in frame.partners and code != "ASEAN"]
        against = rest if OTHERS in frame.against or not frame.against else list(frame.against)
        if PARTNERS in frame.partners and OTHERS in frame.against:
            against = [BASELINE]
        others.pop("with_all", None)
        others |= with_whom(frame.focus, against, setting)
    built = {
        "direction": way(frame, "more", "less"),
        "called": name_feature(frame.feature),
        "selection": group,
        "against": others,
        "feature": feature,
    }
    return built, other_periods(frame, setting, "selection", "against")


def _concentration(frame: Frame, setting: Setting) -> Built:
    span = setting.span(frame)
    selection = select(frame, setting)
    built: Parameters = {
        "early": [span.start, span.cut - 1],
        "late": [span.cut, span.end],
        "direction": way(frame, "rises", "falls"),
        "selection": selection,
    }
    if frame.partners and frame.partners != (PARTNERS,):
        built["among"] = list(frame.partners)
    others = []
    for other in other_spans(frame, setting):
        middle = (other.start + other.end) // 2
        windows = {"early": [other.start, middle], "late": [middle + 1, other.end]}
        others.append((f"{other.start}-{middle} against {middle + 1}-{other.end}", windows))
    return built, others


def _depth(frame: Frame, setting: Setting) -> Built:
    selection = select(frame, setting, told_span(frame, setting)) | {"types": ["exercise"]}
    selection.pop("hadr", None)
    built = {"direction": way(frame, "deepens", "flattens"), "selection": selection}
    return built, [*other_periods(frame, setting, "selection"), *other_partners(frame, "selection")]


def _precedes(frame: Frame, setting: Setting) -> Built:
    # An order is asked over partners: those of an earlier sentence would leave one or two to ask.
    among = list(frame.partners) if frame.tells("partners") else [PARTNERS]
    built: Parameters = {
        "earlier": {**step(frame.earlier), **of_focus(frame, setting)},
        "later": {**step(frame.later), **of_focus(frame, setting)},
        "among": among,
        "earlier_called": name_step(frame.earlier),
        "later_called": name_step(frame.later),
    }
    if frame.direction == "with":
        built["within_months"] = 12
        return built, [(f"within {months} months", {"within_months": months}) for months in (6, 18)]
    wider = [("baseline partners counted too", {"among": [*among, BASELINE]})] if among == [PARTNERS] else []
    return built, [*wider, ("partners without the earlier step count against it", {"later_alone": "against"})]


def _first(frame: Frame, setting: Setting) -> Built:
    among = list(frame.among) or [PARTNERS if frame.actor in setting.places.partners else BASELINE]
    built = {"actor": frame.actor, "among": among, "instruments": list(frame.instruments)}
    return built, [("by the day it was signed", {"stages": ["signed"]})]


def _exists(frame: Frame, setting: Setting) -> Built:
    selection = select(frame, setting, told_span(frame, setting))
    if frame.categories and "transfer" in types_of(frame):
        selection |= {"categories": list(frame.categories), "types": ["transfer"]}
    if frame.months:
        selection["months"] = list(frame.months)
    if frame.names:
        selection["names"] = list(frame.names)
    struck = set(types_of(frame)) <= {"agreement", "transfer", "policy"}
    built: Parameters = {"selection": selection, "called": "records of the kind claimed"}
    if frame.at_least:
        built["at_least"] = frame.at_least
    elif not struck:
        built |= {"at_least": 2, "distinct_years": 2}
    return built, []


_BUILDERS: dict[str, Callable[[Frame, Setting], Built | None]] = {
    "cluster": _cluster,
    "trend": _trend,
    "shift": _shift,
    "share": _share,
    "compare": _compare,
    "concentration": _concentration,
    "depth": _depth,
    "precedes": _precedes,
    "first": _first,
    "exists": _exists,
    "network": figures.build_network,
    "series": figures.build_series,
    "loosening": figures.build_loosening,
    "opened": figures.build_opened,
    "imported_trend": figures.build_imported_trend,
    "imported_change": figures.build_imported_change,
    "imported_level": figures.build_imported_level,
}
TESTED = frozenset(_BUILDERS)
"""The kinds an article's sentences can be read as and tested by."""
