"""Zip archives: their members are read like files, within bounds; nothing is ever unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pactwatch.model.errors import Fault, shown
from pactwatch.read.limits import MEGABYTE, Limits
from pactwatch.read.pieces import Answer, Piece, Raw, ReadError

_ENCRYPTED = 0x1
_SMALL = 20 * MEGABYTE
"""Below this a high ratio is no bomb: a page of spaces packs well."""

_BLOCK = 256 * 1024
_OFFICE = {"[Content_Types].xml": "an Office document", "mimetype": "an OpenDocument or EPUB file"}


def find_members(path: Path, address: str, limits: Limits) -> Iterator[Piece | Fault]:
    """A piece for each member of an archive on disk, a fault for each that cannot be read, in the archive's order."""
    try:
        with _open(path.open("rb"), path.stat().st_size, limits) as archive:
            infos = archive.infolist()
    except OSError as error:
        yield Fault(address, 0, "", error.strerror or "an error", "a file", "Give yourself the right to read it.")
        return
    except ReadError as error:
        yield error.fault(address)
        return
    for info in infos:
        if _is_passed(info):
            continue
        place = f"{address}!/{info.filename}"
        try:
            _check_member(info, limits)
            yield Piece(place, path=str(path), member=info.filename)
        except ReadError as error:
            yield error.fault(place)


def read_archive(raw: Raw, limits: Limits) -> Iterator[Answer]:
    """What is in an archive at hand: one that was fetched, or that lay in another; raises :class:`ReadError`."""
    from pactwatch.read.formats import read_raw

    if raw.depth >= limits.depth:
        found = f"archives within each other, {raw.depth + 1} deep"
        raise ReadError(found, f"at most {limits.depth}", "Unpack the outer ones first.")
    with _open(BytesIO(raw.data), len(raw.data), limits) as archive:
        for info in archive.infolist():
            if _is_passed(info):
                continue
            place = f"{raw.address}!/{info.filename}"
            try:
                _check_member(info, limits)
                data = _read(archive, info, limits)
            except ReadError as error:
                yield error.fault(place)
                continue
            yield from read_raw(Raw(place, data, depth=raw.depth + 1, hints=raw.hints), limits)


def read_member(path: str, member: str, limits: Limits) -> bytes:
    """The bytes of a member of an archive on disk; raises :class:`ReadError`."""
    archive = _kept(path, Path(path).stat().st_mtime_ns)
    return _read(archive, archive.getinfo(member), limits)


@lru_cache(maxsize=1)
def _kept(path: str, _: int) -> zipfile.ZipFile:
    """The archive opened last; members of one come together."""
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _broken(error) from None


def _open(stream: BinaryIO, size: int, limits: Limits) -> zipfile.ZipFile:
    """The archive, if its directory can be read and promises no more than is allowed."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        stream.close()
        raise _broken(error) from None
    infos = archive.infolist()
    names = {info.filename for info in infos}
    office = next((words for name, words in _OFFICE.items() if name in names), "")
    total = sum(info.file_size for info in infos)
    problem = None
    if office:
        problem = ReadError(office, "a zip of documents", "Save it as PDF or text.")
    elif len(infos) > limits.members:
        problem = ReadError(f"{len(infos):,} members", f"at most {limits.members:,}", "Split the archive.")
    elif total > limits.unpacked_bytes or (total > _SMALL and total > limits.ratio * size):
        found = f"an archive of {size:,} bytes that would become {total:,}"
        expected = f"at most {limits.unpacked_bytes:,} bytes and {limits.ratio} times its size"
        problem = ReadError(found, expected, "It may be a zip bomb; if you trust it, unpack it yourself.")
    if problem:
        archive.close()
        raise problem
    return archive


def _is_passed(info: zipfile.ZipInfo) -> bool:
    """Folders and hidden files are passed over, as in a folder."""
    parts = info.filename.replace("\\", "/").split("/")
    return (
        info.is_dir()
        or any(part.startswith(".") and part not in (".", "..") for part in parts)
        or (parts[0] == "__MACOSX")
    )


def _check_member(info: zipfile.ZipInfo, limits: Limits) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        raise ReadError(f"the name {shown(info.filename)}", "a name inside the archive", "Pack it again without paths.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError("a link to another file", "a file", "Pack the file itself.")
    if info.flag_bits & _ENCRYPTED:
        raise ReadError("an encrypted member", "one without a password", "Unpack it with its password, then read it.")
    if info.file_size > limits.file_bytes:
        found, expected = f"{info.file_size:,} bytes", f"at most {limits.file_bytes:,} bytes"
        raise ReadError(found, expected, "Split it, or read the part that matters.")
    if info.file_size > _SMALL and info.file_size > limits.ratio * max(info.compress_size, 1):
        found = f"{info.compress_size:,} bytes that would become {info.file_size:,}"
        raise ReadError(found, f"at most {limits.ratio} times as many", "It may be a zip bomb; leave it out.")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a member, counted as they come: a directory may lie about their number."""
    data = bytearray()
    try:
        with archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                data += block
                if len(data) > limits.file_bytes:
                    expected = f"at most {limits.file_bytes:,} bytes"
                    raise ReadError("a member larger than it says", expected, "It may be a zip bomb; leave it out.")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _broken(error) from None
    except (NotImplementedError, RuntimeError) as error:
        fix = "Pack it again as an ordinary zip (deflate)."
        raise ReadError(f"a member that cannot be unpacked ({error})", "deflate or stored", fix) from None
    except Exception as error:  # lzma.LZMAError is imported only where such a member is met
        raise _broken(error) from None
    return bytes(data)


def _broken(error: Exception) -> ReadError:
    if isinstance(error, ReadError):
        return error
    return ReadError(f"a broken zip archive ({error})", "a whole zip archive", "Download or pack it again.")
