"""Files as people have them: plain, gzipped, or several in a zip; every size is bounded before anything is read."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pactwatch.model.errors import Fault, InputError

LARGEST_WHOLE = 300_000_000
"""Bytes of a file that is read whole; event files are streamed and may be larger."""

LARGEST_RATIO = 200
"""How many times larger than its archive a file may unpack to; the largest event files unpack to about 12 times."""

HEAD_BYTES = 1 << 16

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: on disk, or a member of a zip archive. ``name`` is what messages call it."""

    path: Path
    name: str
    member: str = ""

    @property
    def is_workbook(self) -> bool:
        """Whether it is an Office Open XML workbook (which is a zip archive too)."""
        return not self.member and is_workbook(self.path)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The unpacked bytes as a stream; raises :class:`InputError` for an archive that is broken or too large."""
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                    yield stream  # type: ignore[misc]  # ZipExtFile is a binary stream
            elif _starts(self.path, _GZIP):
                with self.path.open("rb") as raw, gzip.open(raw) as stream:
                    yield stream  # type: ignore[misc]
            else:
                with self.path.open("rb") as stream:
                    yield stream
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise _broken(self.name, str(error)) from error

    def read_head(self) -> bytes:
        """The first bytes, for recognising the kind."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read_whole(self) -> bytes:
        """Every byte; raises :class:`InputError` above ``LARGEST_WHOLE``."""
        with self.open() as stream:
            raw = stream.read(LARGEST_WHOLE + 1)
        if len(raw) > LARGEST_WHOLE:
            fix = "Split it; event files of any size are read by `pactwatch import gdelt`."
            expected = f"at most {LARGEST_WHOLE:,} bytes"
            raise InputError([Fault(self.name, 0, "", "a larger file", expected, fix)], f"{self.name} is too large")
        return raw


def open_sources(path: Path) -> list[Source]:
    """The files behind a path: itself, or the members of a zip archive, folders and hidden files left out.

    Raises ``OSError`` for a path that cannot be used and :class:`InputError` for an archive that is broken, empty,
    encrypted, or would unpack to more than ``LARGEST_RATIO`` times its size.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    if not head:
        fix = "Download it again."
        raise InputError([Fault(path.name, 0, "", "an empty file", "data", fix)], f"{path.name} is empty")
    if head[:2] != _ZIP[:2] or is_workbook(path):
        return [Source(path, path.name)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    except zipfile.BadZipFile as error:
        raise _broken(path.name, str(error)) from error
    for one in members:
        if one.flag_bits & 1 or one.file_size > LARGEST_RATIO * max(one.compress_size, 1):
            found = "an encrypted member" if one.flag_bits & 1 else f"a member of {one.file_size:,} bytes"
            raise _broken(path.name, f"{found}, {one.filename}")
    if not members:
        raise _broken(path.name, "an archive without files")
    return [Source(path, f"{path.name}/{one.filename}", one.filename) for one in members]


def is_workbook(path: Path) -> bool:
    """Whether a file is a zip archive with a workbook in it."""
    if not _starts(path, _ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(magic)) == magic


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _broken(name: str, found: str) -> InputError:
    fix = "Download it again, or unpack it and import the files in it."
    return InputError([Fault(name, 0, "", found, "a sound archive", fix)], f"{name} cannot be unpacked")
