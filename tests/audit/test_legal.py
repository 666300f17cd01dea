"""Rules that bear on a sentence, found by its words."""

from __future__ import annotations

from datetime import date

import pytest

from pactwatch.audit.legal import Bookshelf
from pactwatch.edition import Edition
from pactwatch.law.reading import lawbook_of

DAY = date(2025, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Under Article 9 of the Constitution Japan renounced war.",
        "Article 9 has not been rewritten.",  # its number is all that names it
        "Art. 9 has never been amended.",
    ],
)
def test_an_article_is_known_by_its_number(edition: Edition, text: str) -> None:
    assert "JP-A9-TEXT" in {rule.id for rule in Bookshelf(lawbook_of(edition)).find(text, DAY, "JPN")}


@pytest.mark.parametrize("text", ["Chapter 9 has not been rewritten.", "Nine ships were sent.", "It is a fine day."])
def test_a_number_alone_names_no_rule(edition: Edition, text: str) -> None:
    assert Bookshelf(lawbook_of(edition)).find(text, DAY, "JPN") == []
