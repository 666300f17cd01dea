"""Whose doing a sentence speaks of, and with whom: from its own names, else from what was told before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pactwatch.audit.reading.frame import BASELINE, OTHERS, PARTNERS
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.coder.spans import Sentence

_HERE = "here"
BACK = 3
"""Sentences that are looked back for what was named in them."""
LEAST_NAMED = 3
"""How often an actor must be named to be whom an article is about."""

_ALONGSIDE_REACH = 3


@dataclass(frozen=True)
class Places:
    """What a casebook says of actors: who is watched, the groups, and who lies in which region."""

    focus: str
    partners: tuple[str, ...]
    baseline: tuple[str, ...]
    regions: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str] = field(default_factory=dict)

    def group_of(self, region: str) -> tuple[str, ...]:
        """A region as a claim names it: the partners where most of its actors are partners, else its actors."""
        members = self.regions.get(region, ())
        if region == _HERE or (members and sum(code in self.partners for code in members) * 2 > len(members)):
            return (PARTNERS,)
        return tuple(sorted(members))

    def holds(self, code: str) -> bool:
        """Whether the casebook knows an actor or group."""
        return code in self.names or code in (PARTNERS, BASELINE)


def make_places(focus: str, groups: Sequence[Sequence[str]], actors: Iterable[tuple[str, str, str | None]]) -> Places:
    """The places of a casebook: its ``groups`` are partners and baseline, its actors code, name and region."""
    regions: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for code, name, region in actors:
        names[code] = name
        regions[region or ""] = (*regions.get(region or "", ()), code)
    partners, baseline = groups
    return Places(focus, tuple(partners), tuple(baseline), regions, names)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts, with whom, set against whom; ``told`` says which of these the sentence tells itself."""

    focus: str
    partners: tuple[str, ...]
    against: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence named: actors, types of records, instruments, years, months and places (by their states); and
    where it stands."""

    paragraph: int
    named: tuple[str, ...]
    types: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[str, ...] = ()


@dataclass
class Memory:
    """What the sentences before have told: within the paragraph, and the title.

    ``leading`` are the actors of the article, the most often named first; ``said`` is what every sentence so far has
    named. ``title_types`` are those of the title, ``leading_types`` those of the article, the most often named first.
    ``homes`` are the states whose towns, ports and bases it names most often: where it plays, though nobody names them.
    """

    places: Places
    main: str
    title_partners: tuple[str, ...]
    paragraph: int = -1
    focus: str = ""
    partners: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    said: list[Said] = field(default_factory=list)
    title_types: tuple[str, ...] = ()
    leading_types: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The types of records told last."""
        return next((one.types for one in reversed(self.said) if one.types), ())

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments told last."""
        return next((one.instruments for one in reversed(self.said) if one.instruments), ())

    def before(self, what: str = "", count: int = BACK) -> Iterator[tuple[int, str, Said]]:
        """The last ``count`` sentences, the last first; with ``what`` the last that name any of it ("years").

        Each with how far back it is, and ``-same`` where it stands in the same paragraph.
        """
        recent = (one for one in reversed(self.said) if not what or getattr(one, what))
        for back, one in enumerate(islice(recent, count), start=1):
            yield back, "-same" if one.paragraph == self.paragraph else "", one

    def enter(self, seen: Seen) -> None:
        """Go on to a sentence; a new paragraph forgets who was spoken of in the one before."""
        if seen.paragraph != self.paragraph:
            self.paragraph, self.focus, self.partners = seen.paragraph, "", ()

    def keep(self, cast: Cast, said: Said) -> None:
        """Remember who and what a sentence itself named, and when."""
        self.said.append(said)
        if "focus" in cast.told:
            self.focus = cast.focus
        if "partners" in cast.told:
            self.partners = cast.partners


def start_memory(article: SeenArticle, places: Places, title: Sequence[str]) -> Memory:
    """The memory at the beginning of an article; ``title`` are the actors its title names, in their order."""
    main = _main_actor(article, places, title)
    partners = tuple(sorted({code for code in title if code not in (main, "ASEAN")}))
    leading = _rank(_count_actors(article))
    carried = partners or _leading_partner(article, main) or (PARTNERS,)
    homes = _rank(Counter(code for one in _all_sentences(article) for code in states_of_places(one)))
    return Memory(places, main, carried, title=tuple(dict.fromkeys(title)), leading=leading, homes=homes)


def states_of_places(sentence: Sentence) -> tuple[str, ...]:
    """The states of the towns, ports and bases that a sentence names, each once, in order."""
    return tuple(dict.fromkeys(code for place in sentence.places for code in place.codes))


def _all_sentences(article: SeenArticle) -> Iterator[Sentence]:
    yield from article.scanned.title
    yield from (seen.sentence for seen in article.sentences)


def _rank(counts: Counter[str]) -> tuple[str, ...]:
    """Codes, the most often named first."""
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _main_actor(article: SeenArticle, places: Places, title: Sequence[str]) -> str:
    """Whom an article is about: the watched actor where its title names it, else the first outsider it names."""
    if places.focus in title:
        return places.focus
    is_outsider = bool(title) and title[0] != "ASEAN" and title[0] not in places.partners
    return title[0] if is_outsider else _most_named(article, places)


def _leading_partner(article: SeenArticle, main: str) -> tuple[str, ...]:
    """The one other actor that makes up at least half of the names in an article, where there is one."""
    counts = _count_actors(article)
    others = [(count, code) for code, count in counts.items() if code not in (main, "ASEAN")]
    most, top = max(others, default=(0, ""))
    return (top,) if most >= LEAST_NAMED - 1 and most * 2 >= sum(count for count, _ in others) else ()


def _count_actors(article: SeenArticle) -> Counter[str]:
    hits = (hit for seen in article.sentences for hit in seen.hits.get("actor", ()))
    return Counter(code for hit in hits for code in hit.payload["codes"])


def _most_named(article: SeenArticle, places: Places) -> str:
    """The actor an article without a telling title is mainly about: the watched one, unless another is named more.

    A partner is named in most articles on what is done with it, and does not count.
    """
    counts = _count_actors(article)
    outsiders = [(count, code) for code, count in counts.items() if code not in places.partners]
    most, top = max(outsiders, default=(0, places.focus))
    return top if most >= LEAST_NAMED and most > counts[places.focus] else places.focus


def read_cast(seen: Seen, memory: Memory) -> Cast:
    """Who a sentence is about."""
    places = memory.places
    against = _read_against(seen, places)
    named = _names(seen, skip=[hit for hit in seen.hits.get("actor", ()) if set(hit.payload["codes"]) & set(against)])
    region = read_region(seen, memory)
    focus = _choose_focus(seen, named, memory)
    partners = tuple(sorted(code for code in named if code not in (focus, "ASEAN")))
    if not partners and seen.has("there") and memory.partners:
        partners = memory.partners
    if not partners and ("ASEAN" in named or region):
        partners = region or (PARTNERS,)
    if not partners and BASELINE not in against and seen.has("longstanding"):
        partners = (BASELINE,)
    told = {"focus"} if focus in named else set()
    told |= {"partners"} if partners else set()
    carried = tuple(code for code in memory.partners or memory.title_partners if code != focus)
    return Cast(
        focus=focus,
        partners=partners or carried or (PARTNERS,),
        against=against,
        named=tuple(named),
        told=frozenset(told),
    )


def _names(seen: Seen, skip: Sequence[Hit]) -> list[str]:
    hits = [hit for hit in seen.hits.get("actor", ()) if hit not in skip]
    return list(dict.fromkeys(code for hit in hits for code in hit.payload["codes"]))


def _choose_focus(seen: Seen, named: Sequence[str], memory: Memory) -> str:
    places = memory.places
    if memory.main in named:
        return memory.main
    outsiders = [code for code in named if code not in places.partners]
    if len(named) > 1 and not (outsiders == [] and memory.main not in places.partners and seen.has("listing")):
        first = named[0]
        if first in outsiders and _is_subject(seen, first):
            return first
    if len(named) == 1 and outsiders and _is_subject(seen, named[0]):
        return named[0]
    return memory.focus or memory.main


def _is_subject(seen: Seen, code: str) -> bool:
    """Whether an actor is named before any word that makes it somebody's partner."""
    hit = next(one for one in seen.hits["actor"] if code in one.payload["codes"])
    before = seen.tokens.words[max(seen.sentence.first, hit.i - _ALONGSIDE_REACH) : hit.i]
    alongside = {one.i for one in seen.hits.get("alongside", ())}
    return not any(hit.i - offset in alongside for offset in range(1, len(before) + 1)) and hit.i < seen.main[1]


def read_region(seen: Seen, memory: Memory) -> tuple[str, ...]:
    """The actors of the region that a sentence speaks of; empty where it speaks of none."""
    for hit in seen.hits.get("region", ()):
        group = memory.places.group_of(hit.payload["region"])
        if hit.payload["region"] == _HERE:
            return memory.title_partners if PARTNERS in memory.title_partners else (PARTNERS,)
        if group:
            return group
    return ()


def _read_against(seen: Seen, places: Places) -> tuple[str, ...]:
    """The actors that others are set against: named after words like "rather than"."""
    found: list[str] = []
    for cue in [hit for group in ("rather_than", "than", "at_cost") for hit in seen.hits.get(group, ())]:
        stop = next((i for i in range(cue.j + 1, seen.sentence.stop) if seen.tokens.words[i] in ",;"), None)
        end = seen.sentence.stop if stop is None or cue.j - cue.i == 0 else stop
        for hit in seen.hits.get("actor", ()):
            if cue.j <= hit.i < end:
                found += [code for code in hit.payload["codes"] if code != places.focus]
        if not found and any(cue.j <= hit.i < end for hit in seen.hits.get("longstanding", ())):
            found.append(BASELINE)
        if any(cue.j <= hit.i for hit in seen.hits.get("others", ())):
            found = [OTHERS]
    return tuple(sorted({PARTNERS if code == "ASEAN" else code for code in found}))
