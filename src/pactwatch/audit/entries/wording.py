"""How a sentence is read, in plain words, and what data it would take where it cannot be tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pactwatch.audit.entries.selecting import ACTIVITY_TYPES, types_of
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.reading import Frame, Reading
from pactwatch.audit.reading.frame import BASELINE, DOWN, OTHERS, PARTNERS
from pactwatch.claims.words import say_list, say_months, say_percent
from pactwatch.model.prose import whose

_TYPES = {
    "agreement": "agreements",
    "transfer": "transfers",
    "exercise": "exercises",
    "training": "training",
    "dialogue": "meetings and talks",
    "policy": "policies",
}
_STRUCK = {"agreement": "agreements signed", "transfer": "transfers agreed or contracted"}
_FEATURES = {
    "hadr": "disaster relief or humanitarian aid",
    "multilateral": "three or more parties",
    "bilateral": "two parties",
    "hard": "the hard side (as the balance measure classes it)",
    "soft": "the soft side (as the balance measure classes it)",
}


def say_reading(reading: Reading, parameters: dict[str, Any], setting: Setting) -> str:
    """The reading of a claim in one sentence."""
    words = _SENTENCES[reading.kind](reading.frame, parameters, setting)
    return f"{words[:1].upper()}{words[1:]}."


_KINDS = {
    "cluster": "a statement on the months in which events fall",
    "shift": "a statement on a make-up that changed",
    "share": "a statement on how large a part something is",
    "compare": "a comparison of two groups of partners",
    "precedes": "a statement on which step comes before which",
    "first": "a statement on who was first",
    "imported_trend": "a statement on a figure of published data that rises or falls",
    "imported_change": "a statement on figures of several states in published data",
    "imported_level": "a statement on a figure of published data",
}
"""The kinds that have parameters they cannot do without, as a reading names them."""
_LACKING = {
    "months": "which months",
    "feature": "which part of what is done is watched",
    "against": "with whom they are compared",
    "earlier": "which step comes first",
    "later": "which step follows",
    "instruments": "in which kind of agreement",
    "actor": "who",
    "topic": "which figure",
}


def say_untested(reading: Reading, setting: Setting) -> str:
    """Why no test fits, and what data it would take."""
    if reading.kind in ("", "none"):
        return reading.need or "What would have to be counted is not said clearly enough for a test."
    if reading.lacks:
        missing = " and ".join(_LACKING[key] for key in reading.lacks)
        return f"Read as {_KINDS[reading.kind]}; the sentence does not say {missing}, and a test has to know."
    if reading.kind in ("loosening", "opened"):
        who = setting.name(reading.frame.focus)
        return f"Read as a statement on how the rules of {who} changed; the casebook has none that could be followed."
    if reading.kind == "series":
        who = setting.name(reading.frame.focus)
        return f"Read as the image of {who} in surveys; the casebook has no series of at least two figures on it."
    if reading.kind.startswith("imported"):
        return "Read as a figure of published data sets that no measure here computes; it would have to be imported."
    read = _KINDS.get(reading.kind, "a statement on what there was")
    return f"Read as {read}; what it says of years and things is nothing that a test could count."


def say_actor(code: str, setting: Setting) -> str:
    """An actor or a group, as a reading names it."""
    if code == PARTNERS:
        return "the casebook's partners"
    if code == BASELINE:
        return "the baseline partners"
    return "the other partners" if code == OTHERS else setting.name(code)


def _with(frame: Frame, setting: Setting) -> str:
    told = [say_actor(code, setting) for code in frame.partners]
    joiner = " or " if len(told) > 1 else ""
    return "" if not told else f" with {joiner.join(told) if len(told) == 2 else say_list(told)}"


def _things(frame: Frame, *, is_struck: bool = False) -> str:
    types = types_of(frame)
    if types == ACTIVITY_TYPES:
        return "agreements, transfers, exercises, training and dialogues"
    words = {**_TYPES, **_STRUCK} if is_struck else _TYPES
    named = say_list([words[one] for one in types])
    if frame.instruments:
        named = f"{named} ({', '.join(frame.instruments)})"
    return f"{named} with disaster relief" if frame.hadr else named


def _whose(frame: Frame, setting: Setting) -> str:
    return whose(setting.name(frame.focus))


def _years(selection: dict[str, Any]) -> str:
    since, until = selection.get("since"), selection.get("until")
    if since and until:
        return f", up to {until}" if since < 1950 else f", {since}-{until}"
    return f", {since} and after" if since else ""


def _feature(name: str) -> str:
    return _FEATURES.get(name, _TYPES.get(name, name.replace("_", " ")))


def _say_cluster(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    things = _things(frame, is_struck=True)
    return (
        f"the share of {_whose(frame, setting)} {things}{_with(frame, setting)} that falls in "
        f"{say_months(frame.months)}{_years(parameters['selection'])}, against an even spread over the days of the year"
    )


def _say_trend(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "fall" if frame.direction == DOWN else "grow"
    last = f" to {parameters['last_year']}" if "last_year" in parameters else " on"
    against = ""
    if "baseline" in parameters:
        others = say_list([say_actor(code, setting) for code in parameters["baseline"]["with_any"]])
        against = f", compared with those with {others}"
    return (
        f"{_whose(frame, setting)} {_things(frame)}{_with(frame, setting)} {way} in number from year to year, "
        f"from {parameters['first_year']}{last}{against}"
    )


def _say_shift(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "falls" if frame.direction == DOWN else "rises"
    selection = parameters["selection"]
    cut, start = parameters["cut"], selection["since"]
    when = f"from {start}-{cut - 1} to {cut} and after"
    if frame.feature == "partners":
        everyone = say_list([say_actor(code, setting) for code in selection["with_any"]])
        wanted = say_list([say_actor(code, setting) for code in frame.partners])
        return f"among {_whose(frame, setting)} {_things(frame)} with {everyone}, the share with {wanted} {way} {when}"
    things = _things(frame)
    whole = f"among {_whose(frame, setting)} {things}{_with(frame, setting)}"
    return f"{whole}, the share of {_feature(frame.feature)} {way} {when}"


def _say_share(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    part = _say_part(parameters)
    when = f" in {say_months(frame.months)}" if frame.months else ""
    if frame.feature == PARTNERS:
        whole, named = _list(parameters["among"]["with_any"], setting), _list(frame.partners, setting)
        return (
            f"of {_whose(frame, setting)} {_things(frame)} with {whole}{_years(parameters['among'])}, {part} "
            f"are with {named}"
        )
    return (
        f"among {_whose(frame, setting)} {_things(frame)}{_with(frame, setting)}{when}{_years(parameters['among'])}, "
        f"{_feature(frame.feature)} makes up {part}"
    )


def _say_part(parameters: dict[str, Any]) -> str:
    told, rise = parameters["threshold"], parameters["smallest_rise"]
    if parameters["direction"] == "near":
        return f"about {say_percent(told)} (between {say_percent(told - rise)} and {say_percent(told + rise)})"
    return f"{'more' if parameters['direction'] == 'above' else 'less'} than {say_percent(told)}"


def _say_compare(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "lower" if frame.direction == DOWN else "higher"
    what = f"the share of {_feature(frame.feature)} among {_whose(frame, setting)} {_things(frame)}"
    if frame.months:
        return f"{what}{_with(frame, setting)} is {way} in {say_months(frame.months)} than in the other months"
    others = parameters["against"].get("with_any") or parameters["against"].get("with_all", [])
    told = "the other partners" if OTHERS in frame.against or not frame.against else _list(others, setting)
    return f"{what}{_with(frame, setting)} is {way} than with {told}"


def _say_concentration(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "rises" if parameters["direction"] == "rises" else "falls"
    early, late = ("-".join(map(str, parameters[key])) for key in ("early", "late"))
    return (
        f"the Herfindahl-Hirschman index of {_whose(frame, setting)} {_things(frame)} over "
        f"{_list(frame.partners or (PARTNERS,), setting)} {way} from {early} to {late}"
    )


def _say_depth(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "falls" if frame.direction == DOWN else "rises"
    return (
        f"the level of {_whose(frame, setting)} exercises{_with(frame, setting)} (port call, goodwill, tabletop, "
        f"field, combined) {way} with the years{_years(parameters['selection'])}"
    )


def _say_precedes(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:  # noqa: ARG001
    among = _list(parameters["among"], setting)
    if "within_months" in parameters:
        return (
            f"for {among}, {parameters['earlier_called']} has {parameters['later_called']} with the same partner "
            f"within {parameters['within_months']} months either side more often than at other times"
        )
    return f"for each of {among} with both, {parameters['earlier_called']} comes before {parameters['later_called']}"


def _say_first(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    return (
        f"{setting.name(frame.actor)} completed a step on {say_list(list(frame.instruments))} with "
        f"{setting.name(setting.focus)} before every other of {_list(parameters['among'], setting)}"
    )


def _say_exists(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    least, years = parameters.get("at_least", 1), parameters.get("distinct_years")
    when = f" in {say_months(frame.months)}" if frame.months else ""
    spread = f", in at least {years} years" if years else ""
    named = f" named {say_list(list(frame.names))}" if frame.names else ""
    items = f" of {say_list([one.replace('_', ' ') for one in frame.categories])}" if frame.categories else ""
    things = _things(frame)
    return (
        f"the records hold at least {least} of {_whose(frame, setting)} {things}{items}{named}{_with(frame, setting)}"
        f"{when}{_years(parameters['selection'])}{spread}"
    )


def _say_network(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "falls" if frame.direction == DOWN else "rises"
    since, cut = parameters["selection"]["since"], parameters["cut"]
    return (
        f"{_whose(frame, setting)} share of all tie weight among the casebook's partners and baseline partners {way} "
        f"from {since}-{cut - 1} to {cut} and after"
    )


def _say_series(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    way = "falls" if frame.direction == DOWN else "rises"
    told = setting.series[parameters["series"]][0]
    return f"the survey series {parameters['series']} ({told}) {way} from year to year"


def _say_loosening(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    return (
        f"over the casebook's basket of typical cases, every change of {_whose(frame, setting)} rules since "
        f"{parameters['since'].year} allows more and none allows less, in at least {parameters['least_steps']} steps"
    )


def _say_opened(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:
    return (
        f"of the casebook's basket of cases that {_whose(frame, setting)} rules allow at the end, at least half were "
        f"not allowed on {parameters['before'].day} December {parameters['before'].year}"
    )


def _say_figure(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:  # noqa: ARG001
    way = {"rises": "rises", "falls": "falls"}[parameters["direction"]]
    since = f", from {parameters['since']} on" if "since" in parameters else ""
    return f"{parameters['called']} {way} over the years{since} (imported data)"


def _say_change(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:  # noqa: ARG001
    return (
        f"over {_list(parameters['among'], setting)}, the Herfindahl-Hirschman index of their arms suppliers' shares "
        f"{parameters['direction']} from fifteen years before to the latest five years (imported data)"
    )


def _say_level(frame: Frame, parameters: dict[str, Any], setting: Setting) -> str:  # noqa: ARG001
    return (
        f"{parameters['called']} was at least {say_percent(parameters['level'])} in a year from {parameters['since']} "
        f"to {parameters['by']} (imported data)"
    )


def _list(codes: Sequence[str], setting: Setting) -> str:
    return say_list([say_actor(code, setting) for code in codes])


_SENTENCES: dict[str, Callable[[Frame, dict[str, Any], Setting], str]] = {
    "cluster": _say_cluster,
    "trend": _say_trend,
    "shift": _say_shift,
    "share": _say_share,
    "compare": _say_compare,
    "concentration": _say_concentration,
    "depth": _say_depth,
    "precedes": _say_precedes,
    "first": _say_first,
    "exists": _say_exists,
    "network": _say_network,
    "series": _say_series,
    "loosening": _say_loosening,
    "opened": _say_opened,
    "imported_trend": _say_figure,
    "imported_change": _say_change,
    "imported_level": _say_level,
}
