"""The rules folder of a casebook or of an edition, read whole: a :class:`Lawbook`, or every fault of every file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pactwatch.casebook import Contents
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, parse_toml, read_model
from pactwatch.law.actors import Actors, gather_actors
from pactwatch.law.case import read_flat, read_values
from pactwatch.law.lawbook import Lawbook, resolve
from pactwatch.law.parsing import Names, defined_names, parse_definitions, parse_rules
from pactwatch.law.rules import Precedent, Rule, Vocabulary
from pactwatch.law.sheets import read_outcomes, read_precedents, read_programmes, read_standing
from pactwatch.model.codes import ActorKind
from pactwatch.model.errors import Fault, InputError, NotFoundError

if TYPE_CHECKING:
    from pactwatch.edition import Edition

T = TypeVar("T")

DEFINITIONS, WORDS, BASKET = "definitions.toml", "words.toml", "basket.toml"


def check_law(contents: Contents) -> list[Fault]:
    """Every fault in a casebook's rules."""
    own = [(actor.code, actor.name, actor.kind is ActorKind.BODY) for actor in contents.actors]
    return read_lawbook(contents.rules, gather_actors(own), f"{contents.path.name}/rules")[1]


def actors_of(edition: Edition) -> Actors:
    """The actors of an edition beside the states of the world."""
    rows = edition.arrow("actors").select(["actor_code", "actor_name", "actor_kind"]).to_pylist()
    return gather_actors((row["actor_code"], row["actor_name"], row["actor_kind"] == "body") for row in rows)


def lawbook_of(edition: Edition) -> Lawbook:
    """The rules sealed in an edition; raises :class:`NotFoundError` where it has none."""
    if not edition.rules:
        raise NotFoundError(f"the casebook of {edition.id} has no rules: add a folder rules/ (docs/law.md tells how)")
    lawbook, faults = read_lawbook(edition.rules, actors_of(edition), f"{edition.id}/rules")
    if faults:
        raise InputError(faults, f"the rules of {edition.id} cannot be read by this version")
    return lawbook


def read_lawbook(texts: Mapping[str, str], actors: Actors, place: str) -> tuple[Lawbook, list[Fault]]:
    """Read the texts of a rules folder by file name; the lawbook holds what is sound."""
    reader = _Reader(texts, actors, place)
    lawbook = reader.read()
    faults = [fault for found in reader.lists.values() for fault in found.faults]
    return lawbook, faults


class _Reader:
    """Reads the files of one folder, a list of faults for each."""

    def __init__(self, texts: Mapping[str, str], actors: Actors, place: str) -> None:
        self.texts, self.actors = texts, actors
        self.lists = {name: FaultList(f"{place}/{name}") for name in texts}
        self.codes = frozenset({*actors.names, *actors.codes.values()})

    def read(self) -> Lawbook:
        """Every file; a name that one defines may be used in all others."""
        vocabulary = self._read_words()
        programmes = self._read_sheet("programmes.csv", lambda text, one: read_programmes(text, self.codes, one)) or ()
        names = Names(self.codes, self._defined(), self._words(vocabulary, [one.programme for one in programmes]))
        definitions = self._read_toml(DEFINITIONS, lambda file, one: parse_definitions(file, names, one)) or {}
        outcomes = self._read_sheet("outcomes.csv", read_outcomes) or {}
        precedents = self._read_sheet("cases.csv", lambda text, one: read_precedents(text, outcomes, one)) or ()
        self._check_precedents(precedents)
        return Lawbook(
            rules=self._read_rules(names),
            definitions=definitions,
            vocabulary=vocabulary,
            standing=self._read_sheet("standing.csv", lambda text, one: read_standing(text, self.codes, one)) or (),
            programmes=programmes,
            precedents=precedents,
            outcomes={word: (str(pair[0]), pair[1]) for word, pair in outcomes.items()},
            basket=self._read_toml(BASKET, self._read_basket) or (),
        )

    def _read_toml(self, name: str, read: Callable[[TomlFile, FaultList], T]) -> T | None:
        """What a TOML file holds; nothing where it is not there or cannot be parsed."""
        if name not in self.texts:
            return None
        file = parse_toml(name, self.texts[name], self.lists[name])
        return None if file is None else read(file, self.lists[name])

    def _read_sheet(self, name: str, read: Callable[[str, FaultList], T]) -> T | None:
        """What a CSV file holds; nothing where it is not there."""
        return read(self.texts[name], self.lists[name]) if name in self.texts else None

    def _read_words(self) -> Vocabulary:
        def read(file: TomlFile, list_: FaultList) -> Vocabulary:
            return read_model(file, Vocabulary, file.values, list_) or Vocabulary()

        return self._read_toml(WORDS, read) or Vocabulary()

    def _defined(self) -> frozenset[str]:
        if DEFINITIONS not in self.texts:
            return frozenset()
        file = parse_toml(DEFINITIONS, self.texts[DEFINITIONS], FaultList(DEFINITIONS))
        return frozenset() if file is None else defined_names(file)

    @staticmethod
    def _words(vocabulary: Vocabulary, programmes: Collection[str]) -> dict[str, Collection[str]]:
        return {
            "purpose": list(vocabulary.purposes),
            "approval": list(vocabulary.approvals),
            "end_user.body": list(vocabulary.end_users),
            "programme": [*programmes, "other"],
        }

    def _read_rules(self, names: Names) -> tuple[Rule, ...]:
        rules: list[tuple[str, Rule]] = []
        seen: dict[str, str] = {}
        for name in self.texts:
            if not name.endswith(".toml") or name in (DEFINITIONS, WORDS, BASKET):
                continue
            for rule in self._read_toml(name, lambda file, one: parse_rules(file, names, one)) or []:
                if rule.id in seen:
                    fix = f"{seen[rule.id]} has it already; ids are never reused."
                    self.lists[name].add(0, "id", rule.id, "an id used once", fix)
                seen.setdefault(rule.id, name)
                rules.append((name, rule))
        resolved, problems = resolve([rule for _, rule in rules])
        for rule, missing in problems:
            fix = "Write the id of an earlier version in builds_on, and ids of its clauses in drops."
            self.lists[seen[rule.id]].add(0, rule.id, missing, "what an earlier version has", fix)
        self._check_lifts(resolved, seen)
        return resolved

    def _check_lifts(self, rules: tuple[Rule, ...], files: Mapping[str, str]) -> None:
        known = {clause.id for rule in rules for clause in rule.clauses if clause.effect in ("forbid", "require")}
        for rule in rules:
            for name in (name for clause in rule.clauses for name in clause.lifts if name not in known):
                fix = f"Those that can be lifted are {', '.join(sorted(known))}."
                self.lists[files[rule.id]].add(0, rule.id, name, "a clause that forbids or requires", fix)
            twice = {one.id for one in rule.clauses if [other.id for other in rule.clauses].count(one.id) > 1}
            for name in sorted(twice):
                self.lists[files[rule.id]].add(0, rule.id, name, "a clause id used once in a rule", "Rename one.")

    def _check_precedents(self, precedents: tuple[Precedent, ...]) -> None:
        for one in precedents:
            if one.facts:
                list_ = self.lists["cases.csv"]
                before = len(list_.faults)
                read_flat(split_facts(one.facts), self.actors, list_)
                list_.faults[before:] = [_named(fault, one.case_id) for fault in list_.faults[before:]]

    def _read_basket(self, file: TomlFile, list_: FaultList) -> tuple[dict[str, object], ...]:
        cases = file.values.get("case", [])
        rows: list[dict[str, object]] = []
        for index, raw in enumerate(cases if isinstance(cases, list) else ()):
            values: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {}
            name, title = values.pop("id", None), values.pop("title", None)
            line = file.line_of("id", "case", index)
            if not isinstance(name, str) or not isinstance(title, str):
                list_.add(line, "id", name, "an id and a title", "Give every [[case]] an id and a title.")
                continue
            before = len(list_.faults)
            read_values(values, self.actors, list_)
            list_.faults[before:] = [_named(fault, name, line) for fault in list_.faults[before:]]
            rows.append({"id": name, "title": title, **values})
        return tuple(rows)


def _named(fault: Fault, name: str, line: int = 0) -> Fault:
    return Fault(fault.file, fault.line or line, f"{name}: {fault.field}", fault.found, fault.expected, fault.fix)


def split_facts(text: str) -> dict[str, str]:
    """Facts as ``cases.csv`` writes them: ``supplier=JPN; item.weapon=yes``.

    >>> split_facts("supplier=JPN; item.weapon=yes")
    {'supplier': 'JPN', 'item.weapon': 'yes'}
    """
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}
