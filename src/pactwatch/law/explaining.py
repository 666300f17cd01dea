"""An answer in plain words, from the clauses on which it rests."""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.law.answer import NOTICE, Missing, Status, ToMeet
from pactwatch.law.deriving import Known
from pactwatch.law.lawbook import Law
from pactwatch.law.rules import Outcome
from pactwatch.law.stepping import list_decisive

SHOWN_MISSING = 3
"""Missing facts named in the explanation; the answer lists all."""

SHOWN_OPEN = 3
"""Open clauses named in the explanation; the steps hold all."""

_HEADS = {
    Outcome.ALLOWED: "On {day} the rules allowed this.",
    Outcome.CONDITIONAL: "On {day} the rules allowed this under conditions that are still to be met.",
    Outcome.DENIED: "On {day} the rules barred this.",
    Outcome.UNKNOWN: "On {day} it cannot be said: facts are missing that decide it.",
}

_NO_RULE = "No rule on record governs this on {day}; nothing can be said."


def explain(
    day: str,
    outcome: Outcome,
    law: Law,
    known: Known,
    told: tuple[Sequence[ToMeet], Sequence[Missing]],
) -> str:
    """Sentences: the outcome, what it rests on, what is to be met or known, and what kind of answer it is."""
    conditions, missing = told
    if law.covers(known.facts) is False:
        return " ".join([_NO_RULE.format(day=day), *_lawful(outcome), NOTICE])
    parts = [_HEADS[outcome].format(day=day), *_reasons(outcome, law, known)]
    if conditions:
        parts.append(f"Still to be met: {'; '.join(one.condition for one in conditions)}.")
    if outcome is Outcome.UNKNOWN and missing:
        listed = [f"{one.meaning} ({one.fact})" for one in missing[:SHOWN_MISSING]]
        parts.append(f"Most decisive would be to know {'; '.join(listed)}.")
    parts += [*_lawful(outcome), NOTICE]
    return " ".join(parts)


def _reasons(outcome: Outcome, law: Law, known: Known) -> list[str]:
    decisive = list(list_decisive(law, known))
    barred = [one for one, status in decisive if status is Status.FORBIDS]
    if outcome is Outcome.DENIED:
        return [f"Barred by {one.rule.id}: {_plain(one.clause.words)}." for one in barred]
    permits = [one for one, status in decisive if status is Status.PERMITS]
    unsure = [one for one, status in decisive if status is Status.OPEN]
    sentences = [f"Permitted by {one.rule.id}: {_plain(one.clause.words)}." for one in permits]
    sentences += [f"Open is {one.rule.id}: {_plain(one.clause.words)}." for one in unsure[:SHOWN_OPEN]]
    if len(unsure) > SHOWN_OPEN:
        sentences.append(f"So are {len(unsure) - SHOWN_OPEN} more.")
    if not sentences and outcome is Outcome.ALLOWED:
        sentences = ["No rule of that day stands against it."]
    return sentences


def _plain(words: str) -> str:
    """A clause's words as part of a sentence."""
    first = words.rstrip(".").split(" ", 1)[0]
    lowered = words if first.isupper() or first in _PROPER else words[:1].lower() + words[1:]
    return lowered.rstrip(".")


_PROPER = frozenset({"Indonesia", "National", "Japan's", "United", "Self-Defense", "Security", "Japan"})


def _lawful(outcome: Outcome) -> list[str]:
    if outcome is Outcome.ALLOWED:
        return ["Lawful does not mean that it happened."]
    return []
