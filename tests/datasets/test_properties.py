"""Random corruption of a good file: its totals still match, or an error or a note names the place.

What no reader can see is left out on purpose: a whole row taken from or added to a register that carries no total,
and a name or year changed into another that could be right.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pactwatch.datasets.kinds.events import restore_code
from pactwatch.model.errors import InputError
from tests.datasets import made

EXAMPLES = settings(max_examples=120)

REGISTERS = st.sampled_from([made.old_register(), made.new_register()])
"""Good files of both layouts."""

VOLUMES = {"arms_deliveries": "tiv_delivered", "arms_volumes": "tiv", "capabilities": "cinc"}


def read(content: bytes) -> tuple[dict[str, float], bool]:
    """The totals of a file by table, and whether anything was noticed in it."""
    with TemporaryDirectory() as folder:
        _, rows, reading = made.read(made.write(Path(folder), "f.csv", content))
    totals = {
        name: round(sum(float(str(row[column])) for row in rows[name] if row[column] is not None), 6)
        for name, column in VOLUMES.items()
        if name in rows
    }
    known = {"unknown supplier(s)", "MNLF (Philippines)*", "Libya HoR*"}
    is_noticed = bool(reading.findings.notes) or {one.value for one in reading.findings.unplaced} > known
    return totals, is_noticed


def holds(sound: str, corrupted: bytes) -> bool:
    """Whether a corrupted file gives the sound totals, or says something."""
    try:
        totals, is_noticed = read(corrupted)
    except InputError as error:
        return bool(error.faults)
    return is_noticed or totals == read(sound.encode())[0]


@EXAMPLES
@given(REGISTERS, st.data())
def test_a_register_cut_anywhere(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assume(at == 0 or text[at - 1] != "\n")  # at the end of a line nothing tells that more should follow
    assert holds(text, text[:at].encode())


@EXAMPLES
@given(REGISTERS, st.data())
def test_a_digit_changed_in_a_volume_or_a_number(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    number = data.draw(st.sampled_from([place for place, line in enumerate(lines) if place > 5 and line]))
    cells = lines[number].split(",")
    places = [15] if "2013,10" in lines[number] else [13, 15] if len(cells) == 16 else [8, 14, 15]
    place = data.draw(st.sampled_from([one for one in places if any(map(str.isdigit, cells[one]))]))
    cells[place] = data.draw(
        st.sampled_from([f"{cells[place]}7", f"7{cells[place]}", cells[place] + "x", "-" + cells[place]])
    )
    lines[number] = ",".join(cells)
    assume(cells[place] != "-0")
    assert holds(text, "\n".join(lines).encode())


@EXAMPLES
@given(REGISTERS, st.data())
def test_delimiters_added_and_taken(text: str, data: st.DataObject) -> None:
    start = text.index("\n", text.index("Supplier")) + 1
    at = data.draw(st.integers(start, len(text) - 1))
    what = data.draw(st.sampled_from([",", '"', "\n", "\t", ";", ""]))
    assume(what or text[at] in ',"\n')
    corrupted = text[:at] + what + text[at + (0 if what else 1) :]
    assert holds(text, corrupted.encode())


@EXAMPLES
@given(st.sampled_from([made.old_register(), made.new_register(), made.TIV, made.CAPABILITIES]), st.data())
def test_bytes_overwritten_with_rubbish(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    at = data.draw(st.integers(0, len(raw) - 1))
    rubbish = data.draw(st.binary(min_size=1, max_size=6).filter(lambda some: not some.isalnum()))
    corrupted = raw[:at] + rubbish + raw[at + len(rubbish) :]
    assume(not _changes_what_could_be_right(raw, corrupted, at, len(rubbish)))
    assert holds(text, corrupted)


@EXAMPLES
@given(st.data())
def test_a_cell_changed_in_a_table_with_totals(data: st.DataObject) -> None:
    lines = made.TIV.split("\n")
    number = data.draw(st.sampled_from([7, 8, 9, 10]))
    cells = lines[number].split(",")
    place = data.draw(st.sampled_from([1, 2, 3]))
    cells[place] = str(data.draw(st.integers(100, 9999)))
    lines[number] = ",".join(cells)
    assert holds(made.TIV, "\n".join(lines).encode())


@EXAMPLES
@given(st.data())
def test_a_row_taken_from_a_table_with_totals(data: st.DataObject) -> None:
    lines = made.TIV.split("\n")
    del lines[data.draw(st.sampled_from([7, 9, 10]))]
    assert holds(made.TIV, "\n".join(lines).encode())


@EXAMPLES
@given(st.data())
def test_a_figure_changed_or_a_row_taken_from_the_capabilities(data: st.DataObject) -> None:
    lines = made.CAPABILITIES.split("\n")
    number = data.draw(st.sampled_from([1, 2, 4]))
    if data.draw(st.booleans()):
        del lines[number]
    else:
        cells = lines[number].split(",")
        place = data.draw(st.sampled_from([one for one in range(3, 10) if cells[one] not in ("", "-9")]))
        cells[place] = data.draw(st.sampled_from(["7", "0.25", "-9", f"{cells[place]}5"]))
        assume(cells != lines[number].split(","))
        lines[number] = ",".join(cells)
    assert holds(made.CAPABILITIES, "\n".join(lines).encode())


@EXAMPLES
@given(st.integers(1, 60), st.data())
def test_event_lines_torn_and_joined(count: int, data: st.DataObject) -> None:
    lines = made.gdelt_lines(count, seed=count)
    text = "".join(f"{line}\n" for line in lines)
    at = data.draw(st.integers(0, len(text) - 2))
    what = data.draw(st.sampled_from(["\t", "\n", ""]))
    assume(what or text[at] in "\t\n")
    corrupted = text[:at] + what + text[at + (0 if what else 1) :]
    try:
        with TemporaryDirectory() as folder:
            _, rows, reading = made.read(made.write(Path(folder), "e.CSV", corrupted))
    except InputError as error:
        assert error.faults
        return
    found = Counter(str(row["cameo_code"]) for row in rows["events"])
    assert reading.findings.notes or found == Counter(line.split("\t")[26] for line in lines)


@given(st.from_regex(r"(0[1-9][0-9][0-9]?|1[0-9][0-9][0-9]?|20[0-9][0-9]?)", fullmatch=True))
def test_a_code_without_its_zero_is_restored(code: str) -> None:
    assume(not (code.startswith("01") and len(code) == 4))  # root 01 has no codes of four digits
    assume(not (code.startswith("020") and len(code) == 4))  # nor has 020
    assert restore_code(code.removeprefix("0")) == code


def _changes_what_could_be_right(raw: bytes, corrupted: bytes, at: int, length: int) -> bool:
    """Whether the bytes lie in a header, a preamble or words, where they change no total, or take a line end away."""
    return raw[at : at + length] == corrupted[at : at + length]
