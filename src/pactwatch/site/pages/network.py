"""The network: who is tied to whom in a year, under weights that a reader may set, and how firm each rank is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from pactwatch.site.frame.book import Book, Row
from pactwatch.site.frame.page_types import CSV, SVG, Ask, File, PageType, Sheet
from pactwatch.site.frame.places import place_actor, place_pair
from pactwatch.site.frame.tables import format_csv
from pactwatch.site.frame.words import capitalise, say_number
from pactwatch.site.pages.measures import Computing, read_measure
from pactwatch.site.pages.partners import GROUPS, group_of

SCRIPT = "text/javascript; charset=utf-8"

HEAVIEST, LONGEST = 100.0, 100.0
"""Largest weight and half-life (years) that may be asked for."""


@dataclass(frozen=True)
class Weighting:
    """What a network is asked for: a year, weights by type, a half-life in years; ``faults`` by name in words."""

    year: int
    weights: Mapping[str, float]
    half_life: float
    faults: Mapping[str, str] = field(default_factory=dict)
    is_own: bool = True

    @property
    def variations(self) -> int:
        """How many weightings ranks are compared over: as :func:`pactwatch.measures.ties.vary_weights` makes them."""
        return 4 + 2 * sum(weight > 0 for weight in self.weights.values())


def read_weighting(ask: Ask) -> Weighting:
    """The year and weights of a query; what is absent is the casebook's own, what cannot be read is told."""
    settings = ask.book.edition.settings
    years = list_tie_years(ask.book)
    faults: dict[str, str] = {}

    def read(name: str, own: float, low: float, high: float) -> float:
        text = ask.first(name).strip()
        if not text:
            return own
        try:
            value = float(text[:20])
        except ValueError:
            value = high + 1
        if not low <= value <= high:
            faults[name] = f"{text[:20]!r} is no number from {low:g} to {high:g}"
            return own
        return value

    first, last = (years[0], years[-1]) if years else (0, 0)
    year = int(read("year", last, first, last))
    weights = {name: read(name, own, 0, HEAVIEST) for name, own in settings.tie_weights.items()}
    half_life = read("half_life", settings.tie_half_life_years, 0.1, LONGEST)
    if not any(weights.values()):
        faults["weights"] = "at least one type needs a weight above 0; the casebook's own are used"
        weights = dict(settings.tie_weights)
    is_own = weights == dict(settings.tie_weights) and half_life == settings.tie_half_life_years
    return Weighting(year, weights, half_life, faults, is_own)


def list_tie_years(book: Book) -> list[int]:
    """Years for which there are ties, in order."""
    return sorted({row["year"] for row in read_measure(book, "ties").rows})


@dataclass(frozen=True)
class Network:
    """The ties of one year under one weighting."""

    book: Book
    asked: Weighting
    rows: list[Row]

    @cached_property
    def ranked(self) -> list[dict[str, Any]]:
        """The focus actor's ties, strongest first, each with what its rank rests on, in words."""
        own = [row for row in self.rows if row["rank_in_year"] is not None and row["tie_strength"] > 0]
        own.sort(key=lambda row: (row["rank_in_year"], row["actor_b_code"]))
        most = max((row["tie_strength"] for row in own), default=1.0)
        told = []
        for row in own:
            low, high = row["rank_low"], row["rank_high"]
            told.append(
                {
                    **row,
                    "code": row["actor_b_code"],
                    "name": self.book.name(row["actor_b_code"]),
                    "part": group_of(self.book, row["actor_b_code"]),
                    "share": round(100 * row["tie_strength"] / most, 1),
                    "firmness": say_firmness(low, high),
                }
            )
        return told

    @cached_property
    def strengths(self) -> dict[tuple[str, str], float]:
        """Strength of each pair, by both codes in both orders."""
        found = {}
        for row in self.rows:
            a, b = row["actor_a_code"], row["actor_b_code"]
            found[a, b] = found[b, a] = float(row["tie_strength"])
        return found


def say_firmness(low: int, high: int) -> str:
    """How firm a rank is, in words, from its range under other weights.

    >>> say_firmness(1, 1), say_firmness(2, 3), say_firmness(3, 8)
    ('firm', 'nearly firm: 2 to 3', 'open: 3 to 8')
    """
    if low == high:
        return "firm"
    return f"nearly firm: {low} to {high}" if high - low <= 1 else f"open: {low} to {high}"


def weigh(book: Book, asked: Weighting) -> Network:
    """The network that is asked for: from the measure under the casebook's own weights, else computed now."""
    if asked.is_own:
        rows = [row for row in read_measure(book, "ties").rows if row["year"] == asked.year]
    else:
        rows = book.once(Computing).weigh_ties(asked.weights, asked.half_life, asked.year)
    return Network(book, asked, rows)


def list_ring(book: Book) -> list[str]:
    """Codes on the ring: the casebook's partners, the baseline, then others, the strongest of the last year first."""
    last = max(list_tie_years(book), default=0)
    strengths: dict[str, float] = {}
    for row in read_measure(book, "ties").rows:
        if row["actor_a_code"] == book.focus:
            strengths.setdefault(row["actor_b_code"], 0.0)
            if row["year"] == last:
                strengths[row["actor_b_code"]] = float(row["tie_strength"])
    return sorted(strengths, key=lambda code: (GROUPS.index(group_of(book, code)), -strengths[code], code))


def draw(network: Network, root: str) -> str:
    """The picture of a network, its links from ``root``."""
    from pactwatch.charts.network import Actor, Tie, draw_network

    book = network.book
    ring = book.once(list_ring)
    actors = [Actor(book.focus, book.name(book.focus), "focus", "")]
    actors += [Actor(code, book.name(code), group_of(book, code), root + place_actor(code)) for code in ring]
    pairs = {(row["actor_a_code"], row["actor_b_code"]) for row in read_measure(book, "ties").rows}
    ties = []
    for first, second in sorted(pairs):
        strength = network.strengths.get((first, second), 0.0)
        told = f"{book.name(first)} and {book.name(second)}: {say_number(round(strength, 2))}"
        ties.append(Tie(first, second, strength, told))
    return draw_network(actors, ties, say_finding(network))


def say_finding(network: Network) -> str:
    """What the picture shows, in one sentence."""
    book, ranked = network.book, network.ranked
    if not ranked:
        return f"No tie of {book.say_name(book.focus)} in {network.asked.year}"
    firm = sum(one["rank_low"] == one["rank_high"] for one in ranked)
    strongest = capitalise(book.say_name(ranked[0]["code"]))
    return (
        f"{strongest} has the strongest tie with {book.say_name(book.focus)} in {network.asked.year}; "
        f"{firm} of {len(ranked)} ranks hold whatever the weights"
    )


def show_network(ask: Ask) -> Sheet:
    """The network of the year and weights asked for (on static pages a script sets them)."""
    book = ask.book
    asked = read_weighting(ask)
    network = weigh(book, asked)
    ring = book.once(list_ring)
    tied = [book.focus, *(code for code in ring if any((code, other) in network.strengths for other in ring))]
    own = (book.edition.settings.tie_weights, book.edition.settings.tie_half_life_years)
    query = f"?{_write_query(asked, own)}" if _write_query(asked, own) and ask.is_live else ""
    told = {
        "asked": asked,
        "network": network,
        "years": list_tie_years(book),
        "finding": say_finding(network),
        "picture": Markup(draw(network, "")),  # noqa: S704 - ours, escaped
        "matrix": fill_matrix(network, tied),
        "actors": tied,
        "query": query,
    }
    return Sheet("network.html", told)


def fill_matrix(network: Network, codes: list[str]) -> list[tuple[str, list[tuple[str, str, float, int]]]]:
    """Rows of the lower half of the matrix: an actor, and for each before it the path of their page, the pair's
    name, strength and shade (0 to 5)."""
    strengths = network.strengths
    most = max(strengths.values(), default=1.0) or 1.0
    rows = []
    for place, code in enumerate(codes):
        cells = []
        for other in codes[:place]:
            value = strengths.get((code, other))
            if value is None:
                cells.append(("", "", 0.0, 0))
                continue
            first, second = (other, code) if other == network.book.focus else sorted((code, other))
            link = place_actor(second) if first == network.book.focus else place_pair(first, second)
            cells.append((link, f"{first}-{second}", value, shade(value, most)))
        rows.append((code, cells))
    return rows


def shade(strength: float, most: float) -> int:
    """Step from 0 (none) to 5 of a cell's colour; the root of the share, so that weak ties are told apart."""
    return min(5, max(1, round(5 * (strength / most) ** 0.5))) if strength > 0.005 else 0


def _write_query(asked: Weighting, own: tuple[Mapping[str, float], float]) -> str:
    pairs = [("year", str(asked.year))]
    pairs += [(name, f"{value:g}") for name, value in asked.weights.items() if value != own[0].get(name)]
    pairs += [("half_life", f"{asked.half_life:g}")] if asked.half_life != own[1] else []
    return "&".join(f"{name}={value}" for name, value in pairs)


def take_picture(ask: Ask) -> File:
    """The picture of the network asked for as a file."""
    from pactwatch.charts.bare import save_bare

    network = weigh(ask.book, read_weighting(ask))
    return File(save_bare(draw(network, ""), say_finding(network)).encode(), SVG, f"network-{network.asked.year}.svg")


def take_rows(ask: Ask) -> File:
    """The focus actor's ties of the network asked for as CSV."""
    network = weigh(ask.book, read_weighting(ask))
    columns = ("year", "code", "name", "tie_strength", "rank_in_year", "rank_low", "rank_high", "records", "supports")
    return File(format_csv(network.ranked, columns).encode(), CSV, f"network-{network.asked.year}.csv")


def take_exposures(ask: Ask) -> File:
    """What the script needs: for each pair, type and year the records' shares and number; the casebook's weights."""
    import orjson

    book, settings = ask.book, ask.book.edition.settings
    told = {
        "focus": book.focus,
        "weights": dict(settings.tie_weights),
        "halfLife": settings.tie_half_life_years,
        "years": list_tie_years(book),
        "names": {code: book.name(code) for code in [book.focus, *book.once(list_ring)]},
        "said": {code: book.say_name(code) for code in [book.focus, *book.once(list_ring)]},
        "rows": book.once(Computing).expose_pairs(),
    }
    return File(b"window.pactwatchNetwork=" + orjson.dumps(told) + b";\n", SCRIPT)


_TYPES = ("agreement", "transfer", "exercise", "training", "dialogue", "policy", "deployment")
NAMES = frozenset({"year", "half_life", *_TYPES})
"""Names in a query of this page."""

PAGES = (
    PageType("network", "network.html", show_network, query=NAMES),
    PageType("network-picture", "network.svg", take_picture, query=NAMES),
    PageType("network-rows", "network.csv", take_rows, query=NAMES),
    PageType("network-data", "network-data.js", take_exposures),
)
