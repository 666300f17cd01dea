"""What can go wrong, named.

Every room raises a subclass of :class:`PactwatchError`. Faults in a user's input are collected as :class:`Fault`
values and raised together as one :class:`InputError`, so that a person mends a file once instead of ten times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class PactwatchError(Exception):
    """Base of every error pactwatch raises on purpose; ``exit_code`` is what the command line returns."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in one place of a user's input.

    ``line`` is 1-based and counts as an editor does; 0 means the whole file.
    """

    file: str
    line: int
    field: str
    found: str
    expected: str
    fix: str

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "")
        field = f" [{self.field}]" if self.field else ""
        return f"{place}{field}: found {self.found}; expected {self.expected}. {self.fix}"


class InputError(PactwatchError):
    """A user's input has one or more faults; all of them are listed."""

    def __init__(self, faults: Iterable[Fault], heading: str = "the input has faults") -> None:
        self.faults = tuple(sorted(set(faults)))
        self.heading = heading
        lines = [f"{heading} ({len(self.faults)}):", *(f"  {fault}" for fault in self.faults)]
        super().__init__("\n".join(lines))


class NotFoundError(PactwatchError):
    """Something asked for by name does not exist; the message says what does."""


class IntegrityError(PactwatchError):
    """Stored bytes are not what their seal says; ``problems`` names each place."""

    exit_code = 1

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def shown(value: object, limit: int = 80) -> str:
    """A value as an error message may show it: quoted, on one line, at most ``limit`` characters."""
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
