"""Sentence by sentence: class, stance, and how the claim in it is read.

The rules of the lexicon decide, in their order. What a rule leaves open is taken from the sentence's own names and
things, else from what was told before it, else from what is usual; ``Frame.told`` keeps which was which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from pactwatch.audit.reading.actors import Cast, Memory, Places, read_cast, start_memory
from pactwatch.audit.reading.frame import ACTIVITY, LAW, NONE, UP, Frame, Reading, SentenceClass, Stance
from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.orders import read_order
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.rules import Rule, first_fitting
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.audit.reading.things import (
    merge_payloads,
    read_categories,
    read_instruments,
    read_months,
    read_period,
    read_types,
    split_feature,
    topics_within,
)

_SAID = ("direction", "topic", "threshold", "levels", "at_least", "level")
"""Parameters that words of the lexicon may say by themselves."""

_GIVEN = frozenset(
    {
        "counted",
        "on_defence",
        "past",
        "prev_legal",
        "prev_perception",
        "topic",
        "actor",
        "mention",
        "date",
        "heading",
        "question_mark",
        "quoted_words",
    }
)
_DENIAL_REACH = 8


class _Claim(NamedTuple):
    """How the claim of a sentence is read, and by which words."""

    kind: str = ""
    used: tuple[Hit, ...] = ()
    frame: Frame = Frame()


@dataclass
class Reader:
    """Reads the sentences of one article in their order. ``as_of`` stands in where no day of publication is known."""

    lexicon: AuditLexicon
    memory: Memory
    published: date | None
    as_of: date
    last: SentenceClass = SentenceClass.OTHER

    def read(self, seen: Seen) -> Reading:
        """What the next sentence is, and how it is read."""
        self.memory.enter(seen)
        seen = self._remember_class(seen)
        cast = read_cast(seen, self.memory)
        fitting = first_fitting(self.lexicon.classes, seen)
        claim = self._read_claim(seen, cast, None if fitting is None else SentenceClass(fitting[0].name))
        if fitting is not None:
            named = SentenceClass(fitting[0].name)
        else:
            named = SentenceClass.CLAIM if claim is not None else SentenceClass.OTHER
        topics = seen.hits.get("topic", [])
        self.memory.keep(cast, read_types(topics), read_instruments(topics))
        self.last = named
        reading = self._put(seen, named, claim)
        return replace(reading, frame=self._frame_event(seen, cast)) if named is SentenceClass.EVENT else reading

    def _frame_event(self, seen: Seen, cast: Cast) -> Frame:
        """Whose event it is and of what, where the coder reads none in the sentence."""
        return Frame(
            focus=cast.focus,
            partners=cast.partners,
            types=read_types(seen.hits.get("topic", ())),
            months=read_months(seen, self.lexicon.settings),
            categories=read_categories(seen),
        )

    def _remember_class(self, seen: Seen) -> Seen:
        """The sentence with a hit that tells what the one before it was: law is explained in several sentences."""
        name = f"prev_{self.last}"
        if name not in self.lexicon.groups:
            return seen
        return replace(seen, hits={**seen.hits, name: [Hit(name, seen.sentence.first, seen.sentence.stop, {})]})

    def _put(self, seen: Seen, named: SentenceClass, claim: _Claim | None) -> Reading:
        """The reading with its stance."""
        kind, used, frame = claim or _Claim()
        is_denied = kind not in ("", LAW) and named is not SentenceClass.OTHER and self._is_denied(seen, used)
        told = first_fitting(self.lexicon.stances, seen)
        stance = Stance(told[0].name) if told is not None else Stance.ASSERTED
        if named is SentenceClass.QUESTION:
            stance = Stance.ASKED
        elif is_denied and stance is not Stance.QUOTED:
            stance = Stance.DENIED
        need = self._need(seen) if kind == NONE else ""
        return Reading(named, stance, kind, frame, is_denied, seen.has("hedge"), need)

    def _read_claim(self, seen: Seen, cast: Cast, named: SentenceClass | None) -> _Claim | None:
        """The first reading that fits and lacks nothing, of those a class may have; ``None`` where none does."""
        if named is SentenceClass.LEGAL:
            return _Claim(LAW, (), Frame(focus=cast.focus))
        if named is not None and named is not SentenceClass.PERCEPTION:
            return None
        is_perception = named is SentenceClass.PERCEPTION
        for rule in self.lexicon.readings:
            used = rule.fits(seen) if (rule.name == "series") == is_perception else None
            if used is None:
                continue
            frame = Frame(focus=cast.focus) if rule.name == NONE else self._fill(seen, rule, used, cast)
            if frame is not None:
                return _Claim(rule.name, tuple(used), frame)
        return _Claim(NONE, (), Frame(focus=cast.focus)) if is_perception else None

    def _fill(self, seen: Seen, rule: Rule, used: Sequence[Hit], cast: Cast) -> Frame | None:
        """The frame of a reading; ``None`` where the sentence lacks what the kind cannot do without."""
        said = {
            **merge_payloads(used, _SAID),
            **{key: rule.payload[key] for key in (*_SAID, "feature") if key in rule.payload},
        }
        topics = seen.hits.get("topic", [])
        cue = next((hit for hit in used if hit.group not in _GIVEN), None)
        side = rule.payload.get("feature_stands")
        if side is not None and cue is not None:
            feature, topics = split_feature(seen, cue, side)
            said.setdefault("feature", feature)
        values: dict[str, Any] = {
            **said,
            **read_period(seen, rule.name, self.published or self.as_of),
            "months": read_months(seen, self.lexicon.settings),
            "hadr": seen.has("hadr") and said.get("feature") != "hadr",
            "categories": read_categories(seen),
            "names": tuple(sorted({str(hit.payload["name"]) for hit in topics if hit.payload.get("name")})),
        }
        values.setdefault("direction", UP)
        types, told = self._types(seen, topics, rule)
        order = read_order(seen, rule, used, cast)
        if order is None:
            return None
        told |= cast.told | {key for key in values if key != "direction" and values[key]}
        instruments = read_instruments(topics)
        if not instruments and "instruments" in rule.payload.get("needs", ()):
            named = {name for hit in topics for name in hit.payload.get("instruments", ())}
            instruments = tuple(sorted(named)) or self.memory.instruments
        values |= {"types": types, "instruments": instruments, **order}
        frame = Frame(
            focus=values.pop("focus", cast.focus),
            partners=values.pop("partners", cast.partners),
            against=cast.against,
            told=frozenset(told),
            **_as_tuples(values),
        )
        return frame if all(getattr(frame, key) for key in rule.payload.get("needs", ())) else None

    def _types(self, seen: Seen, topics: Sequence[Hit], rule: Rule) -> tuple[tuple[str, ...], set[str]]:
        if "types" in rule.payload:
            return tuple(rule.payload["types"]), {"types"}
        main = topics_within(seen, *seen.main)
        chosen = [hit for hit in topics if hit in main] or list(topics)
        types = read_types(chosen)
        if types:
            return types, {"types"}
        if seen.has("takes_up") and self.memory.types:
            return self.memory.types, set()
        return (ACTIVITY,), set()

    def _need(self, seen: Seen) -> str:
        """What data a general statement would need: the first line of ``needs.toml`` whose group it holds."""
        for line in self.lexicon.needs:
            if not line["groups"] or any(seen.has(group) for group in line["groups"]):
                return str(line["data"])
        return ""

    @staticmethod
    def _is_denied(seen: Seen, used: Sequence[Hit]) -> bool:
        """Whether a negation stands before what makes the reading, or it is said that nothing shows it."""
        cues = [hit for hit in used if hit.group not in _GIVEN] or list(used)
        last = max((hit.j for hit in cues), default=seen.main[1])
        for hit in seen.hits.get("deny", ()):
            is_whole = hit.payload.get("whole", False)
            if is_whole or any(0 <= cue.i - hit.j <= _DENIAL_REACH for cue in cues) or hit.i < last <= hit.j:
                return True
            if not cues and seen.main[0] <= hit.i < seen.main[1]:
                return True
        return False


def read_article(article: SeenArticle, lexicon: AuditLexicon, places: Places, as_of: date) -> tuple[Reading, ...]:
    """The reading of every sentence of an article, in order."""
    title = [code for part in article.scanned.title for actor in part.actors for code in actor.codes]
    first = article.sentences[0] if article.sentences else None
    if not title and first is not None and first.has("heading"):
        title = [code for hit in first.hits.get("actor", ()) for code in hit.payload["codes"]]
    memory = start_memory(article, places, title)
    reader = Reader(lexicon, memory, article.document.published, as_of)
    return tuple(reader.read(seen) for seen in article.sentences)


def _as_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
