"""An event as an article tells it, as far as it is told, and the sides by which it is compared with records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pactwatch.model.codes import Modality
from pactwatch.model.dates import FuzzyDate, parse_date
from pactwatch.model.judgements import identify_mention
from pactwatch.model.mentions import Mention
from pactwatch.reconcile import items
from pactwatch.reconcile.sides import Side, side_of, words_of


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an article tells it; it is of one of the ``types``, and has a side for each."""

    sides: tuple[Side, ...]
    types: tuple[str, ...]
    parties: tuple[str, ...]
    stage: str = ""
    day: FuzzyDate | None = None
    months: tuple[int, ...] = ()
    instrument: str = ""
    name: str = ""
    categories: tuple[str, ...] = ()
    quantity: int | None = None
    amount: float | None = None
    currency: str = ""
    is_denied: bool = False

    @property
    def is_singled(self) -> bool:
        """Whether more than parties and kind is told."""
        return bool(self.day or self.months or self.instrument or self.name or self.categories)


def told_by(mention: Mention, published: date | None = None) -> Told:
    """The event of a coder's mention in an article of a day."""
    side = side_of(items.Told(identify_mention(mention), mention, published))
    return Told(
        sides=(side,),
        types=(side.type,),
        parties=side.parties,
        stage=side.stage,
        day=parse_date(mention.date) if mention.date else None,
        instrument=side.instrument,
        name=mention.name or "",
        categories=tuple(sorted({str(item.category) for item in mention.items} - {"other"})),
        quantity=next((item.quantity for item in mention.items if item.quantity is not None), None),
        amount=side.money[0] if side.money else None,
        currency=side.money[1] if side.money else "",
        is_denied=mention.modality is Modality.DENIED,
    )


def told_in(
    quote: str,
    types: Sequence[str],
    parties: Sequence[str],
    *,
    months: tuple[int, ...] = (),
    categories: tuple[str, ...] = (),
) -> Told:
    """An event that the coder does not read as one, by what a sentence (``quote``) tells: no stage, no date."""
    things, words = tuple((category, "", 0) for category in categories), words_of(quote)
    sides = tuple(Side("", "", kind, parties=tuple(parties), items=things, words=words) for kind in types)
    return Told(sides, tuple(types), tuple(parties), months=months, categories=categories)
