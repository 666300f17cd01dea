"""Dates beside events: where they stand, which may belong, and what they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.attaching import attach_features, date_labels, read_when, word_place
from tests.coder.by_hand import candidate_of, parse

TWO_DATES = "In 2019 Japan and Fiji signed a defence treaty, which ended in May 2021."


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("Fiji signed a treaty.", "Fiji", (0, 1)),
        ("Fiji signed a treaty.", "a treaty", (2, 4)),
        ("Fiji signed a treaty.", "reat", (3, 4)),
        ("Fiji signed a treaty.", "signed a", (1, 3)),
        ("Fiji signed a treaty.", ".", (4, 5)),
    ],
)
def test_characters_cover_words(text: str, part: str, words: tuple[int, int]) -> None:
    parsed = parse(text)
    start = text.index(part)
    assert word_place(parsed.tokens, parsed.context.sentences[0], start, start + len(part)) == words


@given(st.integers(0, 60), st.integers(0, 60))
def test_any_place_gives_words_of_the_sentence(start: int, length: int) -> None:
    parsed = parse("Fiji signed a treaty (in May) with Japan.")
    sentence = parsed.context.sentences[0]
    first, stop = word_place(parsed.tokens, sentence, start, start + length)
    assert sentence.first <= first < stop <= sentence.stop


def test_the_words_of_a_later_sentence_count_on() -> None:
    text = "Rain fell on the navy. Fiji signed a treaty."
    parsed = parse(text)
    start = text.index("signed")
    assert parsed.tokens.words[slice(*word_place(parsed.tokens, parsed.context.sentences[1], start, start + 6))] == [
        "signed"
    ]


@pytest.mark.parametrize(
    ("text", "told", "labels"),
    [
        ("Fiji signed a treaty.", "agreement/signed", []),
        ("Fiji signed a treaty in 2019.", "agreement/signed", ["date:only:year"]),
        ("Fiji signed a treaty on 3 May 2019.", "agreement/signed", ["date:only:day"]),
        (TWO_DATES, "agreement/signed", ["date:one:year", "date:one:month"]),
        ("Fiji held the exercise Balikatan 2019.", "exercise/held", ["date:edition:year"]),
        ("Fiji held the exercise Balikatan 2019 and signed a treaty.", "agreement/signed", []),
    ],
)
def test_the_dates_that_may_belong(text: str, told: str, labels: list[str]) -> None:
    parsed = parse(text)
    assert [label for _, label, _ in date_labels(candidate_of(parsed, told), parsed.context)] == labels


@pytest.mark.parametrize(
    ("modality", "text", "expected"),
    [
        ("actual", "Fiji signed a treaty in March.", "2024-03"),
        ("planned", "Fiji will sign a treaty in March.", "2025-03"),
        ("actual", "Fiji signed a treaty in August.", "2023-08"),
        ("possible", "Fiji may sign a treaty in August.", "2024-08"),
        ("possible", "Fiji may sign a treaty, it was told in August.", "2023-08"),
        ("possible", "Fiji signed a draft treaty in August.", "2023-08"),
        ("denied", "Fiji refused to sign a treaty in August.", "2023-08"),
        ("denied", "Fiji signed a treaty in 2019.", "2019"),
    ],
)
def test_a_date_without_its_year_lies_ahead_for_what_is_to_come(modality: str, text: str, expected: str) -> None:
    parsed = parse(text)
    candidate = replace(candidate_of(parsed, "agreement/signed"), modality=modality)
    ((i, _), _, number), *_ = date_labels(candidate, parsed.context)
    assert read_when(candidate, number, i).date == expected


def features(text: str, told: str, number: int) -> set[str]:
    parsed = parse(text)
    candidate = candidate_of(parsed, told)
    place, _, _ = date_labels(candidate, parsed.context)[number]
    rivals = [candidate, *[one for one in parsed.candidates if one.anchor != candidate.anchor][:1]]
    return set(attach_features(candidate, place, "date", rivals, parsed.context))


@pytest.mark.parametrize(
    ("text", "number", "feature"),
    [
        (TWO_DATES, 0, "date+side=before"),
        (TWO_DATES, 1, "date+side=after"),
        (TWO_DATES, 0, "date+before=in"),
        (TWO_DATES, 1, "date+before=in+after"),
        ("Fiji signed in 2019 a defence treaty.", 0, "date+side=inside"),
        ("Fiji signed a treaty in 2019, it said.", 0, "date+said=False+near=False"),
        ("It said on 3 May that Fiji signed a treaty.", 0, "date+said=True+near=True"),
    ],
)
def test_how_a_date_stands_to_its_event(text: str, number: int, feature: str) -> None:
    assert feature in features(text, "agreement/signed", number)
