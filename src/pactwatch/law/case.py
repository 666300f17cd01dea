"""A case: the facts a person tells, read strictly from TOML; what is absent is unknown.

A word may be written with other capitals, blanks or hyphens (``co-developed``), an actor by its code or its name. What
no fact could be is refused, all at once, each with the nearest that could.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, read_toml
from pactwatch.law.actors import Actors
from pactwatch.law.facts import FACTS, TABLES, TOLD, Fact, Form, Value
from pactwatch.model.errors import InputError, NotFoundError

LARGEST_TEXT = 400
"""Characters a free text may have."""

_TOP = tuple(fact.name for fact in TOLD if not fact.table)


@dataclass(frozen=True)
class Case:
    """The facts told, by name, and the day it is asked for where it says one."""

    told: Mapping[str, Value] = field(default_factory=dict)
    day: date | None = None
    name: str = ""


def read_case(path: Path, actors: Actors) -> Case:
    """Read a case file; raises :class:`InputError` with every unknown key and value."""
    if not path.exists():
        raise NotFoundError(f"there is no case file {path}; docs/law.md shows how a case is written")
    faults = FaultList(path.name)
    file = read_toml(path, faults)
    case = read_values(file.values, actors, faults, file) if file is not None else None
    if case is None or faults.faults:
        raise InputError(faults.faults, f"the case {path.name} has faults")
    return Case(case.told, case.day, path.stem)


def parse_case(case: Mapping[str, Any] | Path | str, actors: Actors) -> Case:
    """A case from a file or from nested values; raises :class:`InputError` with every unknown key and value."""
    if isinstance(case, Path | str):
        return read_case(Path(case), actors)
    faults = FaultList("case")
    read = read_values(case, actors, faults)
    if faults.faults:
        raise InputError(faults.faults, "the case has faults")
    return read


def read_values(values: Mapping[str, Any], actors: Actors, faults: FaultList, file: TomlFile | None = None) -> Case:
    """A case from plain values, as TOML or JSON give them; faults are noted with their line where there is a file."""
    reader = _Reader(actors, faults, file)
    told: dict[str, Value] = {}
    for key, value in values.items():
        if key in TABLES and isinstance(value, Mapping):
            told |= reader.read_table(key, value)
        elif key in TABLES:
            reader.fault("", key, value, f"a table [{key}]", f"Write [{key}] and its keys below it.")
        elif key in _TOP:
            told |= reader.read_fact(FACTS[key], value)
        else:
            reader.unknown("", key, (*_TOP, *TABLES))
    told.pop("date", None)
    return Case(told, reader.day)


def read_flat(pairs: Mapping[str, str], actors: Actors, faults: FaultList) -> Case:
    """A case from facts written as text by their whole names, as in ``cases.csv``; lists are parted by ``+``."""
    nested: dict[str, Any] = {}
    for name, text in pairs.items():
        fact = FACTS.get(name)
        table = nested.setdefault(fact.table, {}) if fact and fact.table else nested
        if fact and fact.form is Form.FLAG and text in ("yes", "no"):
            table[fact.key] = text == "yes"
        elif fact and fact.form is Form.WORDS:
            table[fact.key] = [part.strip() for part in text.split("+")]
        else:
            table[fact.key if fact else name] = text
    return read_values(nested, actors, faults)


@dataclass
class _Reader:
    """Reads the keys of one case, noting faults."""

    actors: Actors
    faults: FaultList
    file: TomlFile | None
    day: date | None = None

    def fault(self, table: str, key: str, found: object, expected: str, fix: str) -> None:
        line = self.file.line_of(key, table) or self.file.line_of("", key) if self.file else 0
        self.faults.add(line, f"{table}.{key}" if table else key, found, expected, fix)

    def unknown(self, table: str, key: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(key, known, n=1)
        elsewhere = [fact.table for fact in TOLD if fact.key == key and fact.table != table]
        fix = f"Did you mean {near[0]!r}?" if near else f"The keys are {', '.join(known)}."
        if elsewhere:
            fix = f"It belongs {f'into [{elsewhere[0]}]' if elsewhere[0] else 'at the top, before any table'}."
        self.fault(table, key, key, "a known key", fix)

    def read_table(self, table: str, values: Mapping[str, Any]) -> dict[str, Value]:
        known = tuple(fact.key for fact in TOLD if fact.table == table)
        told: dict[str, Value] = {}
        for key, value in values.items():
            if key in known:
                told |= self.read_fact(FACTS[f"{table}.{key}"], value)
            else:
                self.unknown(table, key, known)
        return told

    def read_fact(self, fact: Fact, value: object) -> dict[str, Value]:
        """The fact with its value, or nothing after noting a fault."""
        read = _READERS[fact.form](self, fact, value)
        return {} if read is None else {fact.name: read}

    def flag(self, fact: Fact, value: object) -> Value | None:
        if isinstance(value, bool):
            return value
        self.fault(fact.table, fact.key, value, "true or false", "Write it without quotes, or leave it out if unknown.")
        return None

    def word(self, fact: Fact, value: object) -> Value | None:
        plain = _plain(value)
        if plain in fact.values:
            return plain
        near = get_close_matches(plain, fact.values, n=1)
        fix = f"Did you mean {near[0]!r}?" if near else "Leave the key out if it is unknown."
        self.fault(fact.table, fact.key, value, f"one of {', '.join(fact.values)}", fix)
        return None

    def words(self, fact: Fact, value: object) -> Value | None:
        if isinstance(value, list) and all(isinstance(one, str) and len(one) <= LARGEST_TEXT for one in value):
            return frozenset(str(one) for one in value)
        self.fault(fact.table, fact.key, value, "a list of texts", 'Write it like ["nsc", "cabinet"].')
        return None

    def actor(self, fact: Fact, value: object) -> Value | None:
        code = self.actors.find(value) if isinstance(value, str) else None
        if code is not None:
            return code
        near = get_close_matches(str(value).casefold(), list(self.actors.codes), n=1)
        fix = "Use an ISO 3166-1 alpha-3 code like PHL, or UN."
        if near:
            found = self.actors.codes[near[0]]
            fix = f"Did you mean {found} ({self.actors.name(found)})? {fix}"
        self.fault(fact.table, fact.key, value, "a state or body", fix)
        return None

    def text(self, fact: Fact, value: object) -> Value | None:
        if isinstance(value, str) and value.strip() and len(value) <= LARGEST_TEXT:
            return value.strip()
        self.fault(fact.table, fact.key, value, f"a text of 1 to {LARGEST_TEXT} characters", "Leave it out if unknown.")
        return None

    def read_day(self, fact: Fact, value: object) -> Value | None:
        day = read_day(value)
        if day is None:
            self.fault(fact.table, fact.key, value, "a day like 2024-03-26", "Write it without quotes.")
        self.day = day
        return None


_READERS = {
    Form.FLAG: _Reader.flag,
    Form.WORD: _Reader.word,
    Form.WORDS: _Reader.words,
    Form.ACTOR: _Reader.actor,
    Form.TEXT: _Reader.text,
    Form.DAY: _Reader.read_day,
}


def read_day(value: object) -> date | None:
    """A day from a TOML date or ISO text; ``None`` for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _plain(value: object) -> str:
    """A word in the spelling of the vocabularies."""
    return str(value).strip().casefold().replace("-", "_").replace(" ", "_") if isinstance(value, str) else ""
