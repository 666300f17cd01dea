"""Near copies: the table of cases, both ways, and groups that do not depend on the order."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.model.documents import identify_text
from pactwatch.read.copies import CopyIndex, make_row, sign
from pactwatch.read.shingles import Shingled, is_copy, jaccard
from tests.read.copy_cases import BYLINE, CASES, WHOLE, WIRE, Case

TEXTS = {identify_text(text): text for case in CASES for text in (case.first, case.second)}
SIGNATURES = {doc: sign(text) for doc, text in TEXTS.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_table_of_cases(case: Case) -> None:
    first, second = Shingled(case.first), Shingled(case.second)
    assert is_copy(first, second) is case.is_copy
    assert is_copy(second, first) is case.is_copy


@pytest.mark.parametrize("case", [case for case in CASES if case.is_copy], ids=lambda case: case.name)
def test_copies_meet_in_the_index(case: Case) -> None:
    texts = {"d1": case.first, "d2": case.second}
    index = CopyIndex(texts.__getitem__)
    assert index.add(make_row("d1", date(2024, 7, 8), sign(case.first))) == []
    (found,) = index.add(make_row("d2", date(2024, 7, 9), sign(case.second)))
    assert (found.doc, found.original) == ("d2", "d1")
    assert found.similarity == round(jaccard(Shingled(case.first), Shingled(case.second)), 4)


def test_groups_and_originals_do_not_depend_on_the_order() -> None:
    days = {doc: date(2024, 1, 1 + number % 9) if number % 3 else None for number, doc in enumerate(sorted(TEXTS))}
    seen = set()
    for seed in range(5):
        order = sorted(TEXTS)
        random.Random(seed).shuffle(order)
        index = CopyIndex(TEXTS.__getitem__)
        told: dict[str, str] = {}
        for doc in order:
            for copy in index.add(make_row(doc, days[doc], SIGNATURES[doc])):
                assert copy.original not in told  # an original is no copy at that moment
                told[copy.doc] = copy.original
        seen.add(tuple(index.original_of(doc) for doc in sorted(TEXTS)))
    assert len(seen) == 1


def test_a_chain_of_copies_has_one_original() -> None:
    """Each reprint cuts the one before: the last has too little in common with the first to be its copy."""
    chain = ["\n\n".join(WIRE[: 7 - cut]) for cut in (0, 2, 4, 5)]
    assert not is_copy(Shingled(chain[0]), Shingled(chain[-1]))
    texts = {f"d{number}": text for number, text in enumerate(chain)}
    index = CopyIndex(texts.__getitem__)
    for number in (3, 0, 2, 1):
        index.add(make_row(f"d{number}", date(2024, 7, 8 + number), sign(texts[f"d{number}"])))
    assert {index.original_of(doc) for doc in texts} == {"d0"}


def test_what_was_compared_before_is_loaded() -> None:
    docs = sorted(TEXTS)
    whole = CopyIndex(TEXTS.__getitem__)
    rows = {doc: make_row(doc, None, SIGNATURES[doc]) for doc in docs}
    for doc in docs:
        whole.add(rows[doc])
    half = CopyIndex(TEXTS.__getitem__)
    told = {copy.doc: copy.original for doc in docs[:12] for copy in half.add(rows[doc])}
    loaded = CopyIndex(TEXTS.__getitem__)
    loaded.load(np.concatenate([rows[doc] for doc in docs[:12]]), told)
    for doc in docs[12:]:
        loaded.add(rows[doc])
    assert [loaded.original_of(doc) for doc in docs] == [whole.original_of(doc) for doc in docs]
    assert loaded.add(rows[docs[0]]) == []


def test_short_texts_are_copies_only_word_for_word() -> None:
    first = "Japan and Palau signed a pact on Monday."
    assert is_copy(Shingled(first), Shingled(first.upper().replace(" ", "  ")))
    assert not is_copy(Shingled(first), Shingled(first.replace("Palau", "Nauru")))
    assert not is_copy(Shingled(""), Shingled(first))


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*WIRE, BYLINE]), max_size=8), st.lists(st.sampled_from([*WIRE, BYLINE]), max_size=8))
def test_being_a_copy_is_mutual(first: list[str], second: list[str]) -> None:
    one, other = Shingled(" ".join(first)), Shingled(" ".join(second))
    assert is_copy(one, other) == is_copy(other, one)
    assert is_copy(one, one)


def test_a_form_filled_many_times_is_compared_with_few() -> None:
    asked: list[str] = []
    texts = {f"d{number}": WHOLE.replace("Monday", f"day {number}") for number in range(80)}

    def text_of(doc: str) -> str:
        asked.append(doc)
        return texts[doc]

    index = CopyIndex(text_of)
    for doc, text in texts.items():
        index.add(make_row(doc, None, sign(text)))
    assert len(asked) == 80  # each text is cut into shingles once
