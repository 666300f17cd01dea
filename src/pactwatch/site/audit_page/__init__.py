"""The page of an audit: one file that needs nothing else, with the article and a panel for each answered sentence.

It works without a script: a marked sentence opens its panel by address (CSS ``:target``). What an article says is
untrusted and escaped; the page's own policy lets nothing be loaded or run. Shown by a site, its records and rules link
to their pages there.
"""

from pactwatch.site.audit_page.writing import page_policy, render_page, write_page

__all__ = ["page_policy", "render_page", "write_page"]
