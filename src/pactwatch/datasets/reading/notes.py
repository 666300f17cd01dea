"""What a reader noticed in one file: what was mended, what is doubtful, which actors are not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pactwatch.model.errors import Fault, InputError, shown

PLACES_KEPT = 20
"""Lines named for one kind of note; the rest are counted."""

UNENDED = "the last line has no line end: if the file was cut, its last cell may be cut too"

MOST_FAULTS = 200
"""Faults after which a file is not read on: it is another file, or broken throughout."""


@dataclass(slots=True)
class Note:
    """One kind of thing noticed, with how often and on which lines (the first few; 0 is the whole file)."""

    what: str
    count: int = 0
    lines: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        if not any(self.lines):
            return self.what
        named = ", ".join(f"{line:,}" for line in self.lines)
        more = f" and {self.count - len(self.lines):,} more" if self.count > len(self.lines) else ""
        return f"{self.what} (line{'s' if self.count > 1 else ''} {named}{more})"


@dataclass(slots=True)
class Unplaced:
    """A name or code that stands for no actor of the crosswalk, or for one without a code: kept and listed."""

    scheme: str
    value: str
    reason: str
    count: int = 0
    first_line: int = 0


class Findings:
    """Notes, faults and unplaced names of one file.

    Faults refuse the file; :meth:`fault` raises :class:`InputError` by itself once there are ``MOST_FAULTS``.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._notes: dict[str, Note] = {}
        self._unplaced: dict[tuple[str, str], Unplaced] = {}

    def note(self, what: str, line: int = 0, count: int = 1) -> None:
        """Note something that was mended, or that a reader should look at; the same words are counted together."""
        one = self._notes.setdefault(what, Note(what))
        one.count += count
        if len(one.lines) < PLACES_KEPT:
            one.lines.append(line)

    def fault(self, line: int, column: str, found: object, expected: str, fix: str) -> None:
        """Note something that cannot be read right, with where and what to do."""
        self.faults.append(Fault(self.file, line, column, shown(found), expected, fix))
        if len(self.faults) >= MOST_FAULTS:
            raise self.refusal()

    def leave_out(self, scheme: str, value: str, reason: str, line: int, count: int = 1) -> None:
        """List a name that has no actor code; its rows stay, with an empty code."""
        one = self._unplaced.setdefault((scheme, value), Unplaced(scheme, value, reason, 0, line))
        one.count += count

    def refusal(self) -> InputError:
        """The error that tells every fault."""
        tail = "; reading stopped there" if len(self.faults) >= MOST_FAULTS else ""
        return InputError(self.faults, f"{self.file} cannot be read right and was not imported{tail}")

    def require_sound(self) -> None:
        """Raise the faults there are."""
        if self.faults:
            raise self.refusal()

    @property
    def notes(self) -> list[Note]:
        """The notes, in the order in which they were made."""
        return list(self._notes.values())

    @property
    def unplaced(self) -> list[Unplaced]:
        """Names without an actor code, the most frequent first."""
        return sorted(self._unplaced.values(), key=lambda one: (-one.count, one.scheme, one.value))


def tell_unplaced(unplaced: Iterable[Unplaced], reason: str) -> list[str]:
    """Names of one reason as a person reads them: the name, how often, where first."""
    return [
        f"{one.value} ({one.count:,}x, first on line {one.first_line:,})" for one in unplaced if one.reason == reason
    ]
