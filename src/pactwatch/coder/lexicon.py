"""A language's words, read from its folder into the books the scan looks them up in."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pactwatch.coder.gazetteer import add_actors
from pactwatch.coder.inflection import Morphology
from pactwatch.coder.phrases import ANY, EXACT, PhraseBook, Reading
from pactwatch.coder.tokens import SentenceWords
from pactwatch.coder.typography import plain_text
from pactwatch.model.codes import Office
from pactwatch.model.errors import Fault, InputError

BASE_LEXICONS = Path(__file__).parent.parent / "lexicons"
"""The lexicons that come with the package, one folder for each language."""


@dataclass(frozen=True, slots=True)
class ActWord:
    """A word that tells a step: which act, its base form, and how it is inflected (``noun`` for names of acts)."""

    act: str
    lemma: str
    form: str


@dataclass(frozen=True, slots=True)
class NounWord:
    """A word for what an act is done to."""

    group: str
    lemma: str
    instrument: str | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class AnaphorWord:
    """A word that stands for ``count`` actors told before (0: any number, -1: one)."""

    count: int


@dataclass(frozen=True)
class Lexicon:
    """Everything the coder knows of one language."""

    terms: PhraseBook
    cues: PhraseBook
    frames: dict[tuple[str, str], tuple[tuple[str, str], ...]]
    sentences: SentenceWords
    keeps_hyphen: frozenset[str]
    tables: dict[str, Any]
    drill_words: frozenset[str]
    ranks: frozenset[str]
    titles: frozenset[str]
    exercise_names: tuple[str, ...]
    force_names: tuple[str, ...]
    minister_names: tuple[str, ...]

    def relevant_words(self) -> tuple[list[str], list[str]]:
        """Folded words that make a paragraph worth reading, and words that tie one to the paragraph before."""
        table = self.tables["relevance"]
        strong = [*table["strong"], *self.exercise_names, *self.force_names, *self.minister_names]
        named = self.tables["equipment"]["designations"].values()
        strong += [name for names in named for name in names if any(letter.isdigit() for letter in name)]
        strong += [word for group in table["groups"] for line in self.tables["nouns"][group] for word in line["words"]]
        strong += [f"{word}s" for word in strong]  # else "security pacts" is no "security pact", and hides "security"
        return [_folded(word) for word in strong], [_folded(word) for word in table["linked"]]

    @cached_property
    def act_frames(self) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
        """For each act the groups of nouns it goes with, in order, and the types and stages each pair may tell."""
        found: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
        for act, group in sorted(self.frames):
            found.setdefault(act, {})[group] = self.frames[(act, group)]
        return found


def read_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read the folders of one language, the base lexicon first; later folders add to it."""
    paths = [folder for folder in folders if folder.is_dir()]
    tables = {name: _merged(paths, name) for name in _TABLES}
    sheets = {name: list(_rows(paths, name)) for name in (*SHEETS, "actors", "officeholders")}
    ends = tables["sentences"]
    return Lexicon(
        terms=_read_terms(tables, sheets),
        cues=_read_cues(tables["cues"]),
        frames=_read_frames(tables["frames"]["rows"]),
        sentences=SentenceWords(frozenset(ends["abbreviations"]), frozenset(ends["openers"])),
        keeps_hyphen=frozenset(ends["hyphenated_first_parts"]),
        tables=tables,
        exercise_names=tuple(row["name"] for row in sheets["exercises"] if "needs=context" not in row["note"]),
        force_names=tuple(_force_names(sheets["states"])),
        minister_names=tuple(_minister_names(sheets["people"] + sheets["officeholders"])),
        drill_words=frozenset(word for line in tables["nouns"]["drill"] for word in line["words"] if " " not in word),
        ranks=frozenset(ends["ranks"]),
        titles=frozenset([*ends["ranks"], *ends["offices"]]),
    )


def _read_terms(tables: dict[str, Any], sheets: dict[str, list[dict[str, str]]]) -> PhraseBook:
    terms = PhraseBook()
    add_actors(terms, sheets.__getitem__)
    morphology = Morphology.from_toml(tables["morphology"])
    for act, lines in tables["acts"].items():
        for line in lines:
            _add_acts(terms, act, line, morphology)
    for group, lines in tables["nouns"].items():
        for line in lines:
            _add_nouns(terms, group, line)
    for line in tables["anaphors"].get("anaphor", ()):
        for word in line["words"]:
            terms.add(word, Reading("anaphor", AnaphorWord(line["count"])))
    return terms


def _read_cues(table: dict[str, Any]) -> PhraseBook:
    cues = PhraseBook()
    for cue, line in table.items():
        for word in line["words"]:
            cues.add(word, Reading("cue", cue))
    return cues


def _read_frames(rows: list[list[str]]) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    frames: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for act, group, kind, stage in rows:
        frames.setdefault((act, group), []).append((kind, stage))
    return {key: tuple(outcomes) for key, outcomes in frames.items()}


def _force_names(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    for row in rows:
        doubtful = set(row.get("ambiguous", "").split(";"))
        yield from (name for name in row.get("forces", "").split(";") if len(name) > 4 and name not in doubtful)


def _minister_names(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    for row in rows:
        if row["office"] == Office.DEFENCE_MINISTER:
            yield from (name for name in (row["name"], *row["aliases"].split(";")) if len(name) > 4)


def _folded(word: str) -> str:
    return plain_text(word).low


SHEETS: dict[str, tuple[str, ...]] = {
    "states": ("code", "name"),
    "bodies": ("code", "name", "aliases", "members", "is_actor"),
    "people": ("actor", "office", "name", "aliases", "from", "to"),
    "companies": ("name", "aliases", "actor", "note"),
    "exercises": ("name", "aliases", "level", "hadr", "note"),
    "ships": ("name", "code", "kind", "ambiguous"),
    "places": ("place", "code", "kind"),
    "masks": ("phrase",),
}
"""The columns a sheet of the lexicon must have."""

_TABLES = (
    "acts",
    "nouns",
    "cues",
    "anaphors",
    "sentences",
    "morphology",
    "frames",
    "dates",
    "money",
    "numbers",
    "equipment",
    "relevance",
)


def _merged(paths: list[Path], name: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in paths:
        file = path / f"{name}.toml"
        if file.is_file():
            _merge(merged, _toml(file))
    return merged


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = into[key] + value
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _rows(paths: list[Path], name: str) -> Iterator[dict[str, str]]:
    for path in paths:
        file = path / f"{name}.csv"
        if file.is_file():
            yield from _csv(file, name)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:  # no TOML, or no UTF-8
        raise InputError([_fault(file, 0, "", str(error), "a TOML file in UTF-8")], "the lexicon has faults") from None


def _csv(file: Path, name: str) -> Iterator[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, restval="")
            missing = [column for column in SHEETS.get(name, ()) if column not in (rows.fieldnames or ())]
            if missing:
                expected = f"the columns {', '.join(SHEETS[name])}"
                raise InputError([_fault(file, 1, missing[0], "no such column", expected)], "the lexicon has faults")
            yield from rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError([_fault(file, 0, "", str(error), "a CSV file in UTF-8")], "the lexicon has faults") from None


def _fault(file: Path, line: int, column: str, found: str, expected: str) -> Fault:
    return Fault(str(file), line, column, found, expected, "lexicons/README.md describes each file.")


def _add_acts(terms: PhraseBook, act: str, line: dict[str, Any], morphology: Morphology) -> None:
    for verb in line.get("verbs", ()):
        for form, phrase in morphology.forms(verb):
            terms.add(phrase, Reading("act", ActWord(act, verb, form)))
    for noun in line.get("nouns", ()):
        terms.add(noun, Reading("act", ActWord(act, noun, "noun")))


def _add_nouns(terms: PhraseBook, group: str, line: dict[str, Any]) -> None:
    for word in line["words"]:
        writing = EXACT if word.isupper() and len(word) <= 4 else ANY
        value = NounWord(group, word.lower(), line.get("instrument"), line.get("weak", False))
        terms.add(word, Reading("noun", value, writing, word))
