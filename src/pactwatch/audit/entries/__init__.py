"""From a reading to a claim as ``claims.toml`` has them, with other readings of its vague words beside it."""

from pactwatch.audit.entries.making import make_claim
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.entries.writing import write_entry

__all__ = ["Setting", "make_claim", "write_entry"]
