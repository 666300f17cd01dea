"""Finding records: by facets, by period, by words, in any order, over any number of them.

``asking`` reads a query into a :class:`Search` or names every fault; ``facets`` lists what may be chosen; ``index``
holds a book's records in columns and answers; ``words`` is the full-text index (SQLite FTS5, in memory).
"""

from pactwatch.site.search.asking import NAMES, PAGE_SIZE, Search, SearchError, read_search, write_search
from pactwatch.site.search.index import Found, Index, Option, read_index

__all__ = [
    "NAMES",
    "PAGE_SIZE",
    "Found",
    "Index",
    "Option",
    "Search",
    "SearchError",
    "read_index",
    "read_search",
    "write_search",
]
