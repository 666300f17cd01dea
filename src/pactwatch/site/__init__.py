"""An edition and its tested claims as pages: static files that open from disk, or served live.

``frame`` is what every page stands in, ``pages`` holds one file for each kind of page, ``registry`` lists the kinds,
and ``build`` writes them all into a folder that appears whole or not at all.
"""

from pactwatch.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]
