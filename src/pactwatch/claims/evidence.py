"""The milestones a claim is tested on, one flat row each, and the selection among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pactwatch.claims.question import Selection
from pactwatch.model.codes import LEVEL_ORDER, STAGES, Doubt

if TYPE_CHECKING:
    import pandas as pd

    from pactwatch.edition import Edition


@dataclass(frozen=True)
class Joined:
    """A measure that joins imported data sets: its rows, or how to import what it lacks; ``vintages`` tells the
    data."""

    rows: pd.DataFrame
    missing: str = ""
    vintages: str = ""


@dataclass(frozen=True)
class Evidence:
    """Milestones with their record's columns, survey figures, and the casebook's groups.

    ``milestones`` columns: ``milestone_id record_id record_type stage stage_rank is_tentative is_done earliest
    latest`` (datetime64) ``is_inferred`` (no source tells the date) ``middle`` ``side`` (hard, soft or unclassed, as
    the balance measure says) ``precision year month`` (1-12, missing where the month is not told) ``parties``
    (frozenset of codes) ``party_count instrument proper_name supplier recipient level level_rank`` (0 is a port call;
    missing where not told) ``is_hadr is_verified is_reviewed`` (a person answers for it)
    ``domain categories`` (frozenset) ``title``. ``groups`` maps
    ``partners`` and ``baseline`` to actor codes, ``names`` codes to short English names. ``basket`` has a row
    for each day on which the outcomes of the law's basket of cases change: ``date allowed conditional denied unknown
    gained lost rules outcomes`` (by case).
    ``joined`` holds the measures that join imported data sets, by name.
    """

    milestones: pd.DataFrame
    perceptions: pd.DataFrame
    focus: str
    groups: dict[str, tuple[str, ...]]
    as_of: pd.Timestamp
    names: Mapping[str, str] = field(default_factory=dict)
    basket: Sequence[Mapping[str, Any]] = ()
    joined: Mapping[str, Joined] = field(default_factory=dict)
    _selected: dict[Selection, pd.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    def name(self, code: str) -> str:
        """The short name of an actor, or its code where none is known."""
        return self.names.get(code, code)

    def codes(self, names: Iterable[str]) -> frozenset[str]:
        """Actor codes behind codes and group names."""
        return frozenset(code for name in names for code in self.groups.get(name, (name,)))

    def select(self, selection: Selection) -> pd.DataFrame:
        """The selected rows, earliest first; where the selection's unit is the record, each record's first alone."""
        if selection not in self._selected:  # the cells of a grid ask for the same rows again and again
            rows = self.milestones[self._mask(selection)]
            rows = keep_firsts(rows) if selection.unit == "record" else rows
            self._selected[selection] = rows.sort_values(["earliest", "latest", "milestone_id"], kind="stable")
        return self._selected[selection]

    def narrowed(self, mask: pd.Series[bool]) -> Evidence:
        """The same evidence with only the milestones of a mask."""
        return replace(self, milestones=self.milestones[mask])

    @cached_property
    def partners(self) -> frozenset[str]:
        """Codes of the casebook's partners."""
        return frozenset(self.groups["partners"])

    def _mask(self, selection: Selection) -> pd.Series[bool]:
        rows = self.milestones
        mask = rows["stage"].isin(list(selection.stages)) if selection.stages else rows["is_done"]
        for column, wanted in (
            ("record_type", selection.types),
            ("instrument", selection.instruments),
            ("proper_name", selection.names),
            ("record_id", selection.record_ids),
            ("level", selection.levels),
            ("domain", selection.domains),
            ("side", selection.sides),
            ("month", selection.months),
        ):
            if wanted:
                mask = mask & rows[column].isin(list(wanted))
        if selection.hadr is not None:
            mask = mask & (rows["is_hadr"] == selection.hadr)
        if selection.multilateral is not None:
            mask = mask & ((rows["party_count"] > 2) == selection.multilateral)
        if selection.since is not None:
            mask = mask & (rows["year"] >= selection.since)
        if selection.until is not None:
            mask = mask & (rows["year"] <= selection.until)
        return mask & self._has_parties(rows, selection)

    def _has_parties(self, rows: pd.DataFrame, selection: Selection) -> pd.Series[bool]:
        wanted_any, wanted_all = self.codes(selection.with_any), self.codes(selection.with_all)
        if selection.focus:
            wanted_all |= {self.focus}
        mask = rows["parties"].map(
            lambda parties: wanted_all <= parties and (not wanted_any or bool(wanted_any & parties))
        )
        if selection.categories:
            wanted = frozenset(selection.categories)
            mask = mask & rows["categories"].map(lambda categories: bool(wanted & categories))
        for column, code in (("supplier", selection.supplier), ("recipient", selection.recipient)):
            if code is not None:
                mask = mask & (rows[column] == code)
        return mask.astype(bool)


def keep_firsts(rows: pd.DataFrame) -> pd.DataFrame:
    """The first milestone of every record among rows.

    First may be any that no other of its record certainly precedes, that is, whose earliest day is not after the least
    latest day. Of those the earliest stage is taken, since stages follow one another whatever the dates leave open;
    then the least latest day, which prefers the more precise; then the least earliest day and id.

    Example: signed 2021-09-11 and in force 2021 give the signing, though the year begins before it.
    """
    may_be_first = rows["earliest"] <= rows.groupby("record_id")["latest"].transform("min")
    order = ["stage_rank", "latest", "earliest", "milestone_id"]
    return rows[may_be_first].sort_values(order, kind="stable").drop_duplicates("record_id")


def gather_evidence(edition: Edition, basket: Sequence[Mapping[str, Any]] = ()) -> Evidence:
    """Read an edition's milestones and survey figures into the flat shape the tests use.

    ``basket`` comes from the law.
    """
    import pandas as pd

    settings = edition.settings
    return Evidence(
        milestones=_flatten(edition),
        perceptions=edition.frame("perceptions"),
        focus=settings.focus,
        groups={"partners": settings.partners, "baseline": settings.baseline},
        as_of=pd.Timestamp(settings.as_of),
        names=_name_actors(edition),
        basket=tuple(basket),
        joined=_JoinedMeasures(edition),
    )


class _JoinedMeasures(Mapping[str, Joined]):
    """The measures that join imported data sets, each computed when a claim first asks for it."""

    def __init__(self, edition: Edition) -> None:
        from pactwatch.measures import MEASURES

        self._edition = edition
        self._names = tuple(name for name, measure in MEASURES.items() if measure.needs)
        self._computed: dict[str, Joined] = {}

    def __getitem__(self, name: str) -> Joined:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._computed:
            self._computed[name] = _join(name, self._edition)
        return self._computed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _join(name: str, edition: Edition) -> Joined:
    """The rows of a measure that joins imported data sets, or what it lacks."""
    from pactwatch.datasets import open_library
    from pactwatch.measures import MEASURES, compute, find_missing

    library = open_library(edition)
    missing = "; ".join(str(one) for one in find_missing(name, edition))
    used = [one for kind in MEASURES[name].needs if library.has(kind) for one in library.used(kind)]
    vintages = dict.fromkeys(f"{one.kind.title}, {one.details['vintage'] or one.details['file']}" for one in used)
    return Joined(compute(name, edition).to_pyarrow().to_pandas(), missing, "; ".join(vintages))


_PLAIN_COLUMNS = {
    "milestone_id": "milestone_id",
    "record_id": "record_id",
    "record_type": "record_type",
    "stage": "stage",
    "is_tentative": "is_tentative",
    "is_done": "is_done",
    "date_precision": "precision",
    "party_count": "party_count",
    "instrument": "instrument",
    "proper_name": "proper_name",
    "supplier_code": "supplier",
    "recipient_code": "recipient",
    "exercise_level": "level",
    "is_hadr": "is_hadr",
    "is_verified": "is_verified",
    "is_reviewed": "is_reviewed",
    "domain": "domain",
    "title": "title",
}
"""Columns taken over from the edition, with the names they have here."""


def _flatten(edition: Edition) -> pd.DataFrame:
    import pandas as pd

    joined = edition.frame("milestones").merge(edition.frame("records"), on="record_id")
    joined["is_reviewed"] = ~joined["doubt_codes"].str.split(";").map(lambda codes: Doubt.UNREVIEWED in (codes or ()))
    flat = joined[list(_PLAIN_COLUMNS)].rename(columns=_PLAIN_COLUMNS)
    earliest, latest = pd.to_datetime(joined["earliest_date"]), pd.to_datetime(joined["latest_date"])
    ranks = {(str(type_), str(stage)): rank for type_, stages in STAGES.items() for rank, stage in enumerate(stages)}
    levels = {level.value: float(rank) for rank, level in enumerate(LEVEL_ORDER)}
    return flat.assign(
        stage_rank=[ranks[pair] for pair in zip(flat["record_type"], flat["stage"], strict=True)],
        earliest=earliest,
        latest=latest,
        is_inferred=joined["date_edtf"].str.endswith("?").astype(bool),
        middle=(earliest + (latest - earliest) / 2).dt.normalize(),
        year=earliest.dt.year,
        month=earliest.dt.month.where(flat["precision"].isin(["day", "month"])),
        parties=joined["party_codes"].map(lambda codes: frozenset(codes.split(";"))),
        level_rank=flat["level"].map(levels).astype(float),
        categories=flat["milestone_id"].map(_list_categories(edition)),
        side=_class_sides(edition, flat["record_id"]),
    )


def _name_actors(edition: Edition) -> dict[str, str]:
    actors = edition.arrow("actors").to_pydict()
    return dict(zip(actors["actor_code"], actors["actor_name"], strict=True))


def _list_categories(edition: Edition) -> defaultdict[str, frozenset[str]]:
    """Item categories by milestone; none for those without items."""
    named: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    items = edition.arrow("items").to_pydict()
    for milestone, category in zip(items["milestone_id"], items["item_category"], strict=True):
        named[milestone] |= {category}
    return named


def _class_sides(edition: Edition, record_ids: pd.Series[str]) -> list[str]:
    from pactwatch.measures.balance import classify_edition

    classed = classify_edition(edition).select("record_id", "side").to_pyarrow().to_pydict()
    sides = dict(zip(classed["record_id"], classed["side"], strict=True))
    return [sides.get(one, "unclassed") for one in record_ids]
