"""The answer of an audit as values, as one JSON document, and as schema.org ClaimReview."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from math import floor
from typing import Any

from pactwatch.audit.events import Lookup
from pactwatch.audit.legal import BearingRule
from pactwatch.audit.reading import SentenceClass, Stance
from pactwatch.claims.finding import ClaimResult, Verdict
from pactwatch.encoder.base import INSTALL
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

_RATINGS = {Verdict.CONTRADICTED: 1, Verdict.MIXED: 2, Verdict.SUPPORTED: 3}
"""Ratings of ClaimReview; verdicts that decide nothing have a word and no number."""


@dataclass(frozen=True)
class Sentence:
    """What is said of one sentence; ``start:end`` are offsets into the given text.

    ``verdict`` is one of the five words for what was tested, else ``None``; ``lookup`` tells of an event whether it is
    among the records; ``entry`` is the claim as ``claims.toml`` has it; ``result`` is the whole result of its test.
    ``sure`` is the chance, 0 to 1, that a tested claim, as it is meant, gets the verdict of its test.
    """

    number: int
    start: int
    end: int
    quote: str
    sentence_class: SentenceClass
    stance: Stance
    why: str = ""
    reading: str | None = None
    kind: str | None = None
    sure: float | None = None
    verdict: Verdict | None = None
    lookup: Lookup | None = None
    records: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    rules: tuple[BearingRule, ...] = ()
    entry: str = ""
    result: ClaimResult | None = None

    @property
    def is_answered(self) -> bool:
        """Whether something stands behind it or against it: a verdict, a look-up, or rules."""
        return self.verdict is not None or self.lookup is not None or bool(self.rules)

    @property
    def surety(self) -> str:
        """How sure it is that a tested claim is read well enough for its verdict, in words; certain is none."""
        return "" if self.sure is None else f"{min(_percent(self.sure), 99)} % sure"

    def as_json(self) -> dict[str, Any]:
        """The sentence as plain values."""
        rules = [
            {**asdict(one), "valid_from": one.valid_from.isoformat(), "valid_to": _day(one.valid_to)}
            for one in self.rules
        ]
        return {
            "start": self.start,
            "end": self.end,
            "class": self.sentence_class.value,
            "reading": self.reading,
            "kind": self.kind,
            "sure": None if self.sure is None else _percent(self.sure) / 100,
            "verdict": self.verdict.value if self.verdict else None,
            "why": self.why or None,
            "records": list(self.records),
            "stance": self.stance.value,
            "lookup": self.lookup.value if self.lookup else None,
            "caveats": list(self.caveats),
            "rules": rules,
            "entry": self.entry or None,
            "finding": _finding(self.result),
        }


@dataclass(frozen=True)
class Audit:
    """The audit of one article.

    ``tests`` is how many different tests its claims took: they form one family. ``mentions`` are the events that
    ``coder`` read in it; ``by_network`` tells whether the language network helped to read it.
    """

    edition: str
    document: Document
    sentences: tuple[Sentence, ...]
    tests: int
    as_of: date
    mentions: tuple[Mention, ...] = ()
    coder: str = ""
    by_network: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How many sentences got which answer."""
        told = [str(one.verdict or one.lookup or "") for one in self.sentences]
        return Counter(word for word in told if word)

    @property
    def family(self) -> str:
        """What is said of testing several claims at once."""
        if not self.tests:
            return ""
        many = "1 test" if self.tests == 1 else f"{self.tests} different tests"
        return (
            f"The article's claims took {many}; p values are adjusted over them (Benjamini and Hochberg 1995), since "
            "an article that claims much is right about something by chance."
        )

    @property
    def caution(self) -> str:
        """What is said where the sentences were read less well than they could be."""
        if self.by_network:
            return ""
        return (
            "The sentences were read by fitted weights alone, since the language network's base is not installed: more "
            f"of them are read wrongly. To install it: {INSTALL}"
        )

    @property
    def summary(self) -> str:
        """What the audit comes to, in a line."""
        general = self.counts[Verdict.NOT_TESTABLE.value]
        held = sum(one.is_answered for one in self.sentences) - general
        vague = "1 general statement" if general == 1 else f"{general} general statements"
        other = f" {vague} would need other data; each says which." if general else ""
        if not held:
            return (
                f"Nothing to test: none of the {len(self.sentences)} sentences makes a statement about defence "
                f"partnerships that records, data or rules here could support or contradict.{other}"
            )
        verdicts = (verdict.value for verdict in Verdict if verdict is not Verdict.NOT_TESTABLE)
        words = {verdict: verdict.replace("_", " ") for verdict in verdicts} | _LOOKUPS
        told = [f"{self.counts[key]} {word}" for key, word in words.items() if self.counts[key]]
        if law := sum(bool(one.rules) for one in self.sentences):
            told.append(f"{law} beside the rules that bear on it")
        count = f"{held} of {len(self.sentences)} sentences"
        return f"{count} held against records, data or rules: {', '.join(told)}.{other}"

    def as_json(self) -> dict[str, Any]:
        """The audit as plain values."""
        return {
            "edition": self.edition,
            "sentences": [one.as_json() for one in self.sentences],
            "article": {
                "title": self.document.title or None,
                "published": _day(self.document.published),
                "url": self.document.url or None,
                "id": self.document.id,
            },
            "summary": self.summary,
            "family": self.family or None,
            "caution": self.caution or None,
        }

    def as_reviews(self) -> list[dict[str, Any]]:
        """The tested claims as schema.org ClaimReview (https://schema.org/ClaimReview), for JSON-LD."""
        return [_review(one, self) for one in self.sentences if one.result is not None]


_LOOKUPS = {
    Lookup.FOUND.value: "found among the records",
    Lookup.DIFFERS.value: "found with a different date or amount",
    Lookup.NOT_FOUND.value: "not found",
}


def _review(sentence: Sentence, audit: Audit) -> dict[str, Any]:
    verdict = sentence.verdict or Verdict.NOT_TESTABLE
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.value.replace("_", " ")}
    if verdict in _RATINGS:
        rating |= {"ratingValue": _RATINGS[verdict], "worstRating": 1, "bestRating": 3}
    appearance: dict[str, Any] = {"@type": "CreativeWork"}
    document = audit.document
    appearance |= {"headline": document.title} if document.title else {}
    appearance |= {"url": document.url} if document.url else {}
    appearance |= {"datePublished": document.published.isoformat()} if document.published else {}
    quoted = sentence.stance is Stance.QUOTED
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": sentence.quote,
        "reviewBody": sentence.why,
        "datePublished": audit.as_of.isoformat(),
        "author": {"@type": "Organization", "name": "pactwatch"},
        "reviewRating": rating,
        "itemReviewed": {
            "@type": "Claim",
            "appearance": appearance,
            **({"author": {"@type": "Thing", "name": "somebody the article quotes"}} if quoted else {}),
        },
    }


def _finding(result: ClaimResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    return result.model_dump(mode="json", exclude={"table", "records", "text", "said_by", "reading", "id"})


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _percent(sure: float) -> int:
    """Rounded down, so that what falls short of the line of a sharp verdict does not look as if it reached it."""
    return floor(100 * sure + 1e-9)
