"""Which coder codes what is read, and what it needs: the careful one where a person may wait for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pactwatch.coder.stream import AUTO, SOON_READ
from pactwatch.read.places import is_address

GRAMMAR, NETWORK = "grammar", "network"

PATIENCE = {GRAMMAR: 1.0, NETWORK: 5.0}
"""How many times the seconds that bound a document each coder may take: the network reads a long paper in a minute."""

_ALL_TEXT = frozenset({".txt", ".md", ".markdown", ".json", ".jsonl", ".ndjson"})
_TEXT_OF_OTHERS = 0.1
"""About how much of a page, a PDF or an archive is text."""


def settle_coder(coder: str, names: Iterable[str], *, recodes: bool) -> str:
    """The coder itself, or for ``AUTO`` the network where it is installed and what is named is soon read by it.

    The files named, in folders too, count by about how much text they hold; pages and feeds that are asked for count
    nothing: what they bring is no more than a person or a schedule waits for. A ledger to be coded anew is large.
    Raises ``EncoderError`` where the network is asked for and not installed.
    """
    from pactwatch.encoder.base import NOT_INSTALLED, EncoderError, is_installed

    is_there = is_installed()
    if coder == NETWORK and not is_there:
        raise EncoderError(NOT_INSTALLED)
    if coder != AUTO:
        return coder
    return NETWORK if is_there and not recodes and _is_small(names) else GRAMMAR


def coder_name(coder: str) -> str:
    """The name with version that a coder leaves with what it codes."""
    from pactwatch.coder import grammar, network_coder

    return network_coder.CODER_NAME if coder == NETWORK else grammar.CODER_NAME


def processes(coder: str) -> int:
    """How many processes pay: one per processor, or of the network, which has threads of its own, half as many."""
    cores = os.cpu_count() or 1
    return max(1, cores // 2) if coder == NETWORK else cores


def _is_small(names: Iterable[str]) -> bool:
    size = 0.0
    for file in _files(names):
        size += file.stat().st_size * (1.0 if file.suffix.lower() in _ALL_TEXT else _TEXT_OF_OTHERS)
        if size > SOON_READ:
            return False
    return True


def _files(names: Iterable[str]) -> Iterator[Path]:
    for path in (Path(name) for name in names if not is_address(name)):
        yield from (one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
