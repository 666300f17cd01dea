"""The tables as SQLAlchemy sees them; the migrations make them, with the triggers that keep them as they are.

``entries`` is the truth. ``subject``, ``size`` and ``head`` are computed from ``body`` and stand before it, so that
looking something up need not read texts: ``subject`` is what the entry is about, ``size`` the bytes of the body,
``head`` a document without its text. ``derived`` keeps what can be computed again; nothing there is relied on.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table

METADATA = MetaData()

ENTRIES = Table(
    "entries",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("head", String, nullable=False),
    Column("body", String, nullable=False),
    Index("entries_by_subject", "kind", "subject", "seq"),
    Index("entries_by_time", "at", "seq"),
)

DERIVED = Table(
    "derived",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
