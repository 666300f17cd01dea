"""Watching: what watchlists wait for in new documents, and how people are told of it.

``matching`` finds, ``atom`` writes a feed that any reader can follow, ``webhook`` tells a server. What was found is
kept in the ledger as alerts; feed and webhook repeat what stands there.
"""

from pactwatch.watch.atom import write_atom
from pactwatch.watch.matching import find_alerts
from pactwatch.watch.notice import Notice
from pactwatch.watch.webhook import Webhook

__all__ = ["Notice", "Webhook", "find_alerts", "write_atom"]
