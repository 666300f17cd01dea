"""For each claim kind: the parameters that a frame stands for, and the other readings of what it leaves open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pactwatch.audit.entries.selecting import (
    ACTIVITY_TYPES,
    COMMITTED,
    narrow,
    select,
    step,
    types_of,
    widen_types,
    with_whom,
)
from pactwatch.audit.entries.setting import LONGER, SHORTER, Setting
from pactwatch.audit.reading.frame import ACTIVITY, BASELINE, DOWN, OTHERS, PARTNERS, Frame

Parameters = dict[str, Any]
Other = tuple[str, Parameters]
Built = tuple[Parameters, list[Other]]

_ONE_MONTH_RISE, _MONTHS_RISE = 0.10, 0.15
_VAGUE_SHARES = {0.2: (0.25, 0.3333), 0.25: (0.2, 0.3333)}
"""Other thresholds a vague word for a part may mean, by the one it is read as first."""


def build(kind: str, frame: Frame, setting: Setting) -> Built | None:
    """Parameters and other readings; ``None`` where the casebook has nothing the kind could be asked of."""
    return _BUILDERS[kind](frame, setting)


def _cluster(frame: Frame, setting: Setting) -> Built:
    selection = {**select(frame, setting, _told_span(frame, setting)), "unit": "milestone"}
    selection.pop("hadr", None)
    if set(types_of(frame)) <= {"agreement", "transfer"}:
        selection["stages"] = list(COMMITTED)
    rise = _ONE_MONTH_RISE if len(frame.months) == 1 else _MONTHS_RISE
    built = {"months": list(frame.months), "smallest_share_rise": rise, "selection": selection}
    return built, [*_periods(frame, setting, "selection"), *_partners(frame, "selection"), *_types(frame, "selection")]


def _trend(frame: Frame, setting: Setting) -> Built:
    span = setting.span(frame)
    selection = select(frame, setting)
    built: Parameters = {"direction": _way(frame, "rises", "falls"), "first_year": span.start, "selection": selection}
    if not span.is_open:
        built["last_year"] = span.end if frame.until else span.end - 1
    others: list[Other] = []
    if frame.since is None:
        for back in (SHORTER, LONGER):
            other = setting.span(frame, back)
            others.append((f"counted from {other.start}", {"first_year": other.start}))
    if frame.focus == setting.focus and BASELINE not in frame.partners and setting.places.baseline:
        against = [BASELINE] if not frame.against else list(frame.against)
        built["baseline"] = {**selection, "with_any": against}
        built["baseline"].pop("with_all", None)
    return built, [*others, *_partners(frame, "selection"), *_types(frame, "selection", "baseline")]


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
        "direction": _way(frame, "rises", "falls"),
        "called": _called(frame.feature),
        "selection": whole,
        "feature": feature,
    }
    return built, [*_starts(frame, cut), *_partners(frame, "selection")]


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
        "direction": _way(frame, "rises", "falls"),
        "called": "are with those it is said to turn to",
        "selection": whole,
        "feature": feature,
    }
    return built, _starts(frame, cut)


def _share(frame: Frame, setting: Setting) -> Built | None:
    feature = narrow(frame.feature)
    if not feature:
        return None
    whole = widen_types(select(frame, setting, _told_span(frame, setting)), frame.feature)
    whole.pop("hadr", None)
    if frame.months:
        whole |= {"months": list(frame.months)}
    threshold = frame.threshold or 0.25
    built = {
        "threshold": threshold,
        "smallest_rise": 0.10,
        "direction": _way(frame, "above", "below"),
        "called": _called(frame.feature),
        "selection": {**whole, **feature},
        "among": whole,
    }
    vague = [(f"a part of {other:.0%} or more", {"threshold": other}) for other in _VAGUE_SHARES.get(threshold, ())]
    return built, [*vague, *_periods(frame, setting, "selection", "among"), *_partners(frame, "selection", "among")]


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
        "direction": _way(frame, "more", "less"),
        "called": _called(frame.feature),
        "selection": group,
        "against": others,
        "feature": feature,
    }
    return built, _periods(frame, setting, "selection", "against")


def _concentration(frame: Frame, setting: Setting) -> Built:
    span = setting.span(frame)
    selection = select(frame, setting)
    built: Parameters = {
        "early": [span.start, span.cut - 1],
        "late": [span.cut, span.end],
        "direction": _way(frame, "rises", "falls"),
        "selection": selection,
    }
    if frame.partners and frame.partners != (PARTNERS,):
        built["among"] = list(frame.partners)
    others = []
    if frame.since is None:
        for back in (SHORTER, LONGER):
            other = setting.span(frame, back)
            middle = (other.start + other.end) // 2
            windows = {"early": [other.start, middle], "late": [middle + 1, other.end]}
            others.append((f"{other.start}-{middle} against {middle + 1}-{other.end}", windows))
    return built, others


def _depth(frame: Frame, setting: Setting) -> Built:
    selection = select(frame, setting, _told_span(frame, setting)) | {"types": ["exercise"]}
    selection.pop("hadr", None)
    built = {"direction": _way(frame, "deepens", "flattens"), "selection": selection}
    return built, [*_periods(frame, setting, "selection"), *_partners(frame, "selection")]


def _precedes(frame: Frame, setting: Setting) -> Built:
    among = list(frame.partners) or [PARTNERS]
    built: Parameters = {
        "earlier": {**step(frame.earlier), **_of_focus(frame, setting)},
        "later": {**step(frame.later), **_of_focus(frame, setting)},
        "among": among,
        "earlier_called": _step_name(frame.earlier),
        "later_called": _step_name(frame.later),
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
    selection = select(frame, setting, _told_span(frame, setting))
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


def _network(frame: Frame, setting: Setting) -> Built:
    span = setting.span(frame)
    selection = {"types": list(ACTIVITY_TYPES), "since": span.start, "focus": False}
    built: Parameters = {"cut": span.cut, "direction": _way(frame, "rises", "falls"), "selection": selection}
    if frame.focus != setting.focus:
        built["actor"] = frame.focus
    return built, [("standing between others, instead of the share of ties", {"measure": "brokerage"})]


def _series(frame: Frame, setting: Setting) -> Built | None:
    """The series on that actor's image, of those who were asked where the sentence names them; the longest first."""
    asked = [code.lower() for code in frame.partners if code not in (PARTNERS, BASELINE)]
    fitting = [
        (name, count)
        for name, (_, count) in setting.series.items()
        if f"-{frame.focus}-" in f"{name}-" and "trust" in name and (not asked or name.split("-")[3:4] == asked[:1])
    ]
    if not asked:
        fitting = [(name, count) for name, count in fitting if "asean" in name]
    ordered = [name for name, _ in sorted(fitting, key=lambda one: (-one[1], one[0]), reverse=False)]
    if not ordered:
        return None
    built = {"series": ordered[0], "direction": _way(frame, "rises", "falls"), "smallest_slope": 0.5}
    return built, [(f"the series {name}", {"series": name}) for name in ordered[1:3]]


def _loosening(frame: Frame, setting: Setting) -> Built | None:
    if setting.rules_since is None or frame.focus != setting.focus:
        return None
    end = setting.last_day.year
    since = date(frame.since or end - LONGER, 1, 1)
    longer = date(end - 2 * LONGER, 1, 1)
    others = [] if frame.since else [(f"steps from {longer.year} on", {"since": longer})]
    return {"since": since, "least_steps": 3}, [*others, ("two steps are enough", {"least_steps": 2})]


def _opened(frame: Frame, setting: Setting) -> Built | None:
    if setting.rules_since is None or frame.focus != setting.focus:
        return None
    before = date(frame.until or setting.last_day.year - RECENT_LAW, 12, 31)
    return {"before": before, "least_share": 0.5}, [("a third is enough", {"least_share": 0.33})]


RECENT_LAW = 12
"""Years back that "once" and "in the past" are read as, of rules."""


def _imported_trend(frame: Frame, setting: Setting) -> Built | None:
    figure = _FIGURES.get(frame.topic)
    if figure is None or (frame.topic == "arms_imports" and frame.focus != setting.focus):
        return None
    where = {key: frame.focus if value == "who" else value for key, value in figure["where"].items()}
    built = {**figure, "where": where, "direction": _way(frame, "rises", "falls")}
    built |= {"since": frame.since} if frame.since else {}
    built |= {"until": frame.until} if frame.until else {}
    built["called"] = f"{setting.name(frame.focus)}'s {figure['called']}"
    others = [] if frame.since else [(f"from {year} on", {"since": year}) for year in (2000, 2010)]
    return built, others


_FIGURES: dict[str, Parameters] = {
    "arms_imports": {
        "measure": "arms_trade",
        "column": "tiv",
        "where": {"direction": "import", "partner_code": "all"},
        "smallest_change": 10.0,
        "called": "arms imports in million TIV",
    },
    "dependence": {
        "measure": "dependence",
        "column": "top_share",
        "where": {"recipient_code": "who"},
        "smallest_change": 0.01,
        "called": "largest supplier's share of its arms imports",
    },
    "suppliers": {
        "measure": "dependence",
        "column": "hhi",
        "where": {"recipient_code": "who"},
        "smallest_change": 0.01,
        "called": "concentration of arms suppliers",
    },
    "military_spending": {
        "measure": "spending",
        "column": "constant_usd",
        "where": {"actor_code": "who"},
        "smallest_change": 100.0,
        "called": "military spending in constant US dollars",
    },
    "exercises_imported": {
        "measure": "exercise_partners",
        "column": "exercises",
        "where": {"partner_code": "partners"},
        "scale": "count",
        "smallest_change": 0.05,
        "called": "exercises in the data set of multinational exercises",
    },
}


def _imported_change(frame: Frame, setting: Setting) -> Built:  # noqa: ARG001
    built = {
        "measure": "dependence",
        "column": "hhi",
        "among": list(frame.partners) or [PARTNERS],
        "direction": _way(frame, "rises", "falls"),
        "smallest_change": 0.1,
        "called": "concentration of arms suppliers",
    }
    return built, [("an earlier span of ten years before", {"spans_back": 2}), ("twenty years before", {"spans_back": 4})]


def _imported_level(frame: Frame, setting: Setting) -> Built | None:
    if frame.topic != "military_spending" or frame.level is None:
        return None
    end = setting.last_day.year
    built = {
        "measure": "spending",
        "column": "gdp_share",
        "where": {"actor_code": frame.focus},
        "level": frame.level,
        "rounded_to": 0.0005,
        "since": frame.since or end - LONGER,
        "by": end,
        "called": f"{setting.name(frame.focus)}'s military spending as a share of GDP",
    }
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
    "network": _network,
    "series": _series,
    "loosening": _loosening,
    "opened": _opened,
    "imported_trend": _imported_trend,
    "imported_change": _imported_change,
    "imported_level": _imported_level,
}
TESTED = frozenset(_BUILDERS)
"""The kinds an article's sentences can be read as and tested by."""


def _way(frame: Frame, up: str, down: str) -> str:
    return down if frame.direction == DOWN else up


def _told_span(frame: Frame, setting: Setting) -> Any:
    """The span where the sentence tells one, or where the article is older than the edition; else all years."""
    span = setting.span(frame)
    if frame.since or frame.until:
        return span
    return None if span.is_open else type(span)(1947, span.end, is_open=False)


def _periods(frame: Frame, setting: Setting, *tables: str) -> list[Other]:
    """Recent years alone, where the sentence tells no period."""
    if frame.since or frame.until:
        return []
    others = []
    for back in (SHORTER, LONGER):
        start = setting.span(frame, back).start
        others.append((f"from {start} on", {table: {"since": start} for table in tables}))
    return others


def _starts(frame: Frame, cut: int) -> list[Other]:
    if frame.since:
        return []
    return [(f"from {cut - back} on", {"selection": {"since": cut - back}}) for back in (4, 14)]


def _partners(frame: Frame, *tables: str) -> list[Other]:
    """The whole region, where the partners come from an earlier sentence and not from this one."""
    if "partners" in frame.told or frame.partners in ((PARTNERS,), (BASELINE,), ()):
        return []
    return [("with every partner", {table: {"with_any": [PARTNERS], "with_all": []} for table in tables})]


def _types(frame: Frame, *tables: str) -> list[Other]:
    """A narrower reading of a word that takes in several types."""
    types = types_of(frame)
    if len(types) < 2:
        return []
    narrower = ["agreement"] if types == ("agreement", "transfer") else [one for one in types if one != "dialogue"]
    if narrower == list(types):
        return []
    words = "agreements alone" if narrower == ["agreement"] else "without meetings and talks"
    return [(words, {table: {"types": narrower} for table in tables})]


def _of_focus(frame: Frame, setting: Setting) -> Parameters:
    return {"focus": False, "with_all": [frame.focus]} if frame.focus != setting.focus else {}


def _called(feature: str) -> str:
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


def _step_name(name: str) -> str:
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
