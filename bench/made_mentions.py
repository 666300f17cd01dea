"""Mentions by the hundred thousand: a world of items as the default casebook has them, told many times with noise.

Items are the casebook's records moved to other years and given to other pairs of states, so that types, stages,
waiting times and things have their real mixture. Each is told by articles that get dates, names and numbers a little
wrong, leave fields out, or recap what is years old.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from pactwatch.casebook.world import read_states
from pactwatch.model.codes import Modality, Precision
from pactwatch.model.judgements import identify_mention
from pactwatch.model.mentions import Mention, MentionItem, MentionMoney
from pactwatch.model.records import Milestone, Record
from pactwatch.reconcile.items import Told

TOLD_EACH = 12
"""Mentions of an item on the average; a few are told hundreds of times."""

_PARTS = (("kor", "ban", "sel", "mir", "tan"), ("a", "e", "o", "u"), ("vik", "dor", "lem", "nash", "pra"))
WORDS = tuple("".join(parts) for parts in product(*_PARTS))
"""Rare words: those of one item come up again in its mentions."""


@dataclass(frozen=True, slots=True)
class Made:
    """One item of the made world."""

    key: str
    record: Record
    parties: tuple[str, ...]
    moved: int
    words: tuple[str, ...]


def make_items(records: Sequence[Record], count: int, rng: random.Random) -> list[Made]:
    """Items like the casebook's records, between other states and in other years."""
    states = sorted(row["code"] for row in read_states())
    made = []
    for number in range(count):
        record = rng.choice(records)
        parties = tuple(sorted(rng.sample(states[:60], min(len(record.parties), 6))))
        words = tuple(rng.sample(WORDS, 4))
        made.append(Made(f"made-{number}", record, parties, rng.randrange(-2000, 2000), words))
    return made


def tell(items: Sequence[Made], count: int, rng: random.Random) -> Iterator[tuple[Told, str]]:
    """``count`` mentions with the key of the item each tells; some items are told far more often than others."""
    weights = [rng.paretovariate(1.2) for _ in items]
    for number, made in enumerate(rng.choices(items, weights, k=count)):
        milestone = rng.choice(made.record.milestones)
        mention, published = _mention(made, milestone, f"doc{number // 2}", number, rng)
        yield Told(identify_mention(mention), mention, published, mention.doc), made.key


def _mention(made: Made, milestone: Milestone, doc: str, number: int, rng: random.Random) -> tuple[Mention, date]:
    day = milestone.date.earliest + timedelta(days=made.moved + (rng.random() < 0.1) * rng.randrange(-2, 3))
    late = rng.choices((1, 20, 400, 2000), (70, 15, 10, 5))[0]
    published = day + timedelta(days=rng.randrange(late) + 1)
    told = rng.choices(("day", "month", "year", "none"), (60, 20, 8, 12))[0]
    shown = {"day": day.isoformat(), "month": day.isoformat()[:7], "year": day.isoformat()[:4], "none": None}[told]
    words = " ".join(
        [*rng.sample(made.words, 2), rng.choice(("signed", "held", "said", "agreed", "met")), f"w{number}"]
    )
    record = made.record
    directed = len(made.parties) >= 2 and record.supplier is not None and record.recipient is not None
    return Mention(
        doc=doc,
        type=record.type,
        stage=milestone.stage,
        parties=made.parties if rng.random() > 0.1 or len(made.parties) < 3 else made.parties[:2],
        modality=Modality.ACTUAL,
        supplier=made.parties[0] if directed and rng.random() > 0.2 else None,
        recipient=made.parties[1] if directed and rng.random() > 0.2 else None,
        instrument=record.instrument if rng.random() > 0.3 else None,
        name=(record.name or None) if rng.random() > 0.3 else None,
        items=_things(milestone, rng),
        money=_money(milestone, rng),
        date=shown,
        precision=Precision(told),  # type: ignore[call-arg]
        quote=words,
        start=100 * (number % 2),
        end=100 * (number % 2) + len(words),
        confidence=0.8,
        coder="made",
    ), published


def _things(milestone: Milestone, rng: random.Random) -> tuple[MentionItem, ...]:
    if rng.random() < 0.25:
        return ()
    return tuple(
        MentionItem(category=one.category, name=one.name, quantity=one.high if rng.random() > 0.2 else None)
        for one in milestone.items
    )


def _money(milestone: Milestone, rng: random.Random) -> MentionMoney | None:
    if milestone.money is None or rng.random() < 0.5:
        return None
    return MentionMoney(amount=milestone.money.amount, currency=milestone.money.currency)
