"""The outcome of known facts under the law of a day.

A clause that forbids and is not lifted denies. A requirement that is known to fail denies too; one not known to be met
makes the outcome conditional. What is unknown about a clause that could deny makes the outcome unknown. Without a
governing rule nothing is said.
"""

from __future__ import annotations

from pactwatch.law.conditions import Truth, negate
from pactwatch.law.facts import Facts
from pactwatch.law.lawbook import Applied, Law
from pactwatch.law.rules import Outcome


def decide(law: Law, facts: Facts) -> Outcome:
    """The outcome alone, as fast as it can be had."""
    covered = law.covers(facts)
    if covered is False:
        return Outcome.UNKNOWN
    is_unknown, is_conditional = covered is None, False
    for forbids, holds, met, lifted in law.decisive:
        value = holds(facts)
        if value is False:
            continue
        if lifted is not None:
            exception = lifted(facts)
            if exception is True:
                continue
            if exception is None:
                value = None
        if not forbids:
            done = met(facts)
            if done is True:
                continue
            if done is None:
                is_conditional = True
                continue
        if value is True:
            return Outcome.DENIED if covered else Outcome.UNKNOWN
        is_unknown = True
    if is_unknown:
        return Outcome.UNKNOWN
    return Outcome.CONDITIONAL if is_conditional else Outcome.ALLOWED


def applies(one: Applied, facts: Facts) -> Truth:
    """Whether a clause holds and nothing lifts it."""
    value = one.holds(facts)
    if value is False or one.lifted is None:
        return value
    exception = one.lifted(facts)
    if value is True:
        return negate(exception)
    return False if exception is True else None
