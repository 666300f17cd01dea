"""What the page of an audit shows of each sentence: its mark in the article, and its panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pactwatch.audit.events import Lookup
from pactwatch.claims.finding import SHAPES, Verdict
from pactwatch.claims.words import say_date
from pactwatch.edition.rows import group_rows

if TYPE_CHECKING:
    from pactwatch.audit.report import Audit, Sentence
    from pactwatch.edition import Edition

SHOWN_RECORDS = 8
CHART_WIDTH = 400
"""Width of a chart in a panel: a panel is narrower than a page."""

_LOOKUPS = {
    Lookup.FOUND: ("supported", "●", "found"),
    Lookup.DIFFERS: ("mixed", "◐", "found, with a difference"),
    Lookup.NOT_FOUND: ("not_enough_evidence", "○", "not found"),
}
_VERDICT_WORDS = {verdict: verdict.value.replace("_", " ") for verdict in Verdict}


@dataclass(frozen=True)
class Panel:
    """One answered sentence: look (a verdict's colour), shape and word, and what stands in its panel."""

    sentence: Sentence
    look: str
    shape: str
    word: str
    chart: str = ""
    records: tuple[dict[str, Any], ...] = ()
    more_records: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The panel's address in the page."""
        return f"s{self.sentence.number}"


@dataclass(frozen=True)
class Piece:
    """A stretch of the article: of a sentence (``panel`` where it is answered), or between sentences."""

    text: str
    sentence: Sentence | None = None
    panel: Panel | None = None


@dataclass(frozen=True)
class Paragraph:
    """A line of the article; ``is_heading`` where it is set as one."""

    pieces: tuple[Piece, ...] = field(default=())

    @property
    def text(self) -> str:
        """Its words, blanks made one."""
        return " ".join("".join(one.text for one in self.pieces).split())

    @property
    def is_heading(self) -> bool:
        """Whether it is one short sentence that claims nothing and has no full stop."""
        told = [one for one in self.pieces if one.sentence is not None]
        text = self.text
        return len(told) == 1 and told[0].panel is None and len(text) < 120 and text[-1:] not in ".!?:;,\"'”’"

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels of its sentences, in order."""
        return tuple(one.panel for one in self.pieces if one.panel is not None)

    @property
    def telling(self) -> tuple[Panel, ...]:
        """The panels that say more than that a statement cannot be tested here."""
        return tuple(one for one in self.panels if one.look != Verdict.NOT_TESTABLE)

    @property
    def untestable(self) -> tuple[Panel, ...]:
        """The others."""
        return tuple(one for one in self.panels if one.look == Verdict.NOT_TESTABLE)


def make_panels(audit: Audit, edition: Edition) -> dict[int, Panel]:
    """The panel of every answered sentence by its number."""
    books = _Books(edition)
    return {one.number: _make_panel(one, books, audit.edition) for one in audit.sentences if one.is_answered}


def lay_out(audit: Audit, panels: dict[int, Panel]) -> list[Paragraph]:
    """The article, line by line, with its sentences set apart; nothing of its text is left out."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in _cut(audit, panels):
        if piece.sentence is not None:
            paragraphs[-1].append(piece)
            continue
        lines = piece.text.split("\n")
        for number, line in enumerate(lines):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(line))
    kept = [pieces for pieces in paragraphs if any(one.text.strip() for one in pieces)]
    return [Paragraph(tuple(pieces)) for pieces in kept]


def _cut(audit: Audit, panels: dict[int, Panel]) -> Iterator[Piece]:
    text, place = audit.document.text, 0
    for sentence in audit.sentences:
        if sentence.start > place:
            yield Piece(text[place : sentence.start])
        yield Piece(text[sentence.start : sentence.end], sentence, panels.get(sentence.number))
        place = max(place, sentence.end)
    if place < len(text):
        yield Piece(text[place:])


def _make_panel(sentence: Sentence, books: _Books, edition: str) -> Panel:
    look, shape, word = _look_of(sentence)
    return Panel(
        sentence=sentence,
        look=look,
        shape=shape,
        word=word,
        chart=_draw(sentence, edition),
        records=tuple(books.describe(sentence.records[:SHOWN_RECORDS])),
        more_records=sentence.records[SHOWN_RECORDS:],
    )


def _look_of(sentence: Sentence) -> tuple[str, str, str]:
    if sentence.verdict is not None:
        return sentence.verdict.value, SHAPES[sentence.verdict], _VERDICT_WORDS[sentence.verdict]
    if sentence.lookup is not None:
        return _LOOKUPS[sentence.lookup]
    return "law", "§", "rules that bear on it"


def _draw(sentence: Sentence, edition: str) -> str:
    """The chart of a tested sentence as SVG; nothing where there is nothing to draw."""
    from pactwatch.charts import chart_claim, render_svg

    if sentence.result is None or not sentence.result.table:
        return ""
    chart = chart_claim(sentence.result, edition, CHART_WIDTH)
    return "" if chart is None else render_svg(chart, description=sentence.why, is_titled=False)


class _Books:
    """An edition's records with the sources behind them."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._records = {row["record_id"]: row for row in _rows(edition, "records")}
        self._milestones = group_rows(_rows(edition, "milestones"), "record_id")
        self._sources = {row["source_id"]: row for row in _rows(edition, "sources")}
        self._supports: dict[str, list[str]] = {}
        for row in _rows(edition, "supports"):
            if row["relation"] == "supports" and row["source_id"]:
                self._supports.setdefault(row["milestone_id"], []).append(row["source_id"])

    def describe(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Records as a panel shows them: title, steps with their dates, sources."""
        for name in names:
            record = self._records.get(name)
            if record is None:
                continue
            steps = sorted(self._milestones[name], key=lambda row: (row["earliest_date"], row["milestone_id"]))
            ids = dict.fromkeys(one for step in steps for one in self._supports.get(step["milestone_id"], []))
            yield {
                "id": name,
                "title": record["title"],
                "steps": [_say_step(step) for step in steps[:3]],
                "more_steps": max(0, len(steps) - 3),
                "sources": [_say_source(self._sources[one]) for one in list(ids)[:2] if one in self._sources],
            }


def _say_step(step: dict[str, Any]) -> str:
    told = say_date(step["earliest_date"], step["date_precision"], step["date_edtf"].endswith("?"))
    return f"{step['stage'].replace('_', ' ')} {told}"


def _say_source(source: dict[str, Any]) -> dict[str, str]:
    url = source["url"] or ""
    is_web = urlsplit(url).scheme in ("http", "https")
    return {
        "publisher": source["publisher"],
        "title": source["source_title"],
        "url": url if is_web else "",
        "grade": f"{source['source_grade']}{source['item_grade']}",
    }


def _rows(edition: Edition, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = edition.arrow(table).to_pylist()
    return rows
