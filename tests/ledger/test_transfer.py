"""Export and import: byte for byte there and back, over both databases; a broken file is refused whole."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.ledger import open_ledger
from pactwatch.ledger.chain import Written, canonical, parse
from pactwatch.ledger.errors import LedgerDamagedError, LedgerError
from pactwatch.ledger.transfer import export_ledger, import_ledger
from pactwatch.ledger.verify import verify_ledger
from pactwatch.model.entries import DocumentRead, Fetched, Naming
from pactwatch.model.errors import InputError
from pactwatch.model.judgements import Decision, Judgement, RecordRef
from tests.ledger.made import NOON, accept, document, mention, story
from tests.stores import MakeStore


def fill(store: str) -> None:
    """A ledger with every sort of letter and number there is."""
    with open_ledger(store) as ledger:
        for number in range(5):
            told, bodies = story(number, number)
            ledger.append(bodies, "Ångström 😀", NOON)
        ledger.append([accept(mention(told, "signed pact 4-0", money={"amount": "0.1", "currency": "JPY"}))], "Ada")
        odd = document('half \ud83d, nul \x00, quotes " \\ \u2028, figures ٣٤, 「契約」, \U0001f4dc')
        ledger.append([DocumentRead(document=odd), Fetched(address="https://a.example/\x00", status=304)], "reader")
        corrected = {"money": -0.0, "quantity": 2**63 - 1, "small": 1e-7, "large": 1e22, "half": "\ude00"}
        ledger.append(
            [Judgement(decision=Decision.CORRECT, about=RecordRef(record_id="R"), correction=corrected)], "Ben"
        )


def exported(store: str) -> bytes:
    stream = io.BytesIO()
    with open_ledger(store) as ledger:
        export_ledger(ledger, stream)
    return stream.getvalue()


@pytest.mark.parametrize("way", [("sqlite", "postgresql", "sqlite"), ("postgresql", "sqlite", "postgresql")])
def test_there_and_back_it_is_the_same_to_the_byte(make_store: MakeStore, way: tuple[str, ...]) -> None:
    first, *others = (make_store(database) for database in way)
    fill(first)
    text = exported(first)
    assert text.count(b"\n") == 19
    for store in others:
        with open_ledger(store) as ledger:
            done = import_ledger(ledger, io.BytesIO(text), "export.jsonl")
            assert done.entries == 19
            assert verify_ledger(ledger).problems == ()
            assert verify_ledger(ledger).digest == done.digest
        assert exported(store) == text
        with open_ledger(store) as ledger, open_ledger(first) as original:
            assert list(ledger.entries()) == list(original.entries())
            assert ledger.codings() == original.codings()
            assert ledger.append([Naming(record_id="N1")], "the next run")[0].seq == 20


def test_each_line_is_json_that_others_read(make_store: MakeStore) -> None:
    store = make_store("sqlite")
    fill(store)
    for line in exported(store).splitlines():
        assert set(json.loads(line)) == {"seq", "kind", "body", "author", "at", "previous", "digest"}


LINES = [story(number)[1] for number in range(2)]


def broken(lines: list[bytes], number: int, line: bytes) -> bytes:
    return b"".join([*lines[: number - 1], line, *lines[number:]])


def forged(line: bytes, **fields: object) -> bytes:
    """A line with other fields and the digest that belongs to them."""
    data = {**parse(line), **fields}
    body = canonical(data.pop("body"))
    return Written(**data, body=body).sealed().line().encode() + b"\n"


BROKEN: dict[str, tuple[int, Callable[[bytes], bytes], str]] = {
    "changed": (2, lambda line: line.replace(b"gazette", b"tribune"), "entry 2: it was changed"),
    "no JSON": (3, lambda line: line[1:], "no JSON"),
    "cut off": (6, lambda line: line[:-1], "a line that is cut off"),
    "left out": (2, lambda _: b"", "entry 3: entry 2 before it is missing"),
    "twice": (2, lambda line: line + line, "entry 2: it stands in the wrong place"),
    "an array": (1, lambda _: b"[1]\n", "no entry of a ledger"),
    "empty": (4, lambda line: b"\n" + line, "no JSON"),
    "a field too many": (1, lambda line: line.replace(b'{"at"', b'{"a":1,"at"', 1), "no entry of a ledger"),
    "spaces": (2, lambda line: line.replace(b'"seq":2', b'"seq": 2'), "not written as it was exported"),
    "a number as text": (2, lambda line: line.replace(b'"seq":2', b'"seq":"2"'), "no entry of a ledger"),
    "no letters": (2, lambda line: line.replace(b"gazette", b"gaz\xffett"), "no JSON"),
    "forged": (2, lambda line: forged(line, author="Eve"), "entry 3: it does not follow"),
    "of no kind": (6, lambda line: forged(line, kind="rumour"), "its kind 'rumour' is not known"),
    "of another kind": (6, lambda line: forged(line, kind="copy"), "its body is not that of a copy"),
    "of no document": (2, lambda line: forged(line, body={"doc": "d0", "address": "x"}), "document 'd0', which no"),
    "without a field": (6, lambda line: forged(line, body={"doc": parse(line)["body"]["doc"]}), "not that of a coding"),
    "early": (6, lambda line: forged(line, at="2026-03-01T11:59:59.999999Z"), "earlier than that of the entry before"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_whole_with_its_line(make_store: MakeStore, name: str) -> None:
    number, spoil, told = BROKEN[name]
    source, target = make_store("sqlite"), make_store("sqlite")
    with open_ledger(source) as ledger:
        for bodies in LINES:
            ledger.append(bodies, "reader", NOON)
    lines = exported(source).splitlines(keepends=True)
    text = broken(lines, number, spoil(lines[number - 1]))
    with open_ledger(target) as ledger:
        with pytest.raises(InputError, match=told) as caught:
            import_ledger(ledger, io.BytesIO(text), "export.jsonl")
        (fault,) = caught.value.faults
        assert fault.line == number + (name in {"twice", "forged"})
        assert ledger.last() == 0


def test_a_ledger_that_is_not_empty_takes_no_import(store: str) -> None:
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
        with pytest.raises(LedgerError, match="holds 3 entries already; an export goes into an empty ledger"):
            import_ledger(ledger, io.BytesIO(b""), "export.jsonl")
        assert ledger.last() == 3


def test_a_broken_ledger_is_not_exported_as_if_it_were_whole(make_store: MakeStore) -> None:
    store = make_store("sqlite")
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
    file = Path(store) / "ledger.sqlite"
    file.write_bytes(file.read_bytes().replace(b"gazette.example", b"tribune.example"))
    with pytest.raises(LedgerDamagedError, match="entry 2 is not as it was appended"):
        exported(store)


def test_an_export_can_be_checked_with_nothing_of_ours(
    make_store: MakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example of docs/ledger.md: sound exports pass, a changed one does not."""
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    code = compile(example, "ledger.md", "exec")
    store = make_store("sqlite")
    fill(store)
    monkeypatch.chdir(tmp_path)
    text = exported(store)
    Path("ledger.jsonl").write_bytes(text)
    told: dict[str, object] = {}
    exec(code, told)  # noqa: S102 - our own example
    assert told["previous"] == parse(text.splitlines()[-1])["digest"]
    Path("ledger.jsonl").write_bytes(text.replace(b"gazette", b"tribune", 1))
    with pytest.raises(SystemExit, match="entry 2 is broken"):
        exec(code, {})  # noqa: S102


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_canonical_json_is_read_back_and_written_the_same(value: dict[str, object]) -> None:
    text = canonical(value)
    assert parse(text) == value
    assert canonical(parse(text)) == text
    assert json.loads(text) == value
    text.encode()


@settings(max_examples=40)
@given(st.text(st.characters(), max_size=20), FLOATS)
def test_halves_of_surrogate_pairs_are_kept_escaped(text: str, number: float) -> None:
    value = {"half": "\ud800" + text, "number": number}
    written = canonical(value)
    written.encode()
    assert canonical(parse(written)) == written
