"""The coder as opened: every mention stands on its passage, and on nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.model.mentions import Mention
from tests.coder.opened import NEEDS_WEIGHTS, mentions

pytestmark = NEEDS_WEIGHTS

WORDS = (
    "Japan|Fiji|ASEAN|Tokyo|signed|a treaty|joint drill|held|two radars|delivered|they|will|not|met|in 2024|on Monday"
    "|US$5 million|.|. |,|\n|\n\n|—|🇯🇵|'s|“|”|(|)|-\n|\u00ad|8 July 2024|the navy|said|e\u0301|İ"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join))


STORY = (
    "TOKYO, June 15 — Japan and Fiji signed a defence coopera-\ntion agreement on Tuesday, “a first”, Tokyo said.\n\n"
    "The navies of the two countries held a joint exercise in May 2024. Japan delivered two patrol boats to Fiji for "
    "US$5\u00a0million."
)
UNRELATED = (
    "It rained in the hills all morning, and the wind turned to the west towards evening.",
    "Melt the butter, stir in the flour and let the sauce simmer for ten minutes.",
    "The home side won by two goals to one after a late header, and the fans sang on their way home.",
)


def as_told(found: tuple[Mention, ...]) -> list[dict[str, Any]]:
    """Mentions without what changes with their place in the text."""
    return [one.model_dump(exclude={"start", "end", "spans", "why", "confidence"}) for one in found]


@pytest.mark.parametrize("text", [STORY, *[f"{other}\n\n{STORY}" for other in UNRELATED]])
def test_offsets_lead_to_the_quote(text: str) -> None:
    found = mentions(text)
    assert len(found) >= 3
    for one in found:
        check_grounded(one, text)


def check_grounded(one: Mention, text: str) -> None:
    assert text[one.start : one.end] == one.quote
    for spans in one.spans.values():
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("unrelated", UNRELATED)
def test_unrelated_paragraphs_change_nothing(unrelated: str) -> None:
    alone = as_told(mentions(STORY))
    assert as_told(mentions(f"{unrelated}\n\n{STORY}")) == alone
    assert as_told(mentions(f"{STORY}\n\n{unrelated}")) == alone
    assert as_told(mentions(f"{unrelated}\n\n{STORY}\n\n{unrelated}")) == alone


@pytest.mark.parametrize("text", [*UNRELATED, "\n\n".join(UNRELATED)])
def test_unrelated_paragraphs_tell_nothing(text: str) -> None:
    assert mentions(text) == ()


def test_the_same_text_is_coded_alike_twice() -> None:
    assert mentions(STORY, "Japan and Fiji") == mentions(STORY, "Japan and Fiji")


def test_another_document_between_changes_nothing() -> None:
    first = mentions(STORY)
    mentions("Laos held a drill with Samoa in 2020.")
    assert mentions(STORY) == first


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_coded_and_grounded(text: str, title: str) -> None:
    found = mentions(text, title)
    for one in found:
        check_grounded(one, text)
    assert mentions(text, title) == found
    starts = [one.start for one in found]
    assert starts == sorted(starts)
