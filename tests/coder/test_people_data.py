"""The lists of people, companies and exercises are well formed and claim no ordinary word."""

from __future__ import annotations

import csv
import itertools
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

import pactwatch
from pactwatch.model.codes import Level, Office
from pactwatch.model.dates import parse_date

PACKAGE = Path(pactwatch.__file__).parent
LEXICON = PACKAGE / "lexicons" / "en"
OFFICEHOLDERS = PACKAGE / "casebooks" / "japan-asean" / "officeholders.csv"
Row = dict[str, str]

BODIES = {"ASEAN", "EU", "UN", "NATO", "QUAD"}
OFFICES = {office.value for office in Office} | {"commander"}
NEEDS = re.compile(r"needs=(capital|context)(?::(?P<alias>.+))?")
FLAGS = {"domestic", "mission", "historic", "type", "product"}

COLUMNS = {
    "people": ["actor", "office", "name", "aliases", "from", "to", "certainty"],
    "companies": ["name", "aliases", "actor", "note"],
    "exercises": ["name", "aliases", "level", "hadr", "parties", "note"],
}
FEWEST_TERMS = {"people": 900, "companies": 350, "exercises": 400}

# Words that open a sentence often enough to be taken for a name.
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
    able add aim alert alon aman arc army aurora baker ban base bear bell blue bold brave breeze bright brown
    bush carter centre clark cook cooper core crocodile cyclone diet dragon eagle edge english fame fast fire
    fish formosa fox garuda gates gray green hail hill hit hunt indra iron joint key king lion little long major
    march mark may medusa milan mission more nemesis new noble north ocean orion park peace pelican penguin
    polaris poly power rice rising sea shield short signal smith south star storm store straw strike swift tiger
    trident trust tusk union viking walker wallaby warrior william wind winter wolf young
    """,
    )
)


def read(name: str) -> list[Row]:
    with (LEXICON / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split(";"))]


def tokens(row: Row) -> list[str]:
    return list(filter(None, row["note"].split(";")))


def is_actor(code: str) -> bool:
    return code in BODIES or code in STATES


STATES = {row["code"] for row in read("states")}


def span(row: Row) -> tuple[date, date]:
    return parse_date(row["from"]).earliest, parse_date(row["to"]).latest if row["to"] else date.max


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_size(name: str) -> None:
    with (LEXICON / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == COLUMNS[name]
    assert {len(line) for line in lines} == {len(COLUMNS[name])}
    assert sum(len(terms(row)) for row in read(name)) >= FEWEST_TERMS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_terms_are_clean_and_listed_once(name: str) -> None:
    faults = []
    for row in read(name):
        told = terms(row)
        if len(set(told)) < len(told):
            faults.append(f"twice: {row['name']}")
        # Brackets explain, they do not stand in a text; a name without any capital is an ordinary word.
        faults += [term for term in told if term != term.strip() or re.search(r"[()_^~=|]|  ", term)]
        faults += [term for term in told if term == term.lower() and "type" not in row.get("note", "").split(";")]
    assert not faults


@pytest.mark.parametrize("name", ["companies", "exercises"])
def test_no_term_names_two_things(name: str) -> None:
    owners = defaultdict(set)
    for row in read(name):
        for term in terms(row):
            owners[term.casefold()].add(row["name"])
    assert not {term: names for term, names in owners.items() if len(names) > 1}


def test_people_codes_and_dates() -> None:
    faults = [
        row["name"]
        for row in read("people")
        if not is_actor(row["actor"]) or row["office"] not in OFFICES or row["certainty"] != "recalled"
    ]
    faults += [row["name"] for row in read("people") if span(row)[0] > span(row)[1]]
    assert not faults


def test_people_terms_do_not_repeat_each_other_or_the_casebook() -> None:
    with OFFICEHOLDERS.open(encoding="utf-8", newline="") as file:
        seen = {(row["actor"], row["office"], row["name"]): [span(row)] for row in csv.DictReader(file)}
    faults = []
    for row in read("people"):
        key = (row["actor"], row["office"], row["name"])
        if any(span(row)[0] <= start and end <= span(row)[1] for start, end in seen.get(key, [])):
            faults.append(key)
        seen.setdefault(key, []).append(span(row))
    assert not faults


def test_no_alias_stands_for_two_actors_at_one_time() -> None:
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in read("people"):
        for term in terms(row):
            holders[term.casefold()].append(row)
    faults = set()
    for term, rows in holders.items():
        for one, two in itertools.combinations(rows, 2):
            # A month's end and the next office's start in it are no clash.
            is_clash = max(span(one)[0], span(two)[0]).toordinal() + 31 < min(span(one)[1], span(two)[1]).toordinal()
            if one["actor"] != two["actor"] and is_clash:
                faults.add((term, one["name"], two["name"]))
    assert not faults


def test_no_person_goes_by_an_ordinary_word() -> None:
    assert not [(row["name"], term) for row in read("people") for term in terms(row) if term.lower() in COMMON]


@pytest.mark.parametrize("name", ["companies", "exercises"])
def test_notes_guard_ordinary_words(name: str) -> None:
    faults = []
    for row in read(name):
        told = [match for token in tokens(row) if (match := NEEDS.fullmatch(token))]
        faults += [token for token in tokens(row) if "=" in token and not NEEDS.fullmatch(token)]
        faults += [token for token in tokens(row) if token.lower() in FLAGS and token not in FLAGS]
        guarded = {match["alias"] for match in told}
        faults += [f"{row['name']}: {alias}" for alias in guarded - {None} if alias not in terms(row)]
        if None not in guarded:
            faults += [term for term in terms(row) if term.lower() in COMMON and term not in guarded]
    assert not faults


def test_company_states_are_codes() -> None:
    assert not [row["name"] for row in read("companies") if row["actor"] and not is_actor(row["actor"])]


def test_exercise_fields_are_codes() -> None:
    levels = {level.value for level in Level} | {""}
    faults = [row["name"] for row in read("exercises") if row["level"] not in levels or row["hadr"] not in {"", "true"}]
    for row in read("exercises"):
        parties = list(filter(None, row["parties"].split(";")))
        if parties != sorted(set(parties)) or not all(map(is_actor, parties)):
            faults.append(row["name"])
    assert not faults


@pytest.mark.parametrize(
    ("name", "term", "owner"),
    [
        ("people", "Zelenskyy", "Volodymyr Zelensky"),
        ("people", "Erdogan", "Recep Tayyip Erdoğan"),
        ("people", "Katsutoshi Kawano", "Kawano Katsutoshi"),
        ("people", "Adm. Davidson", "Philip Davidson"),
        ("companies", "MHI", "Mitsubishi Heavy Industries"),
        ("companies", "GRSE", "Garden Reach Shipbuilders"),
        ("exercises", "Talisman Saber", "Talisman Sabre"),
        ("exercises", "Super Garuda Shield", "Garuda Shield"),
    ],
)
def test_finds_known_spellings(name: str, term: str, owner: str) -> None:
    assert {row["name"] for row in read(name) if term in terms(row)} == {owner}
