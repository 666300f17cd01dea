"""Auditing an article that somebody sends: an answer, nothing kept.

``form`` is what may be sent; ``work`` is done in a process of its own, bounded in time and memory; ``desk`` hands it
out, a few articles at a time; ``making`` goes from what was sent to the answer, with its limits, for the form of the
page (``room``) and for the API alike.
"""

from pactwatch.site.auditing.desk import AuditDesk
from pactwatch.site.auditing.making import PATIENCE, AuditMaker, RefusedError
from pactwatch.site.auditing.room import AuditRoom
from pactwatch.site.auditing.work import open_work

__all__ = ["PATIENCE", "AuditDesk", "AuditMaker", "AuditRoom", "RefusedError", "open_work"]
