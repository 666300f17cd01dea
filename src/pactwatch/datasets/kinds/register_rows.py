"""Reading one row of a SIPRI trade register: cells, flags, parties, and the checks a row carries in itself."""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, Row
from pactwatch.datasets.shape import Reading

ROUNDING = 0.0051
"""Half of the last place SIPRI prints of a volume per unit, with room for binary fractions."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register's grid with what is needed to read its cells; ``span`` are the years of delivery it tells to cover."""

    reading: Reading
    grid: Grid
    span: tuple[int, int]
    numbers: Numbers

    def cell(self, row: Row, name: str) -> str:
        """A cell by its column's name."""
        return self.grid.cell(row, name)

    def flag_after(self, row: Row, name: str) -> bool | None:
        """The ``?`` flag in the nameless column after a field; ``None`` where the file lost that column."""
        place = self.grid.column(name) + 1
        known = {"numberordered", "weapondesignation", "yearsofdelivery", "status"}
        if place >= len(self.grid.header) or "".join(filter(str.isalpha, self.grid.header[place].lower())) in known:
            self.reading.findings.note(f"the column of ? flags after {name} is missing: what is uncertain is not known")
            return None
        flag = row.cells[place]
        if flag not in ("", "?"):
            self.reading.findings.fault(row.line, f"flag after {name}", flag, "? or nothing", "The row is shifted.")
        return flag == "?"

    def yes(self, row: Row, name: str) -> bool | None:
        """A cell that must be Yes or No."""
        value = self.cell(row, name)
        if value not in ("Yes", "No", "TRUE", "FALSE", "True", "False"):
            self.reading.findings.fault(row.line, name, value, "Yes or No", "The row is damaged or shifted.")
        return value.upper() in ("YES", "TRUE")

    def parties(self, row: Row, year: int | None) -> dict[str, str | None]:
        """Supplier and recipient, each by name and by the code it had in a year."""
        found: dict[str, str | None] = {}
        for part in ("Supplier", "Recipient"):
            name = self.cell(row, part)
            if not name:
                self.reading.findings.fault(row.line, part, name, "a name", "The row is damaged.")
            found[f"{part.lower()}_name"] = name
            found[f"{part.lower()}_code"] = self.reading.actor("name", name, year, row.line)
        return found

    def year(self, row: Row, name: str) -> int | None:
        """A year within a century of SIPRI's data."""
        return self.numbers.year(row.line, name, self.cell(row, name), (1900, 2100))

    def check_product(self, row: Row, unit: float | None, number: float | None, total: float | None, what: str) -> None:
        """A volume must be its number times the volume of one, within what rounding of that volume allows."""
        if unit is None or number is None or total is None:
            return
        if abs(unit * number - total) > ROUNDING * number + 2 * ROUNDING:
            self.reading.findings.note(f"{what}: number times volume per unit is not the volume told", row.line)

    def check_year(self, row: Row, year: int) -> None:
        """Note a delivery outside the years the file tells to cover."""
        if not self.span[0] <= year <= self.span[1]:
            self.reading.findings.note(f"a delivery outside the years {self.span[0]}-{self.span[1]} told", row.line)

    def status(self, row: Row, value: str) -> str:
        """A weapon's status; one that is none of SIPRI's is noted."""
        if value not in ("New", "Second hand", "Second hand but modernized"):
            self.reading.findings.note(f"weapon status {value!r} is none of SIPRI's", row.line)
        return value
