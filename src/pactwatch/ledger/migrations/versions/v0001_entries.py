"""Entries that are chained and never changed, and a place for what is derived.

The triggers refuse an entry that does not follow the last one, a second document of one text, and every change or
removal. SQLite's ``insert or replace`` removes rows without telling the triggers of removal, which is why no index but
the first is unique: only an entry that follows the last one gets past the trigger before it.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

SQLITE = (
    """
    create table entries (
        seq integer primary key,
        kind text not null,
        subject text not null,
        author text not null,
        at text not null,
        previous text not null,
        digest text not null,
        size integer not null,
        head text not null,
        body text not null
    ) strict
    """,
    "create index entries_by_subject on entries (kind, subject, seq)",
    "create index entries_by_time on entries (at, seq)",
    """
    create trigger entries_follow before insert on entries
    when new.seq is not (select coalesce(max(seq), 0) + 1 from entries)
        or new.previous is not coalesce((select digest from entries order by seq desc limit 1), printf('%064d', 0))
        or new.at < coalesce((select at from entries order by seq desc limit 1), '')
    begin
        select raise(abort, 'an entry must follow the last one of the ledger');
    end
    """,
    """
    create trigger entries_once before insert on entries
    when new.kind = 'document'
        and exists (select 1 from entries where kind = 'document' and subject = new.subject)
    begin
        select raise(abort, 'a document is kept once');
    end
    """,
    """
    create trigger entries_stay before update on entries
    begin
        select raise(abort, 'entries of the ledger are never changed or removed');
    end
    """,
    """
    create trigger entries_remain before delete on entries
    begin
        select raise(abort, 'entries of the ledger are never changed or removed');
    end
    """,
    "create table derived (kind text not null, key text not null, value blob not null, primary key (kind, key)) strict",
)

POSTGRESQL = (
    """
    create table entries (
        seq bigint primary key,
        kind text not null,
        subject text collate "C" not null,
        author text not null,
        at text collate "C" not null,
        previous text not null,
        digest text not null,
        size integer not null,
        head text not null,
        body text not null
    )
    """,
    "create index entries_by_subject on entries (kind, subject, seq)",
    "create index entries_by_time on entries (at, seq)",
    """
    create function entries_follow() returns trigger language plpgsql as $$
    declare
        last record;
    begin
        execute format('select seq, digest, at from %I.entries order by seq desc limit 1', tg_table_schema) into last;
        if new.seq is distinct from coalesce(last.seq, 0) + 1
            or new.previous is distinct from coalesce(last.digest, repeat('0', 64))
            or new.at < coalesce(last.at, '') collate "C"
        then
            raise exception 'an entry must follow the last one of the ledger';
        end if;
        return new;
    end
    $$
    """,
    """
    create function entries_stay() returns trigger language plpgsql as $$
    begin
        raise exception 'entries of the ledger are never changed or removed';
    end
    $$
    """,
    "create unique index entries_once on entries (subject) where kind = 'document'",
    "create trigger entries_follow before insert on entries for each row execute function entries_follow()",
    "create trigger entries_stay before update on entries for each statement execute function entries_stay()",
    "create trigger entries_remain before delete or truncate on entries for each statement "
    "execute function entries_stay()",
    "alter table entries enable always trigger entries_follow",
    "alter table entries enable always trigger entries_stay",
    "alter table entries enable always trigger entries_remain",
    "create table derived (kind text not null, key text not null, value bytea not null, primary key (kind, key))",
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
