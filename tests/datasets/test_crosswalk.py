"""Names and codes to actors, by date."""

from __future__ import annotations

from datetime import date

import pytest

from pactwatch.datasets.crosswalk import Scheme, When, normalise_name, open_crosswalk

TABLE: list[tuple[Scheme, str, When, str | None, str]] = [
    ("cow_number", "740", 2000, "JPN", "found"),
    ("cow_number", "365", 1950, "SUN", "found"),
    ("cow_number", "365", 1995, "RUS", "found"),
    ("cow_number", "365", 1991, "RUS", "found"),  # the state on the last day of the year
    ("cow_number", "365", date(1991, 6, 1), "SUN", "found"),
    ("cow_number", "365", None, None, "ambiguous"),
    ("cow_number", "816", 1997, "VNM", "found"),
    ("cow_number", "816", 1968, "VDR", "found"),
    ("cow_number", "817", 1995, None, "unknown"),
    ("cow_number", "260", 1989, "DEU", "found"),
    ("cow_number", "255", 1990, "DEU", "found"),
    ("cow_number", "679", 1990, "YEM", "found"),
    ("gw_number", "678", 1990, "YEM", "found"),
    ("gw_number", "340", 2010, "SRB", "found"),
    ("cow_number", "0740", 2000, "JPN", "found"),
    ("cow_number", "999", 2000, None, "unknown"),
    ("cow_abbreviation", "AUL", 2000, "AUS", "found"),
    ("cow_abbreviation", "AUS", 2000, "AUT", "found"),
    ("cow_abbreviation", "KOR", 1895, "XKO", "found"),
    ("cow_abbreviation", "KOR", 1995, "KOR", "found"),
    ("iso2", "JP", None, "JPN", "found"),
    ("iso3", "PHL", None, "PHL", "found"),
    ("cameo", "ROM", None, "ROU", "found"),
    ("cameo", "TMP", None, "TLS", "found"),
    ("cameo", "ASN", None, "ASEAN", "found"),
    ("cameo", "AUS", None, "AUS", "found"),
    ("cameo", "SEA", None, None, "no_actor"),
    ("cameo", "JON", None, None, "unknown"),
    ("name", "Turkiye", 2023, "TUR", "found"),
    ("name", "TÜRKİYE", 2023, "TUR", "found"),
    ("name", "UAE", 2023, "ARE", "found"),
    ("name", "United Arab Emirates", 2023, "ARE", "found"),
    ("name", "Viet Nam", 2000, "VNM", "found"),
    ("name", "Soviet Union", 1985, "SUN", "found"),
    ("name", "Soviet Union", 1993, "SUN", "outside"),
    ("name", "East Germany (GDR)", 1970, "DDR", "found"),
    ("name", "Côte d’Ivoire", 2000, "CIV", "found"),
    ("name", "Congo - Kinshasa", 2000, "COD", "found"),
    ("name", "United Nations**", 2015, "UN", "found"),
    ("name", "Houthi rebels (Yemen)*", 2015, None, "no_actor"),
    ("name", "unknown supplier(s)", 2015, None, "no_actor"),
    ("name", "Arcadia", 2015, None, "unknown"),
    ("name", "", 2015, None, "no_actor"),
]


@pytest.mark.parametrize(("scheme", "value", "when", "code", "status"), TABLE)
def test_an_identifier_stands_for_an_actor_at_its_time(
    scheme: Scheme, value: str, when: When, code: str | None, status: str
) -> None:
    match = open_crosswalk().look_up(scheme, value, when)
    assert (match.code, match.status) == (code, status)
    assert match.status == "found" or match.reason


def test_names_are_compared_without_accents_capitals_and_punctuation() -> None:
    assert normalise_name("Bosnia & Herzegovina") == normalise_name("BOSNIA AND HERZEGOVINA")
    assert normalise_name("Libya HoR*") != normalise_name("Libya HoR**")


def test_no_identifier_stands_for_two_actors_on_one_day() -> None:
    walk = open_crosswalk()
    for (scheme, value), spells in walk._spells.items():
        for place, one in enumerate(spells):
            for other in spells[:place]:
                if one.code != other.code:
                    overlap = one.start <= other.end and other.start <= one.end
                    assert not overlap, (scheme, value, one, other)
