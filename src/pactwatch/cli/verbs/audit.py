"""``pactwatch audit FILE|URL``: which sentences of an article hold, and on what evidence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.days import read_day
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, open_asked, settle
from pactwatch.cli.output import print_json, print_table, say
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from datetime import date

    from pactwatch.audit.report import Audit, Sentence
    from pactwatch.model.documents import Document

SHOWN = 96
"""Characters of a sentence shown on a terminal."""

STDIN = "-"


class AuditUsageError(PactwatchError):
    """The options given do not go together."""


def audit(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="FILE|URL", help="Text, page or PDF of one article; - = stdin")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page.")] = None,
    title: Annotated[str, typer.Option("--title", help="The article's title, where the file does not tell it.")] = "",
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Its day, where the file does not tell it.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every sentence, also those that claim nothing.")] = False,
    with_events: Annotated[
        bool, typer.Option("--with-events", help="Propose the article's events for review, in the ledger.")
    ] = False,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    json: JsonOption = False,
) -> None:
    """Audit an article: what each sentence is, how its claim is read, and what records and data say of it."""
    day = read_day("--published", published)
    document = _open_article(article, title, day)
    opened = open_asked(context, edition, casebook, home)
    place = settle(context, casebook, home)
    audited = flow.audit(document, opened, casebook=place.casebook)
    if html is not None:
        from pactwatch.site.audit_page import write_page

        write_page(audited, opened, html)
        say(f"wrote {html}")
    if with_events:
        made = flow.propose_events(audited, place.ledger)
        say(
            f"{len(audited.mentions)} events of the article are in the ledger for review"
            if made
            else "nothing new for the ledger"
        )
    if json:
        print_json(audited.as_json())
    else:
        print_audit(audited, every=every)


def _open_article(article: str, title: str, day: date | None) -> Document:
    from pactwatch.audit.article import LONGEST_FILE, read_article_bytes, read_article_file, read_article_url

    if article == STDIN:
        return read_article_bytes(sys.stdin.buffer.read(LONGEST_FILE + 1), "standard input", title=title, published=day)
    if "://" in article:
        return read_article_url(article, title, day)
    if not Path(article).exists():
        raise FileNotFoundError(2, os.strerror(2), article)
    return read_article_file(Path(article), title, day)


def print_audit(audited: Audit, *, every: bool = False) -> None:
    """The table of sentences; without ``every`` only those that can be held against something."""
    shown = [one for one in audited.sentences if every or one.is_answered]
    if shown:
        cells = [(str(one.number), _class_of(one), _answer_of(one), _cut(one.quote), _say(one)) for one in shown]
        print_table(("#", "class", "answer", "sentence", "read as, and why"), cells, f"edition {audited.edition}")
    typer.echo(audited.summary)
    for line in (audited.family, audited.caution):
        if line:
            typer.echo(line)


def _class_of(sentence: Sentence) -> str:
    stance = sentence.stance.value
    return (
        sentence.sentence_class.value
        if stance in ("asserted", "asked")
        else f"{sentence.sentence_class.value}, {stance}"
    )


def _answer_of(sentence: Sentence) -> str:
    from pactwatch.claims.finding import SHAPES

    if sentence.verdict is not None:
        return f"{SHAPES[sentence.verdict]} {sentence.verdict.replace('_', ' ')}"
    if sentence.lookup is not None:
        return (
            sentence.lookup.replace("_", ", ", 1)
            if sentence.lookup == "found_differing"
            else sentence.lookup.replace("_", " ")
        )
    return "see rules" if sentence.rules else ""


def _say(sentence: Sentence) -> str:
    read = sentence.reading or ""
    if sentence.verdict is not None and sentence.why == read:
        return read
    return f"Read as ({sentence.surety}): {read}\n{sentence.why}" if sentence.verdict is not None else sentence.why


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
