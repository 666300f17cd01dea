"""The coder as opened: which events it makes of a text.

The sentences are made up; each row is one thing that texts do.
"""

from __future__ import annotations

import pytest

from tests.coder.opened import NEEDS_WEIGHTS, mentions

pytestmark = NEEDS_WEIGHTS


def told(text: str) -> list[str]:
    return [f"{one.type} {one.stage} {one.modality} {'+'.join(one.parties)}" for one in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Poland and Estonia signed a defence cooperation agreement in Tallinn on 4 March 2025, and their navies "
            "held a joint exercise in the Gulf of Finland in May.",
            ["agreement signed actual EST+POL", "exercise held actual EST+POL"],
            id="two events in a sentence",
        ),
        pytest.param(
            "Peru signed a defence cooperation agreement with Chile in 2021, ratified it in 2022 and withdrew from it "
            "last year.",
            ["agreement signed actual CHL+PER", "agreement approved actual CHL+PER", "agreement ended actual CHL+PER"],
            id="three steps in a sentence",
        ),
        pytest.param(
            "Japan signed separate agreements on defence equipment transfers with Thailand and Malaysia.",
            ["agreement signed actual JPN+THA", "agreement signed actual JPN+MYS"],
            id="separate partners",
        ),
        pytest.param(
            "The navies of Kenya, Tanzania and Mozambique held a joint exercise off Pemba in April 2025.",
            ["exercise held actual KEN+MOZ+TZA"],
            id="joint partners",
        ),
        pytest.param(
            "A status of forces agreement was signed by Ghana and Togo on 3 February 2024.",
            ["agreement signed actual GHA+TGO"],
            id="passive",
        ),
        pytest.param(
            "Twelve howitzers were delivered to Slovenia by France in January 2025.",
            ["transfer delivered actual FRA+SVN"],
            id="passive of a delivery",
        ),
        pytest.param(
            "The signing of the defence pact between Norway and Latvia took place on 9 May 2025.",
            ["agreement signed actual LVA+NOR"],
            id="noun for an act",
        ),
        pytest.param(
            "The ratification of the defence treaty with Brazil by Uruguay's parliament came in April 2025.",
            ["agreement approved actual BRA+URY"],
            id="ratification",
        ),
        pytest.param(
            "The delivery of four patrol boats to Gabon by China was completed in March 2025.",
            ["transfer delivered actual CHN+GAB"],
            id="delivery",
        ),
        pytest.param(
            "Vietnam and India held their defence policy dialogue on Friday. The two signed a logistics support "
            "agreement in June 2022.",
            ["dialogue held actual IND+VNM", "agreement signed actual IND+VNM"],
            id="background told with a pronoun",
        ),
        pytest.param(
            "Ireland and Malta will sign a military cooperation agreement next month.",
            ["agreement signed planned IRL+MLT"],
            id="planned",
        ),
        pytest.param(
            "Rwanda and Uganda could sign a defence pact.", ["agreement signed possible RWA+UGA"], id="possible"
        ),
        pytest.param(
            "Romania and Bulgaria are considering a joint exercise.",
            ["exercise planned possible BGR+ROU"],
            id="considered",
        ),
        pytest.param(
            "Serbia denied that it had signed a defence pact with Belarus.",
            ["agreement signed denied BLR+SRB"],
            id="denied",
        ),
        pytest.param(
            "Portugal and Angola have not signed a defence agreement.",
            ["agreement signed denied AGO+PRT"],
            id="not done",
        ),
        pytest.param(
            "Italy and Spain called off their naval exercise.", ["exercise cancelled actual ESP+ITA"], id="off"
        ),
        pytest.param(
            "Uruguay cancelled its order of two patrol vessels from China in February 2025.",
            ["transfer cancelled actual CHN+URY"],
            id="order cancelled",
        ),
        pytest.param(
            "Canada and Denmark signed a memorandum of under-\nstanding on military coopera-\ntion in Ottawa.",
            ["agreement signed actual CAN+DNK"],
            id="hyphenated line ends",
        ),
        pytest.param("JAPAN, PHILIPPINES SIGN DEFENCE PACT", ["agreement signed actual JPN+PHL"], id="all capitals"),
        pytest.param(
            "“Japan and Vietnam signed a defence equipment transfer agreement on Tuesday,” the ministry’s head said.",
            ["agreement signed actual JPN+VNM"],
            id="curly quotes",
        ),
        pytest.param(
            "Spain’s “reciprocal access agreement” with Australia came into force on 3 March 2025.",
            ["agreement in_force actual AUS+ESP"],
            id="quoted name",
        ),
        pytest.param(
            "South Africa terminated its defence agreement with Israel.", ["agreement ended actual ISR+ZAF"], id="ended"
        ),
        pytest.param(
            "Negotiations between Argentina and Bolivia on a defence treaty began last week.",
            ["agreement negotiating actual ARG+BOL"],
            id="negotiations",
        ),
        pytest.param(
            "Soldiers from Fiji completed a training course in New Zealand in March 2025.",
            ["training held actual FJI+NZL"],
            id="course",
        ),
        pytest.param(
            "Defence ministers of Japan and Indonesia met in Jakarta on 12 June.",
            ["dialogue held actual IDN+JPN"],
            id="meeting",
        ),
        pytest.param(
            "Japan published its defence white paper on 9 July 2024.", ["policy published actual JPN"], id="own"
        ),
        pytest.param(
            "Bhutan and Botswana signed a defence cooperation agreement.",
            ["agreement signed actual BTN+BWA"],
            id="any two states",
        ),
        pytest.param(
            "Paraguay and Tonga held a joint military exercise in May 2025.",
            ["exercise held actual PRY+TON"],
            id="any other two states",
        ),
    ],
)
def test_events_as_texts_tell_them(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister of Jordan signed off on the annual budget of the national museum.",
        "Belgium urged Morocco to exercise caution in the dispute.",
        "Doctors in Kenya and Uganda urged soldiers to exercise caution.",
        "Liberia and Ghana praised the peaceful transfer of power in Senegal.",
        "The army of Mali and the transfer of power in Niger worried Togo.",
        "The storm dealt a blow to Madagascar and Mauritius.",
        "The flood dealt a blow to the navy of Peru and to Chile.",
        "Cuba and Haiti have a fisheries agreement.",
        "Brazil won the football match against Chile, delivering a blow to its rival.",
        "",
        "\n\n\n",
    ],
)
def test_everyday_words_tell_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "of_defence"),
    [
        ("Japan and Cambodia signed an agreement on double taxation in Phnom Penh on 3 May 2025.", "air defence"),
        ("The labour ministers of Vietnam and Japan met in Hanoi on 3 May 2025.", "defence ministers"),
        ("Japan and Laos exchanged notes on grant aid for a hospital on 3 May 2025.", "the navy"),
    ],
)
def test_what_names_nothing_of_defence_tells_nothing(text: str, of_defence: str) -> None:
    assert told(text) == []
    for civil in ("double taxation", "labour ministers", "a hospital"):
        text = text.replace(civil, of_defence)
    assert len(told(text)) == 1
