"""The register's layout of one row per order and delivery year, each with its volume."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pactwatch.datasets.kinds.register_rows import ROUNDING, Register
from pactwatch.datasets.reading.delimited import Row

NEW = ("Supplier", "Recipient", "Order date", "Numbers delivered", "Delivery year", "TIV delivery values")

NEW_NUMBERS = ("SIPRI estimate", "TIV deal unit", "TIV delivery values")


def read_new(register: Register) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Orders gathered from their rows, and the deliveries as they stand."""
    deliveries, by_order = [], defaultdict(list)
    for row in register.grid.rows:
        delivery = _read_delivery(register, row)
        deliveries.append(delivery)
        by_order[delivery["order_id"]].append((row, delivery))
    return [_gather_order(register, rows) for rows in by_order.values()], deliveries


def _read_delivery(register: Register, row: Row) -> dict[str, Any]:
    numbers, cell = register.numbers, register.cell
    year = register.year(row, "Delivery year")
    number = numbers.number(row.line, "Numbers delivered", cell(row, "Numbers delivered"))
    full, unit, total = (numbers.number(row.line, name, cell(row, name)) for name in NEW_NUMBERS)
    register.check_product(row, unit, number, total, "delivery")
    if full is not None and unit is not None and unit > full + ROUNDING:
        register.reading.findings.note("an item's volume is above that of a new one", row.line)
    if year is not None:
        register.check_year(row, year)
    if total is None:
        register.reading.findings.fault(row.line, "TIV delivery values", "", "a volume", "The row is damaged.")
    flags = {name: register.yes(row, f"{name} is estimate") for name in ("Numbers delivered", "Delivery year")}
    order_year = register.year(row, "Order date")
    if year is not None and order_year is not None and year < order_year:
        register.reading.findings.note("a delivery before the order", row.line)
    return {
        "order_id": cell(row, "SIPRI AT Database ID"),
        **register.parties(row, year),
        "delivery_year": year,
        "is_delivery_year_estimate": flags["Delivery year"],
        "number_delivered": number,
        "is_number_delivered_estimate": flags["Numbers delivered"],
        "tiv_delivered": total,
        "is_split": False,
        "is_estimate": any(flags.values()),
        "file_line": row.line,
    }


def _gather_order(register: Register, rows: list[tuple[Row, dict[str, Any]]]) -> dict[str, Any]:
    """One order of its rows by delivery year; parties as on the first delivery."""
    row, first = rows[0]
    cell, parts = register.cell, [delivery for _, delivery in rows]
    if len({part["supplier_name"] + "/" + part["recipient_name"] for part in parts}) > 1:
        register.reading.findings.note("one order number under several suppliers or recipients", row.line)
    if len({part["delivery_year"] for part in parts}) < len(parts):
        register.reading.findings.note("an order has a delivery year twice", row.line)
    return {
        "order_id": first["order_id"],
        **{name: first[name] for name in ("supplier_name", "supplier_code", "recipient_name", "recipient_code")},
        "order_year": register.year(row, "Order date"),
        "is_order_year_estimate": register.yes(row, "Order date is estimate"),
        "designation": cell(row, "Designation"),
        "description": cell(row, "Description"),
        "armament_category": cell(row, "Armament category"),
        "number_delivered": sum(part["number_delivered"] or 0.0 for part in parts),
        "is_number_delivered_estimate": any(part["is_number_delivered_estimate"] for part in parts),
        "delivery_years": ";".join(str(part["delivery_year"]) for part in parts),
        "weapon_status": register.status(row, cell(row, "Status")),
        "tiv_per_unit": register.numbers.number(row.line, "TIV deal unit", cell(row, "TIV deal unit")),
        "tiv_delivered": sum(part["tiv_delivered"] or 0.0 for part in parts),
        "is_local_production": register.yes(row, "Local production"),
        "file_line": row.line,
    }
