"""The network of actors by the records they share, as GraphML and GEXF."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from pactwatch.site.frame.book import TYPES, Book
from pactwatch.site.frame.page_types import Ask
from pactwatch.site.frame.xml_text import quote_xml, write_xml


@dataclass
class Tie:
    """What two actors have together."""

    types: Counter[str] = field(default_factory=Counter)
    first: int = 9999
    last: int = 0

    @property
    def records(self) -> int:
        """Records they both take part in."""
        return self.types.total()


def gather_ties(book: Book) -> dict[tuple[str, str], Tie]:
    """Every pair of actors with a record in common, and what they have together."""
    ties: dict[tuple[str, str], Tie] = {}
    for record in book.records.values():
        for pair in combinations(sorted(set(record.parties)), 2):
            tie = ties.setdefault(pair, Tie())
            tie.types[record.type] += 1
            tie.first, tie.last = min(tie.first, record.year), max(tie.last, record.year)
    return dict(sorted(ties.items()))


def write_graphml(ask: Ask) -> bytes:
    """The network as GraphML: actors, and between two of them how many records they share, by type and years."""
    book = ask.book
    keys = [("name", "node", "string"), ("group", "node", "string"), ("weight", "edge", "double")]
    keys += [(name, "edge", "int") for name in ("first_year", "last_year", *TYPES)]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(f'<key id="{n}" for="{on}" attr.name="{n}" attr.type="{kind}"/>' for n, on, kind in keys),
        f'<graph id={quote_xml(book.edition.id)} edgedefault="undirected">',
    ]
    ties = book.once(gather_ties)
    for code in sorted({code for pair in ties for code in pair}):
        told = _data("name", book.name(code)) + _data("group", _group(book, code))
        lines.append(f"<node id={quote_xml(code)}>{told}</node>")
    for (one, other), tie in ties.items():
        told = _data("weight", tie.records) + _data("first_year", tie.first) + _data("last_year", tie.last)
        told += "".join(_data(type_, count) for type_, count in sorted(tie.types.items()))
        lines.append(f"<edge source={quote_xml(one)} target={quote_xml(other)}>{told}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode("utf-8", "replace")


def write_gexf(ask: Ask) -> bytes:
    """The same network as GEXF 1.3; an edge lasts from the first to the last year of a record in common."""
    book, ties = ask.book, ask.book.once(gather_ties)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f"<meta><creator>{write_xml(', '.join(book.edition.settings.editors))}</creator>"
        f"<description>{write_xml(f'{book.edition.settings.title}, edition {book.edition.id}')}</description></meta>",
        '<graph defaultedgetype="undirected" mode="dynamic" timeformat="date">',
        '<attributes class="node"><attribute id="group" title="group" type="string"/></attributes>',
        '<attributes class="edge">',
        *(f'<attribute id="{type_}" title="{type_}" type="integer"/>' for type_ in TYPES),
        "</attributes>",
        "<nodes>",
    ]
    for code in sorted({code for pair in ties for code in pair}):
        value = f'<attvalues><attvalue for="group" value={quote_xml(_group(book, code))}/></attvalues>'
        lines.append(f"<node id={quote_xml(code)} label={quote_xml(book.name(code))}>{value}</node>")
    lines += ["</nodes>", "<edges>"]
    for number, ((one, other), tie) in enumerate(ties.items()):
        values = "".join(f'<attvalue for="{name}" value="{count}"/>' for name, count in sorted(tie.types.items()))
        ends = f"source={quote_xml(one)} target={quote_xml(other)}"
        span = f'start="{tie.first}-01-01" end="{tie.last}-12-31"'
        lines.append(f'<edge id="{number}" {ends} weight="{tie.records}" {span}><attvalues>{values}</attvalues></edge>')
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""]).encode("utf-8", "replace")


def _group(book: Book, code: str) -> str:
    return str(book.actors[code]["actor_group"]) if code in book.actors else "other"


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{write_xml(str(value))}</data>'
