"""Who may decide: one person at their own machine, or several who each have a token."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pactwatch.model.errors import Fault, InputError, PactwatchError

SHORTEST_TOKEN = 24
"""Characters of a token; made by chance of letters and digits, nobody guesses it."""
LONGEST_NAME = 200
_LARGEST_FILE = 1_000_000


class ReviewersError(PactwatchError):
    """Nobody could be told apart from anybody else, so nobody may decide."""


@dataclass(frozen=True)
class Reviewers:
    """Names of those who may decide: ``alone`` needs no token; others are found by theirs, of which only the digest
    is kept."""

    alone: str = ""
    by_digest: Mapping[bytes, str] = field(default_factory=dict, repr=False)

    def find(self, token: str) -> str:
        """Whose token it is; empty where it is nobody's. Digests are compared, so its time tells nothing of a token."""
        return self.by_digest.get(_digest(token), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who may decide."""
        return (self.alone,) if self.alone else tuple(sorted(self.by_digest.values()))


def read_reviewers(file: Path) -> Reviewers:
    """Names and tokens of a TOML file of lines ``"Name" = "token"``; raises ``InputError`` with every fault.

    The file must be readable by its owner alone: who can read it can decide in the name of everybody in it.
    """
    text = _read(file)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refuse([_fault(file, "", str(error), 'lines such as "Ana Ito" = "token"')]) from None
    faults = [fault for name, token in told.items() for fault in _find_faults(file, name, token)]
    digests = {name: _digest(token) for name, token in told.items() if isinstance(token, str)}
    twice = {name for name, one in digests.items() if list(digests.values()).count(one) > 1}
    faults += [_fault(file, name, "the token of somebody else too", "a token of their own") for name in sorted(twice)]
    if not told:
        faults.append(_fault(file, "", "nobody", 'at least one line such as "Ana Ito" = "token"'))
    if faults:
        raise _refuse(faults)
    return Reviewers(by_digest={digest: name for name, digest in digests.items()})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("[::1]"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    name = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            raw = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ReviewersError(f"the reviewers' file {file} cannot be read: {error.strerror}") from None
    if os.name == "posix" and mode & 0o077:
        raise ReviewersError(
            f"the reviewers' file {file} can be read by others on this machine, who could decide in any of its names; "
            f"`chmod 600 {file}`"
        )
    if len(raw) > _LARGEST_FILE:
        raise ReviewersError(f"the reviewers' file {file} is larger than {_LARGEST_FILE:,} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReviewersError(f"the reviewers' file {file} is not UTF-8; save it as UTF-8") from None


def _find_faults(file: Path, name: str, token: object) -> Iterator[Fault]:
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        yield _fault(file, name, "that name", f"a name of 1 to {LONGEST_NAME} printable letters, no blanks around it")
    if not isinstance(token, str):
        yield _fault(file, name, f"a {type(token).__name__}", f"a token between quotes, {SHORTEST_TOKEN} characters")
    elif len(token) < SHORTEST_TOKEN or token != token.strip() or not token.isprintable():
        found = f"a token of {len(token)} characters"
        yield _fault(file, name, found, f"{SHORTEST_TOKEN} printable characters or more, no blanks around them")


def _fault(file: Path, name: str, found: str, expected: str) -> Fault:
    return Fault(str(file), 0, name, found, expected, "`openssl rand -hex 16` makes a token.")


def _refuse(faults: list[Fault]) -> InputError:
    return InputError(faults, "the reviewers' file has faults")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
