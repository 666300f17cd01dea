"""What a ledger's store of derived things does, in memory."""

from __future__ import annotations


class MemoryStore:
    """Bytes by kind and key."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        """The bytes, or ``None``."""
        return self.held.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep bytes, in place of what was there."""
        self.held[kind, key] = value

    def drop(self, kind: str, key: str) -> None:
        """Forget them."""
        self.held.pop((kind, key), None)
