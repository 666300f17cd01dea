"""How well mentions are joined, beside Splink 5 in the same run, and how fast: 100,000 mentions, then one document.

One document more is told beside reconciling all from nothing, and at last as the whole command that reads it into a
ledger of 100,000 mentions, beside the same command when nothing was kept.

python bench/bench_reconcile.py          the fit half only, and the speeds
python bench/bench_reconcile.py --test   also the test half, which nothing was fitted to
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import tempfile
import time
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import splink_rival
from bench_publish import keep
from bench_read import timed
from linkage_scores import Score, score
from linked_sets import Labelled, casebook_records, coded, gold
from made_mentions import TOLD_EACH, make_items, tell
from memory_store import MemoryStore
from pactwatch.casebook import find_casebook
from pactwatch.ledger import open_ledger
from pactwatch.model.mentions import Mention
from pactwatch.reconcile import Linker, open_weights, reconcile
from pactwatch.reconcile.blocking import keys_of
from pactwatch.reconcile.items import Hearing, Known
from pactwatch.reconcile.keeping import keep_linker, open_linker
from pactwatch.reconcile.linking import Decided
from pactwatch.reconcile.sides import side_of

MENTIONS = 100_000


def items_and_clusters(labelled: Labelled) -> tuple[dict[str, str], dict[str, str]]:
    """Item and cluster by mention; a record of the casebook counts as one mention more of the item it is."""
    weights = open_weights(find_casebook("japan-asean"))
    found = reconcile(labelled.told, Known(labelled.records), weights=weights)
    clusters = {one: item.key for item in found.items for one in item.mentions}
    items = {one: labelled.items[one] for one in clusters}
    known = {record.record_id for record in labelled.records}
    for record in {*(item.record_id for item in found.items if item.record_id), *(known & set(items.values()))}:
        clusters[f"={record}"] = items[f"={record}"] = record
    return items, clusters


def blocking_recall(labelled: Labelled) -> tuple[int, int]:
    """How many pairs of one item share a block, of how many."""
    keys = {one.id: set(keys_of(side_of(one))) for one in labelled.told}
    by_item: dict[str, list[str]] = {}
    for one in labelled.told:
        by_item.setdefault(labelled.items[one.id], []).append(one.id)
    pairs = [pair for many in by_item.values() for pair in combinations(many, 2)]
    return sum(not keys[a].isdisjoint(keys[b]) for a, b in pairs), len(pairs)


def show(name: str, scores: dict[str, Score]) -> None:
    """One line for each kind of score."""
    for kind, found in scores.items():
        print(f"  {name:34} {kind.replace('_', '-'):9} F1 {found}")


def agree(which: list[str]) -> None:
    """Scores on every set, ours with and without the casebook's records, beside Splink's."""
    records = casebook_records()
    plain = {
        "rows": gold("facts.jsonl"),
        "documents, coded by people": gold("documents.jsonl"),
        "documents, coded by the grammar": coded("documents.jsonl"),
    }
    fit = [row for name, one in plain.items() for row in splink_rival.rows_of(one.half("fit"), f"{name}|")]
    model = splink_rival.train(fit)
    threshold = splink_rival.choose_threshold(fit, model)
    print(f"Splink's threshold, chosen on the fit half: {threshold}")
    for half in which:
        for name, labelled in plain.items():
            part = labelled.half(half)
            hit, pairs = blocking_recall(part)
            items = {part.items[one.id] for one in part.told}
            print(f"{half} half, {name}: {len(part.told)} mentions, {len(items)} items; "
                  f"{hit} of {pairs} pairs of one item share a block")  # fmt: skip
            show("pactwatch", score(*items_and_clusters(part)))
            rows = splink_rival.rows_of(part, "")
            truth = {row["unique_id"]: row["item"] for row in rows}
            show("Splink 5", score(truth, splink_rival.cluster(rows, model, [threshold])[threshold]))
            if name != "rows":
                beside = Labelled(part.name, part.told, part.items, records)
                show("pactwatch beside the casebook", score(*items_and_clusters(beside)))


def speed(count: int) -> None:
    """Processor time and memory for many mentions at once, then for one document more."""
    records, weights, rng = casebook_records(), open_weights(), random.Random(7)
    made = [*tell(make_items(records, count // TOLD_EACH, rng), count + 2, rng)]
    told, extra = [one for one, _ in made[:count]], [one for one, _ in made[count:]]
    labels = {one.id: key for one, key in made}
    gc.collect()
    started, wall = time.process_time(), time.perf_counter()
    linker = Linker(records, weights)
    linker.change(told)
    whole = linker.reconciliation()
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} mentions to {len(whole.items)} items: {spent:.1f} s processor, {time.perf_counter() - wall:.1f} s "
          f"wall, {peak:.0f} MB at most")  # fmt: skip
    clusters = {one: item.key for item in whole.items for one in item.mentions}
    show("made mentions", score({one: labels[one] for one in clusters}, clusters))
    add_one(linker, Hearing(tuple(extra)), spent)


def add_one(linker: Linker, hearing: Hearing, nothing: float) -> None:
    """One document more, from what was kept, as reading does it, beside all from nothing; best of three."""
    store = MemoryStore()
    keep_linker(store, linker)
    records = [*linker.records.values()]
    tried = []
    for _ in range(3):
        kept = MemoryStore()
        kept.held = dict(store.held)
        times = [time.process_time()]
        again = open_linker(kept, records, linker.weights)
        times.append(time.process_time())
        again.follow(hearing, Decided(), {one.mention.doc for one in hearing.told})
        times.append(time.process_time())
        assert keep_linker(kept, again)
        times.append(time.process_time())
        tried.append([later - earlier for earlier, later in pairwise(times)])
    opened, followed, put = best = min(tried, key=sum)
    print(f"one document more: opened {opened:.3f} s, found and joined {followed:.3f} s, kept {put:.3f} s; "
          f"{sum(best):.3f} s processor in all, {nothing / sum(best):.0f} times less than from nothing")  # fmt: skip


def read_one_more(count: int) -> None:
    """The whole command for one document more in a large ledger, its processes too; best of three, and from nothing."""
    records, rng = casebook_records(), random.Random(7)
    by_document: dict[str, list[tuple[Mention, date | None]]] = {}
    for one, _ in tell(make_items(records, count // TOLD_EACH, rng), count, rng):
        by_document.setdefault(one.mention.doc, []).append((one.mention, one.published))
    with tempfile.TemporaryDirectory() as place:
        home, file = Path(place) / "home", Path(place) / "late.txt"
        names = list(by_document)
        with open_ledger(home) as ledger:
            for start in range(0, len(names), 1_000):
                ledger.append([body for name in names[start : start + 1_000] for body in keep(name, by_document[name])],
                              "bench")  # fmt: skip
        tried, options = [], ["--home", str(home), "--coder", "grammar"]
        for number in range(4):
            file.write_text(f"Japan and the Philippines held exercise Late Arrival {number} on {number + 1} May 2024.")
            tried.append(timed([sys.executable, "-m", "pactwatch", "read", str(file), *options]))
    (first_wall, first_cpu), (wall, cpu) = tried[0], min(tried[1:], key=lambda one: one[1])
    print(f"`read` of one document into {count} mentions: {cpu:.2f} s processor, {wall:.2f} s wall; when nothing was "
          f"kept {first_cpu:.2f} s and {first_wall:.2f} s, {first_cpu / cpu:.0f} times as much")  # fmt: skip


def main() -> None:
    """Agreement, then speed."""
    agree(["fit", "test"] if "--test" in sys.argv else ["fit"])
    for count in (MENTIONS // 4, MENTIONS // 2, MENTIONS):
        speed(count)
    read_one_more(MENTIONS)


if __name__ == "__main__":
    main()
