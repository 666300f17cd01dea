"""Which coded mention answers which gold mention, inside one document.

Mentions of one key are interchangeable for the counts, so pairing within a key is complete and greedy: the pair whose
quotes overlap most first, then the one whose dates agree, then the one that agrees in most fields. What is left decides
by its content alone, never by its place in the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from pactwatch.coder.evaluation.fields import FIELDS, KEY_FIELDS, differing_fields, is_same_date
from pactwatch.model.mentions import Mention

Pair = tuple[Mention, Mention]
"""A gold mention and the coded one that answers it."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The mentions of one document sorted out. Each stands in exactly one place.

    ``strict`` pairs agree in type, stage, parties and modality; ``loose`` pairs only in type and parties; ``near``
    pairs only share text; ``missed`` and ``false`` stand alone.
    """

    strict: tuple[Pair, ...]
    loose: tuple[Pair, ...]
    near: tuple[Pair, ...]
    missed: tuple[Mention, ...]
    false: tuple[Mention, ...]


def match_mentions(gold: Sequence[Mention], coded: Sequence[Mention]) -> Matching:
    """Pair the mentions of one document: strict pairs first, then loose, then those that share text."""
    strict, left, extra = _pair(gold, coded, strict_key)
    loose, left, extra = _pair(left, extra, loose_key)
    near, left, extra = _pair(left, extra, lambda _: None, must_overlap=True)
    return Matching(tuple(strict), tuple(loose), tuple(near), tuple(left), tuple(extra))


def strict_key(mention: Mention) -> Hashable:
    """What two mentions share when they tell the same."""
    return mention.type, mention.stage, mention.parties, mention.modality


def loose_key(mention: Mention) -> Hashable:
    """What two mentions share when they tell of the same sort of thing between the same parties."""
    return mention.type, mention.parties


def overlap(one: Mention, other: Mention) -> float:
    """The characters two quotes share over those they cover together (Jaccard), 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    covered = max(one.end, other.end) - min(one.start, other.start)
    if covered == 0:  # two empty quotes in one place
        return 1.0
    return max(shared, 0) / covered if shared > 0 else 0.0


def _pair(
    gold: Sequence[Mention],
    coded: Sequence[Mention],
    key: Callable[[Mention], Hashable],
    *,
    must_overlap: bool = False,
) -> tuple[list[Pair], list[Mention], list[Mention]]:
    """The pairs under a key, and what is left on either side."""
    groups: dict[Hashable, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
    for side, mentions in enumerate((gold, coded)):
        for mention in mentions:
            groups[key(mention)][side].append(mention)
    pairs: list[Pair] = []
    left: list[Mention] = []
    extra: list[Mention] = []
    for here, there in groups.values():
        found = _pair_group(here, there, must_overlap=must_overlap)
        paired_here, paired_there = {i for i, _ in found}, {j for _, j in found}
        pairs += [(here[i], there[j]) for i, j in found]
        left += [one for i, one in enumerate(here) if i not in paired_here]
        extra += [one for j, one in enumerate(there) if j not in paired_there]
    return pairs, left, extra


def _pair_group(gold: list[Mention], coded: list[Mention], *, must_overlap: bool) -> list[tuple[int, int]]:
    """The places of the mentions that go together, best pair first."""
    texts, others = [_content(one) for one in gold], [_content(one) for one in coded]
    ranked = sorted(
        (tuple(-part for part in _likeness(one, other)), texts[i], others[j], i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(coded)
        if not must_overlap or overlap(one, other) > 0
    )
    free_gold, free_coded = set(range(len(gold))), set(range(len(coded)))
    pairs = []
    for *_, i, j in ranked:
        if i in free_gold and j in free_coded:
            free_gold.remove(i)
            free_coded.remove(j)
            pairs.append((i, j))
    return pairs


def _likeness(one: Mention, other: Mention) -> tuple[float, bool, int]:
    return overlap(one, other), is_same_date(one, other), len(KEY_FIELDS + FIELDS) - len(differing_fields(one, other))


def _content(mention: Mention) -> str:
    return mention.model_dump_json()
