"""The pipeline in order, on one screen: where a newcomer starts.

    files ──open_casebook──► Casebook ──publish──► Edition ──measure──► table
                                                      ├──open_court──► law ──check──► answer
    an article ───────────────────────────────────────┼──audit──► what each of its sentences stands on
    other people's files ──import_data──► Imports ──┘ └──test_claims──► verdicts ──chart──► picture

A casebook is read strictly or refused with every fault. Publishing seals it into an edition that never changes;
everything that is measured or tested names the edition it ran on.

Each step below is a short function that calls the rooms; the file it lives in is one stretch of the way. Rooms are
imported where they are called, so that a command pays only for what it uses.
"""

from pactwatch.flow.auditing import audit, propose_events
from pactwatch.flow.checking import basket, check, open_court
from pactwatch.flow.importing import compare_events, import_data, reproduce, scope_of
from pactwatch.flow.publishing import DEFAULT_CASEBOOK, DEFAULT_HOME, open_casebook, open_edition, publish
from pactwatch.flow.testing import chart, claim, measure, test_claims

__all__ = [
    "DEFAULT_CASEBOOK",
    "DEFAULT_HOME",
    "audit",
    "basket",
    "chart",
    "check",
    "claim",
    "compare_events",
    "import_data",
    "measure",
    "open_casebook",
    "open_court",
    "open_edition",
    "propose_events",
    "publish",
    "reproduce",
    "scope_of",
    "test_claims",
]
