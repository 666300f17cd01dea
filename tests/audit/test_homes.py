"""Where an article plays: the states of the towns, ports and bases it names stand among those who may be meant."""

from __future__ import annotations

from pactwatch.audit.reading.actors import read_cast
from pactwatch.audit.reading.casting import partner_options
from pactwatch.audit.reading.reader import remember
from tests.audit.reading_tools import read, tools


def test_states_of_places_are_ranked_by_how_often_they_are_named() -> None:
    article, _ = read("Ships came to Subic. Others went on to Cebu and to Da Nang. Nobody stayed.", "A balcony in Cebu")
    assert remember(article, tools()[2], tools()[1]).homes == ("PHL", "VNM")


def test_a_state_that_only_its_towns_name_may_be_meant() -> None:
    article, _ = read("The boats come from Yokohama. Mostly they are white.", "Seen from a balcony in Cebu")
    memory, seen = remember(article, tools()[2], tools()[1]), article.sentences[-1]
    options = partner_options(seen, "share", [("partners",)], "JPN", read_cast(seen, memory), memory)
    told = {one.value: one.features for one in options}
    assert any("home-" in feature for feature in told[("PHL",)])


def test_where_no_place_is_named_nothing_plays_anywhere() -> None:
    article, _ = read("Japan has exercised with Vietnam.")
    assert remember(article, tools()[2], tools()[1]).homes == ()
