"""The pipeline in order, on one screen: where a newcomer starts.

    documents, feeds ──read, watch──► Ledger ──open_desk──► a reviewer's decisions, back into the ledger
                                        │
    files ──open_casebook──► Casebook ──publish──► Edition ──measure──► table
                                                      ├──open_court──► law ──check──► answer
    an article ───────────────────────────────────────┼──audit──► what each of its sentences stands on
    other people's files ──import_data──► Imports ──┘ ├──test_claims──► verdicts ──chart──► picture
                                                      └──trace──► the quotes that any of it stands on

A casebook is read strictly or refused with every fault. The ledger keeps documents, what was coded in them and what
people decided, and forgets nothing. Publishing reconciles it with the casebook and seals both into an edition that
never changes; everything that is measured or tested names the edition it ran on.

Each step below is a short function that calls the rooms; the file it lives in is one stretch of the way. Rooms are
imported where they are called, so that a command pays only for what it uses.
"""

from pactwatch.flow.auditing import audit, open_auditor, propose_events
from pactwatch.flow.checking import basket, check, open_court
from pactwatch.flow.importing import compare_events, import_data, reproduce, scope_of
from pactwatch.flow.places import DEFAULT_HOME, Home, settle_home
from pactwatch.flow.publishing import DEFAULT_CASEBOOK, open_casebook, open_edition, publish
from pactwatch.flow.reading import read, watch
from pactwatch.flow.reviewing import open_desk
from pactwatch.flow.testing import chart, claim, measure, test_claims
from pactwatch.flow.tracing import compare, trace
from pactwatch.flow.verdicts import keep_verdicts, recall_verdicts

__all__ = [
    "DEFAULT_CASEBOOK",
    "DEFAULT_HOME",
    "Home",
    "audit",
    "basket",
    "chart",
    "check",
    "claim",
    "compare",
    "compare_events",
    "import_data",
    "keep_verdicts",
    "measure",
    "open_auditor",
    "open_casebook",
    "open_court",
    "open_desk",
    "open_edition",
    "propose_events",
    "publish",
    "read",
    "recall_verdicts",
    "reproduce",
    "scope_of",
    "settle_home",
    "test_claims",
    "trace",
    "watch",
]
