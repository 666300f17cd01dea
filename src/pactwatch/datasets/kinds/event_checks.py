"""Columns of event files made typed, each checked as it is: what does not hold is a fault with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.datasets.kinds.events import QUAD_CLASSES, plover_of, restore_code
from pactwatch.datasets.reading.notes import Findings

if TYPE_CHECKING:
    import pyarrow as pa

NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
"""A decimal number; event files write the smallest tones in powers of ten."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The kept rows of a piece with their lines, and where faults go."""

    table: pa.Table
    lines: pa.Array
    findings: Findings

    def text(self, name: str) -> pa.Array:
        """A column as text; bytes that are no UTF-8 are replaced and noted."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column = self.table.column(name).combine_chunks()
        try:
            return pc.cast(column, pa.string())
        except pa.ArrowInvalid:
            self.findings.note(f"letters of {name} that are no UTF-8 were replaced by �")
            return pa.array([value.decode("utf-8", errors="replace") for value in column.to_pylist()], pa.string())

    def identifiers(self, name: str) -> pa.Array:
        """A column of whole numbers that tell one event from another; one that stands twice in a piece is noted."""
        import pyarrow.compute as pc

        ids = self.text(name)
        self.refuse(pc.invert(pc.match_substring_regex(ids, r"^\d+$")), name, ids, "a whole number")
        doubled = len(ids) - pc.count_distinct(ids).as_py()
        if doubled:
            self.findings.note("events stand twice; measures count each once", self.lines[0].as_py(), doubled)
        return ids

    def numbers(self, name: str, bounds: tuple[float, float] = (-1e18, 1e18)) -> pa.Array:
        """A column of numbers within bounds; empty cells are missing."""
        import pyarrow as pa
        import pyarrow.compute as pc

        text = self.text(name)
        is_empty = pc.equal(text, "")
        is_number = pc.or_(is_empty, pc.match_substring_regex(text, NUMBER))
        self.refuse(pc.invert(is_number), name, text, "a number")
        values = pc.cast(pc.if_else(pc.and_(is_number, pc.invert(is_empty)), text, None), pa.float64())
        outside = pc.or_(pc.less(values, bounds[0]), pc.greater(values, bounds[1]))
        self.refuse(pc.fill_null(outside, False), name, text, f"a number from {bounds[0]:g} to {bounds[1]:g}")
        return pc.if_else(pc.fill_null(outside, True), pa.scalar(None, pa.float64()), values)

    def counts(self, name: str, bounds: tuple[float, float] = (0, 1e12)) -> pa.Array:
        """A column of whole numbers within bounds, zero or more."""
        import pyarrow as pa
        import pyarrow.compute as pc

        values = self.numbers(name, bounds)
        is_broken = pc.fill_null(pc.not_equal(pc.floor(values), values), False)
        self.refuse(is_broken, name, self.text(name), "a whole number")
        return pc.cast(pc.floor(values), pa.int64())

    def codes(self, name: str) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array]:
        """CAMEO codes with their zeros back, their roots, PLOVER categories and quad classes."""
        import pyarrow as pa

        told = self.text(name).to_pylist()
        made = {code: restore_code(code) for code in set(told)}
        codes = [made[code] for code in told]
        lost = [place for place, (before, after) in enumerate(zip(told, codes, strict=True)) if before != after]
        if lost:
            first = self.lines[lost[0]].as_py()
            self.findings.note("leading zeros of event codes that a spreadsheet took were put back", first, len(lost))
        roots = [code[:2] for code in codes]
        pairs = zip(roots, codes, strict=True)
        wrong = pa.array([root not in QUAD_CLASSES or not code.isdecimal() for root, code in pairs], pa.bool_())
        self.refuse(wrong, name, pa.array(told, pa.string()), "a CAMEO code of root 01 to 20")
        quads = [QUAD_CLASSES.get(root) for root in roots]
        plover = {code: plover_of(code) for code in made.values()}
        return (
            pa.array(codes, pa.string()),
            pa.array(roots, pa.string()),
            pa.array([plover[code] for code in codes], pa.string()),
            pa.array(quads, pa.int64()),
        )

    def require_equal(self, one: pa.Array, other: pa.Array, what: str, shown: pa.Array) -> None:
        """Refuse rows whose two tellings of one thing differ."""
        import pyarrow.compute as pc

        self.refuse(pc.fill_null(pc.not_equal(one, other), False), what, shown, "what another column of the line tells")

    def refuse(self, mask: pa.Array, name: str, shown: pa.Array, expected: str) -> None:
        """Note a fault for each row of a mask."""
        import pyarrow.compute as pc

        if not pc.any(mask).as_py():
            return
        for place in pc.indices_nonzero(mask).to_pylist():
            line = self.lines[place].as_py()
            self.findings.fault(line, name, shown[place].as_py(), expected, "The line is damaged; download it again.")
