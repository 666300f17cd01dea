"""How much of anything is read: no file whatever may fill the memory, the disk or the day."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes, characters, pages, members, levels and seconds.

    ``ratio`` is how many bytes one packed byte may become; ``seconds`` is what one document may take, coding included;
    ``memory`` what one working process may hold.
    """

    file_bytes: int = 100 * MEGABYTE
    text_chars: int = 5_000_000
    pages: int = 5_000
    members: int = 100_000
    unpacked_bytes: int = 2_000 * MEGABYTE
    ratio: int = 200
    depth: int = 2
    folder_depth: int = 64
    seconds: float = 120.0
    memory: int = 3_000 * MEGABYTE
