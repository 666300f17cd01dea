"""A place for what can be computed again: outside the chain, replaced at will, never relied on for truth."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Engine, bindparam, delete, insert, select

from pactwatch.ledger.engine import reading, writing
from pactwatch.ledger.location import Location
from pactwatch.ledger.tables import DERIVED


class Derived:
    """Bytes by kind and key. Whoever puts them sees to it that the key names all they were computed from."""

    def __init__(self, engine: Engine, location: Location) -> None:
        self._engine = engine
        self._location = location

    def get(self, kind: str, key: str) -> bytes | None:
        """The bytes put last; ``None`` where there are none."""
        query = select(DERIVED.c.value).where(DERIVED.c.kind == kind, DERIVED.c.key == key)
        with reading(self._engine, self._location) as connection:
            value = connection.execute(query).scalar()
        return None if value is None else bytes(value)

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep bytes under a key in place of those there before."""
        with writing(self._engine, self._location) as connection:
            connection.execute(delete(DERIVED).where(DERIVED.c.kind == kind, DERIVED.c.key == key))
            connection.execute(insert(DERIVED).values(kind=kind, key=key, value=value))

    def all(self, kind: str) -> dict[str, bytes]:
        """All bytes of a kind by key."""
        query = select(DERIVED.c.key, DERIVED.c.value).where(DERIVED.c.kind == kind)
        with reading(self._engine, self._location) as connection:
            return {row.key: bytes(row.value) for row in connection.execute(query)}

    def swap(
        self,
        guard: tuple[str, str],
        before: bytes | None,
        values: Mapping[tuple[str, str], bytes],
        emptied: Collection[str] = (),
    ) -> bool:
        """Keep bytes by kind and key in place of those there before, all at once or none: only where ``guard`` holds
        what it held before. Kinds of ``emptied`` keep nothing else. Whether they are kept.
        """
        held = select(DERIVED.c.value).where(DERIVED.c.kind == guard[0], DERIVED.c.key == guard[1])
        replaced = delete(DERIVED).where(DERIVED.c.kind == bindparam("of"), DERIVED.c.key == bindparam("at"))
        rows = [{"kind": kind, "key": key, "value": value} for (kind, key), value in values.items()]
        with writing(self._engine, self._location) as connection:
            now = connection.execute(held).scalar()
            if (None if now is None else bytes(now)) != before:
                return False
            if emptied:
                connection.execute(delete(DERIVED).where(DERIVED.c.kind.in_([*emptied])))
            fresh = [{"of": kind, "at": key} for kind, key in values if kind not in emptied]
            if fresh:
                connection.execute(replaced, fresh)
            if rows:
                connection.execute(insert(DERIVED), rows)
        return True

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys of a kind, sorted."""
        query = select(DERIVED.c.key).where(DERIVED.c.kind == kind)
        with reading(self._engine, self._location) as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def drop(self, kind: str, key: str | None = None) -> None:
        """Forget one key, or all of a kind."""
        query = delete(DERIVED).where(DERIVED.c.kind == kind)
        with writing(self._engine, self._location) as connection:
            connection.execute(query if key is None else query.where(DERIVED.c.key == key))
