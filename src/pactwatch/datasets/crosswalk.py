"""From the names and codes of other data sets to pactwatch's actor codes, valid by date.

``crosswalk.csv`` has one row for an actor in a period: ISO 3166 alpha-2 and alpha-3, Correlates of War number and
abbreviation, Gleditsch-Ward number, CAMEO code, and the names data sets use. An identifier means what the row says from
``from`` to ``to`` only (the number 365 is the Soviet Union in 1950 and Russia in 1995). Nothing is guessed: what the
file does not hold is unknown, and what would be two actors on one day is unknown too. docs/crosswalk.md documents it.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

Scheme = Literal["name", "iso2", "iso3", "cow_number", "cow_abbreviation", "gw_number", "cameo"]

When: TypeAlias = "date | int | None"
"""A day, a year, or no date at all."""

SCHEMES: tuple[Scheme, ...] = ("name", "iso2", "iso3", "cow_number", "cow_abbreviation", "gw_number", "cameo")

_LISTS = {"name": "names"} | {scheme: scheme for scheme in SCHEMES if scheme != "name"}
_NOT_LETTERS = re.compile(r"[^a-z0-9()*]+")


@dataclass(frozen=True, slots=True)
class Spell:
    """An actor in a period; ``code`` is empty for what is known and no actor (a region, an unknown supplier)."""

    code: str
    name: str
    kind: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Match:
    """What an identifier stands for on a day.

    ``status``: ``found``; ``outside`` (one actor only, used on a day outside its period); ``no_actor`` (known, and no
    actor); ``ambiguous``; ``unknown``.
    """

    code: str | None
    status: Literal["found", "outside", "no_actor", "ambiguous", "unknown"]
    reason: str = ""


UNKNOWN = Match(None, "unknown", "not in the crosswalk")
ARMED_GROUP = Match(None, "no_actor", "an armed group")
MISSING = Match(None, "no_actor", "no name given")


def normalise_name(name: str) -> str:
    """A name without accents, capitals and punctuation, so that Türkiye, TURKIYE and Turkiye are one.

    >>> normalise_name("Côte d’Ivoire"), normalise_name("Bosnia & Herzegovina")
    ('cote d ivoire', 'bosnia and herzegovina')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().replace("&", " and ")
    return " ".join(_NOT_LETTERS.sub(" ", plain).split())


class Crosswalk:
    """The crosswalk as read from its file; look-ups are remembered."""

    def __init__(self, text: str) -> None:
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self._spells: dict[tuple[str, str], list[Spell]] = {}
        self._names: dict[str, str] = {}
        for row in csv.DictReader(text.splitlines()):
            spell = Spell(row["actor_code"], row["actor_name"], row["kind"], *_period(row["from"], row["to"]))
            self._names.setdefault(spell.code, spell.name)
            for scheme, column in _LISTS.items():
                values = [value for value in row[column].split(";") if value]
                values += [spell.name] if scheme == "name" and not spell.code and spell.kind == "unknown" else []
                for value in dict.fromkeys(_key(scheme, value) for value in values):
                    self._spells.setdefault((scheme, value), []).append(spell)
        self._seen: dict[tuple[str, str, When], Match] = {}

    def look_up(self, scheme: Scheme, value: str, when: When = None) -> Match:
        """The actor an identifier stands for on a day, or in a year; without either, the one actor it ever stands for.

        Of several actors in one year the one on its last day is taken.
        """
        key = (scheme, value, when)
        if key not in self._seen:
            self._seen[key] = self._find(scheme, value, when)
        return self._seen[key]

    def name_of(self, code: str) -> str:
        """The short English name of an actor code; the code itself where there is none."""
        return self._names.get(code, code)

    def codes_of(self, scheme: Scheme, actors: frozenset[str]) -> dict[str, str]:
        """Every identifier of a scheme that ever stands for one of the actors, with the actor."""
        return {
            value: spell.code
            for (its, value), spells in self._spells.items()
            if its == scheme
            for spell in spells
            if spell.code in actors
        }

    def _find(self, scheme: Scheme, value: str, when: When) -> Match:
        if not value.strip():
            return MISSING
        spells = self._spells.get((scheme, _key(scheme, value)), [])
        if not spells:
            is_group = scheme == "name" and value.strip().endswith("*") and not value.strip().endswith("**")
            return ARMED_GROUP if is_group else UNKNOWN
        at = _at(spells, when)
        if len({spell.code for spell in at or spells}) > 1:
            names = ", ".join(sorted({spell.name for spell in at or spells}))
            return Match(None, "ambiguous", f"could be {names}" + ("" if at else f" in {when}"))
        return _match_one(scheme, (at or spells)[0], is_at=bool(at))


@cache
def open_crosswalk() -> Crosswalk:
    """The crosswalk that comes with pactwatch."""
    return Crosswalk((files("pactwatch.datasets") / "crosswalk.csv").read_text("utf-8"))


def _match_one(scheme: Scheme, spell: Spell, *, is_at: bool) -> Match:
    """What the one actor an identifier may stand for makes of it; names hold beyond their time, with a word."""
    if not spell.code:
        return Match(None, "no_actor", "a region" if spell.kind == "region" else "not known to the source")
    if is_at:
        return Match(spell.code, "found")
    if scheme == "name":
        return Match(spell.code, "outside", f"{spell.name} stands in the crosswalk {_tell_period(spell)}")
    return Match(None, "unknown", f"stands for {spell.name} {_tell_period(spell)} only")


def _at(spells: list[Spell], when: When) -> list[Spell]:
    """The spells that hold on a day, or in a year: those on its last day, else any day of it."""
    if when is None:
        return spells
    first, last = (date(when, 1, 1), date(when, 12, 31)) if isinstance(when, int) else (when, when)
    at_end = [spell for spell in spells if spell.start <= last <= spell.end]
    return at_end or [spell for spell in spells if spell.start <= last and spell.end >= first]


def _key(scheme: str, value: str) -> str:
    if scheme == "name":
        return normalise_name(value)
    cleaned = value.strip().upper()
    return cleaned.lstrip("0") or cleaned if scheme.endswith("_number") else cleaned


def _period(start: str, end: str) -> tuple[date, date]:
    return date.fromisoformat(start) if start else date.min, date.fromisoformat(end) if end else date.max


def _tell_period(spell: Spell) -> str:
    start = "" if spell.start == date.min else f"from {spell.start}"
    end = "" if spell.end == date.max else f"to {spell.end}"
    return f"{start} {end}".strip() or "at any time"
