"""What ``expect.toml`` asks of a build: minima that refuse it, maxima that warn.

Minima and shares are asked of what a person answers for: what a machine coded and nobody reviewed can neither make up
for what is missing nor hold up a build. Maxima count everything, since a flood is worth a warning whoever coded it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pactwatch.casebook import Casebook
from pactwatch.casebook.settings import Expectation
from pactwatch.model.codes import ReviewStatus
from pactwatch.model.errors import PactwatchError
from pactwatch.model.records import Record


class ExpectationError(PactwatchError):
    """A build falls short of what its casebook expects."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation with the number found."""

    words: str
    found: float
    is_short: bool
    is_over: bool


def check_expectations(casebook: Casebook) -> list[Outcome]:
    """Every expectation of a casebook with what was found."""
    reviewed = replace(casebook, records=tuple(_keep_reviewed(casebook.records)))
    return [_check(casebook, reviewed, expectation) for expectation in casebook.expectations]


def _keep_reviewed(records: Iterable[Record]) -> Iterator[Record]:
    for record in records:
        kept = tuple(milestone for milestone in record.milestones if milestone.is_reviewed)
        if kept and record.review_status is not ReviewStatus.UNREVIEWED:
            yield record if kept == record.milestones else record.model_copy(update={"milestones": kept})


def require_expectations(casebook: Casebook) -> list[str]:
    """Refuse a build below a minimum (all shortfalls at once); returns the warnings of exceeded maxima."""
    outcomes = check_expectations(casebook)
    short = [outcome.words for outcome in outcomes if outcome.is_short]
    if short:
        raise ExpectationError("the casebook falls short of its expect.toml: " + "; ".join(short))
    return [outcome.words for outcome in outcomes if outcome.is_over]


def _check(casebook: Casebook, reviewed: Casebook, expectation: Expectation) -> Outcome:
    low, high = expectation.at_least, expectation.at_most
    answered = _measure(reviewed, expectation)
    everything = answered if expectation.what.endswith("_share") else _measure(casebook, expectation)
    is_short, is_over = low is not None and answered < low, high is not None and everything > high
    found = answered if is_short else everything
    scope = " ".join(str(part) for part in (expectation.type, expectation.partner) if part)
    bounds = " and ".join(
        f"{word} {bound:g}" for word, bound in (("at least", low), ("at most", high)) if bound is not None
    )
    words = f"{expectation.what}{' of ' + scope if scope else ''}: {found:g}, expected {bounds}"
    return Outcome(words, found, is_short, is_over)


def _measure(casebook: Casebook, expectation: Expectation) -> float:
    records = [record for record in casebook.records if _is_asked(record, expectation)]
    milestones = [milestone for record in records for milestone in record.milestones]
    seen = {source.source_id for source in casebook.sources if source.is_seen}
    if expectation.what == "verified_share":
        return _share([milestone.is_verified for milestone in milestones])
    if expectation.what == "cited_share":
        return _share([bool(seen & set(milestone.source_ids)) for milestone in milestones])
    counts = {
        "records": len(records),
        "milestones": len(milestones),
        "sources": len(casebook.sources),
        "perceptions": len(casebook.perceptions),
        "claims": len(casebook.claims),
    }
    return float(counts[expectation.what])


def _is_asked(record: Record, expectation: Expectation) -> bool:
    is_type = expectation.type is None or record.type == expectation.type
    return is_type and (expectation.partner is None or expectation.partner in record.parties)


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
