"""Which actors a text names, by names of every kind, in the state of the world on its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.coder.grammar import Grammar
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.model.documents import Document

OFFICEHOLDERS = """actor,office,name,aliases,from,to,certainty,note
JPN,defence_minister,Odon Varga,Varga,2010-05-01,2014-03-31,checked,
JPN,head_of_government,Odon Varga,Varga,2016-01,2018-12,checked,
FJI,head_of_government,Disa Varga,Varga,2020,2022,checked,
FJI,defence_minister,Alba Zeno,Zeno,1999-01-01,2001-01-01,checked,
NOR,head_of_government,Ida May,May,2016-07-13,2019-07-24,checked,alias May is an ordinary word
PER,defence_minister,Ana Fast,Fast;Ana B. Fast,2014-01-01,,checked,"acting; alias Fast is an ordinary word, and short"
"""


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    folder = tmp_path_factory.mktemp("casebook")
    (folder / "officeholders.csv").write_text(OFFICEHOLDERS, encoding="utf-8")
    return Grammar(read_lexicon([BASE_LEXICONS / "en", folder]))


def codes(grammar: Grammar, text: str, published: date | None = date(2024, 5, 6), title: str = "") -> list[str]:
    """The actors named in a text, in order, each naming told. What tells of no step may be left unread."""
    parsed = grammar.parse(Document(id="d", text=f"{text} A treaty was signed.", title=title, published=published))
    return [code for sentence in parsed.context.sentences for actor in sentence.actors for code in actor.codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Japan's and Vietnam's navies", "JPN VNM"),
        ("JAPAN AND VIETNAM SIGN", "JPN VNM"),
        ("Anglo-French and Franco-Italian drills", "GBR FRA FRA ITA"),
        ("the Sino-Vietnamese and Indo-Russian talks in the Indo-Pacific", "CHN VNM IND RUS"),
        ("the Japan-Philippines pact", "JPN PHL"),
        ("a Filipino crew and Thais", "PHL THA"),
        ("Tokyo told Manila", "JPN PHL"),
        ("North Korea and South Korea", "PRK KOR"),
        ("New Zealand, Papua New Guinea and Guinea-Bissau", "NZL PNG GNB"),
        ("Türkiye and Turkey and T\u00fcrkiye", "TUR TUR TUR"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("the U.S. and the US and the USA", "USA USA USA"),
        ("it told us and US", "USA"),
        ("US$5 million", ""),
        ("laos and japan in small letters", ""),
        ("🇯🇵 with 🇻🇳", "JPN VNM"),
        ("🇯🇵🇻🇳", "JPN VNM"),
        ("ASEAN and the European Union and NATO", "ASEAN EU NATO"),
        ("the AUKUS partners", "AUS GBR USA"),
        ("Lockheed Martin and Mitsubishi Heavy Industries", "USA JPN"),
        ("HMAS Hobart and BRP Luna", "AUS PHL"),
        ("the destroyer Izumo", "JPN"),
        ("the izumo style", ""),
        ("INS Kochi sailed", "IND"),
        ("the INS said; INS papers", ""),
    ],
)
def test_names_of_actors(grammar: Grammar, text: str, expected: str) -> None:
    assert codes(grammar, text) == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "Ships met in the South China Sea.",
        "Ships met in the East China Sea and the Sea of Japan.",
        "the Indian Ocean and the Philippine Sea",
        "They crossed the Gulf of Thailand and the Taiwan Strait.",
        "He reads the Japan Times and the Bangkok Post.",
        "New Mexico",
    ],
)
def test_names_that_hold_a_states_name_are_nobodys(grammar: Grammar, text: str) -> None:
    assert codes(grammar, text) == []


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Georgia voted in the runoff.", "", ""),
        ("Georgia met Armenia in Tbilisi.", "", "GEO ARM GEO"),
        ("Georgia met Armenia. Rain fell. The Georgian crew left.", "", "GEO ARM GEO"),
        ("Georgia met Armenia.", "Tbilisi opens talks", "GEO ARM"),
        ("The AFP said so.", "", ""),
        ("Japan said the AFP reported it.", "", "JPN"),
    ],
)
def test_a_weak_name_needs_support(grammar: Grammar, text: str, title: str, expected: str) -> None:
    assert codes(grammar, text, title=title) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Philippines said the AFP would join.", "PHL PHL"),
        ("Australia said the AFP would join.", "AUS AUS"),
        ("Singapore said the SAF would join.", "SGP SGP"),
        ("Sudan said the SAF would join.", "SDN SDN"),
        ("Cambodia said the RCAF would join.", "KHM KHM"),
        ("Australia and the Philippines said the AFP would join.", "AUS PHL"),
    ],
)
def test_a_weak_name_of_two_states_is_the_one_named(grammar: Grammar, text: str, expected: str) -> None:
    assert codes(grammar, text) == expected.split()


@pytest.mark.parametrize(
    ("name", "published", "expected"),
    [
        ("Varga", date(2013, 6, 1), "JPN"),
        ("Varga", date(2014, 3, 31), "JPN"),
        ("Varga", date(2017, 6, 1), "JPN"),
        ("Varga", date(2018, 12, 31), "JPN"),
        ("Varga", date(2021, 6, 1), "FJI"),
        ("Varga", date(2019, 6, 1), ""),
        ("Varga", date(2001, 1, 1), ""),
        ("Varga", None, ""),
        ("varga", date(2013, 6, 1), ""),
        ("Disa Varga", date(2013, 6, 1), "FJI"),
        ("Odon Varga", None, "JPN"),
        ("Zeno", date(2024, 1, 1), "FJI"),
        ("Stoltenberg", date(2012, 1, 1), "NOR"),
        ("Stoltenberg", date(2018, 1, 1), "NATO"),
    ],
)
def test_a_shared_name_is_the_office_holders_of_the_day(
    grammar: Grammar, name: str, published: date | None, expected: str
) -> None:
    assert codes(grammar, f"Then {name} spoke.", published) == expected.split()


def test_a_term_told_by_the_year_lasts_to_its_end(grammar: Grammar) -> None:
    assert codes(grammar, "Then Varga spoke.", date(2022, 6, 1)) == ["FJI"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Fiji signed it in May.", date(2018, 6, 1), "FJI"),
        ("Fiji signed it on 3 May 2018.", date(2018, 6, 1), "FJI"),
        ("Norway and Fiji signed it last May.", date(2018, 6, 1), "NOR FJI"),
        ("Ida May flew to Fiji in May.", date(2018, 6, 1), "NOR FJI"),
        ("Mrs May and Mrs. May flew to Fiji.", date(2018, 6, 1), "NOR NOR FJI"),
        ("Prime Minister May flew to Fiji.", date(2018, 6, 1), "NOR FJI"),
        ("Ida May flew to Fiji. May had been there, Secretary of State or not.", date(2018, 6, 1), "NOR FJI NOR"),
        ("May flew to Fiji.", date(2018, 6, 1), "FJI"),
        ("Fast boats went to Fiji.", date(2018, 6, 1), "FJI"),
        ("Minister Fast went to Fiji.", date(2018, 6, 1), "PER FJI"),
        ("Ana B. Fast went to Fiji. Fast returned.", date(2018, 6, 1), "PER FJI PER"),
        ("Then Zeno spoke.", date(1997, 6, 1), ""),
        ("Then Alba Zeno spoke. Zeno left.", date(1997, 6, 1), "FJI FJI"),
        ("Then Zeno spoke.", None, "FJI"),
        ("Planes landed at Clark.", date(2024, 6, 1), ""),
    ],
)
def test_a_surname_that_is_an_everyday_word_needs_a_title_or_the_full_name_and_is_no_month(
    grammar: Grammar, text: str, published: date | None, expected: str
) -> None:
    assert codes(grammar, text, published) == expected.split()


def test_the_casebook_of_the_package_names_its_office_holders() -> None:
    casebook = Path(BASE_LEXICONS).parent / "casebooks" / "japan-asean"
    with_casebook = Grammar(read_lexicon([BASE_LEXICONS / "en", casebook]))
    assert codes(with_casebook, "Shinzo Abe met Vietnam's premier.") == ["JPN", "VNM"]


def test_an_exercise_with_an_everyday_name_needs_a_word_of_drill(grammar: Grammar) -> None:
    def named(text: str) -> list[str]:
        sentences = grammar.parse(Document(id="d", text=text)).context.sentences
        return [noun.exercise.name for one in sentences for noun in one.nouns if noun.exercise]

    assert named("The Balikatan drill") == ["Balikatan"]
    assert named("Balikatan began") == ["Balikatan"]
    assert named("the Aurora exercise") == ["Aurora"]
    assert named("Aurora lit the sky") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rear Adm. Pedro Luis Jordan spoke in Oslo.", "NOR"),
        ("Rear Admiral Pedro Jordan spoke.", ""),
        ("Mr. P. L. Jordan spoke.", ""),
        ("Capt. Ana Paris and Col. Otto Chad met in Peru.", "PER"),
        ("Jordan's navy met Capt. Ana Jordan in Peru.", "JOR PER"),
        ("Capt. Ana Jordan met the navy of Peru. Jordan said so. She, said Jordan, will visit Jordan.", "PER JOR"),
        ("The admiral told Jordan and Chad so.", "JOR TCD"),
        ("Adm. Pedro Ruiz, Jordan and Chad", "JOR TCD"),
        ("He met Mr. Ruiz. Jordan said so.", "JOR"),
        ("Defence Minister Ruiz in Jordan", "JOR"),
        ("Adm. Jordan spoke.", "JOR"),
        ("Lt. Col. Pedro Luis Maria Ruiz Jordan spoke.", "JOR"),
        ("Adm. Pedro Jordanian-born spoke to Rear Adm. Jean Norwegian.", "JOR NOR"),
    ],
)
def test_what_ends_the_name_of_somebody_with_a_rank_is_no_state(grammar: Grammar, text: str, expected: str) -> None:
    assert codes(grammar, text) == expected.split()
