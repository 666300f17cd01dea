"""What a ledger's store of derived things does, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping


class MemoryStore:
    """Bytes by kind and key."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        """The bytes, or ``None``."""
        return self.held.get((kind, key))

    def all(self, kind: str) -> dict[str, bytes]:
        """All of a kind by key."""
        return {key: value for (one, key), value in self.held.items() if one == kind}

    def swap(
        self,
        guard: tuple[str, str],
        before: bytes | None,
        values: Mapping[tuple[str, str], bytes],
        emptied: Collection[str] = (),
    ) -> bool:
        """Keep bytes where a guard holds what it held before."""
        if self.held.get(guard) != before:
            return False
        for place in [one for one in self.held if one[0] in emptied]:
            del self.held[place]
        self.held.update(values)
        return True
