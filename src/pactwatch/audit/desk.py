"""What the answer to one sentence is looked up in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.events import Register
from pactwatch.audit.legal import Bookshelf


@dataclass(frozen=True)
class Desk:
    """The records, the rules and the casebook's actors; rules are opened only where a sentence asks for them."""

    register: Callable[[], Register]
    shelf: Callable[[], Bookshelf | None]
    setting: Setting
