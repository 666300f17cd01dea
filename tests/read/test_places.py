"""Files, folders and archives: everything readable becomes pieces, everything else is told."""

# ruff: noqa: S106 - addresses and passwords of the tests themselves

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pactwatch.model.errors import Fault, NotFoundError
from pactwatch.read import Found, Limits, Passed, Piece, find_pieces, read_piece
from pactwatch.read.limits import MEGABYTE
from pactwatch.read.places import check_places
from tests.read.made import NEWS, fault, packed, page, pdf, read

TEXT = NEWS[0].encode()


def found_in(path: Path, limits: Limits | None = None) -> tuple[list[str], dict[str, str]]:
    """Addresses of the documents below a path, and what was found where something was skipped."""
    limits = limits or Limits()
    documents, faults = [], {}
    for piece in find_pieces(str(path), limits):
        answers = read_piece(piece, limits) if isinstance(piece, Piece) else [piece]
        for answer in answers:
            if isinstance(answer, Found):
                documents.append(answer.address.removeprefix(f"{path}/"))
            elif isinstance(answer, Fault):
                faults[answer.file.removeprefix(f"{path}/")] = answer.found
    return documents, faults


def test_a_folder_in_order_without_links_hidden_files_and_pictures(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.html").write_bytes(page())
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "c.pdf").write_bytes(pdf([list(NEWS)]))
    (tmp_path / ".hidden.txt").write_bytes(TEXT)
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert found_in(tmp_path) == (["a.txt", "b/two.html", "c.pdf"], {})
    passed = [one for one in find_pieces(str(tmp_path), Limits()) if isinstance(one, Passed)]
    assert len(passed) == 3


def test_what_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "closed.txt").write_bytes(TEXT)
    (tmp_path / "closed").mkdir()
    for name in ("open", "iterdir"):
        original: Any = getattr(Path, name)

        def refuse(path: Path, *arguments: Any, original: Any = original) -> Any:
            if path.name.startswith("closed"):
                raise PermissionError(13, "Permission denied")
            return original(path, *arguments)

        monkeypatch.setattr(Path, name, refuse)  # whoever runs the tests may be allowed everything
    _, faults = found_in(tmp_path)
    assert "Permission denied" in faults["closed.txt"] and "Permission denied" in faults["closed"]
    assert "pipe" in faults["pipe.txt"]


def test_two_gigabytes_of_text_are_never_loaded(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as stream:
        stream.truncate(2 << 30)
    _, faults = found_in(tmp_path)
    assert faults["large.txt"] == "2,147,483,648 bytes"


def test_json_lines_come_in_pieces_with_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactwatch.read.places.LINES_AT_ONCE", 100)
    monkeypatch.setattr("pactwatch.read.places.LONGEST_LINE", 1000)
    file = tmp_path / "d.jsonl"
    lines = [f'{{"text": "Document {number}."}}' for number in range(1, 31)]
    lines[9] = "x" * 5000
    file.write_text("\n".join(lines))
    documents, faults = found_in(file)
    assert documents == [f"{file}#{number}" for number in range(1, 31) if number != 10]
    assert len(faults) == 1
    assert len([one for one in find_pieces(str(file), Limits()) if isinstance(one, Piece)]) > 5


def test_members_of_an_archive(tmp_path: Path) -> None:
    inner = packed({"deep.txt": TEXT + b" Deep."})
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    files = {"a.html": page(), "x/b.txt": TEXT, "in.zip": inner, "../out.txt": TEXT, "/etc/x.txt": TEXT, ".h.txt": TEXT}
    (tmp_path / "all.zip").write_bytes(packed({**files, "__MACOSX/a.txt": TEXT, "c.pdf": pdf([["x"]], password="p")}))
    with zipfile.ZipFile(tmp_path / "all.zip", "a") as archive:
        archive.writestr(link, "/etc/passwd")
    documents, faults = found_in(tmp_path)
    assert documents == ["all.zip!/a.html", "all.zip!/x/b.txt", "all.zip!/in.zip!/deep.txt"]
    assert set(faults) == {f"all.zip!/{name}" for name in ("../out.txt", "/etc/x.txt", "link.txt", "c.pdf")}


def test_archives_within_archives_end() -> None:
    data = packed({"a.txt": TEXT})
    for depth in range(3):
        data = packed({f"{depth}.zip": data})
    assert "within each other" in fault(data, "a.zip").found


def _bomb() -> bytes:
    return packed({"a.txt": b"\0" * (60 * MEGABYTE)})


def _lying_bomb() -> bytes:
    """A member that says it is small: both its headers tell 10 bytes."""
    data, size = bytearray(_bomb()), struct.pack("<I", 60 * MEGABYTE)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(packed({"a.txt": TEXT}))
    for at in (6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (_bomb(), "would become"),
        (_lying_bomb(), "broken zip"),
        (_encrypted(), "encrypted"),
        (packed({"a.txt": TEXT})[:60], "broken zip"),
        (packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "Office"),
        (b"PK\x05\x06" + b"\xff" * 18, "broken zip"),
    ],
    ids=["bomb", "bomb that lies", "encrypted", "cut", "office", "no members"],  # bytes differ from process to process
)
def test_hostile_and_broken_archives(data: bytes, found: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    for faults in (found_in(tmp_path)[1], {"fetched": read(data, "b.zip")[0].found}):  # type: ignore[union-attr]
        (what,) = faults.values()
        assert found in what


def test_a_flipped_byte_in_a_member_is_noticed() -> None:
    data = bytearray(packed({"a.txt": TEXT * 50}, zipfile.ZIP_STORED))
    data[200] ^= 1
    assert "broken zip" in fault(bytes(data), "a.zip").found


def test_paths_that_are_not_there_are_named_together() -> None:
    with pytest.raises(NotFoundError, match=r"'/no/such', 'neither'"):
        check_places(["https://example.org", "/no/such", "neither"])
