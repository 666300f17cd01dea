"""Plain sentences of the kind that news and papers hold, and how each must be read."""

from __future__ import annotations

import pytest

from tests.audit.reading_tools import read_last

SENTENCES = [
    (
        "Japan has signed a growing number of defense agreements with ASEAN members in recent years.",
        "claim asserted trend focus=JPN partners=partners types=agreement direction=up",
    ),
    (
        "Most of Tokyo's security assistance goes to the Philippines.",
        "claim asserted share focus=JPN partners=PHL types=transfer feature=partners direction=up",
    ),
    (
        "Japan's defense cooperation is heavily concentrated in a few countries.",
        "claim asserted concentration focus=JPN partners=partners types=activity direction=up",
    ),
    (
        "The pace of Japan's defense diplomacy in Southeast Asia has accelerated sharply since 2020.",
        "claim asserted trend focus=JPN partners=partners types=activity direction=up since=2020",
    ),
    (
        "Japan tends to sign defense deals at the end of its fiscal year.",
        "claim asserted cluster focus=JPN partners=partners types=agreement,transfer months=2,3",
    ),
    (
        "Tokyo is shifting its focus from economic aid to security cooperation.",
        "claim asserted shift focus=JPN partners=partners types=activity feature=hard direction=up",
    ),
    (
        "Defense equipment agreements typically precede actual transfers.",
        "claim asserted precedes focus=JPN partners=partners earlier=DETTA later=transfer",
    ),
    (
        "The Philippines was the first country in Southeast Asia to sign a Reciprocal Access Agreement with Japan.",
        "claim asserted first focus=JPN actor=PHL instruments=RAA",
    ),
    (
        "Trust in Japan among Southeast Asians has steadily increased.",
        "perception asserted series focus=JPN direction=up partners=partners",
    ),
    (
        "Japan has gradually loosened its restrictions on arms exports.",
        "claim asserted loosening focus=JPN direction=up",
    ),
    (
        "Japan is becoming a central hub in the region's security network.",
        "claim asserted network focus=JPN direction=up",
    ),
    (
        "Exercises between Japan and the Philippines have become increasingly complex.",
        "claim asserted depth focus=JPN partners=PHL direction=up",
    ),
    (
        "Capacity-building programs account for a large share of Japan's engagement with Vietnam.",
        "claim asserted share focus=JPN partners=VNM types=activity feature=training direction=up",
    ),
    (
        "Japan's military exercises with Indonesia often include a humanitarian assistance component.",
        "claim asserted share focus=JPN partners=IDN types=exercise feature=hadr direction=up",
    ),
    (
        "Australia has increased its defence engagement with Indonesia over the past decade.",
        "claim asserted trend focus=AUS partners=IDN types=activity direction=up since=2015",
    ),
    (
        "The number of trilateral exercises has grown.",
        "claim asserted trend focus=JPN partners=partners types=exercise direction=up",
    ),
    (
        "Japan provides patrol vessels to Vietnam and the Philippines.",
        "claim asserted exists focus=JPN partners=PHL,VNM types=transfer categories=vessel",
    ),
    (
        "Security ties between Tokyo and Manila have deepened significantly.",
        "claim asserted trend focus=JPN partners=PHL types=activity direction=up",
    ),
    (
        "Joint drills are usually held in the autumn.",
        "claim asserted cluster focus=JPN partners=partners types=exercise months=9,10,11",
    ),
    (
        "Japan's defense exports to Southeast Asia remain limited.",
        "claim asserted none",
    ),
    (
        "In March 2024, Japan delivered a coastal radar to the Philippines.",
        "event asserted",
    ),
    (
        "Japan signed a defense equipment transfer agreement with Indonesia in 2021.",
        "event asserted",
    ),
    (
        "Experts say the trend will continue.",
        "forecast quoted",
    ),
    (
        "The government should increase transparency.",
        "opinion asserted",
    ),
    (
        "Japan's constitution prohibits it from maintaining armed forces for war.",
        "legal asserted law focus=JPN",
    ),
    (
        "Tokyo does not conduct more exercises with Thailand than it did ten years ago.",
        "claim denied trend focus=JPN partners=THA types=exercise direction=up",
    ),
    (
        "Is Japan turning away from the United States?",
        "question asked",
    ),
    (
        "Japan's partnerships are no longer limited to the Philippines.",
        "claim asserted concentration focus=JPN partners=partners types=activity direction=down",
    ),
    (
        "Critics claim that Japan's exports of lethal weapons have surged.",
        "claim quoted trend focus=JPN partners=partners types=transfer direction=up",
    ),
    (
        "Japan's arms imports have declined over the last two decades.",
        "claim asserted imported_trend focus=JPN topic=arms_imports direction=down",
    ),
    (
        "Japan's defense budget has reached 2 percent of GDP.",
        "claim asserted imported_level focus=JPN topic=military_spending",
    ),
    (
        "Tokyo frequently combines equipment transfers with training.",
        "claim asserted share focus=JPN partners=partners types=transfer feature=training direction=up",
    ),
    (
        "The signing of new agreements has slowed since 2022.",
        "claim asserted trend focus=JPN partners=partners types=agreement direction=down since=2022",
    ),
    (
        "Japan is increasingly looking to ASEAN rather than its traditional partners.",
        "claim asserted shift feature=partners focus=JPN partners=partners types=activity direction=up "
        "against=baseline",
    ),
    (
        "Japan's role in the region has become more military in nature.",
        "claim asserted shift focus=JPN partners=partners types=activity feature=hard direction=up",
    ),
    (
        "Japan and Malaysia have never held a joint naval exercise.",
        "claim denied exists focus=JPN partners=MYS types=exercise",
    ),
    (
        "These agreements have improved regional stability.",
        "claim asserted none",
    ),
    (
        "Southeast Asian elites view Japan as the most trusted partner.",
        "perception asserted none",
    ),
    (
        "Japan mostly supplies patrol boats and radars to Southeast Asia.",
        "claim asserted share focus=JPN partners=partners types=transfer feature=vessel direction=up",
    ),
    (
        "Exercises peak in the second quarter of the year.",
        "claim asserted cluster focus=JPN partners=partners types=exercise months=4,5,6",
    ),
    (
        "Multilateral exercises have become more common than bilateral ones.",
        "claim asserted shift focus=JPN partners=partners types=exercise feature=multilateral direction=up",
    ),
    (
        "Japan's security engagement with Southeast Asia is driven by concerns about China.",
        "claim asserted none",
    ),
    (
        "Over the last decade, Tokyo has quietly expanded its defense footprint in the region.",
        "claim asserted trend focus=JPN partners=partners types=activity direction=up since=2015",
    ),
    (
        "There has been a surge in defense agreements since 2022.",
        "claim asserted trend focus=JPN partners=partners types=agreement direction=up since=2022",
    ),
    (
        "Japan's training programs for Southeast Asian coast guards date back to the early 2000s.",
        "claim asserted none",
    ),
    (
        "Japan has signed equipment transfer agreements with six Southeast Asian countries.",
        "claim asserted exists focus=JPN partners=partners types=agreement instruments=DETTA",
    ),
    (
        "Vietnam has diversified its arms suppliers.",
        "claim asserted imported_change partners=VNM topic=dependence direction=down",
    ),
    (
        "Southeast Asian publics are increasingly favourable towards Japan.",
        "perception asserted series focus=JPN direction=up partners=partners",
    ),
    (
        "Japan relaxed its arms export rules in April 2014.",
        "event asserted",
    ),
    (
        "Japan will deliver five more patrol ships by 2028.",
        "forecast asserted",
    ),
    (
        "According to the ministry, 40 exercises were held last year.",
        "event quoted",
    ),
    (
        "The reality is more complicated.",
        "other asserted",
    ),
    (
        "It is unclear whether Japan can sustain this effort.",
        "forecast asserted",
    ),
    (
        "Ties with Australia have grown faster than ties with ASEAN states.",
        "claim asserted shift focus=JPN partners=AUS types=activity feature=partners direction=up against=partners",
    ),
    (
        "Japanese arms exports must be approved by the National Security Council.",
        "legal asserted law focus=JPN",
    ),
    (
        "Joint exercises with Vietnam do not include live-fire drills.",
        "claim denied exists focus=JPN partners=VNM types=exercise",
    ),
    (
        "Military cooperation with Myanmar has stopped since the coup.",
        "claim asserted none",
    ),
]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_a_plain_sentence_is_read(sentence: str, wanted: str) -> None:
    assert set(read_last(sentence).told().split()) == set(wanted.split())
