"""The law: what its rules allowed in a case, and in a basket of typical ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.flow.publishing import open_edition

if TYPE_CHECKING:
    from pactwatch.edition import Edition
    from pactwatch.law import Answer, Court


def open_court(edition: Edition | None = None) -> Court:
    """What answers cases: the rules sealed in an edition beside its records; any day up to today may be asked."""
    from pactwatch.law import open_court as open_it

    return open_it(edition or open_edition(), today=datetime.now(UTC).date())


def check(case: Mapping[str, Any] | Path | str, on: date | None = None, edition: Edition | None = None) -> Answer:
    """What the rules allowed in a case on a day, why, and what is missing.

    ``case`` is a TOML file or the same as nested values; without ``on`` the case's own date is asked for. Raises
    ``InputError`` with every unknown key and value.
    """
    from pactwatch.law.case import parse_case

    court = open_court(edition)
    return court.check(parse_case(case, court.deriver.actors), on)


def basket(edition: Edition | None = None) -> list[dict[str, Any]]:
    """How much of the casebook's basket of typical cases was allowed, one row for each day on which that changed."""
    from pactwatch.law import open_court as open_it
    from pactwatch.law.basket import follow_basket, tabulate

    edition = edition or open_edition()
    return tabulate(follow_basket(open_it(edition))) if edition.rules else []
