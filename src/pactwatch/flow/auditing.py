"""An article audited: which of its sentences hold, on what evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.checking import basket
from pactwatch.flow.publishing import DEFAULT_CASEBOOK, open_edition

if TYPE_CHECKING:
    from pactwatch.audit.auditing import Auditor
    from pactwatch.audit.report import Audit
    from pactwatch.edition import Edition
    from pactwatch.model.documents import Document


def audit(
    article: Document | Path | str,
    edition: Edition | None = None,
    *,
    title: str = "",
    published: date | None = None,
    casebook: str = DEFAULT_CASEBOOK,
) -> Audit:
    """What every sentence of an article is, how it is read, and what stands behind it in an edition.

    ``article`` is a text, a path or a document; a text stays as it is, and the answer's offsets point into it.
    ``casebook`` names the one whose words the coder uses. Raises ``ArticleError`` for what is no article in English.
    """
    from pactwatch.audit.article import read_article_file, read_article_text

    if isinstance(article, Path):
        article = read_article_file(article, title, published)
    elif isinstance(article, str):
        article = read_article_text(article, title, published)
    return open_auditor(edition or open_edition(casebook=casebook), casebook).audit(article)


def open_auditor(edition: Edition, casebook: str = DEFAULT_CASEBOOK) -> Auditor:
    """What audits one article after the other against an edition, in a casebook's words; it opens its tools once."""
    from pactwatch.audit.auditing import Auditor
    from pactwatch.casebook import find_casebook
    from pactwatch.coder.network_coder import open_best_coder
    from pactwatch.reconcile import open_weights

    folder = find_casebook(casebook)
    return Auditor(edition, open_best_coder(folder), lambda: basket(edition), lambda: open_weights(folder))


def propose_events(audited: Audit, home: Path | str) -> int:
    """Keep an audited article and the events it tells in the ledger of a workspace, for a person to review.

    Returns how many entries that made: none where the article was kept before, coded the same way.
    """
    from pactwatch.ledger import open_ledger
    from pactwatch.model.entries import AddressFound, Coding, DocumentRead

    document = audited.document
    bodies: list[DocumentRead | AddressFound | Coding] = [DocumentRead(document=document)]
    if document.url:
        bodies.append(AddressFound(doc=document.id, address=document.url))
    bodies.append(Coding(doc=document.id, coder=audited.coder, mentions=audited.mentions))
    with open_ledger(home) as ledger:
        return len(ledger.append(bodies, "pactwatch audit"))
