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
    if text is None:
        return None
    try:
        return TomlFile(path.name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        faults.add(int(at[1]) if at else 0, "", str(error), "valid TOML", "Check the quotes and brackets there.")
        return None


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
            keys = [part for part in fault["loc"] if isinstance(part, str)]
            lines = (file.line_of(key, *place) for key in reversed(keys))
            own_line = file.line_of("", *place)
            line = next((line for line in lines if line not in (0, own_line)), own_line)
            _note(faults, line, keys, fault, _model_of(model, keys))
        return None


def _model_of(model: type[BaseModel], keys: list[str]) -> type[BaseModel]:
    """The model that holds the last of the keys, through nested models."""
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        inner = [] if field is None else [field.annotation, *get_args(field.annotation)]
        model = next((one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)), model)
    return model


def _note(faults: FaultList, line: int, keys: list[str], fault: Any, model: type[BaseModel]) -> None:
    kind, name, leaf = fault["type"], ".".join(keys), keys[-1] if keys else ""
    if kind == "extra_forbidden":
        near = get_close_matches(leaf, model.model_fields, n=1)
        fix = f"Did you mean {near[0]!r}?" if near else f"The keys are {', '.join(model.model_fields)}."
        faults.add(line, name, leaf, "a known key", fix)
    elif kind == "missing":
        fix = "Add it; `pactwatch new DIR` shows an example."
        faults.faults.append(Fault(faults.file, line, name, "nothing", f"a key {leaf!r}", fix))
    else:
        faults.add(line, name, fault["input"], fault["msg"], "Correct the value.")
