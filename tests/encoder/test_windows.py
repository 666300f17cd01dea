"""How an article is laid out for the network: nothing lost, nothing too wide, and nothing moved by idle paragraphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.encoder.windows import NO_ROW, TITLE, WIDEST, Line, Window, lay_windows
from pactwatch.encoder.wordpieces import Wordpieces

WORDS = ["[UNK]", "<s>", "</s>", "pact", "deal", "talk"]
VOCABULARY = Wordpieces({piece: number for number, piece in enumerate(WORDS)})
TEXTS = st.integers(0, 130).map(lambda count: " ".join(["pact", "deal", "talk"] * count)[: 5 * count])
LINES = st.lists(st.builds(Line, TEXTS, st.integers(0, 5), st.booleans()), max_size=14)
READ = st.lists(st.builds(Line, TEXTS, st.just(1)), max_size=9)
NOBODY = Line("")


def lay(lines: list[Line], title: Line = NOBODY) -> list[Window]:
    return lay_windows(title, lines, VOCABULARY)


@given(LINES)
def test_every_sentence_is_a_row_of_one_window(lines: list[Line]) -> None:
    rows = [row for window in lay(lines) for row in window.rows if row != NO_ROW]
    assert sorted(rows) == list(range(len(lines)))


@given(LINES, TEXTS)
def test_no_window_is_too_wide(lines: list[Line], title: str) -> None:
    for window in lay(lines, Line(title)):
        assert len(window.pieces) == len(window.slots) <= WIDEST
        assert set(window.slots) - {0} == set(range(1, len(window.rows) + 1))


@given(READ, st.lists(TEXTS, min_size=1, max_size=5), st.integers(0, 9))
def test_paragraphs_that_are_not_read_change_no_other_window(lines: list[Line], idle: list[str], place: int) -> None:
    place = min(place, len(lines))
    noise = [Line(text, 2, is_read=False) for text in idle]
    later = [Line(line.text, 3) for line in lines[place:]]
    among = lay([*lines[:place], *noise, *later])
    alone = lay([*lines[:place], *later])
    assert [window.pieces for window in among[: len(alone)]] == [window.pieces for window in alone]


def test_a_window_opens_with_the_title_and_repeats_two_sentences() -> None:
    lines = [Line(" ".join([word] * 90)) for word in ("pact", "deal", "talk", "pact", "deal")]
    first, second = lay(lines, Line("talk"))
    assert first.pieces[:4] == (1, 5, 2, 3)
    assert (first.rows, second.rows) == ((0, 1, 2, 3), (NO_ROW, NO_ROW, 4))
    short = [Line("pact")] * 300
    assert lay(short)[1].rows[:3] == (NO_ROW, NO_ROW, 191)


def test_names_stand_where_their_pieces_do() -> None:
    title = Line("deal pact", named=((5, 9, ("JPN",)),))
    line = Line("talk pact deal", named=((5, 9, ("PHL", "VNM")), (0, 4, ("IDN",))))
    (window,) = lay([Line("pact"), line], title)
    found = [(one.codes, window.pieces[one.first : one.stop], one.slot) for one in window.named]
    assert found == [(("JPN",), (3,), TITLE), (("PHL", "VNM"), (3,), 1), (("IDN",), (5,), 1)]


def test_a_name_beyond_what_is_read_of_a_sentence_is_left_out() -> None:
    text = " ".join(["pact"] * 120)
    (window,) = lay([Line(text, named=((0, 4, ("JPN",)), (550, 554, ("PHL",))))])
    assert [one.codes for one in window.named] == [("JPN",)]
