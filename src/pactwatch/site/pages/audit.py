"""The form of the audit: what it says and does not say; on static pages how to run it."""

from __future__ import annotations

from pactwatch.site.frame.page_types import Ask, PageType, Sheet


def show_form(_: Ask) -> Sheet:
    """The empty form; a server shows it again, filled in, for what it cannot audit."""
    return Sheet("audit.html", {"given": {}, "faults": ()})


PAGES = (PageType("audit", "audit.html", show_form),)
