"""From a reading to a claim as ``claims.toml`` has them, with other readings of its vague words beside it."""

from pactwatch.audit.entries.making import Rival, make_claim, make_rivals
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.entries.writing import write_entry

__all__ = ["Rival", "Setting", "make_claim", "make_rivals", "write_entry"]
