"""The sources of records that documents tell: one for each document, graded as the casebook grades its publisher."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pactwatch.model.codes import ItemGrade, SourceGrade
from pactwatch.model.dates import parse_date
from pactwatch.model.documents import Document
from pactwatch.model.records import Source
from pactwatch.reconcile.items import Told


class Sourcing:
    """Sources by document, made when they are asked for."""

    def __init__(self, known: Iterable[Source], documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._by_url: dict[str, Source] = {}
        grades: dict[str, Counter[SourceGrade]] = defaultdict(Counter)
        for source in known:
            grades[_plain(source.publisher)][source.grade] += 1
            if source.url:
                self._by_url.setdefault(_plain_url(source.url), source)
        self._grades = {publisher: _usual(counted) for publisher, counted in grades.items() if publisher}
        self.made: dict[str, Source] = {}

    def source_of(self, document: Document) -> Source:
        """The source that a document makes where the casebook does not list its page."""
        return self._make(document)

    def grade(self, told: Told) -> SourceGrade:
        """How reliable the document of a mention is, by what the casebook says of its publisher; F if nothing."""
        return self._source(told).grade

    def id_of(self, told: Told) -> str:
        """The source of a mention: the casebook's where it lists the page, else one made of the document."""
        source = self._source(told)
        if source.source_id not in self.made and self._by_url.get(_plain_url(source.url)) is not source:
            self.made[source.source_id] = source
        return source.source_id

    def told_by(self, told: Told) -> str:
        """Who tells a value, as a conflict names them."""
        source = self._source(told)
        return ", ".join(part for part in (source.publisher or source.title, str(source.published or "")) if part)

    def _source(self, told: Told) -> Source:
        document = self._documents.get(told.report) or self._documents.get(told.mention.doc)
        if document is None:
            return _bare(told)
        listed = self._by_url.get(_plain_url(document.url)) if document.url else None
        return listed or self.made.get(document.id) or self._make(document)

    def _make(self, document: Document) -> Source:
        grade = self._grades.get(_plain(document.publisher))
        return Source(
            source_id=document.id,
            publisher=document.publisher,
            title=document.title,
            url=document.url,
            published=parse_date(document.published.isoformat()) if document.published else None,
            grade=grade or SourceGrade.F,
            item_grade=ItemGrade.PROBABLE if grade else ItemGrade.UNJUDGED,
            is_seen=True,
        )


def _bare(told: Told) -> Source:
    published = parse_date(told.published.isoformat()) if told.published else None
    return Source(
        source_id=told.report or told.mention.doc,
        publisher="",
        title="",
        url="",
        published=published,
        grade=SourceGrade.F,
        item_grade=ItemGrade.UNJUDGED,
        is_seen=True,
    )


def _usual(counted: Counter[SourceGrade]) -> SourceGrade:
    """The grade a publisher mostly has; of equally frequent ones the worse."""
    return max(counted, key=lambda grade: (counted[grade], grade.value))


def _plain(publisher: str) -> str:
    return publisher.strip().casefold().removeprefix("the ")


def _plain_url(url: str) -> str:
    return url.strip().partition("://")[2].removeprefix("www.").rstrip("/")
