"""Where documents lie: files, folders and archives become pieces, one after the other, none loaded yet."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pactwatch.model.document_lines import LONGEST_LINE
from pactwatch.model.errors import Fault, NotFoundError
from pactwatch.read.archive import find_members
from pactwatch.read.formats import ENDINGS, ending_of
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Piece, ReadError

LINES_AT_ONCE = 400_000
"""Bytes of JSON Lines in one piece."""

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_NO_DOCUMENTS = frozenset(
    f".{ending}"
    for ending in re.findall(
        r"\w+",
        "png jpg jpeg gif webp svg ico bmp tif tiff css js mjs map woff woff2 ttf otf eot mp3 mp4 m4a wav ogg webm mov "
        "avi db sqlite parquet csv tsv toml yaml yml ini log lock py sh exe dll so",
    )
)
"""Endings that are passed over in folders without a word on each: they come with saved pages and are no documents."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Something in a folder that is not read, and why; no fault."""

    address: str
    why: str


def is_address(name: str) -> bool:
    """Whether an argument is a URL rather than a path."""
    return "://" in name


def check_places(names: list[str]) -> None:
    """Refuse paths that are not there before anything is read; raises :class:`NotFoundError` naming all of them."""
    missing = [name for name in names if not is_address(name) and not Path(name).exists()]
    if missing:
        listed = ", ".join(repr(name) for name in missing)
        raise NotFoundError(f"there is no file or folder {listed}; a URL begins with https:// or http://")


def find_pieces(name: str, limits: Limits) -> Iterator[Piece | Fault | Passed]:
    """The pieces of a file or folder, in order of their names."""
    path = Path(name)
    if path.is_dir():
        yield from _walk(path, limits)
    else:
        yield from _find_in_file(path, name, limits)


def read_file(path: str, limits: Limits) -> bytes:
    """The bytes of a file that is not too large; raises :class:`ReadError`."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise _unreadable(error) from None
    if len(data) > limits.file_bytes:
        raise _too_large(len(data), limits)
    return data


def _walk(folder: Path, limits: Limits) -> Iterator[Piece | Fault | Passed]:
    """The pieces below a folder, by name, in flat memory; links are not followed, so that no loop has no end."""
    waiting: list[tuple[Path, int]] = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        if (place.is_dir() and not place.is_symlink()) or depth == 0:
            children = _list(place)
            if isinstance(children, Fault):
                yield children
            elif depth >= limits.folder_depth:
                found, expected = f"folders {depth} deep", f"at most {limits.folder_depth}"
                yield Fault(str(place), 0, "", found, expected, "Read the inner folder by itself.")
            else:
                waiting += [(child, depth + 1) for child in reversed(children)]
        elif place.is_symlink():
            yield Passed(str(place), "a link")
        elif ending_of(str(place)) in _NO_DOCUMENTS:
            yield Passed(str(place), f"{ending_of(str(place))} files are no documents")
        else:
            yield from _find_in_file(place, str(place), limits)


def _list(folder: Path) -> list[Path] | Fault:
    try:
        return sorted((one for one in folder.iterdir() if not one.name.startswith(".")), key=lambda one: one.name)
    except OSError as error:
        return _unreadable(error).fault(str(folder))


def _find_in_file(path: Path, address: str, limits: Limits) -> Iterator[Piece | Fault]:
    try:
        status = path.stat()
        kind = _kind(path, status.st_mode)
        if kind == "json_lines":
            yield from _part_lines(path, address)
        elif kind == "zip":
            yield from find_members(path, address, limits)
        elif status.st_size > limits.file_bytes:
            raise _too_large(status.st_size, limits)
        else:
            yield Piece(address, path=str(path))
    except OSError as error:
        yield _unreadable(error).fault(address)
    except ReadError as error:
        yield error.fault(address)


def _kind(path: Path, mode: int) -> str:
    """What a file is as far as its pieces go; raises :class:`ReadError` for what is no file."""
    if not stat.S_ISREG(mode):
        raise ReadError("a device, pipe or socket", "a file", "Leave it out.")
    name = ENDINGS.get(path.suffix.lower(), "")
    if name in ("", "zip"):
        with path.open("rb") as stream:
            return "zip" if stream.read(4) in _ZIP_MAGIC else "file"
    return name


def _part_lines(path: Path, address: str) -> Iterator[Piece | Fault]:
    """A JSON Lines file in pieces of some lines each, however large it is."""
    if path.stat().st_size == 0:
        raise ReadError("an empty file", "a document on each line", "Leave it out, or get it again.")
    with path.open("rb") as stream:
        first, number, held, lines = 1, 0, 0, list[bytes]()
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                    pass
                found, fix = f"a line longer than {LONGEST_LINE >> 20} MB", "Write one JSON object per line."
                yield Fault(address, number, "", found, "one document on a line", fix)
                line = b"\n"
            lines.append(line)
            held += len(line)
            if held >= LINES_AT_ONCE:
                yield _lines_piece(address, lines, first)
                first, held, lines = number + 1, 0, []
        if lines:
            yield _lines_piece(address, lines, first)


def _lines_piece(address: str, lines: list[bytes], first: int) -> Piece:
    return Piece(address, data=b"".join(lines), media_type="application/jsonl", line=first)


def _unreadable(error: OSError) -> ReadError:
    what = error.strerror or str(error)
    return ReadError(f"a file that cannot be opened ({what})", "a readable file", "Give yourself the right to read it.")


def _too_large(size: int, limits: Limits) -> ReadError:
    found, expected = f"{size:,} bytes", f"at most {limits.file_bytes:,} bytes"
    return ReadError(found, expected, "Split it, or read the part that matters.")
