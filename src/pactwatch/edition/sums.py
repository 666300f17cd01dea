"""SHA-256 sums of a sealed edition's files: written when it is sealed, checked whenever it is opened."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pactwatch.edition.opened import Edition
from pactwatch.model.errors import IntegrityError

SUMS_FILE = "SHA256SUMS"
_CHUNK = 1 << 20


def digest_file(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()


def require_sealed(edition: Edition) -> Edition:
    """The edition itself, when every byte is as sealed; raises :class:`IntegrityError` naming each file that is not."""
    problems = check_sums(edition)
    if problems:
        advice = f"delete the folder {edition.path} and publish again, or fetch the edition anew"
        raise IntegrityError([f"the edition {edition.path.name} is not as it was sealed; {advice}:", *problems])
    return edition


def check_sums(edition: Edition) -> list[str]:
    """Files that are missing, changed or added since the edition was sealed, each named; none for a sound edition."""
    sums = edition.path / SUMS_FILE
    if not sums.is_file():
        return [f"{edition.path.name}: {SUMS_FILE} is missing"]
    problems, listed = [], {SUMS_FILE}
    for number, line in enumerate(sums.read_text("utf-8", errors="replace").splitlines(), 1):
        expected, _, name = line.partition("  ")
        file = edition.path / name
        if not name or not file.resolve().is_relative_to(edition.path.resolve()):
            problems.append(f"{SUMS_FILE}: line {number} is not a sum and a file name: {line[:80]!r}")
            continue
        listed.add(name)
        if not file.is_file():
            problems.append(f"{name}: missing")
        elif (found := digest_file(file)) != expected:
            problems.append(f"{name}: changed since it was sealed (SHA-256 {found[:12]}…, sealed as {expected[:12]}…)")
    present = {path.relative_to(edition.path).as_posix() for path in edition.path.rglob("*") if path.is_file()}
    return problems + [f"{name}: not part of the sealed edition" for name in sorted(present - listed)]
