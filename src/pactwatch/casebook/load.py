"""A folder of plain files, read into a checked :class:`Casebook` or refused with every fault at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pactwatch.casebook.other_sheets import read_actors, read_officeholders, read_perceptions, read_sources
from pactwatch.casebook.records_sheet import Known, read_records
from pactwatch.casebook.settings import CasebookSettings, Expectation, Expectations
from pactwatch.casebook.sheets import FaultList, read_text
from pactwatch.casebook.toml_files import TomlFile, read_model, read_toml
from pactwatch.casebook.watching import FEEDS_FILE, WATCHLISTS_FILE, Feed, Watchlist, read_feeds, read_watchlists
from pactwatch.model.errors import Fault, InputError, NotFoundError
from pactwatch.model.records import Actor, OfficeHolder, Perception, Record, Source

REQUIRED_FILES = (
    "casebook.toml",
    "actors.csv",
    "officeholders.csv",
    "sources.csv",
    "records.csv",
    "perceptions.csv",
    "claims.toml",
    "expect.toml",
)
"""The files every casebook has; the last five may hold no rows."""

CHANGES_FILE = "CHANGES.md"
"""What changed from version to version, in the editors' words; sealed into every edition. A casebook may do without."""

OPTIONAL_FILES = (CHANGES_FILE, FEEDS_FILE, WATCHLISTS_FILE)

RULES_FOLDER = "rules"
"""Legal rules, registers and precedents. A casebook may do without the folder; the law room knows what is in it."""

RULES_ENDINGS = (".toml", ".csv")


@dataclass(frozen=True)
class Contents:
    """What a folder's files hold, its head apart.

    ``claims`` are plain values and ``rules`` plain texts by file name: the rooms of claims and law know what they say.
    """

    path: Path
    actor_codes: frozenset[str]
    actors: tuple[Actor, ...]
    officeholders: tuple[OfficeHolder, ...]
    sources: tuple[Source, ...]
    records: tuple[Record, ...]
    perceptions: tuple[Perception, ...]
    claims: tuple[dict[str, Any], ...]
    claims_file: TomlFile
    expectations: tuple[Expectation, ...]
    changes: str
    rules: dict[str, str]
    feeds: tuple[Feed, ...]
    watchlists: tuple[Watchlist, ...]


@dataclass(frozen=True)
class Casebook(Contents):
    """A checked casebook."""

    settings: CasebookSettings

    @property
    def digest(self) -> str:
        """SHA-256 over names and bytes of the casebook's files, in hexadecimal."""
        total = hashlib.sha256()
        files = (*REQUIRED_FILES, *([CHANGES_FILE] if self.changes else []))
        for name in files:
            total.update(name.encode() + b"\0" + hashlib.sha256((self.path / name).read_bytes()).digest())
        for name, text in self.rules.items():
            place = f"{RULES_FOLDER}/{name}"
            total.update(place.encode() + b"\0" + hashlib.sha256(text.encode()).digest())
        return total.hexdigest()


@dataclass(frozen=True)
class Reading:
    """What reading a folder gave: its contents as far as they could be read, the casebook if it is sound, every
    fault.
    """

    contents: Contents | None
    casebook: Casebook | None
    faults: tuple[Fault, ...]


def find_casebook(name_or_path: str) -> Path:
    """The folder of a casebook: a path, or the name of one that comes with pactwatch."""
    path = Path(name_or_path)
    if path.is_dir():
        return path
    shipped = Path(str(files("pactwatch") / "casebooks"))
    if (shipped / name_or_path / "casebook.toml").is_file():
        return shipped / name_or_path
    names = ", ".join(sorted(child.name for child in shipped.iterdir() if (child / "casebook.toml").is_file()))
    raise NotFoundError(f"there is no casebook {name_or_path!r}: give a folder, or one of {names}")


def load_casebook(path: Path) -> Casebook:
    """Read a casebook; raises :class:`InputError` with all faults of all files."""
    reading = read_casebook(path)
    if reading.casebook is None:
        raise InputError(reading.faults, f"the casebook {path.name} has faults")
    return reading.casebook


def read_casebook(path: Path) -> Reading:
    """Read every file of a casebook, however many faults the others have."""
    lists = {name: FaultList(f"{path.name}/{name}") for name in (*REQUIRED_FILES, *OPTIONAL_FILES)}
    heads = {name: read_toml(path / name, lists[name]) for name in ("casebook.toml", "claims.toml", "expect.toml")}
    actors = read_actors(path / "actors.csv", lists["actors.csv"])
    if not actors.keys and not lists["actors.csv"].faults:
        lists["actors.csv"].add(0, "", "no rows", "at least the focus actor and a partner", "Add a row for each actor.")
    settings = _read_settings(heads["casebook.toml"], actors.keys, lists["casebook.toml"])
    sources = read_sources(path / "sources.csv", lists["sources.csv"])
    known = Known(actors.keys, sources.keys, settings.as_of if settings else None)
    records = read_records(path / "records.csv", known, lists["records.csv"])
    holders = read_officeholders(path / "officeholders.csv", actors.keys, lists["officeholders.csv"])
    figures = read_perceptions(path / "perceptions.csv", sources.keys, lists["perceptions.csv"])
    claims = _read_claims(heads["claims.toml"], lists["claims.toml"])
    expectations = _read_expectations(heads["expect.toml"], actors.keys, lists["expect.toml"])
    rules = _read_rules(path / RULES_FOLDER, lists)
    changes = read_text(path / CHANGES_FILE, lists[CHANGES_FILE]) if (path / CHANGES_FILE).exists() else None
    feeds = read_feeds(path, lists[FEEDS_FILE])
    watchlists = read_watchlists(path, actors.keys, lists[WATCHLISTS_FILE])
    faults = tuple(fault for found in lists.values() for fault in found.faults)
    claims_file = heads["claims.toml"]
    if claims_file is None:
        return Reading(None, None, faults)
    parts = (
        path,
        actors.keys,
        actors.rows,
        holders,
        sources.rows,
        records,
        figures,
        claims,
        claims_file,
        expectations,
        changes or "",
        rules,
        feeds,
        watchlists,
    )
    casebook = None if settings is None or faults else Casebook(*parts, settings)
    return Reading(casebook or Contents(*parts), casebook, faults)


def _read_rules(folder: Path, lists: dict[str, FaultList]) -> dict[str, str]:
    """The texts of the rules folder by file name; none where there is no folder."""
    if not folder.is_dir():
        return {}
    texts = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.suffix not in RULES_ENDINGS or file.name.startswith("."):
            continue
        faults = lists.setdefault(f"{RULES_FOLDER}/{file.name}", FaultList(f"{folder.parent.name}/rules/{file.name}"))
        text = read_text(file, faults)
        if text is not None:
            texts[file.name] = text
    return texts


def _read_settings(file: TomlFile | None, codes: Collection[str], faults: FaultList) -> CasebookSettings | None:
    settings = None if file is None else read_model(file, CasebookSettings, file.values, faults)
    if file is None or settings is None:
        return settings
    places: dict[str, str] = {}
    named = (("focus", (settings.focus,)), ("partners", settings.partners), ("baseline", settings.baseline))
    for key, actors in named:
        for code in actors:
            if codes and code not in codes:
                faults.add(file.line_of(key), key, code, "a code of actors.csv", "Add the actor to actors.csv.")
            if code in places:
                expected = "an actor named once among focus, partners and baseline"
                faults.add(file.line_of(key), key, code, expected, f"It stands in {places[code]}; remove one.")
            places.setdefault(code, key)
    return settings


def _read_claims(file: TomlFile | None, faults: FaultList) -> tuple[dict[str, Any], ...]:
    if file is None:
        return ()
    for key in file.values:
        if key != "claim":
            faults.add(file.line_of(key), key, key, "only [[claim]] tables", "Remove it.")
    claims = file.values.get("claim", [])
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        faults.add(file.line_of("claim"), "claim", claims, "[[claim]] tables", "Write each claim as a [[claim]] table.")
        return ()
    return tuple(claims)


def _read_expectations(file: TomlFile | None, codes: Collection[str], faults: FaultList) -> tuple[Expectation, ...]:
    if file is None:
        return ()
    read = read_model(file, Expectations, file.values, faults)
    for index, expectation in enumerate(read.expect if read else ()):
        if expectation.partner is not None and expectation.partner not in codes:
            line = file.line_of("partner", "expect", index)
            faults.add(line, "partner", expectation.partner, "a code of actors.csv", "Correct it.")
    return read.expect if read else ()
