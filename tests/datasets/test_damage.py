"""Files damaged on their way: read right with a note of what was mended, or refused with line and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pactwatch.model.errors import InputError
from tests.datasets import made
from tests.datasets.made import notes_of, read, write

OLD, NEW = made.old_register(), made.new_register()
WITHOUT_PREAMBLE = made.old_register(preamble=())


def rewritten(text: str, **format_: str) -> str:
    """What a spreadsheet saves: the same cells under another delimiter, quoted where needed."""
    lines = text.split("\n")
    head = next(place for place, line in enumerate(lines) if "Supplier" in line and "Recipient" in line)
    stream = io.StringIO()
    rows = csv.reader(lines[head:-1])
    csv.writer(stream, lineterminator="\n", delimiter=format_.get("delimiter", ";")).writerows(rows)
    return "".join(f"{line}\n" for line in lines[:head]) + stream.getvalue()


def with_decimal_commas(text: str) -> str:
    """Semicolons and decimal commas, as a spreadsheet of much of Europe saves them."""
    lines = rewritten(text).split("\n")
    return "\n".join(line.replace("0.5", "0,5").replace("0.1", "0,1").replace("0.3", "0,3") for line in lines)


MENDED: dict[str, tuple[bytes, str]] = {
    "semicolons": (rewritten(OLD).encode(), "cells are separated by semicolons, not by commas (line 6)"),
    "tabs": (rewritten(OLD, delimiter="\t").encode(), "cells are separated by tabs, not by commas"),
    "decimal commas": (with_decimal_commas(OLD).encode(), "numbers have decimal commas"),
    "byte-order mark": (b"\xef\xbb\xbf" + OLD.encode(), "a byte-order mark at the start was passed over"),
    "UTF-16": (OLD.encode("utf-16"), "the file is in UTF-16"),
    "line ends of Windows": (OLD.replace("\n", "\r\n").encode(), ""),
    "line ends of an old Macintosh": (OLD.replace("\n", "\r").encode(), "line ends of an old Macintosh"),
    "no preamble": (WITHOUT_PREAMBLE.encode(), "no preamble with the day the data were generated"),
    "padding": (
        "".join(f"{line};;;;;;;\n" for line in WITHOUT_PREAMBLE.splitlines()).encode(),
        "padding at the ends of the lines was passed over",
    ),
    "padding of commas": ("".join(f"{line},,\n" for line in OLD.splitlines()).encode(), "beyond the last column"),
    "whole lines quoted": (
        "".join('"' + line.replace('"', '""') + '"\n' for line in WITHOUT_PREAMBLE.splitlines()).encode(),
        "whole lines stood in quotes and were unwrapped",
    ),
    "inner spaces of lists lost": (OLD.replace("2016; 2017; 2018", "2016;2017; 2018").encode(), ""),
    "a record split by a line break": (
        OLD.replace("Part of a deal; assembled there,", "Part of a deal;\n assembled there,").encode(),
        "a record split by a line break was joined with the next line (line 7)",
    ),
    "no last line end": (OLD[:-1].encode(), "the last line has no line end"),
    "an empty line": (OLD.replace("Viet Nam,UAE", "\nViet Nam,UAE").encode(), "an empty line among the records"),
    "renamed flag columns": (OLD.replace("Year of order, ,", "Year of order,Unnamed: 3,").encode(), ""),
    "lower-case header": (OLD.replace(made.OLD_HEADER, made.OLD_HEADER.lower()).encode(), ""),
    "a repeated header": ((OLD + made.OLD_HEADER + "\n").encode(), "the header is repeated"),
}
REFUSED: dict[str, tuple[str, str]] = {
    "cut within a record": (OLD[:-9], "on the last line'; expected 16. The file was cut"),
    "a comma too many": (OLD.replace("Part of a deal; assembled", "Part of a deal, assembled"), ":7: found '17 cells'"),
    "a date for a number": (OLD.replace(",5,20,20", ",5. Mai,20,20"), ":7 [SIPRI TIV per unit]: found '5. Mai'"),
    "letters in a number": (OLD.replace(",5,20,20", ",5,2O,20"), ":7 [SIPRI TIV for total order]: found '2O'"),
    "a quote that never closes": (OLD.replace("patrol craft", '"patrol craft') + "x\n" * 20, "a quote open over"),
    "a year that cannot be": (OLD.replace("2011; 2012", "2011; 20122"), "found '20122'; expected a year from 1900"),
    "a shifted row": (OLD.replace("2010,?,4,,F-0", "2010,4,?,,F-0"), "[flag after Year of order]: found '4'"),
    "a null byte": (OLD.replace("fighter", "fig\0ter"), "a null byte"),
    "no header": ("\n".join(made.OLD_ROWS), "which kind?"),
    "an empty name": (OLD.replace("Japan,United States", ",United States"), ":7 [Recipient]: found ''"),
    "yes and no turned into something": (NEW.replace(",Yes,3,No,2014", ",Maybe,3,No,2014"), "expected Yes or No"),
}


@pytest.mark.parametrize("damage", MENDED)
def test_a_mended_file_gives_what_the_sound_one_gives(damage: str, tmp_path: Path) -> None:
    content, note = MENDED[damage]
    _, sound, _ = read(write(tmp_path, "sound.csv", OLD))
    _, mended, reading = read(write(tmp_path, "mended.csv", content))
    assert [plain(row) for row in mended["arms_orders"]] == [plain(row) for row in sound["arms_orders"]]
    assert total(mended) == total(sound) == pytest.approx(74.3)
    assert note in notes_of(reading)


@pytest.mark.parametrize("damage", REFUSED)
def test_a_file_that_cannot_be_read_right_is_refused_with_its_line(damage: str, tmp_path: Path) -> None:
    content, words = REFUSED[damage]
    with pytest.raises(InputError) as error:
        read(write(tmp_path, "broken.csv", content))
    assert words in str(error.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = OLD.replace(",5,20,20", ",x,20,20").replace(",3,6,6", ",3,y,6")
    with pytest.raises(InputError) as error:
        read(write(tmp_path, "broken.csv", broken))
    assert [fault.line for fault in error.value.faults] == [7, 8]


NOTED: dict[str, tuple[Callable[[str], str], str]] = {
    "a wrong volume": (lambda text: text.replace(",6,60,48", ",6,60,84"), "is not the volume told (line 9)"),
    "a delivery outside the years": (
        lambda text: text.replace("2016; 2017", "1988; 2017"),
        "outside the years 1990-2023",
    ),
    "a delivery before the order": (
        lambda text: text.replace("2011; 2012", "2003; 2012"),
        "a delivery before the order",
    ),
    "a missing flag column": (lambda text: text.replace("?,", "?,"), ""),
    "another word for a status": (
        lambda text: text.replace(",New,Part", ",Newish,Part"),
        "'Newish' is none of SIPRI's",
    ),
}


@pytest.mark.parametrize("damage", NOTED)
def test_what_looks_wrong_is_noted_with_its_line(damage: str, tmp_path: Path) -> None:
    change, note = NOTED[damage]
    _, _, reading = read(write(tmp_path, "r.csv", change(OLD)))
    assert note in notes_of(reading)


def test_letters_wrongly_decoded_before_are_restored(tmp_path: Path) -> None:
    told = OLD.replace("Part of a deal", "Wärtsilä déal")
    latin, twice = told.encode("latin-1"), told.encode().decode("cp1252").encode()
    windows = told.replace("Part", "“Part”").encode("cp1252")
    for raw, note in ((latin, ""), (windows, ""), (twice, "letters that were wrongly decoded before")):
        _, rows, reading = read(write(tmp_path, "r.csv", raw))
        assert "Wärtsilä déal" in str(rows["arms_orders"][0]["comments"])
        assert note in notes_of(reading)


def test_flag_columns_that_were_deleted_leave_it_unknown_what_is_uncertain(tmp_path: Path) -> None:
    rows = [line.split(",") for line in made.old_register().splitlines()[5:]]
    text = "".join(",".join(cell for place, cell in enumerate(row) if place not in (3, 5, 9)) + "\n" for row in rows)
    _, found, reading = read(write(tmp_path, "r.csv", text))
    assert found["arms_orders"][0]["is_order_year_estimate"] is None
    assert "the column of ? flags after Year of order is missing" in notes_of(reading)


def test_an_alphabetical_register_that_ends_early_is_noted(tmp_path: Path) -> None:
    names = (
        "Albania",
        "Brazil",
        "Canada",
        "Chad",
        "Chile",
        "China",
        "Cuba",
        "Denmark",
        "Egypt",
        "Fiji",
        "France",
        "Gabon",
    )
    more = (
        "Ghana",
        "Greece",
        "Haiti",
        "India",
        "Iran",
        "Iraq",
        "Italy",
        "Japan",
        "Kenya",
        "Laos",
        "Libya",
        "Mali",
        "Malta",
    )
    rows = [f"{name},United States,2010,,1,,F,f,1,,2011,New,,1,1,1" for name in (*names, *more)]
    _, _, reading = read(write(tmp_path, "r.csv", made.old_register(rows)))
    assert "the list ends at 'malta'" in notes_of(reading)


def plain(row: dict[str, object]) -> dict[str, object]:
    """A row without what only tells where it stood, and with one space between the words of a comment."""
    return {
        name: " ".join(str(value).split()) if name == "comments" else value
        for name, value in row.items()
        if name not in ("file_line", "order_id")
    }


def total(rows: made.Rows) -> float:
    return sum(float(str(row["tiv_delivered"])) for row in rows["arms_deliveries"])
