"""One parse serves the audit and the coder: each sees what it would have seen by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.reading import see_article
from pactwatch.coder.tokens import cut_lines
from pactwatch.coder.typography import plain_text
from pactwatch.model.documents import Document, identify_text
from tests.audit.reading_tools import PUBLISHED, tools

LINES = st.sampled_from(
    (
        "Japan and the Philippines signed a reciprocal access agreement on 8 July 2024.",
        "The two navies then drilled off Palawan, and Tokyo gave\nManila four patrol boats worth 2 billion yen.",
        "It entered into force a year later.",
        "Gulls sit on every lamp post. The harbour smells of squid.",
        "President Marcos said that Trinidad \u2014 the admiral \u2014 had been told in Octo-\nber.",
        "A heading",
        "- Drills with Vietnam have multiplied",
    )
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(("\n", "\n\n", " ", "\n \n"))), min_size=1, max_size=7).map(
    lambda parts: "".join(line + gap for line, gap in parts)
)


@given(TEXTS, st.sampled_from(("", "Japan and Vietnam sign a pact")))
def test_both_see_what_they_would_see_alone(text: str, title: str) -> None:
    coder, lexicon, _, _ = tools()
    document = Document(id=identify_text(text), text=text, title=title, published=PUBLISHED)
    seen = see_article(document, coder, lexicon)
    assert seen.mentions == coder.code(document)
    plain = plain_text(text, coder.grammar.lexicon.keeps_hyphen)
    alone = coder.grammar.scan(document, plain, cut_lines(plain.text))
    assert (seen.scanned.sentences, seen.scanned.title) == (alone.sentences, alone.title)


def test_the_scan_is_the_coders_where_both_read_the_same_parts() -> None:
    coder, _, _, _ = tools()
    text = "Japan and Laos signed a pact.\n\nJapan and Vietnam held a naval drill in May 2024."
    document = Document(id=identify_text(text), text=text, published=PUBLISHED)
    parsed = coder.grammar.parse(document)
    lines = cut_lines(parsed.plain.text)
    assert coder.grammar.scan_parts(document, parsed, lines) is parsed.scanned
    assert coder.grammar.scan_parts(document, parsed, None) is not parsed.scanned
