"""From the plain values of a rules file to conditions, clauses and rules; every fault is noted with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, read_model
from pactwatch.law.conditions import ALWAYS, All, AnyOf, Condition, In, Known, Not
from pactwatch.law.facts import FACTS, Fact, Form
from pactwatch.law.rules import Clause, ClauseHead, Definition, Rule, RuleHead

OPERATORS = ("all", "any", "not", "equals", "in", "known")
_SHAPES = (
    "{ all = [...] }, { any = [...] }, { not = {...} }, { fact = NAME, equals = VALUE }, "
    "{ fact = NAME, in = [...] } or { fact = NAME, known = true }"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a condition stands, for its faults; ``actors`` are codes a condition may name, ``defined`` facts that the
    casebook defines, ``words`` the words of facts whose vocabulary the casebook sets."""

    faults: FaultList
    line: int
    field: str
    actors: Collection[str]
    defined: Collection[str]
    words: Mapping[str, Collection[str]]

    def fault(self, found: object, expected: str, fix: str) -> None:
        """Note a fault here."""
        self.faults.add(self.line, self.field, found, expected, fix)

    def suggest(self, found: object, expected: str, known: Collection[str]) -> None:
        """Note a name that is not among the known ones, with the nearest of them."""
        near = get_close_matches(str(found), list(known), n=1)
        fix = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(sorted(known)[:40])}."
        self.fault(found, expected, fix)


def parse_condition(raw: object, spot: Spot) -> Condition:
    """A condition from plain values; faults are noted and read as always true."""
    if not isinstance(raw, Mapping) or not raw:
        spot.fault(raw, "a condition", f"Write {_SHAPES}.")
        return ALWAYS
    keys = set(raw)
    if keys in ({"all"}, {"any"}):
        return _parse_joined(raw, spot)
    if keys == {"not"}:
        return Not(parse_condition(raw["not"], spot))
    if "fact" in keys and len(keys) == 2 and keys & {"equals", "in", "known"}:
        return _parse_fact(raw, spot)
    for key in sorted(keys - {*OPERATORS, "fact"}):
        spot.suggest(key, "a word of the condition language", (*OPERATORS, "fact"))
    if keys <= {*OPERATORS, "fact"}:
        spot.fault(dict(raw), "one condition", f"Write {_SHAPES}.")
    return ALWAYS


def _parse_joined(raw: Mapping[str, Any], spot: Spot) -> Condition:
    ((word, parts),) = raw.items()
    if not isinstance(parts, list) or not parts:
        spot.fault(parts, f"a list of conditions under {word!r}", f"Write {word} = [ {{...}}, {{...}} ].")
        return ALWAYS
    read = tuple(parse_condition(part, spot) for part in parts)
    return All(read) if word == "all" else AnyOf(read)


def _parse_fact(raw: Mapping[str, Any], spot: Spot) -> Condition:
    name = raw["fact"]
    if not isinstance(name, str) or (name not in FACTS and name not in spot.defined):
        spot.suggest(name, "a fact", (*FACTS, *spot.defined))
        return ALWAYS
    if "known" in raw:
        if raw["known"] is not True:
            spot.fault(raw["known"], "known = true", "A condition asks whether a fact is known; write known = true.")
        return Known(name)
    values = raw["in"] if "in" in raw else [raw["equals"]]
    if not isinstance(values, list) or not values:
        spot.fault(values, "a list of values", "Write in = [ VALUE, VALUE ].")
        return ALWAYS
    for value in values:
        _check_value(name, value, spot)
    return In(name, tuple(value for value in values if isinstance(value, bool | str)))


def _check_value(name: str, value: object, spot: Spot) -> None:
    fact = FACTS.get(name)
    if fact is None or fact.form is Form.FLAG:
        if not isinstance(value, bool):
            spot.fault(value, f"true or false for {name}", "Write it without quotes.")
        return
    if fact.form is Form.TEXT or fact.form is Form.DAY:
        recognised = {"item.programme": "programme", "item.name": "programme", "transfer.purpose": "purpose"}
        fix = f"Ask {recognised.get(name, 'end_user.body')!r}, which the casebook's words recognise."
        spot.fault(name, "a fact with a closed vocabulary", fix)
        return
    known = _vocabulary(fact, spot)
    if value not in known:
        spot.suggest(value, f"a value of {name}", known)


def _vocabulary(fact: Fact, spot: Spot) -> Collection[str]:
    if fact.form is Form.ACTOR:
        return {*spot.actors, "none"} if fact.name == "host" else spot.actors
    return spot.words.get(fact.name, fact.values)


@dataclass(frozen=True, slots=True)
class Names:
    """What conditions of a casebook may name beside the facts of :data:`FACTS`."""

    actors: Collection[str]
    defined: Collection[str]
    words: Mapping[str, Collection[str]]

    def spot(self, faults: FaultList, line: int, field: str) -> Spot:
        """A spot of one file."""
        return Spot(faults, line, field, self.actors, self.defined, self.words)


def parse_definitions(file: TomlFile, names: Names, faults: FaultList) -> dict[str, Definition]:
    """The ``[[definition]]`` tables of a file, by the fact they define."""
    found: dict[str, Definition] = {}
    for index, raw in enumerate(_tables(file, "definition", faults)):
        line = file.line_of("fact", "definition", index)
        unknown = sorted(set(raw) - {"fact", "words", "when"})
        for key in unknown:
            names.spot(faults, file.line_of(key, "definition", index), key).suggest(
                key, "a known key", ("fact", "words", "when")
            )
        fact, words = raw.get("fact"), raw.get("words")
        if not isinstance(fact, str) or not isinstance(words, str) or fact in FACTS or fact in found:
            faults.add(line, "fact", fact, "a new name and, in `words`, its meaning", "Give it both.")
            continue
        when = parse_condition(raw.get("when"), names.spot(faults, file.line_of("when", "definition", index), "when"))
        found[fact] = Definition(fact=fact, words=words, when=when)
    return found


def defined_names(file: TomlFile) -> frozenset[str]:
    """The facts a file defines, whatever else is wrong with them."""
    tables = file.values.get("definition", [])
    names = (one.get("fact") for one in tables if isinstance(one, dict)) if isinstance(tables, list) else ()
    return frozenset(name for name in names if isinstance(name, str))


def parse_rules(file: TomlFile, names: Names, faults: FaultList) -> list[Rule]:
    """The ``[[rule]]`` tables of a file, each with its own clauses; what it builds on is not carried over yet."""
    for key in file.values:
        if key != "rule":
            faults.add(
                file.line_of(key), key, key, "only [[rule]] tables", "Remove it, or write it in a file of its own."
            )
    rules, clause_index = [], 0
    for index, raw in enumerate(_tables(file, "rule", faults)):
        clauses = raw.get("clause", [])
        head = read_model(file, RuleHead, {k: v for k, v in raw.items() if k != "clause"}, faults, ("rule", index))
        line = file.line_of("applies", "rule", index)
        applies = parse_condition(raw["applies"], names.spot(faults, line, "applies")) if "applies" in raw else ALWAYS
        if not isinstance(clauses, list):
            faults.add(line, "clause", clauses, "[[rule.clause]] tables", "Write each clause as such a table.")
            continue
        certainty = head.certainty if head else "doubtful"
        read = [
            _parse_clause(file, one, clause_index + place, certainty, (names, faults))
            for place, one in enumerate(clauses)
        ]
        clause_index += len(clauses)
        if head is not None:
            rules.append(Rule(head=head, applies=applies, clauses=tuple(one for one in read if one is not None)))
    return rules


def _parse_clause(
    file: TomlFile, raw: object, index: int, certainty: Any, context: tuple[Names, FaultList]
) -> Clause | None:
    names, faults = context
    place = ("rule.clause", index)
    head = read_model(file, ClauseHead, raw, faults, place)
    conditions = {
        key: parse_condition(raw[key], names.spot(faults, file.line_of(key, *place), key))
        for key in ("when", "met")
        if isinstance(raw, dict) and key in raw
    }
    if head is None:
        return None
    return Clause(
        id=head.id,
        effect=head.effect,
        words=head.words,
        lifts=head.lifts,
        condition=head.condition,
        certainty=head.certainty or certainty,
        **conditions,
    )


def _tables(file: TomlFile, name: str, faults: FaultList) -> list[dict[str, Any]]:
    tables = file.values.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        faults.add(file.line_of(name), name, tables, f"[[{name}]] tables", f"Write each as a [[{name}]] table.")
        return []
    return tables
