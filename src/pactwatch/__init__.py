"""pactwatch: the open observatory of defence partnerships.

The Python face mirrors the command line: ``open_edition``, ``measure``, ``claim``, ``chart`` and ``check``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.version import __version__

if TYPE_CHECKING:
    from pactwatch.flow import chart, check, claim, measure, open_edition

__all__ = ["__version__", "chart", "check", "claim", "measure", "open_edition"]


def __getattr__(name: str) -> object:
    """Load the pipeline only when something of it is asked for, so that ``import pactwatch`` stays instant."""
    if name in __all__:
        from pactwatch import flow

        return getattr(flow, name)
    raise AttributeError(f"module 'pactwatch' has no attribute {name!r}")
