"""The gazetteer's tables are complete, consistent and free of double claims."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "pactwatch" / "lexicons" / "en"
REFERENCE = ROOT.parent / "shared" / "external" / "gazetteer" / "mledoze_countries.json"

UN_MEMBERS = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA
    CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH
    FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA
    JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX
    MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG
    POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD
    TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
    """,
    )
)
OTHER_STATES = frozenset({"COK", "NIU", "PSE", "TWN", "VAT", "XKX"})
ACTOR_BODIES = {"ASEAN", "EU", "UN", "NATO", "QUAD"}
WORD_COLUMNS = ("aliases", "demonyms", "metonyms", "forces", "ministries")
COLUMNS = {
    "states": ["code", "name", *WORD_COLUMNS, "ambiguous", "weak", "alpha2"],
    "bodies": ["code", "name", "aliases", "kind", "members", "is_actor", "ambiguous"],
    "places": ["place", "code", "kind"],
    "ships": ["name", "code", "kind", "ambiguous", "also"],
    "masks": ["phrase", "kind"],
}
KINDS = {
    "bodies": {"organisation", "forum", "grouping", "region"},
    "places": {"city", "port", "base", "province", "sea", "disputed", "ambiguous"},
    "ships": {"prefix", "ship"},
    "masks": {"sea", "region", "event", "document", "outlet", "company", "university", "institute", "fair", "sport"}
    | {"dish", "people", "language", "currency", "class", "flag", "figure"},
}
LEAST_ROWS = {"states": 199, "bodies": 80, "places": 1200, "ships": 300, "masks": 300}

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def words(row: Row) -> list[str]:
    return [row["name"], *(word for column in WORD_COLUMNS for word in listed(row.get(column, "")))]


STATES = {row["code"]: row for row in rows("states")}


@pytest.mark.parametrize("table", COLUMNS)
def test_table_has_its_columns_and_size(table: str) -> None:
    found = rows(table)
    assert list(found[0]) == COLUMNS[table]
    assert len(found) >= LEAST_ROWS[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_cells_are_clean(table: str) -> None:
    bad = [
        word
        for row in rows(table)
        for cell in row.values()
        for word in (listed(cell) or [cell])
        if word != " ".join(word.split()) or "’" in word or (cell and not word)
    ]
    assert bad == []


@pytest.mark.parametrize(("table", "column"), [("places", "place"), ("ships", "name"), ("masks", "phrase")])
def test_no_name_stands_twice(table: str, column: str) -> None:
    names = [row[column] for row in rows(table)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("table", KINDS)
def test_kinds_are_known(table: str) -> None:
    assert {row["kind"] for row in rows(table)} <= KINDS[table]


def test_every_state_is_present_once() -> None:
    assert len(UN_MEMBERS) == 193
    assert sorted(row["code"] for row in rows("states")) == sorted(UN_MEMBERS | OTHER_STATES)


def test_two_letter_codes_are_distinct() -> None:
    codes = {row["alpha2"] for row in STATES.values()}
    assert len(codes) == len(STATES)
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in codes)


def test_state_words_stand_once_in_a_row() -> None:
    for code, row in STATES.items():
        assert len(words(row)) == len(set(words(row))), code


def test_ambiguous_and_weak_words_belong_to_their_row() -> None:
    for code, row in STATES.items():
        ambiguous = set(listed(row["ambiguous"]))
        assert ambiguous <= set(words(row)), code
        assert set(listed(row["weak"])) <= ambiguous, code


def test_a_word_two_states_claim_is_marked_in_both() -> None:
    claims: dict[str, set[str]] = defaultdict(set)
    for code, row in STATES.items():
        for word in words(row):
            claims[word].add(code)
    unmarked = {
        word: codes
        for word, codes in claims.items()
        if len(codes) > 1 and any(word not in listed(STATES[code]["ambiguous"]) for code in codes)
    }
    assert unmarked == {}


@pytest.mark.parametrize("word", ["Georgia", "Jordan", "Turkey", "China", "Chad", "Diet", "Polish", "Guinea"])
def test_common_words_are_marked(word: str) -> None:
    assert any(word in listed(row["ambiguous"]) for row in STATES.values())


def test_seventy_states_have_forces_or_ministries_of_their_own() -> None:
    assert sum(bool(row["forces"] or row["ministries"]) for row in STATES.values()) >= 70


def test_only_the_codebooks_bodies_are_actors() -> None:
    bodies = rows("bodies")
    assert {row["code"] for row in bodies if row["is_actor"] == "true"} == ACTOR_BODIES
    assert {row["is_actor"] for row in bodies} == {"true", "false"}
    assert len({row["code"] for row in bodies}) == len(bodies)


def test_bodies_have_valid_sorted_members_and_own_words() -> None:
    claimed: dict[str, str] = {word: code for code, row in STATES.items() for word in words(row)}
    for row in rows("bodies"):
        members = listed(row["members"])
        assert members == sorted(set(members)), row["code"]
        assert set(members) <= set(STATES), row["code"]
        assert set(listed(row["ambiguous"])) <= set(words(row)), row["code"]
        for word in words(row):
            assert word not in claimed, (word, row["code"], claimed.get(word))
            claimed[word] = row["code"]


def test_places_lie_in_known_states_and_agree_with_metonyms() -> None:
    seats = {word: code for code, row in STATES.items() for word in listed(row["metonyms"])}
    for row in rows("places"):
        assert (row["code"] == "") == (row["kind"] in {"sea", "disputed"}), row
        assert not row["code"] or row["code"] in STATES, row
        assert seats.get(row["place"], row["code"]) == row["code"], row


def test_ships_belong_to_known_states() -> None:
    for row in rows("ships"):
        assert {row["code"], *listed(row["also"])} <= set(STATES), row
        assert row["code"] not in listed(row["also"]), row
        assert row["ambiguous"] in {"true", "false"}, row


def test_unmarked_ships_are_no_places() -> None:
    places = {row["place"] for row in rows("places")}
    sure = {row["name"] for row in rows("ships") if row["kind"] == "ship" and row["ambiguous"] == "false"}
    assert sorted(places & sure) == []


def test_masks_hide_no_name_of_an_actor() -> None:
    own = {word for table in ("states", "bodies") for row in rows(table) for word in words(row)}
    own |= {row["place"] for row in rows("places") if row["code"]}
    assert sorted(own & {row["phrase"] for row in rows("masks")}) == []


def reference_share(key: str) -> tuple[float, list[str]]:
    """How many UN members' common names or English demonyms of the reference table are found, and which are not."""
    if not REFERENCE.exists():
        pytest.skip(f"no reference table of countries at {REFERENCE}")
    wanted: list[tuple[str, str]] = []
    for entry in json.loads(REFERENCE.read_text(encoding="utf-8")):
        if entry["cca3"] in UN_MEMBERS:
            told = entry["name"]["common"] if key == "name" else entry["demonyms"]["eng"]["m"]
            wanted += [(entry["cca3"], part) for part in ([told] if key == "name" else re.split(r", | or ", told))]
    missing = [f"{code} {word}" for code, word in wanted if word not in words(STATES[code])]
    return 1 - len(missing) / len(wanted), missing


@pytest.mark.parametrize("key", ["name", "demonym"])
def test_names_and_demonyms_cover_the_reference(key: str) -> None:
    share, missing = reference_share(key)
    assert share >= 0.97, missing
