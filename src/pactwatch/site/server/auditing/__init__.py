"""The box "audit an article": a form in, the audit's page out, nothing kept.

``form`` reads what was sent; ``work`` is done in a process of its own, bounded in time and memory; ``desk`` hands it
out, a few articles at a time; ``room`` is the way of a request through these.
"""

from pactwatch.site.server.auditing.desk import AuditDesk
from pactwatch.site.server.auditing.room import AuditRoom
from pactwatch.site.server.auditing.work import open_work

__all__ = ["AuditDesk", "AuditRoom", "open_work"]
