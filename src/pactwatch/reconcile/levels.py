"""Every level a comparison may give, with the words that explain it."""

from __future__ import annotations

from pactwatch.reconcile.comparing import gap
from pactwatch.reconcile.sides import Side

_EVENTS = ("event", "dialogue")
_ORDERED = ("deal", "policy")
_FAMILIES = (*_EVENTS, *_ORDERED)
_WHERE = (*_FAMILIES, "delivery")

_DATES = {
    "same_day": "same day",
    "within_month": "dates agree to the month",
    "within_year": "dates agree to the year",
    "near": "dates {days} apart",
    "week": "dates {days} apart",
    "month": "dates {days} apart",
    "season": "dates {days} apart",
    "years": "dates {days} apart",
    "far": "dates {days} apart",
    "untold": "a date is not told",
}
_PUBLISHED = {
    "near": "undated, but published within ten days",
    "month": "undated, published within two months",
    "year": "undated, published within a year",
    "far": "undated, published years apart",
    "before": "undated, and published before the other's date",
}
_ORDERS = {
    "month": "stages within a month of each other",
    "year": "stages in order within a year",
    "years": "stages in order within four years",
    "far": "stages many years apart",
    "wrong": "the later stage is dated first",
}

LEVELS: dict[str, str] = {
    "parties_same": "same parties",
    "parties_same_many": "same three or more parties",
    "parties_within": "one names some of the other's parties",
    "parties_within_alone": "one names a single party of the other",
    "parties_by_body": "a body on one side, its members on the other",
    "parties_overlap": "some parties the same, some not",
    "parties_one": "one party the same",
    "parties_apart": "no party the same",
    "type_akin": "types that are taken for one another",
    "level_same": "same level of exercise",
    "level_other": "other level of exercise",
    "direction_same": "same supplier and recipient",
    "direction_other": "other supplier or recipient",
    "name_same": "same name",
    "name_near": "nearly the same name",
    "name_partly": "names partly alike",
    "name_other": "other name",
    "name_other_days": "other name, and dates {days} apart",
    "instrument_same": "same instrument",
    "instrument_same_kind": "same kind of instrument",
    "instrument_other": "other instrument",
    "instrument_other_kind": "other kind of instrument",
    "items_same": "same things",
    "items_alike": "things with like names",
    "items_kind": "things of the same kind",
    "items_other": "other things",
    "quantity_same": "same number",
    "quantity_other": "other number",
    "quantity_other_total": "other number in all",
    "money_same": "same amount",
    "money_near": "amounts within 15 percent",
    "money_other": "other amount",
    "money_abroad": "amounts alike in two currencies",
    "money_abroad_other": "amounts unlike in two currencies",
    "money_unlike": "amounts in currencies not compared",
    "document_same_stage": "both in one document, which tells the same stage twice",
    "document_other_stage": "both in one document",
    "words_none": "hardly a rare word shared",
    "words_few": "few rare words shared",
    "words_some": "some rare words shared",
    "words_many": "many rare words shared",
    "words_most": "most rare words shared",
    "words_all": "nearly the same passage",
    **{f"stage_same_{family}": "same stage" for family in _FAMILIES},
    **{f"stage_other_{family}": "other stage" for family in _FAMILIES},
    **{f"date_{where}_{level}": words for where in _WHERE for level, words in _DATES.items()},
    **{f"published_{where}_{level}": words for where in _WHERE for level, words in _PUBLISHED.items()},
    **{f"order_{where}_{level}": words for where in _ORDERED for level, words in _ORDERS.items()},
}
"""Words for each level; ``{days}`` is how far the dates are apart."""


WHEN = frozenset({"date", "published", "order"})
"""Comparisons of dates; what the others are of, :func:`comparison_of` says."""

HOW_MUCH = frozenset({"money", "quantity"})
"""Comparisons of amounts."""


def comparison_of(level: str) -> str:
    """What a level is a comparison of.

    >>> comparison_of("date_event_same_day"), comparison_of("money_near")
    ('date', 'money')
    """
    return level.partition("_")[0]


def in_words(level: str, a: Side, b: Side) -> str:
    """A level as a reader is told it."""
    words = LEVELS[level]
    if "{days}" not in words:
        return words
    days = gap(a, b)
    return words.format(days="1 day" if days == 1 else f"{days} days")
