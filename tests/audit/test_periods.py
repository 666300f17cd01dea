"""When a claim begins and ends: the times a sentence tells, and those it takes up from before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.audit.reading.actors import Memory, Said
from pactwatch.audit.reading.periods import SINCE, UNTIL, is_told_here, times_of, year_options, years_of
from pactwatch.audit.reading.picking import RULE
from tests.audit.reading_tools import PUBLISHED, read, read_last, tools


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Drills have multiplied since 2014.", [(2014, 2014)]),
        ("Drills multiplied from 2013 to 2018.", [(2013, 2018)]),
        ("Drills are rarer than they were six years ago.", [(2019, 2019)]),
        ("Drills have been held since the 1990s.", [(1990, 1999)]),
        ("Drills were rare in the nineties.", [(1990, 1999)]),
        ("Tokyo has trained them for more than ten years.", [(2015, 2025)]),
        ("Drills have multiplied over the past two decades.", [(2005, 2025)]),
        ("Grants have grown for the fifth year in a row.", [(2020, 2025)]),
        ("Drills multiplied in 2012 and have been rare since 2020.", [(2012, 2012), (2020, 2020)]),
        ("Drills are frequent.", []),
    ],
)
def test_the_times_of_a_sentence(text: str, wanted: list[tuple[int, int]]) -> None:
    seen = read(f"Japan and Vietnam work together. {text}")[0].sentences[-1]
    assert [(one.first, one.last) for one in times_of(seen, PUBLISHED)] == wanted


def test_a_time_knows_the_small_word_before_it() -> None:
    seen = read("Drills with Vietnam have multiplied since the rules were changed in April 2014.")[0].sentences[-1]
    assert [one.cue for one in times_of(seen, PUBLISHED, ("since", "in"))] == ["in"]
    assert [one.cue for one in times_of(seen, PUBLISHED, ("since",))] == ["since"]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Exercises with Vietnam have become more frequent since the 2000s.", 2000, None),
        ("Exercises with Vietnam have become more frequent over the past two decades.", 2005, None),
        ("The pact was signed in 2016. Since then exercises with Vietnam have become more frequent.", 2016, None),
        ("Exercises with Vietnam have become more frequent.", None, None),
        ("Exercises with Vietnam became more frequent between 2012 and 2019.", 2012, 2019),
        ("The pact of 2016 is in force. Exercises with Vietnam have become more frequent.", None, None),
    ],
)
def test_when_a_claim_begins_and_ends(text: str, since: int | None, until: int | None) -> None:
    frame = read_last(text, "Japan and Vietnam").frame
    assert (frame.since, frame.until) == (since, until)


def test_only_what_the_sentence_tells_itself_counts_as_told() -> None:
    told = read_last("Exercises with Vietnam have become more frequent since 2016.", "Japan and Vietnam")
    taken_up = read_last("The pact was signed in 2016. Since then exercises with Vietnam have become more frequent.")
    assert told.frame.since == taken_up.frame.since == 2016
    assert SINCE in told.frame.told
    assert SINCE not in taken_up.frame.told


@settings(max_examples=40, deadline=None)
@given(years=st.lists(st.integers(1950, 2025), min_size=1, max_size=4), name=st.sampled_from([SINCE, UNTIL]))
def test_every_told_year_can_be_picked_and_so_can_none(years: list[int], name: str) -> None:
    text = f"Exercises with Vietnam were held in {', '.join(map(str, years))}."
    seen = read(text)[0].sentences[-1]
    memory = Memory(tools()[2], "JPN", (), said=[Said(0, (), years=(1999,))])
    times = times_of(seen, PUBLISHED)
    options = year_options(name, seen, times, "exists", years[0], memory)
    values = [one.value for one in options]
    assert len(values) == len(set(values))
    assert {None, 1999, *years} <= set(values)
    assert [one.value for one in options if RULE in one.features] == [years[0]]
    assert all(is_told_here(year, times) for year in years)
    assert set(years_of(seen, PUBLISHED)) == set(years)


def test_lengths_end_on_the_day_of_publication() -> None:
    seen = read("Tokyo has trained Vietnamese officers for twenty years.", published=date(2015, 2, 1))[0].sentences[-1]
    assert [(one.first, one.last) for one in times_of(seen, date(2015, 2, 1))] == [(1995, 2015)]
