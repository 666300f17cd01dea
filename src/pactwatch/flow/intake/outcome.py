"""What came of reading: counts, faults, and both in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from pactwatch.model.errors import Fault

KEPT_FAULTS = 1_000
"""Faults kept for the summary; each is told as it comes."""


@dataclass
class Outcome:
    """Counts of one run. ``documents`` are new ones, ``known`` were there; ``coded`` were coded in this run, by
    ``coder``, ``recoded`` of them anew; ``copies`` are near copies found, ``telling`` the documents whose mentions are
    new.
    """

    coder: str = ""
    documents: int = 0
    known: int = 0
    addresses: int = 0
    copies: int = 0
    coded: int = 0
    recoded: int = 0
    unchanged: int = 0
    passed: int = 0
    faults: int = 0
    alerts: int = 0
    pieces: int = 0
    is_stopped: bool = False
    mentions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    kept: list[Fault] = field(default_factory=list)
    telling: set[str] = field(default_factory=set)

    def note_fault(self, fault: Fault) -> None:
        """Count a fault."""
        self.faults += 1
        if len(self.kept) < KEPT_FAULTS:
            self.kept.append(fault)

    @property
    def exit_code(self) -> int:
        """130 when it was stopped, 1 when something was skipped, else 0."""
        return 130 if self.is_stopped else int(self.faults > 0)

    def as_values(self) -> dict[str, Any]:
        """The counts and faults as plain values."""
        names = ("documents", "known", "addresses", "copies", "coded", "recoded", "unchanged", "passed", "faults")
        return {
            "coder": self.coder,
            **{name: getattr(self, name) for name in names},
            "alerts": self.alerts,
            "is_stopped": self.is_stopped,
            "mentions": {"total": self.mentions.total(), **dict(sorted(self.mentions.items()))},
            "not_coded_languages": dict(sorted(self.languages.items())),
            "skipped": [asdict(fault) for fault in self.kept],
        }

    def tell(self) -> Iterator[str]:
        """What is new, in words, a line each."""
        known = f"; {_count(self.known, 'document')} known before" if self.known else ""
        yield f"{_count(self.documents, 'new document')}{known}"
        if self.copies:
            verb = "repeats another and counts" if self.copies == 1 else "repeat others and count"
            yield f"{_count(self.copies, 'near copy', 'near copies')}: {verb} with the original as one report"
        if self.coded:
            how = f", {self.recoded:,} of them anew" if self.recoded else ""
            how += f", by {self.coder}" if self.coder else ""
            types = ", ".join(f"{count:,} {name}" for name, count in self.mentions.most_common())
            told = f": {types}" if types else ""
            yield f"{_count(self.mentions.total(), 'mention')} in {_count(self.coded, 'coded document')}{how}{told}"
        if self.languages:
            listed = ", ".join(f"{count:,} {name}" for name, count in self.languages.most_common())
            yield f"not coded, being in another language: {listed}"
        if self.unchanged:
            yield f"{_count(self.unchanged, 'address', 'addresses')} with nothing new"
        if self.alerts:
            yield f"{_count(self.alerts, 'alert')} of the watchlists"
        if self.passed:
            yield f"{_count(self.passed, 'file')} passed over (links, pictures and the like)"
        if self.faults:
            yield f"{self.faults:,} could not be read and {'was' if self.faults == 1 else 'were'} skipped"
        if self.is_stopped:
            yield "stopped; what is counted here is kept, and the next run goes on from it"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
