"""From the facts told to the facts known on a day: words recognised, registers asked, what follows added.

What a case tells is never overruled; what a record answers instead of the case is kept with the record's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pactwatch.law.actors import Actors
from pactwatch.law.case import Case
from pactwatch.law.facts import Value
from pactwatch.law.register import Answer, Register
from pactwatch.law.rules import Programme, Vocabulary

ASKED = (
    "recipient_status.un_measures",
    "recipient_status.in_combat",
    "recipient_status.victim_of_aggression",
    "recipient_status.transfer_agreement",
    "recipient_status.security_partner",
    "recipient_status.developing",
    "recipient_status.communist_bloc",
    "acsa.in_force",
    "acsa.signed",
    "access.in_force",
    "access.signed",
)
"""Facts about the partner that are looked up where the case does not tell them."""

NO_SUCH = "none"
"""The activity of a case about things, the thing of a case about forces, the programme of what is of no programme."""

NO_STATE = "none"
"""The host of forces on the high seas."""

_AGREEMENT_OF = {"logistics": "acsa", "exercise": "access", "visit": "access"}
"""Which agreement an activity needs."""


@dataclass
class Known:
    """The facts known on a day, and those among them that a record answered."""

    facts: dict[str, Value]
    found: dict[str, Answer] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Deriver:
    """What a casebook knows beside the case: its actors, its registers, its words, and whose law it is."""

    focus: str
    actors: Actors
    register: Register
    programmes: tuple[Programme, ...]
    vocabulary: Vocabulary

    def derive(self, case: Case, day: date) -> Known:
        """Everything known of a case on a day."""
        known = Known(dict(case.told))
        facts = known.facts
        has_things = any(name.startswith(("item.", "transfer.")) for name in facts)
        has_forces = "activity.kind" in facts and not has_things
        if has_things and "activity.kind" in facts:
            known.remarks.append("The case tells of things: it is asked as a transfer, and the activity is left out.")
        if has_things or has_forces:
            facts["case.is_transfer"], facts["case.is_activity"] = has_things, has_forces
            for name in ("item.kind", "transfer.mode") if not has_things else ("activity.kind",) * (not has_forces):
                facts[name] = NO_SUCH
            if not has_forces:
                facts["host"] = NO_STATE
        self._recognise(known)
        self._add_actor(known)
        partner = self._find_partner(facts)
        if partner is not None:
            self._ask(known, partner, day)
        self._add_end_user(known, day)
        _add_consequences(facts)
        self._add_agreement(known)
        return known

    def partners(self, case: Case) -> set[str]:
        """Every actor whose registers may answer for a case."""
        facts = case.told
        named = {str(facts[name]) for name in ("supplier", "recipient") if name in facts}
        texts = [str(facts[name]) for name in ("end_user", "activity.place") if name in facts]
        return named | {code for text in texts if (code := self.actors.find(text))}

    def _recognise(self, known: Known) -> None:
        """Programme, purposes, approvals and the end user's kind from free text, by the casebook's words."""
        facts = known.facts
        self._add_programme(known)
        if "transfer.purpose" in facts:
            text = str(facts["transfer.purpose"])
            purposes = recognise(text, self.vocabulary.purposes)
            if purposes:
                facts["purpose"] = purposes
            else:
                known.remarks.append(f"The purpose {text!r} is none that the rules speak of; it is taken as not told.")
        if "undertakings.approvals" in facts:
            facts["approval"] = self._read_approvals(known)

    def _read_approvals(self, known: Known) -> frozenset[str]:
        given = known.facts["undertakings.approvals"]
        found: set[str] = set()
        for text in sorted(given) if isinstance(given, frozenset) else ():
            names = recognise(text, self.vocabulary.approvals)
            found |= names
            if not names:
                known.remarks.append(f"The approval {text!r} is none that the rules speak of.")
        return frozenset(found)

    def _add_programme(self, known: Known) -> None:
        facts = known.facts
        text = f"{facts.get('item.programme', '')} {facts.get('item.name', '')}"
        match = next((one for one in self.programmes if _mentions(text, one.words)), None)
        if match is not None:
            facts["programme"] = match.programme
            if "recipient" in facts:
                facts["recipient.takes_part"] = facts["recipient"] in match.partners
            return
        told = facts.get("item.programme")
        if told is None and facts.get("item.origin") == "co_developed":
            told = facts.get("item.name")
        if told is not None:
            facts["programme"] = "other"
            facts["recipient.takes_part"] = True
            words = "the recipient is taken to take part in it"
            known.remarks.append(f"The programme of {told!r} is not in programmes.csv; {words}.")
        elif "item.name" in facts or facts.get("item.origin") == "domestic":
            facts["programme"] = NO_SUCH

    def _add_actor(self, known: Known) -> None:
        facts = known.facts
        if "supplier" in facts:
            facts["actor"] = facts["supplier"]
        elif facts.get("case.is_activity"):
            facts["actor"] = self.focus
        if not facts.get("case.is_activity"):
            return
        place = str(facts.get("activity.place", ""))
        code = self.actors.find(place)
        if code is not None:
            facts["host"] = code
        elif place and _mentions(place, self.vocabulary.waters):
            facts["host"] = NO_STATE
        elif "recipient" in facts:
            facts["host"] = facts["recipient"]
            known.remarks.append(f"Where forces act is taken to be the territory of {facts['recipient']}.")
        if "host" in facts and "actor" in facts:
            facts["host.is_abroad"] = facts["host"] not in (facts["actor"], NO_STATE)

    def _find_partner(self, facts: Mapping[str, Value]) -> str | None:
        """The other side: the recipient, else the host; when that is the focus actor, the supplier."""
        partner = facts.get("recipient", facts.get("host"))
        if partner == facts.get("actor", self.focus) or partner == self.focus:
            partner = facts.get("supplier") if facts.get("supplier") != self.focus else facts.get("host")
        return None if partner in (None, NO_STATE, self.focus) else str(partner)

    def _ask(self, known: Known, partner: str, day: date) -> None:
        for fact in ASKED:
            if fact not in known.facts:
                answer = self.register.find(fact, partner, day)
                if answer is not None:
                    known.found[fact] = answer
                    if answer.value is not None:
                        known.facts[fact] = answer.value
        if "recipient_type" not in known.facts and "recipient" in known.facts:
            kind = "un" if partner == "UN" else "government"
            if partner == "UN" or partner not in self.actors.bodies:
                words = "the recipient is named as the UN" if kind == "un" else "the recipient is named as a state"
                known.found["recipient_type"] = Answer(True, day, day, "the case", words)
                known.facts["recipient_type"] = kind

    def _add_end_user(self, known: Known, day: date) -> None:
        facts = known.facts
        text = str(facts.get("end_user", ""))
        told = text or str(facts.get("transfer.purpose", ""))
        if told:
            bodies = recognise(told, self.vocabulary.end_users)
            if len(bodies) == 1:
                facts["end_user.body"] = next(iter(bodies))
        state = self.actors.find(text) if text else None
        recipient = facts.get("recipient")
        if recipient is None:
            return
        facts["end_user.state"] = state or recipient
        is_third = state is not None and state != recipient
        facts["end_user.is_third_state"] = is_third
        in_combat = self.register.find("recipient_status.in_combat", state, day) if is_third and state else None
        if in_combat is not None and in_combat.value is not None:
            facts["end_user.in_combat"] = in_combat.value
            known.found["end_user.in_combat"] = in_combat
        elif "recipient_status.in_combat" in facts:
            facts["end_user.in_combat"] = facts["recipient_status.in_combat"]

    @staticmethod
    def _add_agreement(known: Known) -> None:
        """Whether the agreement an activity needs is in force: told, or answered by the record of its kind."""
        facts, found = known.facts, known.found
        kind = _AGREEMENT_OF.get(str(facts.get("activity.kind", "")), "")
        if facts.get("transfer.mode") == "acsa" and "activity.agreement_in_force" in facts:
            facts["acsa.in_force"] = facts["activity.agreement_in_force"]
            found.pop("acsa.in_force", None)
        if not kind:
            return
        for source, target in (
            (f"{kind}.in_force", "activity.agreement_in_force"),
            (f"{kind}.signed", "activity.agreement_signed"),
        ):
            if target not in facts and source in facts:
                facts[target] = facts[source]
            if target not in known.found and source in found and facts.get(target) == facts.get(source):
                found[target] = found[source]


def _add_consequences(facts: dict[str, Value]) -> None:
    """What follows from other facts alone: ammunition is a weapon, a ceasefire means no combat, whose licence it is."""
    if facts.get("item.kind") == "ammunition":
        facts.setdefault("item.weapon", True)
    if facts.get("activity.kind") == "peacekeeping" and facts.get("activity.agreement_in_force") is True:
        facts.setdefault("recipient_status.in_combat", False)
    if "item.licensor" in facts and "recipient" in facts:
        facts["recipient.is_licensor"] = facts["item.licensor"] == facts["recipient"]
    elif facts.get("item.origin") in ("domestic", "co_developed"):
        facts["recipient.is_licensor"] = False


@lru_cache(maxsize=65536)
def _mentions(text: str, words: tuple[str, ...]) -> bool:
    return any(_pattern(word).search(text) for word in words)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """A word or phrase as it may stand in a text: whole, whatever its capitals, blanks, hyphens or underscores."""
    body = r"[\s_-]*".join(re.escape(part) for part in re.split(r"[\s_-]+", word.strip()))
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9])", re.IGNORECASE)


def recognise(text: str, vocabulary: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The names whose words a text holds; a name itself is one of its words.

    >>> sorted(recognise("anti-piracy patrols", {"counter_piracy": ("anti piracy",), "training": ("drills",)}))
    ['counter_piracy']
    """
    return frozenset(name for name, words in vocabulary.items() if _mentions(text, (name, *words)))
