"""What the golden files hold, computed anew; run as a program it writes them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from pactwatch import flow
from pactwatch.casebook.template import write_template
from pactwatch.model.errors import InputError

GOLDEN = Path(__file__).parent
CHANGES = (
    ("casebook.toml", 'partners = ["PHL"]', 'partners = ["PHX"]'),
    ("actors.csv", ",northeast_asia", ","),
    ("sources.csv", ",B2,yes,", ",G9,maybe,"),
    ("records.csv", "2024-07-08,day", "2024-13-40,day"),
    ("records.csv", "2025-09-11,day", "2025-09,day"),
    ("records.csv", ",in_force,", ",delivered,"),
    ("records.csv", "mofa-japan-20220106", "nosuch"),
    ("claims.toml", 'instruments = ["RAA", "VFA"]', 'instrument = ["RAA"]'),
    ("claims.toml", 'id = "access', 'id = "Access'),
)


def write_faults() -> str:
    """The message for a starter casebook with many faults."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        write_template(book)
        for name, old, new in CHANGES:
            text = (book / name).read_text("utf-8")
            assert old in text
            (book / name).write_text(text.replace(old, new, 1), "utf-8")
        try:
            flow.open_casebook(str(book))
        except InputError as error:
            return f"{error}\n"
    raise AssertionError("a casebook with faults was accepted")


def write_starter_edition() -> str:
    """The starter's edition without its software version: counts and digests of rows."""
    with tempfile.TemporaryDirectory() as folder:
        write_template(Path(folder) / "book")
        edition, _ = flow.publish(flow.open_casebook(f"{folder}/book"), Path(folder))
        kept = {name: edition.metadata[name] for name in ("settings", "claims", "row_count", "row_sha256")}
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def write_verdicts() -> str:
    """Verdicts and figures of the shipped claims, rounded so that machines agree."""
    with tempfile.TemporaryDirectory() as folder:
        results = flow.test_claims(flow.open_edition(home=folder))
    kept = {
        result.id: {
            "verdict": str(result.verdict),
            "n": result.n,
            "records": len(result.records),
            **{name: _round(getattr(result, name)) for name in ("estimate", "p", "p_refute", "detectable")},
        }
        for result in results
    }
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


FILES = {"faults.txt": write_faults, "starter_edition.json": write_starter_edition, "verdicts.json": write_verdicts}

if __name__ == "__main__":
    for name, write in FILES.items():
        (GOLDEN / name).write_text(write(), "utf-8", newline="\n")
