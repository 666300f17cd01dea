"""Processes that work at once: one that hangs, dies or wants too much costs only the piece it was at."""

from __future__ import annotations

from typing import Any

import pytest

from pactwatch.model.errors import NotFoundError
from pactwatch.read.crew import Answered, Crew, CrewError, Done
from tests.read.workers import open_dead, open_nothing, open_work


def run(pieces: list[Any], jobs: int, seconds: float = 20.0) -> tuple[list[Any], dict[Any, str]]:
    """The pieces with an answer (once for each), and those lost, with why."""
    answered, lost, done = [], {}, []
    with Crew(open_work, jobs, seconds, memory=4 << 30) as crew:
        for piece in pieces:
            crew.submit(piece)
        while not crew.is_idle:
            for event in crew.poll(0.1):
                if isinstance(event, Answered):
                    answered.append(event.piece)
                elif isinstance(event, Done):
                    done.append(event.piece)
                    if event.lost:
                        lost[event.piece] = event.lost
    assert sorted(map(str, done)) == sorted(map(str, pieces))
    return answered, lost


def test_every_piece_is_answered_and_the_bad_ones_are_told() -> None:
    numbers = list(range(40))
    answered, lost = run([*numbers[:5], "hang", *numbers[5:20], "die", "fill", *numbers[20:]], jobs=2, seconds=6)
    assert sorted(one for one in answered if isinstance(one, int)) == sorted(numbers * 2)
    assert set(lost) == {"hang", "die", "fill"}
    assert "6 seconds" in lost["hang"] and "memory" in lost["die"]


def test_time_is_counted_from_one_answer_to_the_next() -> None:
    answered, lost = run(["long"], jobs=1, seconds=3)
    assert answered == ["long"] * 4 and not lost


def test_a_mistake_of_the_user_is_raised_as_it_is() -> None:
    with pytest.raises(NotFoundError, match="no such casebook"), Crew(open_nothing, 1, 20) as crew:
        crew.submit(1)
        while True:
            list(crew.poll(0.1))


def test_processes_that_cannot_start_are_given_up() -> None:
    with pytest.raises(CrewError, match="cannot be started"), Crew(open_dead, 1, 20) as crew:
        crew.submit(1)
        while True:
            list(crew.poll(0.1))
