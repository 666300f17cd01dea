"""Who is named where in a document: datelines, host, lists, speakers, order."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from pactwatch.coder.context import Context, Naming
from pactwatch.coder.grammar import Grammar
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.model.documents import Document


@cache
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


STEP = " A treaty was signed."
"""What tells of no step may be left unread."""


def context_of(text: str, title: str = "", published: date | None = date(2024, 5, 6)) -> Context:
    return grammar().parse(Document(id="d", text=text + STEP, title=title, published=published)).context


def namings(text: str) -> list[Naming]:
    return [naming for sentence in context_of(text).namings for naming in sentence]


@pytest.mark.parametrize(
    ("text", "title", "host"),
    [
        ("TOKYO, May 5 (Wire) - Fiji and Laos signed a treaty.", "", "JPN"),
        ("MANILA, Philippines \u2014 Japan sailed.", "", "PHL"),
        ("MANILA \u2014 Japan sailed.", "", "PHL"),
        ("HANOI: Japan and Laos met.", "", "VNM"),
        ("Singapore (May 4): The ministers met.", "", "SGP"),
        ("TOKYO - Fiji sailed.", "Laos readies ships", "JPN"),
        ("The navy sailed.", "Japan readies ships", "JPN"),
        ("The navy sailed.", "Japan and Fiji ready ships", None),
        ("The navy sailed.", "", None),
        ("The talks were calm. TOKYO - Fiji left.", "", None),
        ("In Tokyo on 4 May: Japan met Laos.", "", None),
        ("", "", None),
    ],
)
def test_the_host_is_the_datelines_or_the_titles(text: str, title: str, host: str | None) -> None:
    assert context_of(text, title).host == host


@pytest.mark.parametrize(
    "text",
    [
        "MANILA\u2014Japan sailed.",
        "MANILA (Wire)\u2014Japan sailed.",
    ],
)
def test_a_dateline_may_end_in_a_dash_without_spaces(text: str) -> None:
    assert context_of(text).host == "PHL"


@pytest.mark.parametrize("text", ["Japan and Fiji met in Tokyo - a first.", "The crews met off Samoa: all went well."])
def test_a_capital_before_a_dash_is_no_dateline_where_a_sentence_runs_up_to_it(text: str) -> None:
    assert context_of(text).host is None


def test_a_dateline_names_no_partner() -> None:
    context = context_of("TOKYO, May 5 - Fiji and Laos signed a treaty.")
    assert [naming.is_dateline for naming in context.namings[0]] == [True, False, False]
    assert context.counts == {"FJI": 1, "LAO": 1}


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Japan met Fiji.", {"Japan": 1, "Fiji": 1}),
        ("Japan and Fiji met.", {"Japan": 2, "Fiji": 2}),
        ("Japan, Fiji, and the Philippines met Laos.", {"Japan": 3, "Fiji": 3, "Philippines": 3, "Laos": 1}),
        ("Japan as well as Fiji met.", {"Japan": 1, "Fiji": 1}),
        ("Japan's and Fiji's crews", {"Japan": 2, "Fiji": 2}),
        ("the Japan-Fiji-Laos drill", {"Japan": 3, "Fiji": 3, "Laos": 3}),
        ("Japan & Fiji", {"Japan": 2, "Fiji": 2}),
        ("Japan to Fiji", {"Japan": 1, "Fiji": 1}),
        ("Japan, which met Fiji", {"Japan": 1, "Fiji": 1}),
    ],
)
def test_partners_in_a_list_stand_together(text: str, sizes: dict[str, int]) -> None:
    assert {naming.span.label: naming.list_size for naming in namings(text)} == sizes


def test_a_list_shares_the_word_before_it() -> None:
    befores = {
        naming.span.label: naming.before
        for naming in namings("It sailed with Japan, Fiji and the Philippines to Laos.")
    }
    assert befores == {"Japan": "with", "Fiji": "with", "Philippines": "with", "Laos": "to"}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Japan said the pact with distant Fiji would hold.", {"Japan"}),
        ("The pact with Fiji will surely and certainly hold, said Japan.", {"Japan"}),
        ("The pact of Fiji will surely and certainly hold, according to Japan.", {"Japan"}),
        ("Japan and Fiji met.", set()),
    ],
)
def test_speakers(text: str, speakers: set[str]) -> None:
    assert {naming.span.label for naming in namings(text) if naming.is_speaker} == speakers


def test_order_counts_and_ranks() -> None:
    context = context_of("Laos met Fiji. Fiji met Japan. Fiji and Japan left.", title="Samoa waits")
    assert context.order == ["WSM", "LAO", "FJI", "JPN"]
    assert context.counts == {"WSM": 1, "LAO": 1, "FJI": 3, "JPN": 2}
    assert context.recent[:3] == [["WSM"], ["WSM", "LAO", "FJI"], ["WSM", "LAO", "FJI", "JPN"]]
    assert context.title == {"WSM"}


def test_who_is_named_most_ranks_first() -> None:
    assert context_of("Laos met Fiji. Fiji met Japan. Fiji and Japan left.").ranks == {"FJI": 0, "JPN": 1, "LAO": 2}


def test_a_place_does_not_count_as_its_state() -> None:
    context = context_of("The crews met at Yokosuka. Fiji left.")
    assert context.counts == {"FJI": 1}
    assert "JPN" in context.order


@pytest.mark.parametrize(("text", "has_defence"), [("The navy sailed.", True), ("Rice was sold to Fiji.", False)])
def test_defence_words_are_noticed(text: str, has_defence: bool) -> None:
    assert context_of(text).has_defence is has_defence


def test_the_day_is_kept() -> None:
    assert context_of("Fiji left.").published == "2024-05-06"
    assert context_of("Fiji left.", published=None).published == ""


def test_a_text_is_an_article_by_the_paragraphs_that_are_read() -> None:
    read, unread = "The navy of Fiji sailed to Samoa again. " * 12, "The bakery sold more bread than last year. " * 60
    assert not context_of(f"{unread}\n\n{read}").is_long
    assert context_of(f"{read}\n\n{read}").is_long
