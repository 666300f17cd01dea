"""The gate: a few features by which hopeless candidates are dropped before anything dearer is worked out.

Most candidates end here, so what all those of a site have in common is weighed once.
"""

from __future__ import annotations

from collections.abc import Iterable

from pactwatch.coder.candidates import Candidate, Site
from pactwatch.coder.context import Context
from pactwatch.coder.features import around, bucket
from pactwatch.coder.linear import Features, LinearModel, Part

HOPELESS = -3.5
"""Log-odds below which the gate drops a candidate; together with the least odds for a second look (``choosing``) it
loses about one in fifty of the candidates that tell an event, few of which would have been kept.
"""


def hopeful(sites: Iterable[Site], context: Context, gate: LinearModel) -> list[Candidate]:
    """The candidates worth a closer look."""
    scenes = [gate.score((), numbers) for numbers in context.scene_numbers]
    sums = gate.sums
    found: list[Candidate] = []
    for site in sites:
        word, group, lemma = site.act_word, site.target.group, site.target.lemma
        act, base, form = word.act, word.lemma, word.form
        near = around(site.sentence, site.chunk, context)
        actors, has_date, has_defence = near.actors, near.has_date, near.has_defence
        shared = scenes[site.sentence.index] + sum([sums[part] for part in _site_parts(site, context)])
        for number, (kind, stage) in enumerate(site.outcomes):
            odds = (
                shared
                + sums[_words, act, base, form, group, lemma, kind, stage]
                + sums[_near, actors, has_date, has_defence, kind, stage]
            )
            if odds >= HOPELESS:
                found.append(site.candidate(number))
    return found


def gate_features(candidate: Candidate, context: Context) -> Features:
    """What the gate looks at for one candidate."""
    c, word, near = candidate, candidate.act_word, around(candidate.sentence, candidate.chunk, context)
    parts: list[Part] = [
        *_site_parts(c, context),
        (_words, word.act, word.lemma, word.form, c.group, c.lemma, c.type, c.stage),
        (_near, near.actors, near.has_date, near.has_defence, c.type, c.stage),
    ]
    return Features([], context.scene_numbers[c.sentence.index], parts)


def _site_parts(site: Site | Candidate, context: Context) -> list[Part]:
    """What all candidates of a site have in common: the words beside it, and how far its act and noun are apart."""
    sentence, words, act, word = site.sentence, context.tokens.words, site.act, site.act_word
    i, j = site.anchor, act.j if act is not None else site.reach[1]
    before = words[i - 1] if i > sentence.first else "<s>"
    after = words[j] if j < sentence.stop else "</s>"
    beside: Part = (_beside, before, after, word.act, word.form)
    if act is None or site.noun_at is None:
        return [beside]
    first, stop = site.noun_at
    order, gap = ("VN", first - j) if first >= j else ("NV", i - stop)
    chunks = min(abs(sentence.chunk(first) - site.chunk), 3)
    return [beside, (_gap, order, bucket(gap), chunks, word.act)]


def _words(act: str, lemma: str, form: str, group: str, noun: str, *outcome: str) -> list[str]:
    what = "/".join(outcome)
    return [
        f"frame={act}+{group}>{what}",
        f"lemma={lemma}>{what}",
        f"noun={noun}>{what}",
        f"lemma={lemma}+{group}+{form}",
        f"pair={lemma}+{noun}",
    ]


def _beside(before: str, after: str, act: str, form: str) -> list[str]:
    return [f"before={before}+{form}", f"after={after}+{act}"]


def _near(actors: int, has_date: bool, has_defence: bool, kind: str, stage: str) -> list[str]:
    return [f"near={actors}+{has_date}+{kind}/{stage}", f"defence={has_defence}+{kind}"]


def _gap(order: str, gap: str, chunks: int, act: str) -> list[str]:
    return [f"gap={order}{gap}+{act}", f"chunks={order}{chunks}+{act}"]
