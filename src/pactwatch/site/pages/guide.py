"""How to read it all: the codebook and the methods."""

from __future__ import annotations

from pactwatch.claims import thresholds
from pactwatch.claims.kinds import KINDS
from pactwatch.edition.codebook import write_codebook
from pactwatch.site.markdown import render_markdown
from pactwatch.site.reading import Book
from pactwatch.site.words import VERDICT_MEANINGS
from pactwatch.site.writing import Writer


def write_guide(book: Book, writer: Writer) -> None:
    """Write the codebook and the page of methods."""
    writer.write_page("codebook.html", "codebook.html", codebook=render_markdown(write_codebook()))
    used = {result.kind for result in book.results}
    kinds = [kind for name, kind in sorted(KINDS.items()) if name in used or not used]
    writer.write_page("methods.html", "methods.html", meanings=VERDICT_MEANINGS, thresholds=thresholds, kinds=kinds)
