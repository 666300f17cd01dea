"""What the files of ``rules/`` hold, as typed values: rules with their clauses, definitions, registers, precedents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pactwatch.law.conditions import ALWAYS, Condition

Certainty = Literal["checked", "recalled", "doubtful"]
"""``checked``: a page was opened and says so; ``recalled``: from background knowledge; ``doubtful``: sources disagree
or the official text was not seen."""

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$")]


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("a value that is not empty")
    return text


Text = Annotated[str, AfterValidator(_check_text)]


class Strict(BaseModel):
    """Unknown keys are refused; values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Outcome(StrEnum):
    """The four answers."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What a clause does where its condition holds."""

    PERMIT = "permit"
    FORBID = "forbid"
    REQUIRE = "require"
    NOTE = "note"


class RuleSource(Strict):
    """The page a rule stands on; ``url`` is empty where none was opened."""

    publisher: Text
    title: str = ""
    url: str = ""
    date: str = ""


class ClauseHead(Strict):
    """A clause as written, its conditions apart."""

    id: Name
    effect: Effect
    words: Text = Field(description="what the clause says, in our own words")
    lifts: tuple[Name, ...] = Field(default=(), description="clauses it makes exceptions to, by their id")
    condition: str = Field(default="", description="for `require`: what is still to be met, in words")
    certainty: Certainty | None = Field(default=None, description="where it differs from the rule's")
    when: Any = None
    met: Any = None

    @model_validator(mode="after")
    def _check_effect(self) -> ClauseHead:
        if self.effect is Effect.REQUIRE and (self.met is None or not self.condition):
            raise ValueError("for a `require` clause: `met` and, in words, `condition`")
        if self.effect is not Effect.REQUIRE and (self.met is not None or self.condition):
            raise ValueError("`met` and `condition` in `require` clauses only")
        if self.lifts and self.effect is not Effect.PERMIT:
            raise ValueError("`lifts` in `permit` clauses only")
        return self


class Clause(Strict):
    """A clause with its conditions read."""

    id: str
    effect: Effect
    words: str
    lifts: tuple[str, ...] = ()
    condition: str = ""
    certainty: Certainty
    when: Condition = ALWAYS
    met: Condition = ALWAYS


class RuleHead(Strict):
    """One version of a rule as written, its clauses apart. Both days are included; no ``to`` is still in force."""

    id: Name
    title: Text
    jurisdiction: Text = Field(description="an actor code, or `INT` for international law")
    regime: Text = Field(description="what kind of rule: versions of one regime follow one another")
    valid_from: date = Field(strict=True)
    valid_to: date | None = Field(default=None, strict=True)
    certainty: Certainty
    source: RuleSource
    governs: bool = Field(default=False, description="whether a case it applies to is settled law at all")
    builds_on: str = Field(default="", description="the earlier version whose clauses are carried over")
    drops: tuple[Name, ...] = Field(default=(), description="clauses of that version that are not carried over")
    says: Text = Field(description="the whole rule in our own words")
    changes: str = Field(default="", description="what this version changed")
    doubts: tuple[Text, ...] = ()
    applies: Any = None

    @model_validator(mode="after")
    def _check_days(self) -> RuleHead:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to not before valid_from")
        return self


class Rule(Strict):
    """A rule version whole; ``clauses`` hold those it carries over too."""

    head: RuleHead
    applies: Condition
    clauses: tuple[Clause, ...]

    @property
    def id(self) -> str:
        """Its permanent identifier."""
        return self.head.id

    def is_in_force(self, day: date) -> bool:
        """Whether the version is the law on a day."""
        return self.head.valid_from <= day and (self.head.valid_to is None or day <= self.head.valid_to)


class Definition(Strict):
    """A fact that follows from a condition, used in many clauses under one name."""

    fact: str
    words: str
    when: Condition


class Standing(Strict):
    """A row of ``standing.csv``: what is known of an actor for a time. Actor ``*`` is every actor without a row."""

    actor: str
    fact: str
    value: bool
    first: date
    last: date
    certainty: Certainty
    publisher: str
    url: str = ""
    note: str = ""


class Programme(Strict):
    """A joint programme with those who take part, and the words by which a case may name it."""

    programme: str
    words: tuple[str, ...]
    partners: frozenset[str]
    note: str = ""


class Precedent(Strict):
    """A row of ``cases.csv``: what was decided, and the facts by which it can be asked."""

    case_id: str
    date: str
    what: str
    decided: str
    expected: str
    outcome: Outcome | None
    unmodelled: str = ""
    facts: str = ""
    rule: str = ""
    source_url: str = ""
    is_seen: bool = False
    kind: str = "precedent"
    note: str = ""


class Vocabulary(Strict):
    """The words by which free text is recognised, by the name of what they stand for."""

    purposes: dict[str, tuple[str, ...]] = {}
    approvals: dict[str, tuple[str, ...]] = {}
    end_users: dict[str, tuple[str, ...]] = {}
    waters: tuple[str, ...] = ()


def walk_clauses(rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Clause]]:
    """Every clause with its rule."""
    for rule in rules:
        for clause in rule.clauses:
            yield rule, clause
