"""Kinds that look beyond the records with partners: networks, surveys, rules, and imported data sets."""

from __future__ import annotations

from datetime import date

from pactwatch.audit.entries.others import Built, Parameters, way
from pactwatch.audit.entries.selecting import ACTIVITY_TYPES
from pactwatch.audit.entries.setting import LONGER, Setting
from pactwatch.audit.reading.frame import BASELINE, PARTNERS, Frame
from pactwatch.model.prose import whose

RECENT_LAW = 12
"""Years back that "once" and "in the past" are read as, of rules."""


def build_network(frame: Frame, setting: Setting) -> Built:
    """An actor's share of all tie weight, before and after the cut."""
    span = setting.span(frame)
    selection = {"types": list(ACTIVITY_TYPES), "since": span.start, "focus": False}
    built: Parameters = {"cut": span.cut, "direction": way(frame, "rises", "falls"), "selection": selection}
    if frame.focus != setting.focus:
        built["actor"] = frame.focus
    return built, [("standing between others, instead of the share of ties", {"measure": "brokerage"})]


def build_series(frame: Frame, setting: Setting) -> Built | None:
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
    built = {"series": ordered[0], "direction": way(frame, "rises", "falls"), "smallest_slope": 0.5}
    return built, [(f"the series {name}", {"series": name}) for name in ordered[1:3]]


def build_loosening(frame: Frame, setting: Setting) -> Built | None:
    """Steps by which the basket of cases was opened."""
    if setting.rules_since is None or frame.focus != setting.focus:
        return None
    end = setting.last_day.year
    since = date(frame.since or end - LONGER, 1, 1)
    longer = date(end - 2 * LONGER, 1, 1)
    others = [] if frame.tells("since") else [(f"steps from {longer.year} on", {"since": longer})]
    return {"since": since, "least_steps": 3}, [*others, ("two steps are enough", {"least_steps": 2})]


def build_opened(frame: Frame, setting: Setting) -> Built | None:
    """What is allowed now and was not on an earlier day."""
    if setting.rules_since is None or frame.focus != setting.focus:
        return None
    before = date(frame.until or setting.last_day.year - RECENT_LAW, 12, 31)
    return {"before": before, "least_share": 0.5}, [("a third is enough", {"least_share": 0.33})]


def build_imported_trend(frame: Frame, setting: Setting) -> Built | None:
    """A yearly figure of imported data; nothing where no measure here computes it."""
    figure = _FIGURES.get(frame.topic)
    if figure is None or (frame.topic == "arms_imports" and frame.focus != setting.focus):
        return None
    where = {key: frame.focus if value == "who" else value for key, value in figure["where"].items()}
    built = {**figure, "where": where, "direction": way(frame, "rises", "falls")}
    built |= {"since": frame.since} if frame.since else {}
    built |= {"until": frame.until} if frame.until else {}
    built["called"] = f"{whose(setting.name(frame.focus))} {figure['called']}"
    others = [] if frame.tells("since") else [(f"from {year} on", {"since": year}) for year in (2000, 2010)]
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


def build_imported_change(frame: Frame, setting: Setting) -> Built:  # noqa: ARG001
    """Concentration of suppliers over several actors."""
    built = {
        "measure": "dependence",
        "column": "hhi",
        "among": list(frame.partners) or [PARTNERS],
        "direction": way(frame, "rises", "falls"),
        "smallest_change": 0.1,
        "called": "concentration of arms suppliers",
    }
    return built, [
        ("an earlier span of ten years before", {"spans_back": 2}),
        ("twenty years before", {"spans_back": 4}),
    ]


def build_imported_level(frame: Frame, setting: Setting) -> Built | None:
    """A share of GDP that was said to be reached."""
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
        "called": f"{whose(setting.name(frame.focus))} military spending as a share of GDP",
    }
    return built, []
