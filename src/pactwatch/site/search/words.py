"""Full text over records: SQLite FTS5 in memory, made from a book when words are first searched for.

Words are folded (case and accents do not matter); characters of scripts without spaces (Chinese, Japanese, Thai and
their kin) each count as a word, so that a run of them is found anywhere inside a longer run.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from pactwatch.model.errors import PactwatchError
from pactwatch.site.frame.book import Book, RecordView

Numbers = npt.NDArray[np.int64]

LONGEST_SEARCH = 2.0
"""Seconds after which a search for words is given up."""
MOST_TERMS = 32
MOST_KEPT = 32
"""Searches for words whose records are remembered: a page asks for the same ones twice."""
MOST_RANKED = 5000
"""Records found up to which they are put in order of relevance."""

_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_TERM = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_LETTER = re.compile(r"\w")


class TooCostlyError(PactwatchError):
    """A search for words that takes too long."""


class WordIndex:
    """The words of every record, by its number in the book. Safe to ask from several threads."""

    def __init__(self, book: Book) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Numbers] = OrderedDict()
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        self._store.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, body, content='', prefix='1 2 3', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        self._store.executemany("INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)", _list_texts(book))
        self._store.execute("INSERT INTO texts(texts) VALUES ('optimize')")

    def find(self, words: str) -> Numbers:
        """Numbers of the records in which all words are found, ascending; raises :class:`TooCostlyError`."""
        expression = write_expression(words)
        if not expression:
            return np.empty(0, np.int64)
        kept = self._found.get(expression)
        if kept is None:
            told = self._ask("SELECT group_concat(rowid) FROM texts WHERE texts MATCH ?", expression)[0][0]
            kept = np.fromstring(told, np.int64, sep=",") if told else np.empty(0, np.int64)
            self._found[expression] = kept
            if len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)
        return kept

    def rank(self, words: str) -> Numbers:
        """The same numbers, best first (BM25, a word in a title counting four times); at most ``MOST_RANKED``."""
        expression = write_expression(words)
        if not expression:
            return np.empty(0, np.int64)
        order = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4.0, 1.0), rowid DESC LIMIT ?"
        return np.array([row[0] for row in self._ask(order, expression, MOST_RANKED)], np.int64)

    def _ask(self, statement: str, *values: object) -> list[tuple[str]]:
        with self._lock:
            until = time.monotonic() + LONGEST_SEARCH
            self._store.set_progress_handler(lambda: int(time.monotonic() > until), 100_000)
            try:
                return self._store.execute(statement, values).fetchall()
            except sqlite3.OperationalError as error:
                raise TooCostlyError("these words take too long to find; use fewer or longer ones") from error


def write_expression(words: str) -> str:
    """What a reader typed as an FTS5 expression: every word must be there, a phrase in quotes as it stands, ``-word``
    must not be, ``word*`` may go on. Nothing of it is ever an operator.

    >>> write_expression('coast guard -drill "patrol vessel" rad*')
    '("coast" AND "guard" AND "patrol vessel" AND "rad" *) NOT ("drill")'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, other_minus, word in _TERM.findall(words)[:MOST_TERMS]:
        text = phrase or word
        spaced = _UNSPACED.sub(r" \1 ", text.replace("\x00", " ").replace('"', " ")).split()
        kept = " ".join(part for part in spaced if _LETTER.search(part)).rstrip("*")
        if kept:
            term = f'"{kept}"' + (" *" if word.endswith("*") else "")
            (unwanted if minus or other_minus else wanted).append(term)
    if not wanted:
        return ""
    told = " AND ".join(wanted)
    return f"({told}) NOT ({' OR '.join(unwanted)})" if unwanted else f"({told})"


def _list_texts(book: Book) -> Iterator[tuple[int, str, str]]:
    for number, record in enumerate(book.records.values()):
        title = f"{record.title} {record.row['proper_name'] or ''}"
        yield number, _space(title), _space(" ".join(dict.fromkeys(_list_parts(book, record))))


def _list_parts(book: Book, record: RecordView) -> Iterable[str]:
    yield record.id
    yield from (record.type, record.row["instrument"] or "")
    yield from map(book.name, record.parties)
    for one in record.milestones:
        row = one.row
        yield from (str(row[name] or "") for name in ("stage", "what", "place", "legal_basis", "note"))
        yield from (str(item["item_name"]) for item in one.items)
        yield from (f"{source['source_title']} {source['publisher']}" for source in one.sources)


def _space(text: str) -> str:
    return _UNSPACED.sub(r" \1 ", text.replace("\x00", " ").replace("_", " "))
