"""What the fitted weights look at to say who takes part: how an actor stands beside a candidate."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context, Naming
from pactwatch.coder.features import bucket


def party_features(candidate: Candidate, code: str, context: Context, told: list[Candidate]) -> list[str]:
    """Features of whether an actor takes part in a candidate's event. ``told`` are the events told before it."""
    c, sentence = candidate, candidate.sentence
    here = [
        naming for naming in context.namings[sentence.index] if code in naming.span.codes and not naming.is_dateline
    ]
    features = [
        f"type={c.type}",
        f"count={min(context.counts[code], 5)}+{c.type}",
        f"rank={min(context.ranks.get(code, 9), 4)}+{c.type}",
        f"title={code in context.title}+{c.type}",
        f"actors-doc={min(len(context.counts), 5)}+{c.type}",
    ]
    anaphors = [span for span in sentence.anaphors if abs(sentence.chunk(span.i) - c.chunk) <= 1]
    recent = context.recent[sentence.index]
    back = len(recent) - recent.index(code) if code in recent else 9
    others = {
        other for naming in context.namings[sentence.index] for other in naming.span.codes if not naming.is_dateline
    }
    features.append(f"here={bool(here)}+others={min(len(others - {code}), 3)}+{c.type}")
    features.append(f"host={code == context.host}+here={bool(here)}+others={min(len(others - {code}), 3)}")
    features.append(f"host={code == context.host}+{c.type}+{context.host is None}")
    features += _told_features(c, code, bool(here), len(others - {code}), told)
    if here:
        nearest = min(here, key=lambda naming: _apart(c, naming))
        features += _naming_features(c, nearest)
    else:
        features.append(f"back={min(back, 4)}+{c.type}")
        features.append(f"back={min(back, 4)}+others={min(len(others), 3)}")
        features.append(f"back={min(back, 4)}+rank={min(context.ranks.get(code, 9), 3)}")
    for span in anaphors:
        features.append(f"anaphor={span.count}+here={bool(here)}+back={min(back, 5)}")
        features.append(f"anaphor={span.count}+here={bool(here)}+rank={min(context.ranks.get(code, 9), 4)}")
    if not anaphors:
        features.append(f"no-anaphor+here={bool(here)}")
    return features


def _told_features(c: Candidate, code: str, is_here: bool, others: int, told: list[Candidate]) -> list[str]:
    if not told:
        return [f"told=none+here={is_here}"]
    last = told[-1]
    same = "same" if last.sentence is c.sentence else "next" if c.sentence.index - last.sentence.index == 1 else "far"
    alike = f"{last.type == c.type}"
    features = [
        f"last={code in last.parties}+{same}+here={is_here}",
        f"last={code in last.parties}+{same}+alike={alike}+others={min(others, 2)}+here={is_here}",
        f"last={code in last.parties}+noun={c.lemma}+here={is_here}",
        f"last={code in last.parties}+same-noun={last.noun_at == c.noun_at and last.sentence is c.sentence}",
    ]
    for other in reversed(told):
        if other.type == c.type:
            features.append(f"last-alike={code in other.parties}+here={is_here}+others={min(others, 2)}+{c.type}")
            break
    features.append(f"ever={any(code in other.parties for other in told)}+here={is_here}")
    first = told[0]
    features.append(f"first={code in first.parties}+size={min(len(first.parties), 4)}+here={is_here}")
    return features


def _apart(c: Candidate, naming: Naming) -> int:
    first, stop = c.reach
    if naming.span.i >= stop:
        return naming.span.i - stop
    return first - naming.span.j if naming.span.j <= first else 0


def _naming_features(c: Candidate, naming: Naming) -> list[str]:
    sentence, span = c.sentence, naming.span
    first, stop = c.reach
    side = "after" if span.i >= stop else "before" if span.j <= first else "inside"
    chunks = abs(sentence.chunk(span.i) - c.chunk)
    kind = f"{c.type}/{c.stage}"
    follows_force = any(
        cue in {"force", "official", "ship"} and span.j <= place <= span.j + 2 for place, cue in sentence.cues
    )
    surface = span.surface + ("+force" if follows_force and span.surface == "demonym" else "")
    same_list_side = f"list={min(naming.list_size, 4)}"
    return [
        f"surface={surface}",
        f"surface={surface}+{c.type}",
        f"prep={naming.before}",
        f"prep={naming.before}+{surface}",
        f"prep={naming.before}+{c.type}+{side}",
        f"after={naming.after}",
        f"after={naming.after}+{surface}",
        f"side={side}+{c.act_word.form}+{c.type}",
        f"side={side}+{surface}",
        f"side={side}+{same_list_side}",
        f"chunks={side}{min(chunks, 4)}",
        f"chunks={side}{min(chunks, 4)}+{surface}",
        f"apart={side}{bucket(_apart(c, naming))}",
        f"apart={bucket(_apart(c, naming))}+{kind}",
        f"speaker={naming.is_speaker}+{surface}",
        f"{same_list_side}+{c.type}",
    ]
