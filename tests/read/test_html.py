"""Pages: main text, and what the publisher says of it; what is not said stays unknown."""

# ruff: noqa: E501 - texts stand as they are read

from __future__ import annotations

from datetime import date

import pytest

from pactwatch.read.html_head import read_head
from tests.read.made import NEWS, document, fault, page

JSON_LD = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", '
    '"datePublished": "2020-01-01"}, {"@type": ["NewsArticle"], "headline": "Pact signed", "datePublished": '
    '"2024-07-08T23:30:00+09:00", "publisher": {"@type": "Organization", "name": "The Reader"}}]}</script>'
)


def test_the_main_text_without_its_surroundings() -> None:
    told = document(page(), "news.html")
    assert told.text == "\n\n".join(NEWS)
    assert told.language == "en"
    assert told.media_type == "text/html"
    assert told.published is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (JSON_LD, date(2024, 7, 8)),
        ('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', date(2024, 3, 5)),
        ('<meta name="DC.date" content="2023-11-30">', date(2023, 11, 30)),
        ('<meta itemprop="datePublished" content="30 November 2023">', date(2023, 11, 30)),
        ('<meta name="pubdate" content="Mon, 08 Jul 2024 09:00:00 GMT">', date(2024, 7, 8)),
        ('<meta property="article:modified_time" content="2024-03-05">', None),
        ('<meta name="date" content="2024-02-31">', None),
        ('<meta name="date" content="03/04/2024">', None),
        ('<meta name="date" content="2024-03">', None),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": 5}</script>', None),
        ('<script type="application/ld+json">{broken</script>', None),
        (f'<script type="application/ld+json">{"[" * 50_000}</script>', None),
    ],
)
def test_the_day_of_publication(head: str, day: date | None) -> None:
    assert read_head(page(head=head).decode(), "a.html").published == day


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ('<time datetime="2024-05-01T08:00">1 May</time>', date(2024, 5, 1)),
        ('<time datetime="2024-05-01">a</time><time datetime="2019-01-01">related</time>', None),
        ('<header><time datetime="2024-05-01">a</time></header><time datetime="2019-01-01">b</time>', date(2024, 5, 1)),
        ("<time>yesterday</time>", None),
    ],
)
def test_the_day_of_a_time_element(times: str, day: date | None) -> None:
    assert read_head(page(times + "<p>words</p>").decode(), "a.html").published == day


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://www.example.org/news/2024/07/09/pact", date(2024, 7, 9)),
        ("https://example.org/20240709-pact.html", date(2024, 7, 9)),
        ("https://example.org/2024/07/pact", None),
        ("https://example.org/2024/13/09/pact", None),
        ("https://example.org/id/1202407091", None),
        ("papers/2024/07/09/pact.html", None),
    ],
)
def test_the_day_in_the_address_comes_last(address: str, day: date | None) -> None:
    assert document(page(), address).published == day
    assert document(page(head=JSON_LD), address).published == date(2024, 7, 8)


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        (
            '<meta property="og:title" content="A &amp; B"><meta property="og:site_name" content="Reader">',
            "A & B",
            "Reader",
        ),
        (JSON_LD, "Pact signed", "The Reader"),
        ("<title>Pact signed | The Reader</title>", "Pact signed", "example.org"),
        ("<title>Sino-Japanese talks</title>", "Sino-Japanese talks", "example.org"),
        ("", "", "example.org"),
    ],
)
def test_title_and_publisher(head: str, title: str, publisher: str) -> None:
    told = document(page(head=head), "https://www.example.org/a")
    assert (told.title, told.publisher) == (title, publisher)


@pytest.mark.parametrize(
    ("lang", "body", "language"),
    [
        (' lang="en-GB"', "", "en"),
        (' lang="vi"', "", "en"),  # a template's language does not make English text Vietnamese
        ("", "", "en"),
        (
            ' lang="en"',
            "<p>Kedua negara menandatangani perjanjian yang akan memungkinkan pasukan untuk berlatih di wilayah masing-masing dan tidak akan ditujukan kepada pihak ketiga, kata menteri itu dalam sebuah pernyataan pada hari Senin. Perjanjian ini adalah yang pertama dengan negara di kawasan itu dan akan berlaku dalam satu tahun.</p>",
            "id",
        ),
        (
            ' lang="ms"',
            "<p>Kedua-dua negara menandatangani perjanjian yang akan membolehkan pasukan untuk berlatih di wilayah dan tidak ditujukan kepada pihak ketiga, kata menteri itu dalam kenyataan pada hari Isnin di ibu kota dengan semua pihak.</p>",
            "ms",
        ),
        (
            ' lang="en"',
            "<p>日本とフィリピンは八日、部隊間協力円滑化協定に署名した。両国の議会の承認を経て発効する見通しだ。</p>",
            "ja",
        ),
    ],
)
def test_language(lang: str, body: str, language: str) -> None:
    assert document(page(body, lang=lang), "a.html").language == language


@pytest.mark.parametrize(
    ("charset", "header", "meta"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8", "iso-8859-1", "iso-8859-1"),  # claimed Latin, plainly UTF-8
        ("windows-1252", "", "windows-1252"),
        ("windows-1252", "", ""),
        ("iso-8859-1", "iso-8859-1", ""),
        ("utf-16", "", ""),
        ("shift_jis", "", "shift_jis"),
        ("shift_jis", "Shift_JIS", ""),
    ],
)
def test_charsets(charset: str, header: str, meta: str) -> None:
    words = "防衛装備品の移転に関する協定" if charset == "shift_jis" else "“Café” accord, signé à Nouméa – naïveté"
    if charset == "iso-8859-1":
        words = "Café accord, signé à Nouméa"
    mark = f'<meta charset="{meta}">' if meta else ""
    data = f"<html><head>{mark}</head><body><article><p>{words}, {NEWS[0]}</p></article></body></html>".encode(charset)
    assert words in document(data, "a.html", charset=header).text


def test_an_encoding_that_nobody_tells_is_refused_not_guessed() -> None:
    assert "encoding" in fault("Министры обороны подписали соглашение о сотрудничестве.".encode("koi8-r")).found


def test_a_page_without_text() -> None:
    assert "no words" in fault(b"<html><body><img src=a></body></html>", "a.html").found


def test_hundred_thousand_tags_within_each_other() -> None:
    assert "levels" in fault(b"<html><body>" + b"<div>" * 100_000 + b"a", "a.html").found


def test_a_tag_of_a_megabyte_ends_soon() -> None:
    assert document(page() + b"<" + b"a" * 1_000_000, "a.html").text.startswith(NEWS[0])
