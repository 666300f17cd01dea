"""The facts a condition may name: what each means, and the values it may have.

A case tells facts; records and registers answer some that it leaves out; a few follow from others. A fact that is
none of these is unknown, which is not the same as false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = bool | str | frozenset[str]
"""What a fact may be: a flag, a word, or a set of words."""

Facts: TypeAlias = Mapping[str, Value]
"""Known facts by name; a name that is not there is unknown."""


class Form(StrEnum):
    """How a fact is written."""

    FLAG = "flag"
    WORD = "word"
    WORDS = "words"
    ACTOR = "actor"
    TEXT = "text"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``values`` closes a word's vocabulary; ``is_told`` says whether a case may state it."""

    name: str
    form: Form
    meaning: str
    values: tuple[str, ...] = ()
    is_told: bool = True

    @property
    def key(self) -> str:
        """The last part of the name: the key inside its table."""
        return self.name.rpartition(".")[2]

    @property
    def table(self) -> str:
        """The table of a case that holds it; empty for a key at the top."""
        return self.name.rpartition(".")[0]


def _flag(name: str, meaning: str, *, is_told: bool = True) -> Fact:
    return Fact(name, Form.FLAG, meaning, is_told=is_told)


def _word(name: str, meaning: str, values: str, *, is_told: bool = True) -> Fact:
    return Fact(name, Form.WORD, meaning, tuple(values.split()), is_told=is_told)


_TOLD = (
    Fact("date", Form.DAY, "day for which the case is asked; --on overrules it"),
    Fact("supplier", Form.ACTOR, "who gives, or whose forces act"),
    Fact("recipient", Form.ACTOR, "who receives, or with whom forces act"),
    Fact("end_user", Form.TEXT, "who will use it: a state, or a body such as a coast guard or a navy"),
    _word("recipient_type", "what the recipient is", "government un firm"),
    Fact("item.name", Form.TEXT, "the thing's name"),
    _word("item.kind", "what kind of thing", "finished part technology service ammunition"),
    _flag("item.weapon", "whether it kills or destroys by its function"),
    _word("item.function", "what it is for", "rescue transport vigilance surveillance minesweeping combat other"),
    _word("item.origin", "whose design it is", "domestic licensed co_developed"),
    Fact("item.licensor", Form.ACTOR, "the state whose licence it is made under"),
    Fact("item.programme", Form.TEXT, "joint programme it belongs to"),
    _word("transfer.mode", "how it is handed over", "sale lease gift loan osa oda acsa pko"),
    Fact("transfer.purpose", Form.TEXT, "what it is handed over for"),
    _flag("transfer.surplus", "whether it is state property the forces no longer need"),
    _flag("recipient_status.un_measures", "whether the Security Council takes measures against the recipient"),
    _flag("recipient_status.in_combat", "whether actual combat is under way in or by the recipient"),
    _flag("recipient_status.victim_of_aggression", "whether it suffers aggression contrary to international law"),
    _flag("recipient_status.transfer_agreement", "whether a defence equipment transfer agreement is in force with it"),
    _flag("recipient_status.security_partner", "whether it cooperates with the supplier in security"),
    _flag("recipient_status.developing", "whether it is a developing country"),
    _flag("undertakings.consent", "whether the recipient accepts prior consent to other uses and to passing on"),
    Fact("undertakings.approvals", Form.WORDS, "approvals that have been given"),
    _word(
        "activity.kind",
        "what forces do",
        "exercise visit logistics asset_protection collective_self_defence peacekeeping",
    ),
    Fact("activity.place", Form.TEXT, "where forces act: a state, or words"),
    _flag("activity.agreement_in_force", "whether the agreement the activity needs is in force with the partner"),
)

_DERIVED = (
    _flag("case.is_transfer", "whether the case is about things", is_told=False),
    _flag("case.is_activity", "whether the case is about forces", is_told=False),
    Fact("actor", Form.ACTOR, "whose act it is: the supplier, or the casebook's focus for an activity", is_told=False),
    Fact("host", Form.ACTOR, "the state on whose territory forces act; `none` at sea", is_told=False),
    _flag("host.is_abroad", "whether forces act on another state's territory", is_told=False),
    Fact("programme", Form.WORD, "the joint programme as the casebook names it", is_told=False),
    Fact("purpose", Form.WORDS, "the purposes that the casebook's words recognise", is_told=False),
    Fact("approval", Form.WORDS, "approvals given, as the casebook names them", is_told=False),
    _word("end_user.body", "what body will use it", "armed_forces civil_authority", is_told=False),
    Fact("end_user.state", Form.ACTOR, "the state that will use it", is_told=False),
    _flag("end_user.is_third_state", "whether a state other than the recipient will use it", is_told=False),
    _flag(
        "end_user.in_combat", "whether actual combat is under way in or by the state that will use it", is_told=False
    ),
    _flag("recipient.is_licensor", "whether the recipient is the state of the licence", is_told=False),
    _flag("recipient.takes_part", "whether the recipient takes part in the joint programme", is_told=False),
    _flag("recipient_status.communist_bloc", "whether it belonged to the communist bloc", is_told=False),
    _flag("item.listed", "whether it is on the list of military goods; a case cannot tell", is_told=False),
    _flag(
        "acsa.in_force",
        "whether an acquisition and cross-servicing agreement is in force with the recipient",
        is_told=False,
    ),
    _flag("acsa.signed", "whether such an agreement is at least signed", is_told=False),
    _flag("access.in_force", "whether an access agreement is in force with the partner", is_told=False),
    _flag("access.signed", "whether such an agreement is at least signed", is_told=False),
    _flag("activity.agreement_signed", "whether the agreement the activity needs is at least signed", is_told=False),
)

FACTS: dict[str, Fact] = {fact.name: fact for fact in (*_TOLD, *_DERIVED)}
"""Every fact by its name; those a case may tell come first, in the order in which a case is written."""

TOLD: tuple[Fact, ...] = _TOLD
"""The facts a case may tell."""

TABLES: tuple[str, ...] = tuple(dict.fromkeys(fact.table for fact in _TOLD if fact.table))
"""The tables of a case."""

ROOTS: dict[str, tuple[str, ...]] = {
    "case.is_transfer": ("item.kind", "transfer.mode"),
    "case.is_activity": ("activity.kind",),
    "actor": ("supplier",),
    "host": ("activity.place", "recipient"),
    "host.is_abroad": ("activity.place", "recipient"),
    "item.listed": (),
    "programme": ("item.programme", "item.name"),
    "purpose": ("transfer.purpose",),
    "approval": ("undertakings.approvals",),
    "end_user.body": ("end_user",),
    "end_user.state": ("end_user",),
    "end_user.is_third_state": ("end_user",),
    "end_user.in_combat": ("recipient_status.in_combat", "end_user"),
    "recipient.is_licensor": ("item.licensor", "recipient"),
    "recipient.takes_part": ("item.programme", "recipient"),
    "recipient_status.communist_bloc": ("recipient",),
    "acsa.signed": ("recipient",),
    "access.in_force": ("activity.agreement_in_force", "recipient"),
    "access.signed": ("recipient",),
    "acsa.in_force": ("activity.agreement_in_force", "recipient"),
    "activity.agreement_signed": ("activity.agreement_in_force", "recipient"),
}
"""For each fact that follows from others, the facts of a case to tell so that it is known."""
