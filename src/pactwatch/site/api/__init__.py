"""The API, ``/api/v1``: the same records, claims and measures as the pages, for programs.

``models`` are the shapes of answers, ``asking`` what may be asked, ``reading`` turns a book's views into plain values,
``routes`` are the addresses, ``application`` puts them together and describes them in OpenAPI 3.1.
"""

from pactwatch.site.api.application import make_api

__all__ = ["make_api"]
