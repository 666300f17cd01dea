"""Words, marks and sentences."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.tokens import LONGEST_SENTENCE, SentenceWords, Tokens, cut_sentences, cut_tokens
from pactwatch.coder.typography import plain_text

PIECES = st.sampled_from(
    [*".!?\"')](- \n\u2022,;_#5aZ", "\n\n", "U.S.", "Gen.", "The ", "No. 5", "1.5", "'s ", "pact", "🇯🇵", "…"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@cache
def english() -> SentenceWords:
    return read_lexicon([BASE_LEXICONS / "en"]).sentences


def tokens_of(text: str) -> Tokens:
    return cut_tokens(plain_text(text))


def sentences_of(text: str) -> list[str]:
    tokens = tokens_of(text)
    return [tokens.shown(first, stop) for first, stop in cut_sentences(tokens, english())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  \t ", []),
        ("Japan signed.", ["japan", "signed", "."]),
        ("Japan-Fiji pact", ["japan", "fiji", "pact"]),
        ("Tokyo - Manila", ["tokyo", "-", "manila"]),
        ("Tokyo — Manila", ["tokyo", "—", "manila"]),
        ("Tokyo—Manila", ["tokyo", "—", "manila"]),
        ("#Navy @navy and/or R&D", ["navy", "navy", "and", "or", "r", "d"]),
        ("Fiji's and the troops' ships", ["fiji", "'s", "and", "the", "troops", "'", "ships"]),
        ("the U.S. and the U.K.", ["the", "u.s.", "and", "the", "u.k."]),
        ("1,250.75 tons", ["1,250.75", "tons"]),
        ("5m and F-35B", ["5", "m", "and", "f", "35", "b"]),
        ("(RAA), then", ["(", "raa", ")", ",", "then"]),
        ("US$5 or €6", ["us", "$", "5", "or", "€", "6"]),
        ("one\n \n two", ["one", "\n \n ", "two"]),
        ("Türkiye", ["turkiye"]),
        ("🇯🇵", ["🇯", "🇵"]),
    ],
)
def test_words_and_marks(text: str, words: list[str]) -> None:
    assert tokens_of(text).words == words


def test_words_know_their_capital_and_their_place() -> None:
    tokens = tokens_of("the Élan pact")
    assert [tokens.is_capital(i) for i in range(3)] == [False, True, False]
    assert tokens.shown(1, 3) == "Élan pact"
    assert tokens.shown(1, 1) == ""


@pytest.mark.parametrize(
    "sentences",
    [
        ["The pact holds.", "Talks go on!", "Do they?", "Yes."],
        ["Gen. Sato met Adm. Reyes in Manila.", "They signed it."],
        ["Lt. Gen. Cruz flew on.", "J. K. Tan stayed with Mr. Lee.", "A pact came."],
        ["The U.S. Navy came.", "It left."],
        ["It joined the U.S.", "The talks ended."],
        ["They met at 5 p.m. on Monday.", "Rain fell."],
        ["They met at 5 p.m.", "The crew slept."],
        ["Acme Inc. built it.", "Acme Inc.", "The firm won."],
        ["Resolution No. 5 was read.", "It passed."],
        ["It cost 2.5 million.", "Version 2.0.", "It works."],
        ["He came on Sept. 5.", "The pact was signed."],
        ['He said, "We signed."', "The pact holds."],
        ["They signed (in May).", '"It is done," he said.'],
        ["(It ended.)", "They left."],
        ["They waited...", "Then they signed."],
        ["Who?!", "Nobody."],
        ["JAPAN SIGNED THE PACT.", "VIETNAM FOLLOWED."],
        ["It came in 2024.", "2025 was calm."],
        ["The memo is at defence.example.org for all.", "Read it."],
    ],
)
def test_sentences_on_one_line(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


LONG = "The ministers of the two neighbours met again in Oslo in order to"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("\n\n \n", []),
        ("...", ["..."]),
        ("\n\nThe pact holds\n\n", ["The pact holds"]),
        ("Heading\n\ntext goes on.", ["Heading", "text goes on."]),
        ("JOINT COMMUNIQUE\nThe ministers met.", ["JOINT COMMUNIQUE", "The ministers met."]),
        (f"{LONG}\nsign the pact.", [f"{LONG}\nsign the pact."]),
        (f"{LONG} help\nLaos and Fiji.", [f"{LONG} help\nLaos and Fiji."]),
        (f"{LONG} sign.\nThe pact holds.", [f"{LONG} sign.", "The pact holds."]),
        ("- Radars for Laos\n- Boats for Fiji", ["- Radars for Laos", "- Boats for Fiji"]),
        ("• Radars\n• boats", ["• Radars", "• boats"]),
        (f"{LONG}:\n• radars;\n• boats", [f"{LONG}:", "• radars;", "• boats"]),
        ("He said, \u201cWe signed.\u201d The pact holds.", ['He said, "We signed."', "The pact holds."]),
        ("it rained. it stopped. ok", ["it rained. it stopped. ok"]),
        ("Ends here.Next begins.", ["Ends here.Next begins."]),
    ],
)
def test_sentences_over_lines(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["They waited…", "Then they signed."],
        ["They waited… then they signed."],
        ["They waited... then they signed."],
        ['"We signed the pact." he said.', "They left."],
        ['"Who signed?" he asked.', '"Fiji!"', "They left."],
        ["The note (ended in May.) was signed."],
        ["It was signed in May.[1]", "They left.[2][13]"],
        ['He said, "It holds."[4]', "They left."],
        ["The note [sic.] was signed."],
    ],
)
def test_ellipses_inner_stops_and_footnote_marks(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_a_sentence_longer_than_any_is_cut() -> None:
    tokens = tokens_of("pact " * (2 * LONGEST_SENTENCE + 5))
    assert [stop - first for first, stop in cut_sentences(tokens, english())] == [LONGEST_SENTENCE, LONGEST_SENTENCE, 5]


def test_a_dash_without_spaces_stands_between_words() -> None:
    assert tokens_of("the pact—signed in May—holds").words.count("—") == 2


@given(TEXTS)
def test_words_are_in_order_and_leave_out_no_letter(text: str) -> None:
    plain = plain_text(text)
    tokens = cut_tokens(plain)
    last = 0
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert last <= start < end
        assert plain.low[start:end] == word
        assert not any(left.isalnum() for left in plain.low[last:start])
        last = end
    assert not any(left.isalnum() for left in plain.low[last:])
    assert cut_tokens(plain).words == tokens.words


@given(TEXTS)
def test_sentences_are_in_order_and_leave_out_only_line_breaks(text: str) -> None:
    tokens = tokens_of(text)
    last = 0
    sentences = cut_sentences(tokens, english())
    for first, stop in sentences:
        assert last <= first < stop
        assert all(word[0] == "\n" for word in tokens.words[last:first])
        last = stop
    assert all(word[0] == "\n" for word in tokens.words[last:])
    assert cut_sentences(tokens, english()) == sentences
