"""The live site: every page of the registry for the latest edition and pinned to any other, and the API beside it.

``application`` takes a request through its limits to a page, the API or a problem; ``pages`` makes pages once for all
who ask; ``limits`` counts and refuses; ``running`` starts it all.
"""

from pactwatch.site.server.running import Reviewing, ServeError, Serving, make_application, serve

__all__ = ["Reviewing", "ServeError", "Serving", "make_application", "serve"]
