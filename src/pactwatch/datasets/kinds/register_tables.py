"""The tables a SIPRI trade register becomes, whichever its layout."""

from __future__ import annotations

from pactwatch.datasets.shape import FILE_LINE, column
from pactwatch.edition.schema import Table

_PARTIES = (
    column("supplier_name", "string", "supplier as SIPRI names it"),
    column("supplier_code", "string", "supplier's actor code; empty for armed groups and unknown suppliers"),
    column("recipient_name", "string", "recipient as SIPRI names it"),
    column("recipient_code", "string", "recipient's actor code; empty for armed groups and unknown recipients"),
)

ORDERS = Table(
    "arms_orders",
    "Orders of major conventional arms, one row per order.",
    ("order_id",),
    (
        column("order_id", "string", "SIPRI's number of the order (new layout), or the order's line in the file"),
        *_PARTIES,
        column("order_year", "integer", "year of the order", "year"),
        column("is_order_year_estimate", "boolean", "whether SIPRI marks the year of the order uncertain"),
        column("number_ordered", "number", "items ordered; empty where not yet known or not in the layout", "items"),
        column("is_number_ordered_estimate", "boolean", "whether SIPRI marks that number uncertain"),
        column("designation", "string", "weapon's designation"),
        column("description", "string", "what the weapon is"),
        column("armament_category", "string", "SIPRI's category (new layout only)"),
        column("number_delivered", "number", "items delivered in the years the file covers", "items"),
        column("is_number_delivered_estimate", "boolean", "whether SIPRI marks that number uncertain"),
        column("delivery_years", "string", "years of delivery, as a list with semicolons"),
        column("weapon_status", "string", "new, second hand, or second hand but modernized"),
        column("comments", "string", "SIPRI's comments (old layout only)"),
        column("tiv_per_unit", "number", "volume of one item as delivered", "million TIV"),
        column("tiv_ordered", "number", "volume of the whole order (old layout only)", "million TIV"),
        column("tiv_delivered", "number", "volume delivered in the years the file covers", "million TIV"),
        column("is_local_production", "boolean", "whether produced in the recipient's country (new layout only)"),
        FILE_LINE,
    ),
    {},
)
DELIVERIES = Table(
    "arms_deliveries",
    "Deliveries of major conventional arms, one row per order and delivery year.",
    ("order_id", "delivery_year"),
    (
        column("order_id", "string", "the order"),
        *_PARTIES,
        column("delivery_year", "integer", "year of delivery", "year"),
        column("is_delivery_year_estimate", "boolean", "whether SIPRI marks the year uncertain (new layout only)"),
        column("number_delivered", "number", "items delivered in the year", "items"),
        column("is_number_delivered_estimate", "boolean", "whether SIPRI marks the number uncertain"),
        column("tiv_delivered", "number", "volume delivered in the year", "million TIV"),
        column("is_split", "boolean", "whether the year's number and volume are an even split made here, not SIPRI's"),
        column("is_estimate", "boolean", "whether number, year or volume is marked uncertain or is a split"),
        FILE_LINE,
    ),
    {},
)
