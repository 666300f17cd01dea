"""The default casebook's court, opened once for all tests, and cases written short."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from pactwatch import flow
from pactwatch.casebook.sheets import FaultList
from pactwatch.law import Case, Court, open_court
from pactwatch.law.case import read_flat
from pactwatch.law.reading import split_facts
from pactwatch.law.rules import Outcome


@cache
def court() -> Court:
    """The court of the default casebook, with its records."""
    return open_court(flow.open_edition(home=Path(tempfile.mkdtemp())))


def case(text: str) -> Case:
    """A case from ``supplier=JPN; item.weapon=yes``; a fault fails the test."""
    faults = FaultList("case")
    read = read_flat(split_facts(text), court().deriver.actors, faults)
    assert not faults.faults, faults.faults
    return read


def outcome(text: str, day: str) -> Outcome:
    """The outcome of a case on a day."""
    return court().outcome(case(text), date.fromisoformat(day))
