"""How often an event is looked up rightly among the records, beside a look-up by fields alone.

Tellings of records of the default casebook as they are, vaguer, with another date or amount, or with their record taken
out (``lookup_cases.py``). A right answer has the right status and, where a record is told, that record among those
shown. "Mean" is over found, differing and not found, which are not equally many. The bounds of ``audit/events.py`` were
chosen on the fit half.

python bench/bench_lookup.py          the fit half
python bench/bench_lookup.py --test   also the test half, which nothing was chosen on
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import lookup_rival
from linked_sets import CASEBOOK, Labelled, casebook_records, coded, gold
from lookup_cases import Case, Maker, half_told, tell_plainly
from pactwatch import flow
from pactwatch.audit.events import Lookup, Register
from pactwatch.audit.standing import read_standing
from pactwatch.audit.telling import told_by
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.edition import Edition
from pactwatch.reconcile import open_weights

Answer = tuple[Lookup, tuple[str, ...]]
Way = Callable[[Case], Answer]


def make_ways(edition: Edition) -> dict[str, Way]:
    """Both ways of looking a case up."""
    register = Register(edition, open_weights(find_casebook(CASEBOOK)))
    milestones = list(read_standing(edition))

    def by_points(case: Case) -> Answer:
        looked = register.without(case.gone).look_up(told_by(case.mention, case.published))
        return looked.status, looked.records

    def by_fields(case: Case) -> Answer:
        left = [one for one in milestones if one.side.known not in case.gone]
        return lookup_rival.look_up(told_by(case.mention, case.published), left)

    return {"by reconcile's points": by_points, "by fields alone": by_fields}


def make_sets(half: str, maker: Maker, names: dict[str, str]) -> Iterator[tuple[str, list[Case]]]:
    """The cases of one half by how they are told."""
    rows, documents = gold("facts.jsonl").half(half), gold("documents.jsonl").half(half)
    ways: tuple[tuple[str, Iterable[Case]], ...] = (
        ("documents, coded by people", maker.make(documents)),
        ("documents, coded by the grammar", maker.make(_known(coded("documents.jsonl")).half(half))),
        ("rows in every other word", maker.make(rows, half_told)),
        ("rows by their codes alone", maker.make(rows, tell_plainly(names))),
    )
    for name, cases in ways:
        yield name, list(cases)


def _known(labelled: Labelled) -> Labelled:
    """Without what the grammar coded and people did not: whose record it is, nobody said."""
    told = tuple(one for one in labelled.told if not labelled.items[one.id].startswith("?"))
    return Labelled(labelled.name, told, labelled.items, labelled.records)


def show(name: str, cases: Sequence[Case], ways: dict[str, Way]) -> None:
    """Right answers of each way, by status and by kind of case."""
    print(f"{name}: {len(cases)} cases")
    for way, look_up in ways.items():
        start, by_kind, by_status = time.process_time(), defaultdict[str, list[bool]](list), defaultdict(list)
        for case in cases:
            status, records = look_up(case)
            is_right = status is case.status and (not case.record or case.record in records)
            by_kind[case.kind].append(is_right)
            by_status[case.status].append(is_right)
        seconds = time.process_time() - start
        shares = [sum(right) / len(right) for right in by_status.values()]
        right = sum(map(sum, by_kind.values()))
        print(f"  {way:22} {right}/{len(cases)} right, mean {sum(shares) / len(shares):.3f}, {seconds:.2f} s of CPU")
        print("    " + ", ".join(f"{kind} {sum(found)}/{len(found)}" for kind, found in by_kind.items()))


def main() -> None:
    """Measure both ways."""
    with tempfile.TemporaryDirectory() as home:
        edition = flow.publish(flow.open_casebook(), Path(home))[0]
        ways, maker = make_ways(edition), Maker(casebook_records())
        names = {actor.code: actor.name for actor in load_casebook(find_casebook(CASEBOOK)).actors}
        for half in ("fit", "test") if "--test" in sys.argv else ("fit",):
            print(f"== {half} half")
            for name, cases in make_sets(half, maker, names):
                show(name, cases, ways)


if __name__ == "__main__":
    main()
