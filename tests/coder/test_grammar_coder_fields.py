"""The coder as opened: who, what, how much and when of the events it tells."""

from __future__ import annotations

import pytest

from tests.coder.opened import NEEDS_WEIGHTS, mentions

pytestmark = NEEDS_WEIGHTS


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param(
            "Australia awarded a contract worth A$10 billion ($6.5 billion) to Mitsubishi Heavy Industries of Japan "
            "for three frigates.",
            {"supplier": "JPN", "recipient": "AUS", "money": "10000000000 AUD", "items": "vessel 3"},
            id="amount with its equivalent",
        ),
        pytest.param(
            "Sweden ordered 44 Leopard 2 tanks from Germany for 22 billion kronor ($2.1 billion).",
            {"supplier": "DEU", "recipient": "SWE", "money": "22000000000 SEK", "items": "vehicle 44"},
            id="kronor with dollars",
        ),
        pytest.param(
            "South Korea delivered 24 K2 tanks to Poland in March 2025.",
            {"supplier": "KOR", "recipient": "POL", "date": "2025-03", "items": "vehicle 24"},
            id="from supplier to recipient",
        ),
        pytest.param(
            "Ukraine received two radars from Germany in May 2025.",
            {"supplier": "DEU", "recipient": "UKR", "items": "radar 2"},
            id="received from",
        ),
        pytest.param(
            "Chile bought six helicopters from Italy in 2023.",
            {"supplier": "ITA", "recipient": "CHL", "date": "2023", "items": "helicopter 6"},
            id="bought from",
        ),
        pytest.param(
            "Greece donated two patrol boats to Cameroon.",
            {"supplier": "GRC", "recipient": "CMR", "items": "vessel 2"},
            id="donated to",
        ),
        pytest.param(
            "Japan and Australia signed an acquisition and cross-servicing agreement (ACSA) in Tokyo yesterday.",
            {"instrument": "ACSA", "date": "2025-06-15"},
            id="instrument in brackets, yesterday",
        ),
        pytest.param(
            "Chile and Peru held a naval exercise the day before yesterday.", {"date": "2025-06-14"}, id="relative day"
        ),
        pytest.param(
            "Ireland and Malta will sign a military cooperation agreement next month.",
            {"date": "2025-07"},
            id="relative month ahead",
        ),
        pytest.param(
            "Vietnam and India held their defence policy dialogue last Friday.", {"date": "2025-06-13"}, id="weekday"
        ),
        pytest.param(
            "The destroyer JS Izumo made a port call at Cam Ranh, Vietnam, on 12 June 2025.",
            {"parties": "JPN+VNM", "level": "port_call", "date": "2025-06-12"},
            id="port call",
        ),
        pytest.param(
            "The frigate HMAS Anzac arrived in Suva, Fiji, for a port visit on 3 June 2025.",
            {"parties": "AUS+FJI", "level": "port_call", "date": "2025-06-03"},
            id="port visit",
        ),
        pytest.param(
            "Japan and the Philippines held a humanitarian assistance and disaster relief exercise last month.",
            {"hadr": "True", "date": "2025-05"},
            id="relief",
        ),
        pytest.param(
            "Troops of Nepal and Bangladesh trained together in disaster relief in an exercise in Dhaka in April 2025.",
            {"hadr": "True", "parties": "BGD+NPL"},
            id="disaster relief",
        ),
        pytest.param(
            "The exercise Balikatan 2025 between the Philippines and the United States began on 21 April.",
            {"name": "Balikatan", "date": "2025-04-21"},
            id="named exercise",
        ),
        pytest.param(
            "Mongolia and Kazakhstan signed a memorandum of understanding on military cooperation.",
            {"instrument": "MOU"},
            id="memorandum",
        ),
        pytest.param(
            "Swiss and Austrian defence ministers signed a letter of intent on air defence in Bern on 7 July 2023.",
            {"instrument": "LOI", "parties": "AUT+CHE", "date": "2023-07-07"},
            id="letter of intent",
        ),
    ],
)
def test_fields_of_an_event(text: str, fields: dict[str, str]) -> None:
    (one,) = mentions(text)
    found = {
        name: "" if (value := getattr(one, name)) is None else str(value)
        for name in ("supplier", "recipient", "instrument", "date", "level", "hadr", "name")
    }
    found["parties"] = "+".join(one.parties)
    found["money"] = f"{one.money.amount} {one.money.currency}" if one.money else ""
    found["items"] = ", ".join(f"{item.category} {item.quantity}" for item in one.items)
    assert {name: found[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "Poland and Estonia signed a defence cooperation agreement in Tallinn on 4 March 2025, and their navies "
            "held a joint exercise in the Gulf of Finland in May.",
            ["2025-03-04", "2025-05"],
        ),
        (
            "Peru signed a defence cooperation agreement with Chile in 2021, ratified it in 2022 and withdrew from it "
            "last year.",
            ["2021", "2022", "2024"],
        ),
        (
            "Vietnam and India held their defence policy dialogue on Friday. The two signed a logistics support "
            "agreement in June 2022.",
            ["2025-06-13", "2022-06"],
        ),
    ],
)
def test_each_event_has_its_own_date(text: str, dates: list[str]) -> None:
    assert [one.date for one in mentions(text)] == dates
