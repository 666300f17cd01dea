"""A language's words are read from folders, later folders adding to earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.coder.lexicon import BASE_LEXICONS, Lexicon, read_lexicon
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import plain_text

BASE = BASE_LEXICONS / "en"
OWN = {
    "acts.toml": '[[sign]]\nverbs = ["quillify"]\nnouns = ["quillfest"]\n[[gild]]\nverbs = ["gild"]\n',
    "nouns.toml": '[[pact]]\nwords = ["Harbour Accord of Nowhere", "ZQX"]\n[[sash]]\nwords = ["sash"]\n',
    "frames.toml": 'rows = [["gild", "sash", "policy", "decided"]]\n',
    "cues.toml": '[will]\nwords = ["is fated to"]\n',
    "anaphors.toml": '[[anaphor]]\ncount = 2\nwords = ["the twain"]\n',
    "sentences.toml": 'abbreviations = ["hbr"]\nhyphenated_first_parts = ["quasi"]\n',
    "morphology.toml": '[irregular]\nquillify = [["quills"], ["quilt"], ["quolt"], ["quilling"]]\n',
    "actors.csv": """code,name,kind,aliases,demonyms,capital,forces,ministries
ZZA,Zembla,state,Kingdom of Zembla,Zemblan;Zemblans,Onhava,Zemblan Sea Guard,
ZZB,Club of Zembla,organisation,,,,,
""",
    "officeholders.csv": """actor,office,name,aliases,from,to,certainty,note
JPN,defence_minister,Odon Odevalla,Odevalla,2020-01-01,,checked,
""",
}


@pytest.fixture(scope="module")
def base() -> Lexicon:
    return read_lexicon([BASE])


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("casebook")
    for name, content in OWN.items():
        (folder / name).write_text(content, encoding="utf-8")
    return read_lexicon([BASE, folder, folder / "missing"])


def readings(lexicon: Lexicon, text: str) -> set[tuple[str, str]]:
    tokens = cut_tokens(plain_text(text))
    hits = lexicon.terms.find(tokens, 0, len(tokens.words)) + lexicon.cues.find(tokens, 0, len(tokens.words))
    return {(tokens.shown(hit.i, hit.j), reading.kind) for hit in hits for reading in hit.readings}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("They quilt it", ("quilt", "act")),
        ("a quillfest", ("quillfest", "act")),
        ("he gilded it", ("gilded", "act")),
        ("the Harbour Accord of Nowhere", ("Harbour Accord of Nowhere", "noun")),
        ("a ZQX", ("ZQX", "noun")),
        ("The twain met", ("The twain", "anaphor")),
        ("It is fated to end", ("is fated to", "cue")),
        ("Zembla's ships", ("Zembla", "actor")),
        ("two Zemblans", ("Zemblans", "actor")),
        ("in Onhava", ("Onhava", "actor")),
        ("the Zemblan Sea Guard", ("Zemblan Sea Guard", "actor")),
        ("Odevalla spoke", ("Odevalla", "actor")),
    ],
)
def test_a_casebooks_words_are_added(base: Lexicon, merged: Lexicon, text: str, reading: tuple[str, str]) -> None:
    assert reading in readings(merged, text)
    assert reading not in readings(base, text)


def test_a_casebooks_other_actors_are_no_names(merged: Lexicon) -> None:
    assert ("Club of Zembla", "actor") not in readings(merged, "the Club of Zembla")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Japan signed it", ("signed", "act")),
        ("the signing", ("signing", "act")),
        ("a treaty", ("treaty", "noun")),
        ("both sides", ("both sides", "anaphor")),
        ("It will end", ("will", "cue")),
        ("Japan left", ("Japan", "actor")),
        ("an RAA", ("RAA", "noun")),
    ],
)
def test_the_base_words_stay(base: Lexicon, merged: Lexicon, text: str, reading: tuple[str, str]) -> None:
    assert reading in readings(base, text)
    assert reading in readings(merged, text)


def test_lists_and_frames_of_both_are_kept(base: Lexicon, merged: Lexicon) -> None:
    assert merged.sentences.abbreviations == base.sentences.abbreviations | {"hbr"}
    assert merged.sentences.openers == base.sentences.openers
    assert merged.keeps_hyphen == base.keeps_hyphen | {"quasi"}
    assert merged.frames == base.frames | {("gild", "sash"): (("policy", "decided"),)}
    assert merged.act_frames == base.act_frames | {"gild": {"sash": (("policy", "decided"),)}}


def test_reading_again_gives_the_same(base: Lexicon) -> None:
    again = read_lexicon([BASE])
    assert (again.frames, again.tables) == (base.frames, base.tables)


def test_the_package_is_read_twice_without_change(merged: Lexicon) -> None:
    assert "quillify" not in read_lexicon([BASE]).tables["morphology"]["irregular"]
    assert "quillify" in merged.tables["morphology"]["irregular"]


@pytest.mark.parametrize("word", ["raa", "Raa", "osa", "vfa"])
def test_short_capitals_are_no_everyday_words(base: Lexicon, word: str) -> None:
    assert (word, "noun") not in readings(base, f"the {word} word")
    assert (word.upper(), "noun") in readings(base, f"the {word.upper()} word")


def test_every_frame_has_words_for_its_act_and_noun(base: Lexicon) -> None:
    acts = set(base.tables["acts"]) | {"nominal"}
    groups = set(base.tables["nouns"]) | {"default", "equip", "company", "ship", "develop"}
    assert {act for act, _ in base.frames} <= acts
    assert {group for _, group in base.frames} <= groups


def test_a_folder_that_is_missing_is_passed_over() -> None:
    with pytest.raises(KeyError):
        read_lexicon([Path("/nowhere/at/all")])
