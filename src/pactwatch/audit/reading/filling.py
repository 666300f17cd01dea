"""The parameters of a claim of a given kind: from the rules of that kind that fit, else from its words alone.

What a rule leaves open is taken from the sentence's own names and things, else from what was told before it, else from
what is usual; ``Frame.told`` keeps which was which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from pactwatch.audit.reading.actors import Cast, Memory
from pactwatch.audit.reading.casting import actor_options, focus_options, partner_options
from pactwatch.audit.reading.counts import read_count
from pactwatch.audit.reading.frame import ACTIVITY, DOWN, FEATURES, JUDGED, LAW, NONE, STEPS, TOPICS, UP, Frame
from pactwatch.audit.reading.instruments import instrument_options
from pactwatch.audit.reading.lexicon import GIVEN, AuditLexicon
from pactwatch.audit.reading.numbers import MOST
from pactwatch.audit.reading.opposing import against_options
from pactwatch.audit.reading.orders import FIRST, PRECEDES, read_order
from pactwatch.audit.reading.parts import read_part
from pactwatch.audit.reading.periods import SINCE, UNTIL, is_told_here, read_period, times_of, year_options
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.picking import NEAR, RULE, Option, flag_options, name_options, pick, weigh_options
from pactwatch.audit.reading.record_types import type_options
from pactwatch.audit.reading.rules import Rule
from pactwatch.audit.reading.seasons import month_options, read_months
from pactwatch.audit.reading.sensing import Weighing
from pactwatch.audit.reading.sentences import Seen
from pactwatch.audit.reading.things import (
    TRANSFER,
    merge_payloads,
    ordered_things,
    read_categories,
    read_instruments,
    read_types,
    split_feature,
    told_things,
    topics_within,
)

DIRECTION, SHARE, EXISTS = "direction", "share", "exists"
_HALF = 0.5
FACTOR = "factor"
"""Words by how much something grew, and what a frame tells with them."""
_BY_HOW_MUCH = frozenset({"trend", "shift", "imported_trend", "compare"})
"""Kinds that ask which way something goes, not how far."""
_YEARS = (SINCE, UNTIL)
_WORDS = ("word:", "stem:", "group:", "pair:")
_PICKED = {
    **dict.fromkeys(("share", "shift", "compare"), ("feature",)),
    **dict.fromkeys(("imported_trend", "imported_change", "imported_level"), ("topic",)),
    PRECEDES: ("earlier", "later"),
}
"""The parameters of a kind that weights pick of a closed list of names."""
_VALUES = {"feature": FEATURES, "topic": TOPICS, "earlier": STEPS, "later": STEPS}
_LINES = {"feature": 0.5, "topic": 0.5, "earlier": 0.5, "later": 0.5}
"""The chance from which on a picked name is taken: more likely than all others together."""

_UNTOLD = 0.92
"""The chance from which on a watched part is taken that nothing in the sentence names: else it is left open."""

_SAID = ("direction", "topic", "threshold", "levels", "at_least", "level")
"""Parameters that words of the lexicon may say by themselves."""


class Filled(NamedTuple):
    """How the claim of a sentence is read, and by which words."""

    kind: str = ""
    used: tuple[Hit, ...] = ()
    frame: Frame = Frame()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filler:
    """Fills the frames of one article's claims. Spans of years end at ``day``; ``weighing`` is of one sentence, and
    ``near`` are the values that come near to those picked for the frame filled last, each with its chance."""

    lexicon: AuditLexicon
    memory: Memory
    day: date
    weighing: Weighing | None = None
    near: dict[str, Sequence[tuple[Any, float]]] = field(default_factory=dict)

    def fill(self, seen: Seen, kind: str, cast: Cast, features: Sequence[str]) -> Filled:
        """The claim of a sentence read as ``kind``, and what of that it lacks that the kind cannot do without.

        By ``features`` the fitted weights choose its types and direction where no word of the lexicon tells them.
        """
        if kind == LAW:
            return Filled(LAW, (), Frame(focus=cast.focus))
        if kind == NONE:
            used = next((found for rule, found in self._fitting(seen, NONE)), ())
            return Filled(NONE, tuple(used), Frame(focus=cast.focus))
        first: Filled | None = None
        for rule, used in (*self._fitting(seen, kind), *self._otherwise(seen, kind)):
            frame = self._frame(seen, rule, used, cast, features)
            lacks = tuple(key for key in rule.payload.get("needs", ()) if not getattr(frame, key))
            filled = Filled(kind, tuple(used), frame, lacks)
            if not lacks:
                return filled
            first = first or filled
        return first or Filled(NONE, (), Frame(focus=cast.focus))

    def fill_event(self, seen: Seen, cast: Cast) -> Frame:
        """Whose event it is and of what, where the coder reads none in the sentence."""
        return Frame(
            focus=cast.focus,
            partners=cast.partners,
            types=read_types(seen.hits.get("topic", ())),
            months=read_months(seen, self.lexicon.settings),
            categories=read_categories(seen),
        )

    def _fitting(self, seen: Seen, kind: str) -> Iterator[tuple[Rule, Sequence[Hit]]]:
        """The rules of a kind that fit, in their order, each with the words by which it does."""
        for rule in self.lexicon.readings:
            used = rule.fits(seen) if rule.name == kind else None
            if used is not None:
                yield rule, used

    def _otherwise(self, seen: Seen, kind: str) -> Iterator[tuple[Rule, Sequence[Hit]]]:
        """How the kind is filled where none of its rules fits: by any words that its rules ask for."""
        groups = {name for rule in self.lexicon.readings if rule.name == kind for name in rule.named}
        used = [hit for name in sorted(groups - GIVEN) for hit in seen.hits.get(name, ())]
        for rule in self.lexicon.otherwise.get(kind, ()):
            yield rule, sorted(used, key=lambda hit: hit.i)

    def _frame(self, seen: Seen, rule: Rule, used: Sequence[Hit], cast: Cast, features: Sequence[str]) -> Frame:
        """The frame of a reading by one rule: what its words say, and what weights pick of the rest."""
        self.near.clear()
        values, topics = self._said(seen, rule, used)
        if "direction" not in values:
            values["direction"] = self._choose_direction(features)
        values |= read_order(seen, rule, used, cast) or {}
        self._pick_things(seen, rule.name, values, features)
        types, told = self._types(seen, topics, rule, values.get("feature") or "", features)
        values |= self._read_figures(seen, rule.name, str(values["direction"]), types)
        if rule.name == FIRST:
            options = actor_options(seen, used, str(values.get("actor") or ""), cast, self.memory)
            values["actor"] = self.pick("actor", options)
        focus = self._pick_focus(seen, rule.name, values.pop("focus", cast.focus), cast)
        cast = replace(cast, against=self._pick_against(seen, rule.name, focus, cast))
        partners = self._pick_partners(seen, rule.name, values.pop("partners", cast.partners), focus, cast)
        if TRANSFER not in types:
            values["categories"] = ()  # ships that visit or train are no equipment that changes hands
        values["instruments"] = self._instruments(topics, rule)
        taken_up = self._pick_narrowing(seen, rule.name, values, features)
        told |= cast.told | {key for key in values if key != DIRECTION and values[key]} - taken_up
        told |= {FACTOR} if rule.name in _BY_HOW_MUCH and self._tells_factor(seen) else set()
        values |= {"types": types, "focus": focus, "partners": partners, "against": cast.against}
        near = tuple((name, *one) for name in JUDGED[rule.name] for one in self.near.get(name, ()))
        return Frame(told=frozenset(told), near=near, **_as_tuples(values))

    def _pick_narrowing(self, seen: Seen, kind: str, values: dict[str, Any], features: Sequence[str]) -> set[str]:
        """What narrows a claim to some records: months, years, instruments, relief. Those of its years that the
        sentence only takes up from before are named."""
        asked, memory = JUDGED[kind], self.memory
        times = times_of(seen, self.day, self.lexicon.settings["period_cues"])
        words = [one for one in features if one.startswith(_WORDS)]
        if "months" in asked:
            months = month_options(seen, kind, values["months"], memory, words, self.lexicon.settings)
            values["months"] = self.pick("months", months) or ()
        for name in [one for one in _YEARS if one in asked]:
            values[name] = self.pick(name, year_options(name, seen, times, kind, values.get(name), memory))
        if values.get(SINCE) and values.get(UNTIL) and values[SINCE] > values[UNTIL]:
            values |= {SINCE: None, UNTIL: None, **read_period(seen, kind, self.day)}
        if "instruments" in asked:
            options = instrument_options(seen, kind, values["instruments"], memory, words)
            values["instruments"] = self.pick("instruments", options) or ()
        if "hadr" in asked and values.get("feature") != "hadr":
            values["hadr"] = self.pick("hadr", flag_options(is_told=bool(values["hadr"]), shared=[kind], words=words))
        return {name for name in _YEARS if values.get(name) and not is_told_here(values[name], times)}

    def _pick_against(self, seen: Seen, kind: str, focus: str, cast: Cast) -> tuple[str, ...]:
        if "against" not in JUDGED[kind]:
            return cast.against
        return self.pick("against", against_options(seen, kind, focus, cast, self.memory)) or ()

    def _said(self, seen: Seen, rule: Rule, used: Sequence[Hit]) -> tuple[dict[str, Any], Sequence[Hit]]:
        """What words say of the parameters, and the topics that are counted."""
        said = {
            **merge_payloads(used, _SAID),
            **{key: rule.payload[key] for key in (*_SAID, "feature") if key in rule.payload},
        }
        topics = seen.hits.get("topic", [])
        side = rule.payload.get("feature_stands")
        if side is not None:
            cue = next((hit for hit in used if hit.group not in GIVEN), _start_of(seen))
            feature, topics = split_feature(seen, cue, side)
            said.setdefault("feature", feature)
        values = {
            **said,
            **read_period(seen, rule.name, self.day),
            "months": read_months(seen, self.lexicon.settings),
            "hadr": seen.has("hadr") and said.get("feature") != "hadr",
            "categories": read_categories(seen),
            "names": tuple(sorted({str(hit.payload["name"]) for hit in topics if hit.payload.get("name")})),
        }
        return values, topics

    def _read_figures(self, seen: Seen, kind: str, direction: str, types: Sequence[str]) -> dict[str, Any]:
        """How large a part is told in figures, or how many happenings. A large part in a sentence that speaks of a
        small one is that of something else."""
        if kind == EXISTS:
            return {"at_least": read_count(seen, types, self.lexicon)}
        part = read_part(seen, self.lexicon) if kind == SHARE else None
        if part is None or (direction == DOWN and part.bound != MOST and part.value >= _HALF):
            return {}
        return {"threshold": part.value, "bound": part.bound}

    def _tells_factor(self, seen: Seen) -> bool:
        """Whether it is told by how much something grew or fell, or from which part to which."""
        return seen.has(FACTOR) or read_part(seen, self.lexicon) is not None

    def _choose_direction(self, features: Sequence[str]) -> str:
        chooser = self.lexicon.choosers[DIRECTION]
        chances = chooser.chances(features)
        chances = self.weighing.join(DIRECTION, chances) if self.weighing else chances
        chosen = chooser.take(chances, UP)
        self.near[DIRECTION] = [(name, chance) for name, chance in chances.items() if name != chosen and chance >= NEAR]
        return chosen

    def pick(self, name: str, options: Sequence[Option], focus: str = "", *, is_told: bool = True) -> Any:
        """The value of a parameter among its options; ``None`` where none is likely enough."""
        line, besides = _LINES.get(name, 0.0) if is_told else _UNTOLD, self._besides(name, options, focus)
        value, self.near[name] = pick(self.lexicon.pickers.get(name), options, line, besides)
        return value

    def _is_among(self, name: str, options: Sequence[Option], told: Collection[str]) -> bool:
        """Whether it is likelier that what is meant is among what is ``told`` than that nothing names it."""
        model = self.lexicon.pickers.get(name)
        chances = weigh_options(model, options, self._besides(name, options)) if model is not None else ()
        return not chances or sum(chance for value, chance in chances if value in told) > _HALF

    def _besides(self, name: str, options: Sequence[Option], focus: str = "") -> Sequence[float]:
        return self.weighing.scores(name, [one.value for one in options], focus) if self.weighing else ()

    def _pick_things(self, seen: Seen, kind: str, values: dict[str, Any], features: Sequence[str]) -> None:
        """The watched part, the steps or the figure: what the kind asks of these, where it is likely enough."""
        words = [one for one in features if one.startswith(_WORDS)]
        for name in _PICKED.get(kind, ()):
            told: dict[str, list[str]] = {values[name]: [RULE]} if values.get(name) else {}
            for value, feature in told_things(seen):
                if value in _VALUES[name] or (name == "feature" and value not in TOPICS):
                    told.setdefault(value, []).append(feature)
            for value, feature in ordered_things(seen) if kind == PRECEDES else ():
                if value in STEPS:
                    told.setdefault(value, []).append(feature)
            if name == "later":
                told.pop(values["earlier"], None)
            others = [value for value in _VALUES[name] if name != "later" or value != values["earlier"]]
            options = name_options([*told, *others], told, words)
            picked = self.pick(name, options)
            if name == "feature" and picked and picked not in told:  # likelier than what is named, and not named
                picked = self.pick(name, options, is_told=False) or ""
            if picked is None and values.get(name) and self._is_among(name, options, told):
                picked, self.near[name] = values[name], ()  # none is likely, and words of the lexicon tell one
            values[name] = picked or ""

    def _pick_focus(self, seen: Seen, kind: str, rule: str, cast: Cast) -> str:
        return str(self.pick("focus", focus_options(seen, kind, rule, cast, self.memory)))

    def _pick_partners(self, seen: Seen, kind: str, rule: tuple[str, ...], focus: str, cast: Cast) -> tuple[str, ...]:
        besides = "" if kind == "imported_change" else focus  # whose figures changed: nobody acts on them
        likely = self.weighing.likely_sets("partners", besides) if self.weighing else ()
        options = partner_options(seen, kind, (rule, *likely), besides, cast, self.memory)
        return tuple(self.pick("partners", options, besides))

    def _instruments(self, topics: Sequence[Hit], rule: Rule) -> tuple[str, ...]:
        instruments = read_instruments(topics)
        if instruments or "instruments" not in rule.payload.get("needs", ()):
            return instruments
        named = {name for hit in topics for name in hit.payload.get("instruments", ())}
        return tuple(sorted(named)) or self.memory.instruments

    def _types(
        self, seen: Seen, topics: Sequence[Hit], rule: Rule, feature: str, features: Sequence[str]
    ) -> tuple[tuple[str, ...], set[str]]:
        """The types that are counted, and whether the sentence itself tells them."""
        main = topics_within(seen, *seen.main)
        of_rule = tuple(rule.payload.get("types", ()))
        proposed = of_rule or read_types([hit for hit in topics if hit in main] or topics)
        if not proposed and seen.has("takes_up"):
            proposed = self.memory.types
        likely = self.weighing.likely_sets("types") if self.weighing else ()
        every = (proposed or (ACTIVITY,), *likely)
        options = type_options(seen, rule.name, every, feature, self.memory, features)
        types = self.pick("types", options)
        return types, {"types"} if set(types) <= {*of_rule, *read_types(topics)} else set()


def _start_of(seen: Seen) -> Hit:
    """The beginning of a sentence, as the word on whose sides its things stand where no other is told."""
    return Hit("", seen.sentence.first, seen.sentence.first, {})


def _as_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
