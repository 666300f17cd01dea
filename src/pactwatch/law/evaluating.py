"""The outcome of known facts under the law of a day.

A clause that forbids and is not lifted denies. A requirement that is known to fail denies too; one not known to be met
makes the outcome conditional. What is unknown about a clause that could deny makes the outcome unknown. Without a
governing rule nothing is said.
"""

from __future__ import annotations

from pactwatch.law.facts import Facts
from pactwatch.law.lawbook import Law
from pactwatch.law.rules import Outcome


def decide(law: Law, facts: Facts) -> Outcome:
    """The outcome alone, as fast as it can be had."""
    covered = law.covers(facts)
    if covered is False:
        return Outcome.UNKNOWN
    is_unknown, is_conditional = covered is None, False
    for forbids, applies, met in law.decisive:
        value = applies(facts)
        if value is False:
            continue
        done = False if forbids else met(facts)
        if done is None:
            is_conditional = True
        elif done is False:
            if value is True and covered:
                return Outcome.DENIED
            is_unknown = True
    if is_unknown:
        return Outcome.UNKNOWN
    return Outcome.CONDITIONAL if is_conditional else Outcome.ALLOWED
