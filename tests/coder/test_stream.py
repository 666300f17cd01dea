"""Documents in, mentions out: every faulty line named, the others coded, in order, in bounded memory."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date

import pytest

from pactwatch.coder.stream import Coded, SeenIds, chunk_lines, code_line, code_lines, read_files
from pactwatch.model.document_lines import Line, read_document, read_lines
from pactwatch.model.errors import PactwatchError
from tests.coder.meetings import MeetingCoder, UngroundedCoder, open_meetings


def lines(raw: bytes, longest: int = 1000) -> list[Line]:
    return list(read_lines("d.jsonl", io.BytesIO(raw), longest=longest))


def code(raw: bytes) -> list[Coded]:
    return list(code_lines(lines(raw), open_meetings))


@pytest.mark.parametrize(
    ("raw", "field", "found"),
    [
        (b"{", "", "'{'"),
        (b"[" * 100_000, "", "[["),
        (b'{"text": ' + b"9" * 5000 + b"}", "", "999"),
        (b'["a"]', "", "['a']"),
        (b"null", "", "None"),
        (b'{"id": "a"}', "text", "['id']"),
        (b'{"text": 3}', "text", "3"),
        (b'{"text": null}', "text", "None"),
        (b'{"text": "\\ud800"}', "text", "surrogate"),
        (b'{"text": "caf\xe9"}', "", "0xe9 at position 14"),
        (b'{"text": "", "id": true}', "id", "True"),
        (b'{"text": "", "title": 1}', "title", "1"),
        (b'{"text": "", "published": "soon"}', "published", "'soon'"),
        (b'{"text": "", "published": "2024-02-30"}', "published", "'2024-02-30'"),
        (b'{"text": "", "published": "2024-02"}', "published", "'2024-02'"),
        (b'{"text": "", "published": "2567-02-03"}', "published", "'2567-02-03'"),
        (b'{"text": "", "published": "2024-02-03Tx"}', "published", "'2024-02-03Tx'"),
        (b'{"text": "", "published": 20240203}', "published", "20240203"),
    ],
)
def test_a_faulty_line_is_named_and_the_next_is_coded(raw: bytes, field: str, found: str) -> None:
    read = list(read_lines("d.jsonl", io.BytesIO(raw + b'\n{"text": "JPN met PHL."}')))
    faulty, good = code_lines(read, open_meetings)
    assert faulty.fault is not None
    assert (faulty.fault.file, faulty.fault.line, faulty.fault.field) == ("d.jsonl", 1, field)
    assert found in faulty.fault.found and faulty.fault.expected and faulty.fault.fix
    assert (good.line, len(good.mentions)) == (2, 1)


@pytest.mark.parametrize(
    ("raw", "name", "published"),
    [
        (b'{"text": ""}', "1", None),
        (b'\xef\xbb\xbf{"text": ""}\r\n', "1", None),
        (b'\n \r\n{"text": ""}', "3", None),
        (b'{"text": "", "id": 7, "published": null}', "7", None),
        (b'{"text": "", "id": "x", "published": "2024-07-08", "mentions": []}', "x", date(2024, 7, 8)),
        (b'{"text": "", "id": "", "published": "2024-07-08T23:30:00Z"}', "1", date(2024, 7, 8)),
        (b'{"text": "", "id": null, "published": ""}', "1", None),
    ],
)
def test_what_a_line_may_be(raw: bytes, name: str, published: date | None) -> None:
    (line,) = lines(raw)
    document = read_document(line)
    assert (document.id, document.published) == (name, published)


def test_a_line_too_long_is_passed_over_whole() -> None:
    read = lines(b'{"text": "0123456789"}\n{"text": ""}\n' + b"x" * 50, longest=15)
    assert [(one.number, one.raw is None) for one in read] == [(1, True), (2, False), (3, True)]
    fault = code_line(MeetingCoder(), read[0]).fault
    assert fault is not None and "longer" in fault.found


def test_nothing_in_nothing_out() -> None:
    assert code(b"") == code(b"\n\r\n") == []


def test_mentions_are_written_with_their_document_and_offsets() -> None:
    (coded,) = code(b'{"id": "a", "text": "\xe2\x80\x9cJPN met PHL.\xe2\x80\x9d"}')
    mention = json.loads(coded.mentions[0])
    assert (mention["doc"], mention["quote"], mention["start"], mention["end"]) == ("a", "JPN met PHL.", 1, 13)


def test_unsure_mentions_can_be_left_out() -> None:
    (line,) = lines(b'{"text": "JPN met PHL. JPN may meet VNM."}')
    counts = [len(code_line(MeetingCoder(), line, least).mentions) for least in (0.0, 0.4, 0.5, 0.9)]
    assert counts == [2, 2, 1, 0]


def test_a_coder_that_fails_costs_one_document() -> None:
    failed, good = code(b'{"text": "crash"}\n{"text": "JPN met PHL."}')
    assert failed.is_own_fault and failed.fault is not None and "ZeroDivisionError" in failed.fault.found
    assert len(good.mentions) == 1


def test_a_quote_that_is_not_there_is_refused() -> None:
    (line,) = lines(b'{"text": "JPN met PHL."}')
    coded = code_line(UngroundedCoder(), line)
    assert not coded.mentions and coded.is_own_fault


def many(number: int, taken: list[int]) -> Iterator[Line]:
    for at in range(1, number + 1):
        taken.append(at)
        text = json.dumps({"text": "JPN met PHL. " + "x" * 20_000})
        yield Line("d.jsonl", at, b"{" if at % 7 == 0 else text.encode(), str(at))


def test_several_processes_give_the_same_in_the_same_order_and_read_no_further_than_they_must() -> None:
    alone = list(code_lines(many(120, []), open_meetings))
    taken: list[int] = []
    together = code_lines(many(120, taken), open_meetings, jobs=2)
    first = next(together)
    assert len(taken) < 80  # five chunks of about eleven lines
    assert [first, *together] == alone
    assert sum(one.fault is not None for one in alone) == 17


def test_a_stream_left_early_lets_its_processes_go() -> None:
    together = code_lines(many(60, []), open_meetings, jobs=2)
    next(together)
    together.close()
    assert list(together) == []


def open_broken() -> MeetingCoder:
    raise PactwatchError("the casebook has faults")


def test_a_coder_that_does_not_open_is_told_before_anything_is_read() -> None:
    with pytest.raises(PactwatchError, match="casebook"):
        code_lines(lines(b""), open_broken, jobs=2)


def test_chunks_keep_every_line_in_order() -> None:
    read = lines(b'{"text": "a"}\n' * 25)
    chunks = list(chunk_lines(read, size=500))
    assert [line for chunk in chunks for line in chunk] == read
    assert {len(chunk) for chunk in chunks[:-1]} == {5}


def test_files_and_standard_input_in_turn(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("in") / "a.jsonl"
    file.write_text('{"text": ""}\n')
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": ""}')))
    assert [line.default_id for line in read_files([str(file), "-"])] == [f"{file}:1", "-:1"]


def test_an_id_used_twice_is_told_with_its_first_place() -> None:
    with SeenIds() as seen:
        assert [seen.note(*one) for one in (("a", "f:1"), ("b", "f:2"), ("a", "f:3"))] == [None, None, "f:1"]
