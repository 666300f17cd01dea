"""PDF: pages, paragraphs and words as a reader sees them."""

# ruff: noqa: E501, S106 - texts stand as they are read

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pactwatch.read import Limits
from pactwatch.read.pdf import _day_made
from pactwatch.read.pdf_text import mend_hyphen
from tests.read.made import document, fault, pdf, picture_pdf

BODY = [
    "Japan and the Philippines agreed on closer defence co-",
    "operation, the ministry said on 3 March 2024. The long-",
]
REST = ["term plan covers coastal radars and patrol vessels.", "", "A second paragraph begins here and has more wor-"]


def test_lines_become_paragraphs_and_broken_words_whole() -> None:
    told = document(pdf([[*BODY, *REST, "ds in it."]]), "a.pdf")
    assert told.text == (
        "Japan and the Philippines agreed on closer defence cooperation, the ministry said on 3 March 2024. The long-term "
        "plan covers coastal radars and patrol vessels.\n\nA second paragraph begins here and has more words in it."
    )
    assert told.pages == (0,)


@pytest.mark.parametrize(
    ("above", "below", "known", "whole"),
    [
        ("closer co-", "operation", {"co-operation": 2, "cooperation": 1}, "closer co-operation"),
        ("closer co-", "operation", {"cooperation": 1}, "closer cooperation"),
        ("closer co-", "operation", {}, "closer cooperation"),
        ("a long-", "term plan", {}, "a long-term plan"),
        ("the under-", "standing", {"standing": 3, "under": 9}, "the understanding"),
        ("a ship-", "based radar", {"ship": 2, "based": 3}, "a ship-based radar"),
        ("the agree-", "ment", {"agree": 2}, "the agreement"),
        ("the Asia-", "Pacific", {}, "the Asia-Pacific"),
        ("six F-", "16 jets", {}, "six F-16 jets"),
        ("self-", "defence", {"self-defence": 1, "selfdefence": 0}, "self-defence"),
        ("the ASEAN", "led talks", {}, "the ASEAN-led talks"),  # the hyphen itself is taken by the PDF library
    ],
)
def test_hyphens_by_what_the_document_writes(above: str, below: str, known: dict[str, int], whole: str) -> None:
    between, cut = mend_hyphen(above, below, Counter(known))
    assert (above[:-cut] if cut else above) + between + below == whole


def _paper(pages: int) -> list[list[str]]:
    return [
        [
            "Annual review of partnerships",
            "",
            f"Chapter {number} opens with a sentence that nobody wrote before {number}.",
            f"It goes on for a while about matter {number * 7}.",
            "",
            "",
            f"{number}",
        ]
        for number in range(1, pages + 1)
    ]


def test_running_heads_and_page_numbers_go_and_pages_are_found() -> None:
    told = document(pdf(_paper(6)), "a.pdf")
    assert "Annual review" not in told.text
    assert len(told.pages) == 6
    for number, start in enumerate(told.pages, 1):
        assert told.text[start:].startswith(f"Chapter {number} opens")
        assert told.page_at(start) == number
    assert not any(line.strip().isdigit() for line in told.text.split("\n"))


def test_a_sentence_runs_over_a_page_and_an_empty_page_begins_where_the_next_does() -> None:
    told = document(pdf([["The ministers signed the accord and"], [], ["left for the airport."]]), "a.pdf")
    assert told.text == "The ministers signed the accord and left for the airport."
    assert told.pages == (0, 36, 36)


@pytest.mark.parametrize(
    ("title", "kept"),
    [("White paper 2024", "White paper 2024"), ("Microsoft Word - draft3.docx", ""), ("untitled", ""), ("a.pdf", "")],
)
def test_titles_of_metadata_with_care(title: str, kept: str) -> None:
    assert document(pdf([BODY], title=title), "a.pdf").title == kept


@pytest.mark.parametrize(
    ("made", "text", "day"),
    [
        ("D:20240305090000+09'00'", "Tokyo, 4 March 2024. The ministry", date(2024, 3, 5)),
        ("D:20240305090000", "Signed on 2024-03-04", date(2024, 3, 5)),
        ("D:20240305090000", "A treaty of 1951", None),
        ("D:20240231", "February 2024", None),
        ("yesterday", "March 2024", None),
    ],
)
def test_the_day_a_file_was_made_counts_only_if_its_text_agrees(made: str, text: str, day: date | None) -> None:
    assert _day_made({"CreationDate": made}, text) == day


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf([BODY], password="secret"), "encrypted"),
        (picture_pdf(), "without text"),
        (pdf([BODY])[:200], "cannot be opened"),
        (b"%PDF-1.7\n" + b"\0" * 500, "cannot be opened"),
    ],
)
def test_what_is_refused(data: bytes, found: str) -> None:
    assert found in fault(data, "a.pdf").found


def test_more_pages_than_allowed() -> None:
    assert "4 pages" in fault(pdf(_paper(4)), "a.pdf", Limits(pages=3)).found
