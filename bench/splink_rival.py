"""Splink 5 on DuckDB, set up as well as we know how: same mentions, same blocks, comparisons of the same fields.

Its m probabilities come from the labels of the fit half, its u probabilities from random pairs of it, the prior from
the labels, the threshold is the one with the best B-cubed F1 on the fit half. Clusters are Splink's own (connected
components at the threshold).
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from splink import Linker, SettingsCreator, block_on
from splink import comparison_level_library as cll
from splink import comparison_library as cl
from splink.backends.duckdb import DuckDBAPI

from linkage_scores import score
from linked_sets import Labelled
from pactwatch.reconcile.blocking import keys_of
from pactwatch.reconcile.sides import side_of
from pactwatch.reconcile.weights import RAREST, read_rarity

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
_SPECIFIC = "('RAA', 'VFA', 'ACSA', 'GSOMIA', 'DETTA')"
_RARE = 400


def rows_of(labelled: Labelled, prefix: str) -> list[dict[str, Any]]:
    """Mentions as rows of Splink's table; dates as day numbers, 0 where none is told."""
    rarity = read_rarity()
    rows = []
    for told in labelled.told:
        side = side_of(told)
        rare = sorted(word for word in side.words if rarity.get(word, RAREST) >= _RARE)
        first = side.items[0] if side.items else ("", "", 0)
        rows.append(
            {
                "unique_id": f"{prefix}{side.id}",
                "item": f"{prefix}{labelled.items[told.id]}",
                "type": side.type,
                "stage": side.stage,
                "parties": list(side.parties),
                "instrument": side.instrument or None,
                "name": side.name or None,
                "category": first[0] or None,
                "thing": first[1] or None,
                "quantity": first[2] or None,
                "amount": side.money[0] if side.money else None,
                "currency": side.money[1] if side.money else None,
                "early": side.early,
                "late": side.late,
                "told": side.published or None,
                "rare": rare,
                "keys": [f"{prefix}{key}" for key in keys_of(side)],
            }
        )
    return rows


def _levels(*conditions: tuple[str, str], null: str) -> list[Any]:
    named = [cll.CustomLevel(sql, words) for words, sql in conditions]
    return [cll.CustomLevel(null, "not told").configure(is_null_level=True), *named, cll.ElseLevel()]


def _comparisons() -> list[Any]:
    overlap = "early_l <= late_r and early_r <= late_l"
    apart = "greatest(early_l - late_r, early_r - late_l)"
    same = "stage_l = stage_r"
    return [
        cl.CustomComparison(
            output_column_name="parties",
            comparison_levels=[
                cll.CustomLevel("parties_l = parties_r", "same parties"),
                cll.CustomLevel("len(list_intersect(parties_l, parties_r)) = least(len(parties_l), len(parties_r))"),
                cll.CustomLevel("len(list_intersect(parties_l, parties_r)) >= 2", "overlap"),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="type",
            comparison_levels=[cll.CustomLevel("type_l = type_r", "same type"), cll.ElseLevel()],
        ),
        cl.CustomComparison(
            output_column_name="instrument",
            comparison_levels=_levels(
                ("same pact", f"instrument_l = instrument_r and instrument_l in {_SPECIFIC}"),
                ("same kind", "instrument_l = instrument_r"),
                null="instrument_l is null or instrument_r is null",
            ),
        ),
        cl.JaroWinklerAtThresholds("name", [0.95, 0.8]),
        cl.CustomComparison(
            output_column_name="early",
            comparison_levels=_levels(
                ("same stage, same day", f"{same} and early_l = early_r and late_l = late_r and early_l = late_l"),
                ("same stage, dates agree", f"{same} and {overlap}"),
                ("same stage, 3 days", f"{same} and {apart} <= 3"),
                ("same stage, 45 days", f"{same} and {apart} <= 45"),
                ("same stage, 200 days", f"{same} and {apart} <= 200"),
                ("same stage, far", same),
                ("other stage, 400 days", f"{apart} <= 400"),
                ("other stage, 1500 days", f"{apart} <= 1500"),
                null="early_l = 0 or early_r = 0",
            ),
        ),
        cl.CustomComparison(
            output_column_name="told",
            comparison_levels=_levels(
                ("told within 10 days", "abs(told_l - told_r) <= 10"),
                ("told within 60 days", "abs(told_l - told_r) <= 60"),
                ("told within 400 days", "abs(told_l - told_r) <= 400"),
                null="(early_l > 0 and early_r > 0) or told_l is null or told_r is null",
            ),
        ),
        cl.CustomComparison(
            output_column_name="category",
            comparison_levels=_levels(
                ("same things, same number", "category_l = category_r and quantity_l = quantity_r"),
                ("like names", "category_l = category_r and jaro_winkler_similarity(thing_l, thing_r) >= 0.9"),
                ("same kind", "category_l = category_r"),
                null="category_l is null or category_r is null",
            ),
        ),
        cl.CustomComparison(
            output_column_name="amount",
            comparison_levels=_levels(
                ("same amount", "amount_l = amount_r"),
                ("near", "abs(amount_l - amount_r) <= 0.15 * greatest(amount_l, amount_r)"),
                null="amount_l is null or amount_r is null or currency_l <> currency_r",
            ),
        ),
        cl.ArrayIntersectAtSizes("rare", [4, 3, 2, 1]),
    ]


def _settings(prior: float) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        probability_two_random_records_match=prior,
        additional_columns_to_retain=["item", "stage", "late", "thing", "quantity", "currency"],
    )


def _linker(rows: Sequence[dict[str, Any]], settings: Any) -> Linker:
    frame = DuckDBAPI().register(pa.Table.from_pylist(list(rows)))
    return Linker(frame, settings, log_level=logging.ERROR)


def train(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A Splink model as values, fitted to labelled rows."""
    items = [row["item"] for row in rows]
    _, counts = np.unique(items, return_counts=True)
    pairs = len(rows) * (len(rows) - 1) / 2
    linker = _linker(rows, _settings(float((counts * (counts - 1) / 2).sum() / pairs)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=20260703)
        linker.training.estimate_m_from_label_column("item")
    model: dict[str, Any] = linker.misc.save_model_to_json()
    return model


def cluster(
    rows: Sequence[dict[str, Any]], model: Mapping[str, Any], thresholds: Sequence[float]
) -> dict[float, dict[str, str]]:
    """Cluster by row id, at each threshold."""
    linker = _linker(rows, dict(model))
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    found = {}
    for one in thresholds:
        frame = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, one)
        found[one] = {row["unique_id"]: row["cluster_id"] for row in frame.as_record_list()}
    return found


def choose_threshold(rows: Sequence[dict[str, Any]], model: Mapping[str, Any]) -> float:
    """The threshold with the best B-cubed F1 on rows."""
    items = {row["unique_id"]: row["item"] for row in rows}
    tried = {one: score(items, found)["b_cubed"].f1 for one, found in cluster(rows, model, THRESHOLDS).items()}
    return max(tried, key=lambda one: (tried[one], one))
