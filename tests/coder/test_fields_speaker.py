"""Who is credited in a sentence."""

from __future__ import annotations

import pytest

from pactwatch.coder.fields.credits import find_credits
from pactwatch.coder.fields.reading import read_words
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import plain_text


def credited(text: str) -> list[str]:
    tokens = cut_tokens(plain_text(text))
    sentence = Sentence(0, 0, len(tokens.words), 0, len(text))
    return [tokens.shown(one.i, one.j) for one in find_credits(tokens, sentence, read_words("en"))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The pact was signed on Monday, Defence Minister Jane Doe said.", ["Jane Doe"]),
        ("The pact was signed, the defence ministry said on Tuesday.", ["defence ministry"]),
        ("The pact was signed, said a navy spokesman.", ["navy spokesman"]),
        ("The pact was signed, according to two officials.", ["two officials"]),
        ("The minister, Jane Doe, said the pact was signed.", ["Jane Doe"]),
        ("He said the pact was signed.", []),
        ("The pact was signed for a reported sum.", []),
        ("Doe: We signed it in May.", ["Doe"]),
    ],
)
def test_credits(text: str, names: list[str]) -> None:
    assert credited(text) == names


def test_hostile_text_is_read_in_time() -> None:
    assert credited("said, " * 20_000) == []
    assert credited("(" * 50_000 + ") said") == []
