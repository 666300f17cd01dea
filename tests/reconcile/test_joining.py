"""What is one item and what is two, as a table; and what attaches to the casebook's records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pactwatch.reconcile import reconcile
from pactwatch.reconcile.items import Known, Told
from pactwatch.reconcile.names import is_kin
from pactwatch.reconcile.weights import Weights
from tests.reconcile.telling import judge, tell

BOATS = ("vessel", "patrol boats", 2)
RADARS = ("radar", "radars", 4)
OFF_THE_COAST = "Brazil and Chile held the exercise off Valparaiso, with frigates and divers of both navies"

ONE_ITEM: dict[str, list[Told]] = {
    "stages of an agreement join": [
        tell("a", "agreement negotiating", "CHL NZL", date="2023-08", instrument="VFA"),
        tell("b", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"),
        tell("c", "agreement in_force", "CHL NZL", date="2025-02-01", instrument="VFA"),
    ],
    "a day and its month": [
        tell("a", "dialogue held", "NOR POL", date="2024-10-08"),
        tell("b", "dialogue held", "NOR POL", date="2024-10"),
    ],
    "one sum in two currencies": [
        tell("a", "transfer contracted", "BRA SWE", date="2023-03-07", things=RADARS, money=(1.2e9, "SEK")),
        tell("b", "transfer contracted", "BRA SWE", date="2023-03", things=RADARS, money=(115e6, "USD")),
    ],
    "first day and last day of an exercise by its name": [
        tell("a", "exercise held", "FIN NOR SWE", date="2023-03-18", name="Northern Lantern"),
        tell("b", "exercise held", "FIN NOR SWE", date="2023-03-31", name="Exercise Northern Lantern"),
    ],
    "planned, then held": [
        tell("a", "exercise planned", "FIN NOR SWE", date="2024-03", name="Northern Lantern", modality="planned"),
        tell("b", "exercise held", "FIN NOR SWE", date="2024-03-16", name="Northern Lantern"),
    ],
    "a report that gives no date, out the same week": [
        tell("a", "agreement signed", "JPN MNG", date="2025-05-06", instrument="ACSA", published="2025-05-07"),
        tell("b", "agreement signed", "JPN MNG", instrument="ACSA", published="2025-05-08"),
    ],
    "a name and what is short for it, days apart": [
        tell("a", "exercise held", "CHL NZL PER", date="2024-06-27", name="Rim of the Pacific"),
        tell("b", "exercise held", "CHL NZL PER", date="2024-07-04", name="RIMPAC"),
    ],
    "two spellings of a name, days apart": [
        tell("a", "exercise held", "AUS FIN", date="2023-09-06", name="Southern Jackaroo"),
        tell("b", "exercise held", "AUS FIN", date="2023-09-20", name="Exercise Southern Jackeroo 2023"),
    ],
    "deliveries in parts": [
        tell("a", "transfer delivered", "KOR PER", date="2025-05-07", things=("aircraft", "light aircraft", 2),
             supplier="KOR", recipient="PER"),
        tell("b", "transfer contracted", "KOR PER", date="2023-10-04", things=("aircraft", "light aircraft", 10),
             supplier="KOR", recipient="PER"),
    ],
}  # fmt: skip

TWO_ITEMS: dict[str, list[Told]] = {
    "two grants of patrol boats to one country in one year": [
        tell("a", "transfer contracted", "ITA KEN", date="2024-02-10", things=BOATS, supplier="ITA", recipient="KEN"),
        tell("b", "transfer contracted", "ITA KEN", date="2024-09-20", things=BOATS, supplier="ITA", recipient="KEN"),
    ],
    "editions of an exercise": [
        tell("a", "exercise held", "FIN NOR SWE", date="2023-03-18", name="Northern Lantern"),
        tell("b", "exercise held", "FIN NOR SWE", date="2024-03-16", name="Northern Lantern"),
    ],
    "two exercises of one pair, weeks apart, told in the same words": [
        tell("a", "exercise held", "BRA CHL", date="2024-03-01", name="Blue Lantern", quote=OFF_THE_COAST),
        tell("b", "exercise held", "BRA CHL", date="2024-03-30", name="Grey Lantern", quote=OFF_THE_COAST),
    ],
    "editions of a dialogue, months apart": [
        tell("a", "dialogue held", "AUS FJI", date="2024-11-20"),
        tell("b", "dialogue held", "AUS FJI", date="2025-02-13"),
    ],
    "two signatures on different dates": [
        tell("a", "agreement signed", "ITA KEN", date="2019-05-22", instrument="MOU"),
        tell("b", "agreement signed", "ITA KEN", date="2024-05-29", instrument="MOU"),
    ],
    "two pacts signed on one day": [
        tell("a", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"),
        tell("b", "agreement signed", "CHL NZL", date="2024-07-19", instrument="ACSA"),
    ],
    "other parties": [
        tell("a", "exercise held", "BRA CHL", date="2024-08-12", name="Condor Shield"),
        tell("b", "exercise held", "KEN ITA", date="2024-08-12", name="Harbour Watch"),
    ],
    "what flows the other way": [
        tell("a", "transfer contracted", "ITA KEN", date="2024-02-10", things=BOATS, supplier="ITA", recipient="KEN"),
        tell("b", "transfer contracted", "ITA KEN", date="2024-02-12", things=("vehicle", "trucks", 9),
             supplier="KEN", recipient="ITA"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("days", [5, 12, 29, 44])
@pytest.mark.parametrize("names", [("Blue Lantern", "Grey Lantern"), ("Blue Lantern", "Red Crane")])
def test_no_telling_between_them_joins_exercises_of_other_names(
    names: tuple[str, str], days: int, weights: Weights
) -> None:
    """What gives the month and no name would go with either."""
    told = [
        tell("a", "exercise held", "BRA CHL", date="2024-03-01", name=names[0], quote=OFF_THE_COAST),
        tell("b", "exercise held", "BRA CHL", date=str(date(2024, 3, 1) + timedelta(days)), name=names[1],
             quote=OFF_THE_COAST),
        *(tell(doc, "exercise held", "BRA CHL", date="2024-03", quote=OFF_THE_COAST) for doc in "cdef"),
    ]  # fmt: skip
    items = [set(item.mentions) for item in reconcile(told, Known(), weights=weights).items]
    assert not any({told[0].id, told[1].id} <= item for item in items)


def test_a_person_may_say_that_two_names_are_one(weights: Weights) -> None:
    told = TWO_ITEMS["two exercises of one pair, weeks apart, told in the same words"]
    (item,) = reconcile(told, Known(), [judge(1, "same", *told)], weights=weights).items
    assert item.mentions == tuple(sorted(one.id for one in told))


NAMES = [
    ("blue lantern", "grey lantern", False),
    ("blue lantern", "lantern", True),
    ("doushin bayanihan", "doshin-bayanihan", True),
    ("samasama", "sama sama", True),
    ("rimpac", "rim pacific", True),
    ("kamandag", "kaagapay ng mga mandirigma ng dagat", True),
    ("cope north", "cope south", False),
    ("yama sakura 85", "yama sakura 87", False),
    ("garuda shield", "super garuda shield", True),
    ("pacific vanguard", "pacific crown", False),
]


@pytest.mark.parametrize(("a", "b", "expected"), NAMES)
def test_names_that_may_be_one(a: str, b: str, expected: bool) -> None:
    assert is_kin(a, b) is is_kin(b, a) is expected


@pytest.mark.parametrize("case", ONE_ITEM)
def test_these_tell_one_item(case: str, weights: Weights) -> None:
    found = reconcile(ONE_ITEM[case], Known(), weights=weights)
    assert [item.mentions for item in found.items] == [tuple(sorted(one.id for one in ONE_ITEM[case]))]


@pytest.mark.parametrize("case", TWO_ITEMS)
def test_these_tell_two_items(case: str, weights: Weights) -> None:
    assert len(reconcile(TWO_ITEMS[case], Known(), weights=weights).items) == 2


def test_a_chain_of_near_dates_is_no_bridge(weights: Weights) -> None:
    """Weekly meetings: each is near the next, the first is not the last."""
    days = ("2024-05-03", "2024-05-10", "2024-05-17", "2024-05-24", "2024-05-31")
    told = [tell(day, "dialogue held", "NOR POL", date=day) for day in days]
    for item in reconcile(told, Known(), weights=weights).items:
        dates = sorted(one.mention.date or "" for one in told if one.id in item.mentions)
        assert int(dates[-1][-2:]) - int(dates[0][-2:]) <= 10


KNOWN = {
    "a later article on a known signature": (
        tell("a", "agreement signed", "JPN PHL", date="2024-07-08", instrument="RAA"), "PHL-RAA"),
    "a recap in 2025 of what was delivered in 2017": (
        tell("a", "transfer delivered", "JPN PHL", date="2017-03-27", things=("aircraft", "TC-90", 2),
             supplier="JPN", recipient="PHL", published="2025-11-21"), "PHL-TC90"),
    "last year's edition": (
        tell("a", "exercise held", "JPN PHL", date="2024-10", name="Doshin-Bayanihan", published="2025-10-09"),
        "PHL-EX-DB3"),
    "this year's edition": (
        tell("a", "exercise held", "JPN PHL", date="2025-10-07", name="Doshin-Bayanihan", published="2025-10-09"),
        "PHL-EX-DB5"),
    "a grant the casebook does not know": (
        tell("a", "transfer agreed", "JPN PHL", date="2026-02-18", things=("vessel", "rescue boats", 4),
             supplier="JPN", recipient="PHL"), None),
    "a later renewal of a pact long in force": (
        tell("a", "agreement signed", "JPN PHL", date="2026-06-30", instrument="RAA"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", KNOWN)
def test_a_mention_finds_its_record(case: str, known: Known, weights: Weights) -> None:
    told, record = KNOWN[case]
    (item,) = reconcile([told], known, weights=weights).items
    assert item.record_id == record


def test_reasons_add_up_to_the_points(weights: Weights) -> None:
    (item,) = reconcile(ONE_ITEM["one sum in two currencies"], Known(), weights=weights).items
    (link,) = item.links
    assert sum(part.points for part in link.parts) == pytest.approx(link.points)
    assert "same parties" in link.words
    assert "amounts alike in two currencies" in link.words
    assert 0.5 < link.chance < 1


def test_undecided_pairs_are_told(weights: Weights) -> None:
    told = [
        tell("a", "dialogue held", "NOR POL", date="2024-06-14", quote="ministers met in Gdynia"),
        tell("b", "dialogue held", "NOR POL", date="2024-06-19", quote="ministers met in Gdynia"),
    ]
    found = reconcile(told, Known(), weights=weights)
    assert len(found.items) == 2
    assert [(link.a, link.b) for link in found.near] == [tuple(sorted(one.id for one in told))]
    assert 0.1 < found.near[0].chance < 0.9


def test_a_copy_counts_as_the_report_it_copies(weights: Weights) -> None:
    """Two mentions of one document that tell one stage are rather two items; an original and its copy are not."""
    first = tell("a", "training held", "AUS FJI", date="2024-10-14")
    copy = Told("m-copy", first.mention.model_copy(update={"doc": "b"}), first.published, "a")
    (item,) = reconcile([first, copy], Known(), weights=weights).items
    assert item.mentions == tuple(sorted((first.id, "m-copy")))
