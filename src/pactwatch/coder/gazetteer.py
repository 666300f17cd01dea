"""Names by which a text calls actors: states, bodies, forces, ministries, capitals, people, companies, ships, places.

The sheets and their columns are described in ``lexicons/README.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pactwatch.coder.phrases import ANY, CAPITAL, EXACT, PhraseBook, Reading

Rows = Callable[[str], Iterable[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class ActorWord:
    """A name of an actor. ``surface`` says what kind of name; people carry their term of office.

    A ``is_weak`` name needs the document to name its actor by another name too. Of people ``is_surname`` tells one
    word alone, and ``is_ordinary`` a surname that is an everyday word or borne by many.
    """

    codes: tuple[str, ...]
    surface: str
    since: str = ""
    until: str = ""
    label: str = ""
    is_weak: bool = False
    is_surname: bool = False
    is_ordinary: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseWord:
    """A name of an exercise series; ``needs_context`` where the name is an everyday word."""

    name: str
    level: str | None
    is_hadr: bool
    needs_context: bool


def add_actors(terms: PhraseBook, rows: Rows) -> None:
    """Add every name of the gazetteer's sheets."""
    _add_states(terms, rows("states"))
    _add_states(terms, rows("actors"))
    _add_bodies(terms, rows("bodies"))
    for sheet in ("people", "officeholders"):
        for row in rows(sheet):
            _add_person(terms, row)
    for row in rows("companies"):
        _add_company(terms, row)
    for row in rows("exercises"):
        _add_exercise(terms, row)
    for row in rows("ships"):
        _add_ship(terms, row)
    for row in rows("places"):
        _add_place(terms, row)
    for row in rows("masks"):
        phrase = row["phrase"]
        terms.add(phrase, Reading("mask", phrase, CAPITAL if phrase[:1].isupper() else ANY, phrase))


_STATE_COLUMNS = {
    "aliases": "state",
    "demonyms": "demonym",
    "capital": "capital",
    "metonyms": "capital",
    "forces": "force",
    "ministries": "ministry",
}


def _add_states(terms: PhraseBook, rows: Iterable[dict[str, str]]) -> None:
    for row in rows:
        if row.get("kind", "state") != "state":
            continue
        ambiguous, weak = set(_listed(row.get("ambiguous"))), set(_listed(row.get("weak")))
        names = [(row["name"], "state")]
        for column, surface in _STATE_COLUMNS.items():
            names += [(name, surface) for name in _listed(row.get(column))]
        for name, surface in names:
            writing = EXACT if name in ambiguous and len(name) <= 6 else _writing(name)
            terms.add(
                name,
                Reading("actor", ActorWord((row["code"],), surface, label=name, is_weak=name in weak), writing, name),
            )
        if row.get("alpha2"):
            flag = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in row["alpha2"])
            terms.add(flag, Reading("actor", ActorWord((row["code"],), "flag", label=flag)))


def _add_bodies(terms: PhraseBook, rows: Iterable[dict[str, str]]) -> None:
    for row in rows:
        is_actor = row["is_actor"] == "true"
        members = tuple(_listed(row["members"]))
        weak = set(_listed(row.get("ambiguous")))
        for name in (row["name"], *_listed(row["aliases"])):
            if is_actor or members:
                codes = (row["code"],) if is_actor else members
                surface = "body" if is_actor else "grouping"
                word = ActorWord(codes, surface, label=name, is_weak=name in weak)
                terms.add(name, Reading("actor", word, _writing(name), name))
            elif name not in weak:
                terms.add(name, Reading("mask", name, _writing(name), name))


def _add_person(terms: PhraseBook, row: dict[str, str]) -> None:
    for name in (row["name"], *_listed(row["aliases"])):
        word = ActorWord(
            (row["actor"],),
            "person",
            row["from"],
            row["to"],
            row["name"],
            is_surname=name != row["name"] and " " not in name,
            is_ordinary=f"alias {name} is an ordinary word" in (row.get("note") or ""),
        )
        terms.add(name, Reading("actor", word, CAPITAL, name))


def _add_company(terms: PhraseBook, row: dict[str, str]) -> None:
    if "product" in _listed(row["note"]):
        return
    for name in (row["name"], *_listed(row["aliases"])):
        if row["actor"]:
            terms.add(name, Reading("actor", ActorWord((row["actor"],), "company", label=name), _writing(name), name))
        else:
            terms.add(name, Reading("mask", name, _writing(name), name))


def _add_exercise(terms: PhraseBook, row: dict[str, str]) -> None:
    notes = set(_listed(row["note"]))
    for name in (row["name"], *_listed(row["aliases"])):
        if "domestic" in notes:
            terms.add(name, Reading("mask", name, CAPITAL, name))
            continue
        needs = "needs=context" in notes or f"needs=context:{name}" in notes
        word = ExerciseWord(row["name"], row["level"] or None, row["hadr"] == "true", needs)
        terms.add(name, Reading("exercise", word, CAPITAL, name))


def _add_ship(terms: PhraseBook, row: dict[str, str]) -> None:
    name, is_ambiguous = row["name"], row["ambiguous"] == "true"
    if row["kind"] == "prefix":
        surface = "ship_prefix?" if is_ambiguous else "ship_prefix"
        terms.add(name, Reading("actor", ActorWord((row["code"],), surface, label=name), EXACT, name))
    elif not is_ambiguous:
        terms.add(name, Reading("actor", ActorWord((row["code"],), "ship", label=name), CAPITAL, name))


def _add_place(terms: PhraseBook, row: dict[str, str]) -> None:
    name = row["place"]
    if not row["code"]:
        terms.add(name, Reading("mask", name, CAPITAL, name))
    elif row["kind"] != "ambiguous":
        terms.add(name, Reading("place", ActorWord((row["code"],), "place", label=name), CAPITAL, name))


def _listed(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _writing(name: str) -> str:
    """Short all-capital names must stand letter by letter (``US`` is not ``us``); others need their capital."""
    letters = [letter for letter in name if letter.isalpha()]
    if letters and all(letter.isupper() for letter in letters) and len(letters) <= 6:
        return EXACT
    return CAPITAL if name[:1].isupper() else ANY
