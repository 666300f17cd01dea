"""Texts told twice and texts that only sound alike, to choose how near copies are found, and to prove the choice."""

from __future__ import annotations

from dataclasses import dataclass

WIRE = (
    "TOKYO (Agency) - Japan and the Philippines signed an agreement on Monday that allows the forces of each country to "
    "visit the other for training and relief work, the first of its kind that Tokyo has concluded with a country in "
    "Southeast Asia.",
    "The pact was signed in Manila by the Philippine defence secretary and the Japanese foreign minister, with the "
    "president looking on. It has to be approved by both parliaments before it enters into force, which officials "
    "expected to take about a year.",
    "“This raises our partnership to a height it has never had,” the defence secretary told reporters after the "
    "ceremony. He said the two sides would begin to plan larger exercises as soon as the necessary laws were passed.",
    "Japan has handed over coastal radars and patrol vessels to the Philippines in recent years, and last November "
    "agreed to supply further radars under a programme of security assistance that it began in 2023.",
    "Both countries have disputes with Beijing over territory at sea. Chinese vessels have used water cannon against "
    "Philippine supply boats several times this year, and Chinese coast guard ships are seen almost daily near islands "
    "that Japan holds in the East China Sea.",
    "A spokesman of the Chinese foreign ministry said that exchanges between countries should not be directed against "
    "any third party, and that the region needed no new blocs.",
    "Tokyo has similar agreements with Canberra and London, and talks with Paris are under way. Analysts said that the "
    "number of such agreements showed how far the country had moved from the limits it once set itself.",
)
BYLINE = "By our correspondent in Manila. Updated 9 July 2024 08:12. Reading time three minutes. Share this story."


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts, and whether they are one report."""

    name: str
    first: str
    second: str
    is_copy: bool


def _join(*parts: str) -> str:
    return "\n\n".join(parts)


def _grant(what: str, recipient: str, day: str, sum_: str, place: str, who: str) -> str:
    """The release of a ministry on a grant; only its facts differ from one to the next."""
    return _join(
        f"On {day}, {who} signed an exchange of notes on the grant of {what} to {recipient} in {place}, in a ceremony "
        f"attended by the ambassador of Japan and senior officials of the government of {recipient}.",
        f"Under the grant, up to {sum_} yen will be provided to the government of {recipient} for {what}, to strengthen "
        "the ability of its armed forces to watch over the sea and the air around the country, and to contribute to "
        "peace, security and stability in the region.",
        "The assistance is given under the framework of official security assistance, which the government of Japan set "
        "up to deepen security cooperation with like-minded countries by providing materials, equipment and "
        "infrastructure for the benefit of their armed forces.",
        f"The government of Japan will continue to work closely with {recipient} to uphold an international order based "
        "on the rule of law.",
    )


def _exercise(name: str, ships: str, day: str, sea: str, partner: str) -> str:
    return _join(
        f"The Maritime Self-Defense Force held the exercise {name} with the navy of {partner} in {sea} on {day}.",
        f"The destroyer {ships} took part. The two navies practised communications, tactical manoeuvring, replenishment "
        "at sea and a photo exercise, and exchanged views on maritime security.",
        f"Through the exercise the MSDF improved its tactical skills and strengthened its cooperation with the navy of "
        f"{partner}, contributing to a free and open Indo-Pacific.",
    )


def _meeting(first: str, second: str, day: str, minutes: str, topic: str) -> str:
    return _join(
        f"On {day}, commencing at 2:30 p.m. for approximately {minutes} minutes, {first} held a meeting with {second}.",
        "At the outset, the two sides welcomed the progress of cooperation and exchange in the field of defence between "
        "their countries and concurred in strengthening it further.",
        f"They exchanged views on the situation in the region, including {topic}, and shared their opposition to attempts "
        "to change the status quo by force. They agreed to continue to communicate closely with each other.",
    )


WHOLE = _join(*WIRE)
MANILA = _grant(
    "coastal surveillance radars",
    "the Philippines",
    "3 November 2023",
    "600 million",
    "Manila",
    "Japan's ambassador and the secretary of foreign affairs",
)
DHAKA = _grant(
    "patrol boats",
    "Bangladesh",
    "15 November 2023",
    "575 million",
    "Dhaka",
    "the ambassador and the secretary of the economic relations division",
)
SUVA = _grant(
    "patrol boats",
    "Fiji",
    "18 December 2023",
    "400 million",
    "Suva",
    "the ambassador and the minister for home affairs",
)
LATER = _grant(
    "coastal surveillance radars",
    "the Philippines",
    "5 December 2024",
    "1.6 billion",
    "Manila",
    "Japan's ambassador and the secretary of foreign affairs",
)
HANOI = _exercise("JPN-VNM bilateral", "Ise", "12 June 2021", "the South China Sea", "Viet Nam")
JAKARTA = _exercise("Garuda", "Ise", "17 June 2021", "the Java Sea", "Indonesia")
AGAIN = _exercise("JPN-VNM bilateral", "Kaga", "3 October 2022", "the South China Sea", "Viet Nam")
TALKS = _meeting(
    "the Minister of Defense", "the Minister of Defence of Singapore", "2 June 2023", "30", "the South China Sea"
)
OTHERS = _meeting(
    "the Minister of Defense", "the Minister of Defence of Malaysia", "3 June 2023", "25", "the East China Sea"
)
NEXT = _meeting(
    "the Minister of Defense",
    "the Minister of Defence of Singapore",
    "31 May 2024",
    "40",
    "the South China Sea and Myanmar",
)

_SPELLED = (
    WHOLE.replace("defence", "defense")
    .replace("programme", "program")
    .replace("Monday", "July 8")
    .replace("“", '"')
    .replace("”", '"')
)
_EDITED = (
    WHOLE.replace("TOKYO (Agency) - ", "")
    .replace("the first of its kind that Tokyo has concluded with", "Tokyo's first such deal with")
    .replace("with the president looking on", "in the presence of the president")
    .replace("in recent years", "over the past few years")
)
_ADDED = (
    "The agreement comes a month after the leaders of the United States, Japan and the Philippines met in Washington for "
    "the first time, and promised to sail together more often."
)

CASES = (
    Case("another headline and byline", WHOLE, _join("Manila, Tokyo sign landmark troop pact", BYLINE, *WIRE), True),
    Case("headline, byline, last two paragraphs cut", WHOLE, _join("Troop pact signed", BYLINE, *WIRE[:5]), True),
    Case("cut to its first four paragraphs", WHOLE, _join(*WIRE[:4]), True),
    Case("cut to its first half", WHOLE, WHOLE[: len(WHOLE) // 2], True),
    Case("one paragraph added", WHOLE, _join(*WIRE[:3], _ADDED, *WIRE[3:]), True),
    Case("one added, one cut, new headline", WHOLE, _join("A new pact", *WIRE[:2], _ADDED, *WIRE[2:6]), True),
    Case("other spelling and marks", WHOLE, _SPELLED, True),
    Case("lightly edited", WHOLE, _EDITED, True),
    Case("paragraphs in another order", WHOLE, _join(*WIRE[:2], *WIRE[4:], *WIRE[2:4]), True),
    Case(
        "the page's own words around it",
        WHOLE,
        _join("Home News Politics Business", WHOLE, "Read next. " + BYLINE * 2),
        True,
    ),
    Case("a release reprinted with a headline", MANILA, _join("Radars for Manila", BYLINE, MANILA), True),
    Case("a release cut by a paragraph", DHAKA, DHAKA.rsplit("\n\n", 1)[0], True),
    Case("a short notice reprinted", TALKS, _join("Ministers meet", TALKS), True),
    Case("an exercise's notice reprinted", HANOI, _join("MSDF notice: " + BYLINE, HANOI), True),
    Case("grants to two countries", DHAKA, SUVA, False),
    Case("grants of two things to two countries", MANILA, DHAKA, False),
    Case("grants of one thing in two years", MANILA, LATER, False),
    Case("exercises with two navies", HANOI, JAKARTA, False),
    Case("one exercise a year later", HANOI, AGAIN, False),
    Case("meetings with two ministers", TALKS, OTHERS, False),
    Case("meetings with one minister in two years", TALKS, NEXT, False),
    Case(
        "two reports of one event",
        WHOLE,
        _join(
            "Leaders in Manila have put their names to a deal under which Japanese soldiers may train in the Philippines, and Filipino ones in Japan.",
            *(part for part in WIRE[5:6]),
        ),
        False,
    ),
    Case(
        "a later story with the background of the first",
        WHOLE,
        _join(
            "MANILA (Agency) - Lawmakers in Manila approved on Tuesday, by a large majority, the agreement that lets Japanese "
            "forces train in the country, and sent it to the president, who is expected to sign the bill within days.",
            _ADDED,
            *WIRE[2:],
        ),
        False,
    ),
    Case("one paragraph of background in common", _join(*WIRE[:4]), _join(_ADDED, BYLINE, TALKS, WIRE[3]), False),
)
