"""The shapes of an article that is sent and of its audit."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from pactwatch.audit.events import Lookup
from pactwatch.audit.reading import SentenceClass, Stance
from pactwatch.claims.finding import Verdict
from pactwatch.site.api.models import Day, Shape


class Article(Shape):
    """An article to audit: its text or its address, and what is known of it."""

    text: str = Field("", max_length=400_000, description="the article, in English")
    address: str = Field("", max_length=2000, description="or where it stands: a public http or https address")
    title: str = Field("", max_length=300)
    published: Day | None = None
    edition: str = Field("", max_length=200, description="an edition's id, or the start of it; else the latest")


class RuleNamed(Shape):
    """A rule version that bears on a sentence."""

    id: str
    title: str
    valid_from: Day
    valid_to: Day | None
    says: str
    certainty: str
    publisher: str
    url: str


class AuditedSentence(Shape):
    """What is said of one sentence; it stands at ``start:end`` of the text, in characters."""

    start: int
    end: int
    class_: SentenceClass = Field(alias="class")
    reading: str | None = Field(description="how it was read, in words")
    kind: str | None = Field(description="kind of the test it took")
    sure: float | None = Field(description="the chance, 0 to 1, that a tested claim, as it is meant, gets this verdict")
    verdict: Verdict | None
    why: str | None
    records: list[str] = Field(description="ids of the records used")
    stance: Stance
    lookup: Lookup | None = Field(description="whether a told event is among the records")
    caveats: list[str]
    rules: list[RuleNamed]
    entry: str | None = Field(description="the claim as a casebook's claims.toml has it")
    finding: dict[str, Any] | None = Field(description="what the test gave, as in `/claims/{claim}`")


class ArticleHead(Shape):
    """What is known of an article."""

    title: str | None
    published: Day | None
    url: str | None
    id: str


class AuditAnswer(Shape):
    """An audited article."""

    edition: str
    sentences: list[AuditedSentence]
    article: ArticleHead
    summary: str
    family: str | None = Field(description="what is said of testing several claims at once")
    caution: str | None = Field(description="what is said where the sentences were read less well than they could be")
