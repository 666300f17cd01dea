"""How to read it all: the codebook and the methods."""

from __future__ import annotations

from pactwatch.edition.codebook import write_codebook
from pactwatch.site.frame.markdown import render_markdown
from pactwatch.site.frame.page_types import Ask, PageType, Sheet
from pactwatch.site.frame.words import VERDICT_MEANINGS


def show_codebook(_: Ask) -> Sheet:
    """The codebook, made from the schema and the vocabularies."""
    return Sheet("codebook.html", {"codebook": render_markdown(write_codebook())})


def show_methods(ask: Ask) -> Sheet:
    """How records come to be and verdicts are reached."""
    from pactwatch.claims import thresholds
    from pactwatch.claims.kinds import KINDS

    used = {str(claim.get("kind")) for claim in ask.book.edition.claims}
    kinds = [kind for name, kind in sorted(KINDS.items()) if name in used or not used]
    return Sheet("methods.html", {"meanings": VERDICT_MEANINGS, "thresholds": thresholds, "kinds": kinds})


PAGES = (
    PageType("codebook", "codebook.html", show_codebook),
    PageType("methods", "methods.html", show_methods),
)
