"""What sentences are read as, and what the sentences around them do to it. All texts are the tests' own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.audit.entries import Setting, make_claim
from pactwatch.audit.reading import Reading, SentenceClass, Stance, read_audit_lexicon
from pactwatch.audit.reading.filling import Filler
from pactwatch.audit.reading.looks import Look
from pactwatch.audit.reading.reader import Reader, features_of, remember
from pactwatch.audit.reading.rules import Rule
from pactwatch.claims.family import NOT_TESTABLE
from tests.audit.reading_tools import PUBLISHED, read, read_last, tools

MONTHS = {"January": 1, "March": 3, "May": 5, "June": 6, "October": 10, "December": 12}


@pytest.mark.parametrize("month", MONTHS)
def test_another_month_moves_the_reading(month: str) -> None:
    reading = read_last(f"Japan's signings with the region cluster in {month}.")
    assert (reading.kind, reading.frame.months) == ("cluster", (MONTHS[month],))


def test_a_month_within_a_date_is_no_month_of_the_year() -> None:
    reading = read_last("Since 3 March 2019 drills with Vietnam have multiplied.")
    assert (reading.kind, reading.frame.months) == ("trend", ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Japan's deals in May frequently include courses.", "share"),
        ("Accords cluster in May.", "cluster"),
        ("Many accords are signed in May.", "cluster"),
    ],
)
def test_a_month_that_says_which_deals_makes_no_cluster_of_a_share(text: str, kind: str) -> None:
    _, lexicon, places, _ = tools()
    article, _ = read(text)
    memory = remember(article, places, lexicon)
    reader = Reader(lexicon, memory, Filler(lexicon, memory, PUBLISHED))
    (features,) = features_of(article.sentences, lexicon)
    look = Look({"claim": 1.0}, {"cluster": 0.8, "share": 0.1, "none": 0.1})
    assert reader.choose_kind(article.sentences[0], SentenceClass.CLAIM, features, look) == kind


def test_months_with_a_span_between_them_stand_for_all_of_it() -> None:
    assert read_last("Drills with the region pile up from May to September.").frame.months == (5, 6, 7, 8, 9)
    assert read_last("Signings with the region cluster between November and February.").frame.months == (1, 2, 11, 12)


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("Vietnam is close to Japan. Drills have multiplied.", ("VNM",)),
        ("Vietnam is close to Japan.\n\nDrills have multiplied.", ("partners",)),
        ("Indonesia is another case. Exercises there have included disaster relief.", ("IDN",)),
        ("Drills with countries such as Vietnam and Indonesia have multiplied.", ("IDN", "VNM")),
    ],
)
def test_partners_are_carried_within_a_paragraph_only(text: str, partners: tuple[str, ...]) -> None:
    assert read_last(text).frame.partners == partners


def test_the_title_names_whom_it_is_about() -> None:
    reading = read_last("Drills have multiplied.", title="Japan and Vietnam at sea")
    assert (reading.frame.focus, reading.frame.partners) == ("JPN", ("VNM",))
    assert "partners" not in reading.frame.told


def test_paragraphs_that_say_nothing_of_it_change_no_reading() -> None:
    text = "Tokyo has been striking ever more defence deals with Hanoi."
    noise = "The harbour smells of squid in the morning.\n\nGulls sit on every lamp post."
    alone, among = read_last(text), read(f"{noise}\n\n{text}\n\n{noise}")[1]
    assert [reading for reading in among if reading.kind == "trend"] == [alone]


@pytest.mark.parametrize(
    ("text", "stance", "is_denied"),
    [
        ("Drills with Vietnam have multiplied.", Stance.ASSERTED, False),
        ("Drills with Vietnam have not multiplied.", Stance.DENIED, True),
        ("There is no evidence that drills with Vietnam have multiplied.", Stance.DENIED, True),
        ("Drills with Vietnam appear to have multiplied.", Stance.HEDGED, False),
        ("Analysts argue that drills with Vietnam have multiplied.", Stance.QUOTED, False),
        ("Analysts argue that drills with Vietnam have not multiplied.", Stance.QUOTED, True),
        ("Have drills with Vietnam multiplied?", Stance.ASKED, False),
        ("Drills with Vietnam are not only growing.", Stance.ASSERTED, False),
    ],
)
def test_stances(text: str, stance: Stance, is_denied: bool) -> None:
    reading = read_last(text)
    assert (reading.stance, reading.is_denied) == (stance, is_denied)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Should Manila ask for more?", SentenceClass.QUESTION),
        ("Manila should ask for more radars.", SentenceClass.OPINION),
        ("Watch the next budget of Japan.", SentenceClass.OPINION),
        ("The pact will change patrols off Vietnam.", SentenceClass.FORECAST),
        ("Japan and Vietnam signed a transfer agreement on 4 March 2021.", SentenceClass.EVENT),
        ("Japan's constitution forbids the use of force to settle disputes.", SentenceClass.LEGAL),
        ("Many in Jakarta regard Tokyo as patient.", SentenceClass.PERCEPTION),
        ("Japan's drills with Vietnam have multiplied.", SentenceClass.CLAIM),
        ("The harbour smells of squid in the morning.", SentenceClass.OTHER),
    ],
)
def test_classes(text: str, wanted: SentenceClass) -> None:
    assert read_last(text).sentence_class is wanted


def test_headings_are_told_from_sentences_where_each_line_is_a_paragraph() -> None:
    seen, readings = read("Why the drills with Vietnam are growing and why it matters now\nDrills have multiplied.")
    assert [one.quote for one in seen.sentences][1] == "Drills have multiplied."
    assert readings[0].sentence_class is SentenceClass.OTHER


def test_wrapped_lines_are_one_sentence() -> None:
    seen, _ = read("Drills with Vietnam have\nmultiplied since the year\nin which they began.")
    assert len(seen.sentences) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Japan Vietnam drills March. ?\n-“”’ é\u200b日本"), max_size=300))
def test_offsets_point_into_the_given_text(text: str) -> None:
    seen, readings = read(text, published=date(2025, 1, 1))
    assert len(seen.sentences) == len(readings)
    last = 0
    for one in seen.sentences:
        assert text[one.start : one.end] == one.quote
        assert one.start >= last
        last = one.end


def test_a_rule_that_names_no_group_is_refused() -> None:
    with pytest.raises(ValueError, match="no group of words 'nowhere'"):
        Rule.from_table({"name": "trend", "when": ["growth nowhere"]}, {"growth"})


@pytest.mark.parametrize("published", [None, date(2025, 3, 20)])
def test_a_month_is_one_whether_or_not_the_article_tells_its_day(published: date | None) -> None:
    seen, readings = read("Signings have been many of late, particularly in March.", published=published)
    assert "date" in seen.sentences[0].hits
    assert (readings[0].kind, readings[0].frame.months) == ("cluster", (3,))


@pytest.mark.parametrize(
    "text",
    [
        "Ticket sales have grown every year.",
        "Most of the songs were new.",
        "The first match was held in March, as usual.",
    ],
)
def test_what_has_nothing_to_do_with_defence_and_names_nobody_gets_no_test(text: str) -> None:
    assert read_last(f"The weather was fine on Sunday. Children played football. {text}").kind in ("", "none")


def _needs() -> list[tuple[str, str]]:
    lexicon = read_audit_lexicon()
    rules = [*lexicon.readings, *(one for lines in lexicon.otherwise.values() for one in lines)]
    return sorted({(one.name, need) for one in rules for need in one.payload.get("needs", ())})


@pytest.mark.parametrize(("kind", "need"), _needs())
def test_what_a_kind_cannot_do_without_is_named_and_keeps_it_from_a_test(kind: str, need: str) -> None:
    _, _, places, as_of = tools()
    reading = Reading(SentenceClass.CLAIM, Stance.ASSERTED, kind, lacks=(need,))
    claim = make_claim("one", "A sentence.", reading, Setting(places, as_of, None, {}))
    assert claim.kind == NOT_TESTABLE
    assert "the sentence does not say" in claim.reading


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Such matters make up a large share of what Japan does with Vietnam.", "share"),
        ("Japan's agreements with the Philippines show a shift toward more ambitious cooperation.", "shift"),
    ],
)
def test_a_sentence_that_leaves_the_part_open_keeps_its_kind(text: str, kind: str) -> None:
    """Nor does a deal that it names stand in for the part, or let one be guessed."""
    reading = read_last(text, "Japan and Southeast Asia")
    assert (reading.kind, reading.lacks) == (kind, ("feature",))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Fiji became the first Pacific state after Papua New Guinea to sign a defence agreement with Japan.", "FJI"),
        ("Of all countries in the region the Philippines was the first to sign a reciprocal access agreement.", "PHL"),
    ],
)
def test_who_came_first_is_not_whom_they_came_after(text: str, actor: str) -> None:
    reading = read_last(text)
    assert (reading.kind, reading.frame.actor) == ("first", actor)


def test_ships_that_visit_are_no_equipment_that_is_handed_over() -> None:
    visits = read_last("Japanese destroyers have visited ports in Vietnam for many years.").frame
    assert (visits.types, visits.categories) == (("exercise",), ())
    gifts = read_last("Japan has given patrol boats to Vietnam for many years.").frame
    assert (gifts.types, gifts.categories) == (("transfer",), ("vessel",))


@pytest.mark.parametrize(
    ("text", "kind", "is_denied"),
    [
        ("The number of drills with Vietnam has remained at the same level since 2019.", "trend", True),
        ("It would be wrong to conclude that drills with Vietnam have declined.", "trend", True),
        ("The Philippines was only the second in the region to sign a logistics pact.", "first", True),
        (
            "Singapore was the first in the region to sign an equipment transfer agreement, Malaysia the second.",
            "first",
            False,
        ),
        ("Japanese warships are not new to Cambodia.", "exists", False),
    ],
)
def test_a_claim_may_be_denied_without_a_negation_and_stand_with_one(text: str, kind: str, is_denied: bool) -> None:
    reading = read_last(text)
    assert (reading.kind, reading.is_denied) == (kind, is_denied)
