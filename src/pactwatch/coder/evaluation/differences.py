"""Every difference between gold and coded mentions, written so that an engineer sees at once what to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.coder.evaluation.fields import differing_fields
from pactwatch.coder.evaluation.gold import GoldDocument
from pactwatch.coder.evaluation.matching import Matching
from pactwatch.model.mentions import Mention


class Kind(StrEnum):
    """What sort of difference it is."""

    MISSED = "missed"
    OTHERWISE = "coded_otherwise"
    FALSE = "false_alarm"
    FIELDS = "wrong_fields"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, what gold says, what was coded (one line each), in which fields, and the passage."""

    kind: Kind
    file: str
    line: int
    document: str
    gold: str | None
    coded: str | None
    fields: tuple[str, ...]
    passage: str

    @property
    def rank(self) -> int:
        """The place of its kind among the kinds: what costs most comes first."""
        return list(Kind).index(self.kind)


def list_differences(document: GoldDocument, matching: Matching) -> Iterator[Difference]:
    """The differences of one document, in the order of its text."""
    pairs = [(Kind.OTHERWISE, one, other) for one, other in matching.loose + matching.near]
    pairs += [(Kind.FIELDS, one, other) for one, other in matching.strict if differing_fields(one, other)]
    alone = [(Kind.MISSED, one, None) for one in matching.missed]
    spurious = [(Kind.FALSE, None, other) for other in matching.false]
    found = [_difference(document, *parts) for parts in (*pairs, *alone, *spurious)]
    yield from (one for _, one in sorted(found, key=lambda pair: (pair[0], str(pair[1]))))


def describe(mention: Mention) -> str:
    """A mention on one line: what decides a pair first, then what else it tells."""
    parts = [f"{mention.type}/{mention.stage}/{mention.modality}", "+".join(mention.parties)]
    if mention.supplier or mention.recipient:
        parts.append(f"{mention.supplier or '?'}>{mention.recipient or '?'}")
    parts.append(mention.date or "undated")
    parts += [str(one) for one in (mention.instrument, mention.level, "hadr" if mention.hadr else None) if one]
    parts += [f"{mention.name!r}"] if mention.name else []
    parts += [f"[{item.quantity or ''} {item.name} ({item.category})]".replace("[ ", "[") for item in mention.items]
    parts += [f"{mention.money.amount:,} {mention.money.currency}"] if mention.money else []
    parts += [f"says {mention.speaker}"] if mention.speaker else []
    return " ".join(parts)


def _difference(
    document: GoldDocument, kind: Kind, gold: Mention | None, coded: Mention | None
) -> tuple[int, Difference]:
    first = gold or coded
    assert first is not None  # noqa: S101 - one side is always there
    fields = differing_fields(gold, coded) if gold is not None and coded is not None else ()
    return first.start, Difference(
        kind=kind,
        file=document.file,
        line=document.line,
        document=document.document.id,
        gold=describe(gold) if gold is not None else None,
        coded=describe(coded) if coded is not None else None,
        fields=fields,
        passage=first.quote,
    )
