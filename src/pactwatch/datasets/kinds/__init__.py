"""Every kind of data set file, one module each, all of the shape in ``pactwatch.datasets.shape``."""

from __future__ import annotations

from pactwatch.datasets.kinds import (
    atop,
    cow_capabilities,
    cow_states,
    dcad,
    gdelt,
    icews,
    mme,
    network,
    sipri_milex,
    sipri_register,
    sipri_tiv,
    survey,
    unga,
)
from pactwatch.datasets.shape import Glimpse, Kind
from pactwatch.model.errors import NotFoundError

_MODULES = (
    sipri_register,
    sipri_tiv,
    sipri_milex,
    dcad,
    mme,
    atop,
    cow_capabilities,
    cow_states,
    icews,
    gdelt,
    unga,
    network,
    survey,
)

KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
"""Every kind by name, in the order in which files are tried against them."""

FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(kind.family for kind in KINDS.values()))
"""The families of kinds: ``sipri`` stands for its register, TIV tables and spending workbook."""


def find_kinds(name: str) -> tuple[Kind, ...]:
    """The kinds a name stands for: one kind, or every kind of a family; raises :class:`NotFoundError`."""
    found = tuple(kind for kind in KINDS.values() if name in (kind.name, kind.family))
    if not found:
        raise NotFoundError(f"there is no kind {name!r} of data set; the kinds are {', '.join(KINDS)}")
    return found


def recognise(glimpse: Glimpse, among: tuple[Kind, ...] = tuple(KINDS.values())) -> Kind | None:
    """The first of the kinds that a file looks like."""
    return next((kind for kind in among if kind.recognise(glimpse)), None)
