"""Defense Cooperation Agreement Dataset (Kinne 2020): bilateral agreements signed 1980-2010.

Negative numbers are codes for why a value is missing and stay apart from numbers: they go into columns of their own.
The state's number and its abbreviation must name one state; where they do not, neither is taken.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pactwatch.datasets.reading.cells import Numbers, make_day, write_edtf
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

REQUIRED = ("ccode1", "cowName1", "ccode2", "cowName2", "signYear", "type", "category1", "DCAid")

AGREEMENTS = Table(
    "defence_agreements",
    "Bilateral defence cooperation agreements, one row per agreement.",
    ("agreement_id",),
    (
        column("agreement_id", "string", "DCAD's number of the agreement"),
        column("first_name", "string", "first party's abbreviation as DCAD writes it"),
        column("first_code", "string", "first party's actor code on the day of signature"),
        column("second_name", "string", "second party's abbreviation as DCAD writes it"),
        column("second_code", "string", "second party's actor code on the day of signature"),
        column("signed_edtf", "string", "date of signature to the precision told"),
        column("signed_year", "integer", "year of signature", "year"),
        column("earliest_date", "date", "first day the signature may have been on"),
        column("latest_date", "date", "last day the signature may have been on"),
        column("in_force_edtf", "string", "date of entry into force to the precision told; empty where not known"),
        column("agreement_type", "string", "general (a framework) or sector (one activity)"),
        column("categories", "string", "DCAD's categories, as a list with semicolons"),
        column("span_years", "integer", "how long it was agreed to last", "years"),
        column("span_missing_code", "integer", "DCAD's code for why no span is given"),
        column("termination_code", "integer", "DCAD's code of termination: 1 ended, 0 not, negative for not known"),
        column("end_year_estimate", "integer", "DCAD's estimate of the last year in force; 2010 is the data's end"),
        column("asymmetry_code", "integer", "DCAD's code of asymmetry"),
        column("confidence", "string", "how sure DCAD is of the category: high, med, low or atypical"),
        column("source_type", "string", "treaty text or news (factiva)"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By its columns."""
    return glimpse.has_columns(*REQUIRED)


def read(source: Source, reading: Reading) -> None:
    """Read the agreement-level file."""
    grid = read_grid(decode_text(source.read_whole(), reading.findings), REQUIRED, reading.findings)
    numbers, rows = Numbers(reading.findings), []
    seen: dict[str, int] = {}
    for row in grid.rows:
        agreement = _read_row(grid, row, numbers, reading)
        first = seen.setdefault(agreement["agreement_id"], row.line)
        if first != row.line:
            reading.findings.note(
                f"agreement {agreement['agreement_id']} stands twice (first on line {first})", row.line
            )
        rows.append(agreement)
    reading.rows_read = len(rows)
    reading.vintage = rows[0]["agreement_id"].removeprefix("DCAD").split("-")[0] if rows else ""
    reading.findings.require_sound()
    reading.emit(AGREEMENTS.name, rows)


def _read_row(grid: Grid, row: Row, numbers: Numbers, reading: Reading) -> dict[str, Any]:
    signed = _read_date(grid, row, "sign", numbers)
    bounds = make_day(*signed)
    if bounds is None:
        reading.findings.fault(row.line, "signYear", _told(grid, row, "sign"), "a date of signature", "It is damaged.")
    span = numbers.whole(row.line, "span", grid.cell(row, "span"))
    kind = grid.cell(row, "type")
    if kind not in ("general", "sector"):
        reading.findings.fault(row.line, "type", kind, "general or sector", "The row is damaged or shifted.")
    if not grid.cell(row, "DCAid"):
        reading.findings.fault(row.line, "DCAid", "", "an agreement's number", "The row is damaged.")
    return {
        "agreement_id": grid.cell(row, "DCAid"),
        **_read_parties(grid, row, bounds[0] if bounds else None, reading),
        "signed_edtf": write_edtf(*signed),
        "signed_year": signed[0],
        "earliest_date": bounds[0] if bounds else None,
        "latest_date": bounds[1] if bounds else None,
        "in_force_edtf": write_edtf(*_read_date(grid, row, "EIF", numbers)),
        "agreement_type": kind,
        "categories": ";".join(value for n in (1, 2, 3) if (value := grid.cell(row, f"category{n}"))),
        "span_years": span if span is not None and span >= 0 else None,
        "span_missing_code": span if span is not None and span < 0 else None,
        "termination_code": numbers.whole(row.line, "terminated", grid.cell(row, "terminated")),
        "end_year_estimate": numbers.year(row.line, "endYearEstimate", grid.cell(row, "endYearEstimate")),
        "asymmetry_code": numbers.whole(row.line, "asymmetry", grid.cell(row, "asymmetry")),
        "confidence": grid.cell(row, "categoryConf"),
        "source_type": grid.cell(row, "sourceType"),
        "file_line": row.line,
    }


def _read_parties(grid: Grid, row: Row, day: date | None, reading: Reading) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for place, which in ((1, "first"), (2, "second")):
        number, name = grid.cell(row, f"ccode{place}"), grid.cell(row, f"cowName{place}")
        found[f"{which}_name"] = name
        found[f"{which}_code"] = _agree(number, name, day, reading, row.line)
    return found


def _agree(number: str, name: str, day: date | None, reading: Reading, line: int) -> str | None:
    """The actor that both number and abbreviation name."""
    by_number = reading.crosswalk.look_up("cow_number", number, day)
    by_name = reading.crosswalk.look_up("cow_abbreviation", name, day)
    if by_number.code is not None and by_number.code == by_name.code:
        return by_number.code
    if by_number.code is None or by_name.code is None:
        what = name if by_name.code is None else number
        reading.findings.leave_out("cow", f"{number} {name}", f"{what} is not known on {day}", line)
        return None
    reading.findings.leave_out("cow", f"{number} {name}", f"{by_number.code} by number, {by_name.code} by name", line)
    return None


def _read_date(grid: Grid, row: Row, stem: str, numbers: Numbers) -> tuple[int | None, int | None, int | None]:
    """Year, month and day as told; negative codes and blanks are not told."""
    parts = [numbers.whole(row.line, f"{stem}{part}", grid.cell(row, f"{stem}{part}")) for part in _PARTS]
    year, month, day = (None if part is None or part < 1 else part for part in parts)
    return year, month if year else None, day if year and month else None


_PARTS = ("Year", "Month", "Day")


def _told(grid: Grid, row: Row, stem: str) -> str:
    return "-".join(grid.cell(row, f"{stem}{part}") for part in _PARTS)


KIND = Kind(
    name="dcad",
    family="dcad",
    title="Defense Cooperation Agreement Dataset",
    publisher="Brandon J. Kinne",
    terms="Free for research with citation; no licence is told with the file.",
    cite="Kinne, 'The Defense Cooperation Agreement Dataset (DCAD)', Journal of Conflict Resolution 64 (2020).",
    where="brandonkinne.com: DCAD, agreement-level CSV",
    tables=(AGREEMENTS,),
    recognise=recognise,
    read=read,
)
