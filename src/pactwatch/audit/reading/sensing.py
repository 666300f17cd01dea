"""What the network makes of an article's sentences, and how that is weighed beside the fitted weights.

Both give chances, made by different means from the same labels, and each errs where the other may not; what is chosen
by is the weighted sum of their logarithms (a logarithmic opinion pool: Genest and Zidek 1986). How much either counts
for each question stands in ``rules.toml`` and was settled on a writer that neither had been fitted on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.audit.reading.chances import shares_of
from pactwatch.audit.reading.frame import Stance
from pactwatch.audit.reading.senses import Encoder, Sense
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.encoder import Line

_LEAST = 1e-6
"""What no chance is below before its logarithm is taken."""

Mix = Mapping[str, Sequence[float]]
"""For each question how much the fitted weights count, and how much the network."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the network makes of one sentence, ready to be weighed beside other chances."""

    sense: Sense
    mix: Mix

    def join(self, question: str, chances: Mapping[str, float]) -> dict[str, float]:
        """The chances of names by both; they sum to one."""
        own, other = self.mix[question]
        return shares_of(
            {
                name: own * math.log(max(chance, _LEAST)) + other * self.sense.of_name(question, name)
                for name, chance in chances.items()
            }
        )

    def likeliest(self, question: str, told: str, names: Sequence[str]) -> str:
        """The likeliest of some names, where something else than chances has ``told`` one; what that counts may stand
        by the question and by the name."""
        own, other = self.mix.get(f"{question}-{told}", self.mix[question])
        chances = self.sense.names[question]
        return max(names, key=lambda name: (other * chances[name] + own * (name == told), name))

    def is_denied(self, told: str) -> bool:
        """Whether a claim is denied; how words have ``told`` it or not names what they count in the mix."""
        own, other = self.mix[told]
        stances = self.sense.names["stance"]
        return other * (stances[Stance.DENIED] - stances[Stance.ASSERTED]) + own > 0.0

    def likely_sets(self, param: str, focus: str = "") -> list[tuple[str, ...]]:
        """The likeliest set of a parameter's values, and the one that differs from it by its least certain value."""
        odds = {name: holds - fails for name, (holds, fails) in self._table(param, focus).items()}
        likely = {name for name, one in odds.items() if one > 0.0}
        closest = min(odds, key=lambda name: (abs(odds[name]), name))
        return [tuple(sorted(chosen)) for chosen in (likely, likely ^ {closest}) if chosen]

    def _table(self, param: str, focus: str) -> dict[str, tuple[float, float]]:
        """How likely each value belongs to a parameter that may have several, and how likely not."""
        sense = self.sense
        if param in sense.shares:
            return dict(sense.shares[param])
        named = {code: sides for code, sides in sense.members[param].items() if code != focus}
        return named | dict(sense.shares["special"])

    def scores(self, param: str, values: Sequence[Any], focus: str = "") -> list[float]:
        """What the network adds to the scores of a parameter's values; a sentence's ``focus`` is no partner of its.

        Nothing where it is not asked for the parameter.
        """
        if param not in self.mix:
            return []
        sense, other = self.sense, self.mix[param][1]
        if param in sense.shares or param in sense.members:
            table = self._table(param, focus)
            return [other * sense.of_set([table], value) for value in values]
        chance = sense.of_actor if param in sense.roles else sense.of_name
        return [other * chance(param, value) for value in values]


def weigh_article(article: SeenArticle, encoder: Encoder | None, mix: Mix) -> list[Weighing | None]:
    """What the network makes of every sentence of an article; nothing where there is none, or beyond what it reads."""
    if encoder is None:
        return [None] * len(article.sentences)
    return [None if sense is None else Weighing(sense, mix) for sense in encoder.read(*lay_out(article))]


def lay_out(article: SeenArticle) -> tuple[Line, list[Line]]:
    """The title and the sentences of an article as the network is given them."""
    title, named = article.document.title, tuple(_named_in_title(article))
    lines = [Line(one.quote, one.paragraph, one.is_read, tuple(_named_in(one))) for one in article.sentences]
    return Line(title, named=named), lines


def _named_in_title(article: SeenArticle) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    tokens = article.scanned.title_tokens
    for part in article.scanned.title:
        for one in part.actors:
            yield *tokens.plain.original_span(tokens.starts[one.i], tokens.ends[one.j - 1]), one.codes


def _named_in(seen: Seen) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    tokens = seen.tokens
    for hit in seen.hits.get("actor", ()):
        start, end = tokens.plain.original_span(tokens.starts[hit.i], tokens.ends[hit.j - 1])
        yield start - seen.start, end - seen.start, tuple(hit.payload["codes"])
