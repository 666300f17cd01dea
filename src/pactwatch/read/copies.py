"""Near copies among many texts: MinHash signatures, an index of their bands, and the pairs that really are copies.

Signatures (Broder 1997) estimate how much two texts overlap; bands of them (Indyk and Motwani 1998) bring texts
together that may overlap, without comparing all with all. With 42 bands of 3 of 128 values a pair that overlaps by the
least that counts is met with a chance of 0.98, one that overlaps by 0.1 with 0.04. Every pair met is then compared word
by word.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from pactwatch.read.shingles import LEAST_JACCARD, WORDS, Shingled, is_copy, jaccard, overlaps_enough

if TYPE_CHECKING:
    from numpy.typing import NDArray

VALUES = 128
_SEED = 20240708
_BANDS, _ROWS = 42, 3
_MOST_UNSORTED = 8
"""Texts that are compared with all kept ones before these are sorted: sorting takes as long as about ten."""
_LEAST_ESTIMATE = LEAST_JACCARD - 3 * 0.044
"""The least overlap less three standard errors of an estimate from 128 values, sqrt(0.45 * 0.55 / 128)."""

_MOST_COMPARED = 30
"""Texts one text is compared with, the likeliest first: a form filled ten thousand times costs no more."""

_KEPT_TEXTS = 2_000
_KEPT_NUMBERS = 50_000
"""Texts whose shingles are kept as numbers: some 2 kB each for a short article."""

SIGNED = np.dtype([("id", "S33"), ("day", "<i4"), ("signature", "<u4", VALUES)])
"""What is kept of a text: its id, the ordinal of its day (the largest where unknown), its signature."""

NO_DAY = np.iinfo(np.int32).max


def signature_kind() -> str:
    """What signatures depend on, as a name: those of another algorithm or shingle are of no use."""
    import rensa

    return f"minhash-{rensa.RMinHash.ALGORITHM_VERSION}-{_SEED}-{VALUES}-{WORDS}"


def sign(text: str) -> bytes:
    """The MinHash signature of a text, 128 values of 32 bits."""
    import rensa

    hashed = rensa.RMinHash(num_perm=VALUES, seed=_SEED)
    hashed.update([shingle.to_bytes(8, "little") for shingle in Shingled(text).shingles])
    return np.asarray(hashed.digest(), dtype="<u4").tobytes()


def make_row(doc: str, published: date | None, signature: bytes) -> NDArray[Any]:
    """What is kept of a text, as an array of one."""
    row = np.zeros(1, SIGNED)
    row["id"], row["day"] = doc.encode(), published.toordinal() if published else NO_DAY
    row["signature"] = np.frombuffer(signature, "<u4")
    return row


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that repeats another, and by how much they overlap."""

    doc: str
    original: str
    similarity: float


class CopyIndex:
    """Which of the texts seen so far are one report, and which of each group is the original: the one published first,
    of several (or undated ones) the one with the smallest id. So it does not matter in which order they came.

    ``text_of`` gives the text of a document by its id.
    """

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._kept = np.zeros(0, SIGNED)
        self._bands: list[NDArray[Any]] = []
        self._orders: list[NDArray[Any]] = []
        self._unsorted = 0
        self._new: list[NDArray[Any]] = []
        self._buckets: dict[tuple[int, bytes], list[int]] = {}
        self._seen: dict[bytes, int] = {}
        self._above: dict[str, str] = {}
        self._shingled: OrderedDict[str, Shingled] = OrderedDict()
        self._numbered: OrderedDict[str, NDArray[Any]] = OrderedDict()

    def load(self, rows: NDArray[Any], originals: dict[str, str]) -> None:
        """Begin with texts that are there, and what was found of them before."""
        self._kept, self._bands, self._orders, self._unsorted = rows, [], [], 0
        self._seen = {doc: number for number, doc in enumerate(rows["id"].tolist())}
        self.renew(originals)

    def renew(self, originals: dict[str, str]) -> None:
        """Take what was found from elsewhere: the original of each copy, by its id."""
        self._above = dict(originals)

    def __contains__(self, doc: str) -> bool:
        return doc.encode() in self._seen

    def add(self, row: NDArray[Any]) -> list[Copy]:
        """Take in a text; returns what that shows: it is a copy, or others turn out to be copies of it."""
        if row["id"][0].decode() in self:
            return []
        self.take_in(row)
        return self.compare(row)

    def compare(self, row: NDArray[Any]) -> list[Copy]:
        """What comparing a text that is there with all others shows and was not found yet."""
        doc = row["id"][0].decode()
        likely = [other for other in self._meet(row, doc) if self._overlap(doc, other)]
        return self._join(doc, [other for other in likely if is_copy(self._shingle(doc), self._shingle(other))])

    def original_of(self, doc: str) -> str:
        """The original of a text's group; the text itself where it stands alone."""
        while doc in self._above:
            doc = self._above[doc]
        return doc

    def _join(self, doc: str, matches: list[str]) -> list[Copy]:
        """Make one group of a text and those it matches; former originals become copies of the group's one original."""
        roots = list(dict.fromkeys(self.original_of(one) for one in [doc, *matches]))
        first = min(roots, key=self._rank)
        found = []
        for root in roots:
            if root != first:
                self._above[root] = first
                others = [one for one in dict.fromkeys([first, doc, *matches]) if one != root]
                near = max(jaccard(self._shingle(root), self._shingle(other)) for other in others)
                found.append(Copy(root, first, round(near, 4)))
        return found

    def _rank(self, doc: str) -> tuple[int, str]:
        return int(self._row(self._seen[doc.encode()])["day"]), doc

    def _row(self, number: int) -> Any:
        return self._kept[number] if number < len(self._kept) else self._new[number - len(self._kept)][0]

    def take_in(self, row: NDArray[Any]) -> None:
        """Take in a text without comparing it."""
        number = len(self._kept) + len(self._new)
        self._new.append(row)
        self._seen[row["id"][0]] = number
        for band, key in enumerate(_band_keys(row["signature"])[0].tolist()):
            self._buckets.setdefault((band, key), []).append(number)

    def _meet(self, row: NDArray[Any], doc: str) -> list[str]:
        """The texts that share a band and by their signatures overlap enough, the likeliest first."""
        met: set[int] = set()
        keys = _band_keys(row["signature"])[0]
        for band, key in enumerate(keys.tolist()):
            met.update(self._buckets.get((band, key), ()))
        met.update(self._meet_kept(row, keys))
        met.discard(self._seen[doc.encode()])
        own = row["signature"][0]
        estimates = [(float(np.mean(self._row(number)["signature"] == own)), number) for number in met]
        likely = sorted((one for one in estimates if one[0] >= _LEAST_ESTIMATE), key=lambda one: (-one[0], one[1]))
        return [self._row(number)["id"].decode() for _, number in likely[:_MOST_COMPARED]]

    def _meet_kept(self, row: NDArray[Any], keys: NDArray[Any]) -> Iterator[int]:
        """The kept texts that share a band: for a few texts all are looked at, for more they are sorted first."""
        if not self._bands and self._unsorted < _MOST_UNSORTED:
            self._unsorted += 1
            used, own = (one["signature"][:, : _BANDS * _ROWS].reshape(-1, _BANDS, _ROWS) for one in (self._kept, row))
            yield from np.flatnonzero((used == own).all(2).any(1)).tolist()
            return
        if not self._bands and len(self._kept):
            kept = _band_keys(self._kept["signature"])
            self._orders = [np.argsort(kept[:, band], kind="stable") for band in range(_BANDS)]
            self._bands = [kept[order, band] for band, order in enumerate(self._orders)]
        for band, (sorted_keys, order) in enumerate(zip(self._bands, self._orders, strict=True)):
            start, stop = (int(sorted_keys.searchsorted(keys[band], side)) for side in ("left", "right"))
            yield from order[start:stop].tolist()

    def _overlap(self, doc: str, other: str) -> bool:
        """A quick look at the shingles alone, which are kept of more texts than the texts themselves."""
        own, others = self._numbers(doc), self._numbers(other)
        return overlaps_enough(len(np.intersect1d(own, others, assume_unique=True)), len(own), len(others))

    def _numbers(self, doc: str) -> NDArray[Any]:
        """The shingles of a text as numbers."""
        found = self._numbered.get(doc)
        if found is None:
            if len(self._numbered) >= _KEPT_NUMBERS:
                self._numbered.popitem(last=False)
            shingles = self._shingle(doc).shingles
            found = self._numbered[doc] = np.fromiter(shingles, np.uint64, len(shingles))
        return found

    def _shingle(self, doc: str) -> Shingled:
        if doc in self._shingled:
            self._shingled.move_to_end(doc)
            return self._shingled[doc]
        if len(self._shingled) >= _KEPT_TEXTS:
            self._shingled.popitem(last=False)
        self._shingled[doc] = Shingled(self._text_of(doc))
        return self._shingled[doc]


def _band_keys(signatures: NDArray[Any]) -> NDArray[Any]:
    """The bands of signatures as one bytes value each, by row and band."""
    used = np.ascontiguousarray(signatures[:, : _BANDS * _ROWS])
    keys: NDArray[Any] = used.view(f"S{4 * _ROWS}").reshape(len(signatures), _BANDS)
    return keys
