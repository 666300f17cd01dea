"""What alembic runs: the migrations, on the connection and in the transaction that ``opening`` holds."""

from __future__ import annotations

from alembic import context

from pactwatch.ledger.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
