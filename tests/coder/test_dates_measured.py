"""Dates measured on a public set of answers, and on any text at all."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coder.test_dates import READER, ROOT, THURSDAY

CASES = ROOT.parent / "shared" / "external" / "dates_money" / "DateParser.json"
NAMES_NO_DATE = frozenset({"few months ago", "a few days ago"})
TOLD_COARSELY = ("week", "month", "year")  # "two years ago" is a year in the codebook, a day in the set
LEAST = 0.85


def _answers() -> list[tuple[str, date, dict[str, Any]]]:
    cases = json.loads(CASES.read_text(encoding="utf-8-sig"))
    out = []
    for case in cases:
        published = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        for answer in case["Results"]:
            past = answer["Value"].get("PastResolution", {}).get("date", "0001")
            if answer["Text"].lower() not in NAMES_NO_DATE and int(past[:4]) >= 1850:
                out.append((case["Input"], published, answer))
    return out


def _is_right(text: str, published: date, answer: dict[str, Any]) -> bool:
    """Right both ways; coarser where the codebook is: weeks told to the month, months and years to their own."""
    end = answer["Start"] + answer["Length"]
    spans = READER.find(text, 0, len(text), published=published)
    span = next((span for span in spans if span.start < end and span.end > answer["Start"]), None)
    if span is None or span.past.date is None or span.future.date is None:
        return False
    told = (span.past.date, span.future.date)
    wanted = tuple(answer["Value"][f"{side}Resolution"]["date"] for side in ("Past", "Future"))
    if any(unit in answer["Text"] for unit in TOLD_COARSELY):
        return all(whole.startswith(part) for part, whole in zip(told, wanted, strict=True))
    return told == wanted


def test_most_answers_of_a_set_nobody_here_wrote_are_right() -> None:
    if not CASES.exists():
        pytest.skip(f"the public set of dates is not here: {CASES}")
    answers = _answers()
    missed = [(text, answer["Text"]) for text, published, answer in answers if not _is_right(text, published, answer)]
    assert 1 - len(missed) / len(answers) >= LEAST, missed


PIECES = (
    "8 31 July May march 2024 2567 Monday last next the of , . - / : ( ' first two years ago later that same FY Q1 "
    "Reiwa 令和6年 B.E. 1990s twenty thousand half end day month quarter summer before after in from to and"
)
SENTENCES = st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), SENTENCES), st.sampled_from([None, THURSDAY]))
def test_any_text_is_read_the_same_twice_and_within_itself(text: str, published: date | None) -> None:
    spans = READER.find(text, 0, len(text), published=published)
    assert spans == READER.find(text, 0, len(text), published=published)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def _seconds(text: str) -> float:
    """The least of three times: what else the process has to tidy up meanwhile is not counted."""
    times = []
    for _ in range(3):
        started = time.process_time()
        READER.find(text, 0, len(text), published=THURSDAY)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize(
    "piece", ["8 July 2024, ", "Monday ", "8 and ", "1-", "two years and ", "1,111", "the of ", "'1"]
)
def test_reading_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    small, large = _seconds(piece * 2_000), _seconds(piece * 16_000)
    assert large < 8 * small * 3 + 0.5


@pytest.mark.parametrize("text", ["a" * 1_000_000, "1" * 1_000_000, "(" * 500_000, " " * 1_000_000 + "1"])
def test_a_megabyte_without_sense_is_read_quickly(text: str) -> None:
    assert _seconds(text) < 20
