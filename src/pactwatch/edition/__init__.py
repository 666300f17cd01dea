"""A casebook (later: a ledger as of a date) sealed into an edition: Parquet tables, metadata and checksums, never
changed again.

``schema`` declares every table and column, ``compile`` fills them, ``seal`` writes them to the byte, ``opened`` reads
them, ``shelf`` finds them, ``diff`` and ``verify`` compare and check them.
"""

from pactwatch.edition.opened import Edition, Settings

__all__ = ["Edition", "Settings"]
