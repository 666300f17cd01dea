"""What two tellings are compared by: a mention, or a milestone of the casebook, cut down to comparable values."""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pactwatch.model.amounts import Item as Things
from pactwatch.model.codes import Modality, Precision, RecordType
from pactwatch.model.dates import parse_date
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Milestone, Record
from pactwatch.reconcile.items import Told

FAMILY: dict[str, str] = {
    RecordType.EXERCISE: "event",
    RecordType.TRAINING: "event",
    RecordType.DEPLOYMENT: "event",
    RecordType.DIALOGUE: "dialogue",
    RecordType.AGREEMENT: "deal",
    RecordType.TRANSFER: "deal",
    RecordType.POLICY: "policy",
}
"""Types a passage may take for one another: only tellings of one family are compared."""

GENERIC = frozenset(
    {
        *("the", "of", "and", "for", "on", "in", "at", "a", "an", "to", "between", "with", "by", "joint", "exercise"),
        *("exercises", "drill", "drills", "military", "naval", "navy", "army", "maritime", "defence", "defense"),
        *("agreement", "treaty", "pact", "act", "law", "bill", "strategy", "programme", "program", "policy", "plan"),
        *("national", "cooperation", "security", "bilateral", "trilateral", "annual", "training", "operation"),
        *("activity", "arrangement", "memorandum"),
    }
)
"""Words of a name that do not tell it from another."""

_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONTHS = frozenset(one.lower() for one in (*calendar.month_name, *calendar.day_name) if one)
_MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Side:
    """One telling. Dates are proleptic ordinals (0: none told); ``known`` is the casebook record it belongs to, or
    nothing; what is not told is empty. ``words`` are those of the passage; ``doc`` is the document it stands in,
    ``docs`` the reports that tell it, a copy counting as its original (none for the casebook's own).
    """

    id: str
    known: str
    type: str
    stage: str = ""
    modality: str = Modality.ACTUAL.value
    parties: tuple[str, ...] = ()
    supplier: str = ""
    recipient: str = ""
    instrument: str = ""
    name: str = ""
    items: tuple[tuple[str, str, int], ...] = ()
    money: tuple[float, str] | None = None
    early: int = 0
    late: int = 0
    published: int = 0
    level: str = ""
    words: frozenset[str] = frozenset()
    doc: str = ""
    docs: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """The family of its type."""
        return FAMILY[self.type]

    @property
    def is_dated(self) -> bool:
        """Whether any date is told."""
        return self.early > 0

    @property
    def is_exact(self) -> bool:
        """Whether a day or month is told."""
        return self.is_dated and self.late - self.early <= 31


def side_of(told: Told) -> Side:
    """A mention as it is compared."""
    mention = told.mention
    early, late = _span(mention)
    return Side(
        id=told.id,
        known="",
        type=mention.type.value,
        stage=mention.stage.value,
        modality=mention.modality.value,
        parties=mention.parties,
        supplier=mention.supplier or "",
        recipient=mention.recipient or "",
        instrument=mention.instrument.value if mention.instrument else "",
        name=plain_name(mention.name or ""),
        items=tuple(sorted({(one.category.value, plain_name(one.name), one.quantity or 0) for one in mention.items})),
        money=(float(mention.money.amount), mention.money.currency) if mention.money else None,
        early=early,
        late=late,
        published=told.published.toordinal() if told.published else 0,
        level=mention.level.value if mention.level else "",
        words=words_of(mention.quote),
        doc=mention.doc,
        docs=frozenset({told.report or mention.doc}),
    )


def print_of(told: Told) -> str:
    """A short digest of all that a mention in force tells: what it is compared by, and what its record is made of."""
    read = (told.published, told.report, told.decision, told.decided_by)
    text = f"{read!r}{told.mention.model_dump_json()}"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def sides_of(record: Record) -> Iterator[Side]:
    """The milestones of a casebook's record as they are compared."""
    for milestone in record.milestones:
        yield Side(
            id=milestone.milestone_id,
            known=record.record_id,
            type=record.type.value,
            stage=milestone.stage.value,
            modality=Modality.ACTUAL.value,
            parties=record.parties,
            supplier=record.supplier or "",
            recipient=record.recipient or "",
            instrument=record.instrument.value if record.instrument else "",
            name=plain_name(record.name),
            items=tuple(sorted({(one.category.value, plain_name(one.name), _count(one)) for one in milestone.items})),
            money=(float(milestone.money.amount), milestone.money.currency) if milestone.money else None,
            early=milestone.date.earliest.toordinal(),
            late=milestone.date.latest.toordinal(),
            published=0,
            level=milestone.level.value if milestone.level else "",
            words=words_of(_text_of(record, milestone)),
            doc="",
            docs=frozenset(),
        )


def _text_of(record: Record, milestone: Milestone) -> str:
    names = " ".join(one.name for one in milestone.items)
    return f"{record.title} {milestone.what} {names} {' '.join(milestone.places)}"


def _count(things: Things) -> int:
    return things.high or 0 if things.low == things.high else 0


def _span(mention: Mention) -> tuple[int, int]:
    if mention.date is None or mention.precision is Precision.NONE:
        return 0, 0
    told = parse_date(mention.date)
    return told.earliest.toordinal(), told.latest.toordinal()


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name without accents, capitals, years and words that any name may have; all of it if nothing is left."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    tokens = [token for token in _TOKEN.findall(folded) if not re.fullmatch(r"(19|20)\d\d", token)]
    return " ".join([token for token in tokens if token not in GENERIC] or tokens)


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """The words of a passage: without accents and plural endings, numbers and names of days."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    tokens = (token for token in _TOKEN.findall(folded) if len(token) > 2 and not token.isdigit())
    return frozenset(sorted({_stem(token) for token in tokens if token not in _MONTHS})[:_MOST_WORDS])


def _stem(token: str) -> str:
    return token[:-1] if token.endswith("s") and not token.endswith("ss") and len(token) > 4 else token


def known_sides(records: Iterable[Record]) -> Iterator[Side]:
    """Every milestone of every record."""
    for record in records:
        yield from sides_of(record)
