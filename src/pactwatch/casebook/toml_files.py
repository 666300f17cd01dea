"""Reading a casebook's TOML files strictly, with the line of every fault."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pactwatch.casebook.sheets import FaultList, read_text
from pactwatch.model.errors import Fault

M = TypeVar("M", bound=BaseModel)

DEEPEST = 20
"""Levels of lists and tables a file may have; the deepest a casebook needs are five."""

_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and hyphens",
    r"^\d+\.\d+\.\d+$": "three numbers with full stops between, like 1.0.0",
}
"""Patterns in words."""

_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file that still knows its lines."""

    name: str
    text: str
    values: dict[str, Any]

    def line_of(self, key: str, table: str = "", index: int = 0) -> int:
        """The 1-based line of ``key`` in the ``index``-th ``[[table]]`` (or at the top).

        The table's own line if the key is not there; 0 without a table.
        """
        lines = self.text.split("\n")
        start = 0
        if table:
            heads = [
                number for number, line in enumerate(lines) if re.fullmatch(rf"\s*\[\[?{table}\]?\]\s*(#.*)?", line)
            ]
            if index >= len(heads):
                return 0
            start = heads[index]
        for number in range(start, len(lines)):
            if number > start and table and re.match(rf"\s*\[\[?{table}\]", lines[number]):
                break
            if key and re.match(rf'\s*(\[{table}\.)?"?{re.escape(key)}"?\s*[=\]]', lines[number]):
                return number + 1
        return start + 1 if table else 0


def read_toml(path: Path, faults: FaultList) -> TomlFile | None:
    """Parse a TOML file, or note why not."""
    text = read_text(path, faults)
    return None if text is None else parse_toml(path.name, text, faults)


def parse_toml(name: str, text: str, faults: FaultList) -> TomlFile | None:
    """Parse the text of a TOML file, or note why not."""
    try:
        values = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, or a whole number of thousands of digits
        at = _AT_LINE.search(str(error))
        faults.add(int(at[1]) if at else 0, "", str(error), "valid TOML", "Check the quotes and brackets there.")
        return None
    except RecursionError:
        values = None
    layers = [] if values is None else _layers_of(values)
    if values is None or len(layers) > DEEPEST:
        line = 1 + max(enumerate(text.split("\n")), key=lambda one: sum(map(one[1].count, "[{.")))[0]
        found = "lists or tables within each other"
        faults.add(line, "", found, f"at most {DEEPEST} levels", "Close the brackets; no file needs so many.")
        return None
    if any(isinstance(one, int) and one.bit_length() > 63 for layer in layers for one in layer):
        faults.add(0, "", "a whole number of more than 64 bits", "smaller numbers", "Shorten the number.")
        return None
    return TomlFile(name, text, values)


def _layers_of(values: dict[str, Any]) -> list[list[Any]]:
    """The values by their level, one level more than ``DEEPEST`` at most; by hand, since recursion could overflow."""
    layers = [list(values.values())]
    while layers[-1] and len(layers) <= DEEPEST:
        inner = [one.values() if isinstance(one, dict) else one for one in layers[-1] if isinstance(one, dict | list)]
        layers.append([value for group in inner for value in group])
    return layers if layers[-1] else layers[:-1]


def read_model(
    file: TomlFile, model: type[M], values: object, faults: FaultList, place: tuple[str, int] = ("", 0)
) -> M | None:
    """Validate ``values`` as ``model``, noting every fault with its line.

    ``place`` is the table and its index in the file.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            keys = [part for part in fault["loc"] if isinstance(part, str) and part != "[key]"]
            spot = _spot_of(file, fault["loc"], place)
            lines = (file.line_of(key, *spot) for key in reversed(keys))
            own_line = file.line_of("", *spot)
            line = next((line for line in lines if line not in (0, own_line)), own_line)
            example = "Add it; pactwatch claims kinds are described in docs/claims.md."
            if place[0] != "claim":
                example = "Add it; `pactwatch new DIR` shows an example."
            _note(faults, (line, keys, example), fault, _model_of(model, keys))
        return None


def _spot_of(file: TomlFile, loc: tuple[int | str, ...], place: tuple[str, int]) -> tuple[str, int]:
    """The table a fault lies in: one of an array of tables, where the fault's path says so."""
    if place[0] or len(loc) < 2 or not isinstance(loc[0], str) or not isinstance(loc[1], int):
        return place
    return (loc[0], loc[1]) if file.line_of("", loc[0], loc[1]) else place


def _model_of(model: type[BaseModel], keys: list[str]) -> type[BaseModel]:
    """The model that holds the last of the keys, through nested models."""
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        inner = [] if field is None else [field.annotation, *get_args(field.annotation)]
        model = next((one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)), model)
    return model


def _note(faults: FaultList, where: tuple[int, list[str], str], fault: Any, model: type[BaseModel]) -> None:
    line, keys, example = where
    kind, name, leaf = fault["type"], ".".join(keys), keys[-1] if keys else ""
    if kind == "extra_forbidden":
        near = get_close_matches(leaf, model.model_fields, n=1)
        fix = f"Did you mean {near[0]!r}?" if near else f"The keys are {', '.join(model.model_fields)}."
        faults.add(line, name, leaf, "a known key", fix)
    elif kind == "missing":
        faults.faults.append(Fault(faults.file, line, name, "nothing", f"a key {leaf!r}", example))
    else:
        faults.add(line, name, fault["input"], _in_words(fault), "Correct the value.")


def _in_words(fault: Any) -> str:
    """What was expected, in a person's words rather than in those of the validating library."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "too_short" and context.get("min_length") == 1:
        return "at least one entry"
    if kind == "string_too_short" and context.get("min_length") == 1:
        return "a value that is not empty"
    if kind == "string_pattern_mismatch" and context.get("pattern") in _FORMS:
        return _FORMS[context["pattern"]]
    return str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
