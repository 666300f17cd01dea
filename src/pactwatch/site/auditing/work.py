"""The audit itself, done in a worker process: whatever an article does there ends with its time and its memory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.model.errors import PactwatchError
from pactwatch.read.limits import Limits

if TYPE_CHECKING:
    from pactwatch.audit.auditing import Auditor
    from pactwatch.model.documents import Document
    from pactwatch.read.crew import Work

MOST_MEMORY = Limits().memory
"""Bytes that a worker may hold."""
MOST_KEPT = 2
"""Editions whose words, records and rules a worker holds open."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article to audit: ``text`` as it was pasted, or else the page at ``address``; ``edition`` is its folder;
    ``root`` is the path of the site's first page, for links; the answer is a page or, ``as_json``, a document."""

    text: bytes
    address: str
    title: str
    published: date | None
    edition: Path
    root: str
    as_json: bool = False


class Kind(Enum):
    """How an audit ended: with an answer, with an article that is none, with a fault of ours, or given up."""

    DONE = "done"
    REFUSED = "refused"
    FAULT = "fault"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a task; ``words`` is the page, the document or what went wrong."""

    kind: Kind
    words: str


def open_work(casebook: str) -> Work:
    """What a worker does: audits in the words of a casebook. Called in the worker, which it bounds."""
    _bound_data(MOST_MEMORY)
    auditors: dict[Path, Auditor] = {}

    def work(task: Task) -> Iterator[Told]:
        try:
            yield Told(Kind.DONE, audit_task(task, _find_auditor(auditors, task.edition, casebook)))
        except PactwatchError as error:
            yield Told(Kind.REFUSED, str(error))
        except Exception as error:  # its words may quote the article, which is not to be logged
            yield Told(Kind.FAULT, type(error).__name__)

    return work


def _bound_data(most: int) -> None:
    """Bound what the process may write to. Its address space cannot be: the engine that draws charts reserves much
    more of it than it uses."""
    if os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        with suppress(ValueError, OSError):  # some systems know the limit and do not take it
            soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _find_auditor(auditors: dict[Path, Auditor], edition: Path, casebook: str) -> Auditor:
    from pactwatch.edition import Edition
    from pactwatch.flow.auditing import open_auditor

    if edition not in auditors:
        while len(auditors) >= MOST_KEPT:
            auditors.pop(next(iter(auditors)))
        auditors[edition] = open_auditor(Edition(edition), casebook)
    return auditors[edition]


def audit_task(task: Task, auditor: Auditor) -> str:
    """The page or the document of a task; raises ``ArticleError`` for what is no article."""
    audited = auditor.audit(_read(task))
    if task.as_json:
        return json.dumps(audited.as_json(), ensure_ascii=False)
    from pactwatch.site.audit_page import render_page

    return render_page(audited, auditor.edition, task.root)


def _read(task: Task) -> Document:
    from pactwatch.audit.article import read_article_bytes, read_article_url
    from pactwatch.read.fetch import FetchSettings

    if task.text:
        return read_article_bytes(task.text, "The text", task.title, task.published)
    bounds = FetchSettings(connect=5, read=8, total=15, bytes=20_000_000, attempts=1, gap=0, longest_wait=5)
    paste = "paste its text instead"
    return read_article_url(task.address, task.title, task.published, settings=bounds, otherwise=paste)
