"""Plain text, Markdown and JSON Lines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pactwatch.model.documents import identify_text
from pactwatch.model.errors import Fault
from pactwatch.read import Found
from tests.read.made import NEWS, document, fault, read


def test_text_keeps_its_lines_and_finds_its_title() -> None:
    told = document(
        b"Pact signed in Manila\r\n\r\nThe ministers of both\r\ncountries met.  \r\n\r\n\r\n\r\nThe end.\0"[:-1]
    )
    assert told.text == "Pact signed in Manila\n\nThe ministers of both\ncountries met.\n\nThe end."
    assert told.title == "Pact signed in Manila"


def test_paragraphs_on_long_lines_are_parted() -> None:
    assert document("\n".join(one * 3 for one in NEWS).encode()).text == "\n\n".join(one * 3 for one in NEWS)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b" \n\t \n", "no words"),
        (bytes(range(256)) * 50, "no text"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "program"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "Office"),
        (b"{\\rtf1 words}", "Rich Text"),
        (b"\x1f\x8b\x08\0\0", "gzip"),
    ],
)
def test_what_is_no_text(data: bytes, found: str) -> None:
    assert found in fault(data).found


MARKDOWN = """---
title: "Pact signed"
date: 2024-07-08
publisher: The Reader
---

# A [reciprocal](https://example.org/a_(b)) *access* agreement

Japan and **the Philippines** [signed][1] a `pact`[^1] on ~~Sunday~~Monday. ![flag](flag.png)
See <https://example.org>.

> It was a *first*, she said.

* coastal radars
* patrol_vessels_of 97 m

| item | number |
|------|--------|
| radar | 3 |

```python
not_read()
```

[1]: https://example.org
"""


def test_markdown_without_its_marks() -> None:
    told = document(MARKDOWN.encode(), "a.md")
    assert (told.title, told.published, told.publisher) == ("Pact signed", date(2024, 7, 8), "The Reader")
    assert told.text == (
        "A reciprocal access agreement\n\nJapan and the Philippines signed a pact on Monday.\nSee https://example.org.\n\n"
        "It was a first, she said.\n\ncoastal radars\n\npatrol_vessels_of 97 m\n\nitem; number\n\nradar; 3"
    )


def test_every_bad_line_is_named_and_the_others_read() -> None:
    good = {
        "id": "n-1",
        "text": "Two  spaces\tstay.\n",
        "title": "A",
        "published": "2024-07-08",
        "url": "https://example.org/1",
    }
    lines = [json.dumps(good), "{", '{"title": "x"}', "", '{"text": ""}', json.dumps({"text": "Second."})]
    answers = read("\n".join(lines).encode(), "d.jsonl", line=101)
    faults = [one for one in answers if isinstance(one, Fault)]
    assert [(one.file, one.line) for one in faults] == [("d.jsonl", 102), ("d.jsonl", 103), ("d.jsonl", 105)]
    first, second = [one for one in answers if isinstance(one, Found)]
    assert first.document.text == good["text"] and first.document.id == identify_text(good["text"])
    assert first.address == "https://example.org/1" and first.document.published == date(2024, 7, 8)
    assert second.address == "d.jsonl#106"


def test_json_files_of_one_document_or_several() -> None:
    assert document(b'{"text": "One."}', "a.json").text == "One."
    answers = read(b'[{"text": "One."}, {"text": 2}, {"text": "Three."}]', "a.json")
    assert [isinstance(one, Found) for one in answers] == [True, False, True]
    assert "JSON" in fault(b"[" * 100_000, "a.json").found
    assert "JSON" in fault(b'{"text": "cut', "a.json").found
