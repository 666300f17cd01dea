"""How large a part, and how many happenings, a sentence tells in figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.audit.reading.counts import read_count
from pactwatch.audit.reading.numbers import ABOUT, LEAST, MOST
from pactwatch.audit.reading.parts import read_part
from tests.audit.reading_tools import read, read_last, tools

OFTEN = "Japan's exercises with Vietnam are often multilateral."


def part_of(text: str) -> tuple[float, str] | None:
    part = read_part(read(text)[0].sentences[-1], tools()[1])
    return None if part is None else (round(part.value, 3), part.bound)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Vessels make up 31 per cent of Japan's transfers.", (0.31, ABOUT)),
        ("Vessels make up 31.5% of Japan's transfers.", (0.315, ABOUT)),
        ("More than half of Japan's transfers are vessels.", (0.5, LEAST)),
        ("Just under half of Japan's transfers are vessels.", (0.5, ABOUT)),
        ("Well under half of Japan's transfers are vessels.", (0.5, MOST)),
        ("Barely a third of the visits were port calls.", (0.333, ABOUT)),
        ("Less than a tenth of the exercises are bilateral.", (0.1, MOST)),
        ("Two thirds of the exercises are bilateral.", (0.667, ABOUT)),
        ("At least three-quarters of the exercises are bilateral.", (0.75, LEAST)),
        ("Nine out of ten exercises are multilateral.", (0.9, ABOUT)),
        ("Nearly two calls in five are at Changi.", (0.4, ABOUT)),
        ("Only two of the 11 Japanese port calls came after June.", (0.182, ABOUT)),
        ("Three of four are things which go on water.", (0.75, ABOUT)),
        ("Of the 22 projects begun before 2017, 19 consisted of lectures.", (0.864, ABOUT)),
        ("Ministers came to all but two of the seventeen meetings.", (0.882, ABOUT)),
        ("Training takes 40 per cent or more of the programme.", (0.4, LEAST)),
        ("No more than 5 percent of the transfers are aircraft.", (0.05, MOST)),
    ],
)
def test_a_part_told_in_figures(text: str, part: tuple[float, str]) -> None:
    assert part_of(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "Most of Japan's transfers are vessels.",
        "Most exercises fall in the first half of the year.",
        "Half a dozen vessels went to the coast guard.",
        "The talks are often joined by a third party.",
        "One of the three navies trains more often.",
        "Exercises with the two countries grew in 2019.",
        "Two of ten years saw no exercise.",
        "Exercises were held in three of the last ten years.",
        "Visits were mostly made in the third quarter of 2021.",
    ],
)
def test_what_is_no_part_told_in_figures(text: str) -> None:
    assert part_of(text) is None


@settings(max_examples=60)
@given(st.integers(2, 40), st.integers(1, 60))
def test_a_part_of_a_whole_is_their_quotient(part: int, more: int) -> None:
    whole = part + more
    told = part_of(f"Japan's exercises are mixed: {part} of the {whole} exercises were multilateral.")
    assert told is not None
    assert told[1] == ABOUT
    assert abs(told[0] - part / whole) < 0.001


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Japan has held 14 exercises with Vietnam since 2010.", 14),
        ("Ministers have met at least twice.", 2),
        ("More than twenty joint naval exercises have been held.", 20),
        ("The ministers have met six times.", 6),
        ("Fewer than ten exercises have been held.", None),
        ("More than two hundred officers have attended the courses.", None),
        ("Japan has given Vietnam six patrol vessels.", None),
        ("Japan has agreements with thirty countries.", None),
        ("There are 412 of them.", 412),
        ("Two-plus-two meetings have been held since 2015.", None),
        ("Japan has exercised with Vietnam for ten years.", None),
        ("The Five Power exercises have been held since 1971.", None),
    ],
)
def test_how_many_happenings(text: str, count: int | None) -> None:
    assert read_count(read(text)[0].sentences[-1], ("exercise",), tools()[1]) == count


@pytest.mark.parametrize(
    ("types", "count"), [(("exercise",), 14), (("training",), None), (("exercise", "transfer"), None)]
)
def test_a_number_by_itself_counts_happenings_where_nothing_else_can_be_counted(
    types: tuple[str, ...], count: int | None
) -> None:
    seen = read("Fourteen have been held at sea since 2010.")[0].sentences[-1]
    assert read_count(seen, types, tools()[1]) == count


def test_a_claim_on_a_part_asks_for_the_part_that_is_told() -> None:
    frame = read_last("Nearly two thirds of Japan's exercises with Vietnam are multilateral.").frame
    assert (frame.threshold, frame.bound) == (0.6666, ABOUT)
    assert (read_last(OFTEN).frame.threshold, read_last(OFTEN).frame.bound) == (0.25, "")
