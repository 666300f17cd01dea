"""An edition and its tested claims as static pages: opened from disk, without a network, readable without JavaScript.

``reading`` gathers the edition into values that pages show, ``pages/`` holds one file for each kind of page,
``figures`` makes their charts, ``writing``
turns templates into files, and ``build`` puts everything into a folder that appears whole or not at all.
"""

from pactwatch.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]
