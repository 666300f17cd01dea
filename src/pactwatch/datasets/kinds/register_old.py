"""The register's layout of one row per order: ``?`` flags in nameless columns, delivery years as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pactwatch.datasets.kinds.register_rows import Register
from pactwatch.datasets.reading.delimited import Row

OLD = ("Recipient", "Supplier", "Year of order", "Weapon designation", "Year(s) of delivery", "Comments")

OLD_NUMBERS = ("SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons")


def read_old(register: Register) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Orders, and their deliveries with every volume split evenly over the years told."""
    orders: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    for row in register.grid.rows:
        order = _read_old_order(register, row)
        orders.append(order)
        deliveries += _split_years(register, row, order)
    return orders, deliveries


def _read_old_order(register: Register, row: Row) -> dict[str, Any]:
    numbers, cell = register.numbers, register.cell
    order_year = register.year(row, "Year of order")
    years = [part.strip() for part in cell(row, "Year(s) of delivery").split(";") if part.strip()]
    told = [register.numbers.year(row.line, "Year(s) of delivery", year, (1900, 2100)) for year in years]
    unit, ordered, delivered = (numbers.number(row.line, name, cell(row, name)) for name in OLD_NUMBERS)
    number_ordered = numbers.number(row.line, "Number ordered", cell(row, "Number ordered"))
    number_delivered = numbers.number(row.line, "Number delivered", cell(row, "Number delivered"))
    register.check_product(row, unit, number_ordered, ordered, "order")
    register.check_product(row, unit, number_delivered, delivered, "delivery")
    if not told and (delivered or 0) > 0:
        register.reading.findings.note("a volume is delivered and no year told: it is in no yearly total", row.line)
    if told != sorted(set(told), key=lambda year: year or 0):
        register.reading.findings.note("delivery years are out of order or doubled", row.line)
    if order_year is not None and told and (min(year or order_year for year in told) < order_year):
        register.reading.findings.note("a delivery before the order", row.line)
    return {
        "order_id": str(row.line),
        **register.parties(row, order_year),
        "order_year": order_year,
        "is_order_year_estimate": register.flag_after(row, "Year of order"),
        "number_ordered": number_ordered,
        "is_number_ordered_estimate": register.flag_after(row, "Number ordered"),
        "designation": cell(row, "Weapon designation"),
        "description": cell(row, "Weapon description"),
        "number_delivered": number_delivered,
        "is_number_delivered_estimate": register.flag_after(row, "Number delivered"),
        "delivery_years": ";".join(str(year) for year in told if year is not None),
        "weapon_status": register.status(row, cell(row, "status")),
        "comments": cell(row, "Comments"),
        "tiv_per_unit": unit,
        "tiv_ordered": ordered,
        "tiv_delivered": delivered,
        "file_line": row.line,
    }


def _split_years(register: Register, row: Row, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The order's deliveries, its volume split evenly over the years told; of one year nothing is split."""
    years = [int(year) for year in order["delivery_years"].split(";") if year]
    is_split = len(years) > 1
    for year in years:
        register.check_year(row, year)
        yield {
            "order_id": order["order_id"],
            **_parties_at(register, order, year),
            "delivery_year": year,
            "is_delivery_year_estimate": None,
            "number_delivered": _part(order["number_delivered"], len(years)),
            "is_number_delivered_estimate": order["is_number_delivered_estimate"],
            "tiv_delivered": _part(order["tiv_delivered"], len(years)),
            "is_split": is_split,
            "is_estimate": is_split or bool(order["is_number_delivered_estimate"]),
            "file_line": row.line,
        }


def _parties_at(register: Register, order: dict[str, Any], year: int) -> dict[str, str | None]:
    """The parties with the codes they had in a year: an order of 1990 may be delivered to another state in 1993."""
    found: dict[str, str | None] = {}
    for part in ("supplier", "recipient"):
        name = order[f"{part}_name"]
        found[f"{part}_name"] = name
        found[f"{part}_code"] = register.reading.crosswalk.look_up("name", name, year).code
    return found


def _part(total: float | None, years: int) -> float | None:
    return None if total is None else total / years
