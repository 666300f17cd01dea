"""The gate: a few features by which hopeless candidates are dropped before anything dearer is worked out.

Most candidates end here, so what all those of a site have in common is weighed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from pactwatch.coder.candidates import Candidate, Site
from pactwatch.coder.context import Context
from pactwatch.coder.features import around, bucket
from pactwatch.coder.linear import Features, LinearModel, Part, Words
from pactwatch.coder.spans import ActSpan

HOPELESS = -3.5
"""Log-odds below which the gate drops a candidate; together with the least odds for a second look (``choosing``) it
loses about one in fifty of the candidates that tell an event, few of which would have been kept.
"""


def hopeful(sites: Iterable[Site], context: Context, gate: LinearModel) -> list[Candidate]:
    """The candidates worth a closer look."""
    scenes = [gate.score((), numbers) for numbers in context.scene_numbers]
    sums, rows, tables = gate.sums, gate.rows, gate.tables
    found: list[Candidate] = []
    act, word = None, None
    for site in sites:
        if act is None or site.act is not act or site.act_word is not word:  # sites of one act follow each other
            act, word = site.act, site.act_word
            near = around(site.sentence, site.chunk, context)
            before, after = _beside(site, context)
            common = scenes[site.sentence.index]
            common += tables["before", word.form].get(before, 0.0) + tables["after", word.act].get(after, 0.0)
        shared, target, outcomes = common, site.target, site.outcomes
        if act is not None and target.at is not None:
            shared += sums[_gap_part(site, act, target.at)]
        by_words = rows[_words, word.act, word.lemma, word.form, target.group, target.lemma, outcomes]
        by_near = rows[_near, near.actors, near.has_date, near.has_defence, outcomes]
        for number, odds in enumerate(map(add, by_words, by_near)):
            if shared + odds >= HOPELESS:
                found.append(site.candidate(number))
    return found


def gate_features(candidate: Candidate, context: Context) -> Features:
    """What the gate looks at for one candidate."""
    c, word, near = candidate, candidate.act_word, around(candidate.sentence, candidate.chunk, context)
    before, after = _beside(c, context)
    parts: list[Part] = [
        (_words, word.act, word.lemma, word.form, c.group, c.lemma, c.type, c.stage),
        (_near, near.actors, near.has_date, near.has_defence, c.type, c.stage),
    ]
    if c.noun_at is not None and c.act is not None:
        parts.append(_gap_part(c, c.act, c.noun_at))
    words: list[Words] = [("before", [before], word.form), ("after", [after], word.act)]
    return Features([], context.scene_numbers[c.sentence.index], parts, words)


def _beside(site: Site | Candidate, context: Context) -> tuple[str, str]:
    """The words before and after what an event hangs on."""
    sentence, words = site.sentence, context.tokens.words
    i, j = site.anchor, site.act.j if site.act is not None else site.reach[1]
    return words[i - 1] if i > sentence.first else "<s>", words[j] if j < sentence.stop else "</s>"


def _gap_part(site: Site | Candidate, act: ActSpan, noun_at: tuple[int, int]) -> Part:
    """How far an act and its noun are apart."""
    first, stop = noun_at
    order, gap = ("VN", first - act.j) if first >= act.j else ("NV", act.i - stop)
    chunks = min(abs(site.sentence.chunk(first) - site.chunk), 3)
    return _gap, order, bucket(gap), chunks, site.act_word.act


def _words(act: str, lemma: str, form: str, group: str, noun: str, *outcome: str) -> list[str]:
    what = "/".join(outcome)
    return [
        f"frame={act}+{group}>{what}",
        f"lemma={lemma}>{what}",
        f"noun={noun}>{what}",
        f"lemma={lemma}+{group}+{form}",
        f"pair={lemma}+{noun}",
    ]


def _near(actors: int, has_date: bool, has_defence: bool, kind: str, stage: str) -> list[str]:
    return [f"near={actors}+{has_date}+{kind}/{stage}", f"defence={has_defence}+{kind}"]


def _gap(order: str, gap: str, chunks: int, act: str) -> list[str]:
    return [f"gap={order}{gap}+{act}", f"chunks={order}{chunks}+{act}"]
