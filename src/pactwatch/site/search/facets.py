"""What records may be chosen by: each facet with its name, its title, and the values a record has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pactwatch.model.codes import Instrument, RecordType, ReviewStatus, SourceGrade, Stage
from pactwatch.site.frame.book import Book, RecordView
from pactwatch.site.frame.words import say_code


@dataclass(frozen=True)
class Facet:
    """A way to choose records. ``values`` gives those a record has; ``order`` lists the codes in the order of the
    codebook (by count where it has none); ``say`` puts one into words."""

    name: str
    title: str
    values: Callable[[Book, RecordView], Iterable[str]]
    order: tuple[str, ...] = ()
    say: Callable[[Book, str], str] = lambda _, code: say_code(code)


def _stages(_: Book, record: RecordView) -> Iterable[str]:
    return {str(one.row["stage"]) for one in record.milestones}


def _places(_: Book, record: RecordView) -> Iterable[str]:
    told = {part.strip() for one in record.milestones for part in (one.row["place"] or "").split(";")}
    return told - {""}


def _checked(_: Book, record: RecordView) -> Iterable[str]:
    return (str(record.row["review_status"]), "verified" if record.main.row["is_verified"] else "unverified")


REVIEW_WORDS = {
    "curated": "entered by editors",
    "reviewed": "coded, accepted by a reviewer",
    "unreviewed": "coded, not yet reviewed",
    "verified": "page read",
    "unverified": "page not read",
}

FACETS: tuple[Facet, ...] = (
    Facet("type", "Type", lambda _, record: (record.type,), tuple(RecordType)),
    Facet("stage", "Stage reached", _stages, tuple(Stage)),
    Facet(
        "partner",
        "Partner",
        lambda book, record: [code for code in record.parties if code != book.focus],
        say=lambda book, code: book.name(code),
    ),
    Facet(
        "instrument",
        "Instrument",
        lambda _, record: [str(record.row["instrument"])] if record.row["instrument"] else [],
        tuple(Instrument),
    ),
    Facet("place", "Place", _places, say=lambda _, place: place),
    Facet(
        "reviewed",
        "Checked",
        _checked,
        (*ReviewStatus, "verified", "unverified"),
        say=lambda _, code: REVIEW_WORDS.get(code, say_code(code)),
    ),
    Facet(
        "grade",
        "Best source grade",
        lambda _, record: [record.best_grade] if record.best_grade else [],
        tuple(SourceGrade),
        say=lambda _, code: code,
    ),
)
"""Every facet, in the order in which forms show them."""
