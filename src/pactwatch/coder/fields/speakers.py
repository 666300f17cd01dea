"""Whom the text credits with telling an event: chosen among the credits of its sentence and of those beside it."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.credits import Credit, find_credits
from pactwatch.coder.fields.reading import FieldWords, Reading
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens

_BACK = 4
_MOST_CREDITS = 4


def choose_speaker(reading: Reading, model: LinearModel | None) -> str | None:
    """The likeliest credit, if any is more likely than not."""
    found = credits_near(reading.candidate, reading.parsed, reading.words)
    best: tuple[float, Credit] | None = None
    for place, (sentence, credit) in enumerate(found):
        score = _score(reading, sentence, credit, place, model)
        if score > 0 and (best is None or score > best[0]):
            best = score, credit
    return reading.note("speaker", best[1].i, best[1].j) if best is not None else None


def _score(reading: Reading, sentence: Sentence, credit: Credit, place: int, model: LinearModel | None) -> float:
    if model is not None:
        return model.score(speaker_features(reading.candidate, sentence, credit, place, reading.parsed))
    return 1.0 if sentence is reading.sentence else -1.0


def credits_near(c: Candidate, parsed: Parsed, words: FieldWords) -> list[tuple[Sentence, Credit]]:
    """Credits of the sentence, then of the last sentence before that has any, then of the one after."""
    sentences, index = parsed.context.sentences, c.sentence.index
    memo = parsed.memo.credits

    def credits_of(sentence: Sentence) -> list[Credit]:
        if sentence.index not in memo:
            memo[sentence.index] = list(find_credits(parsed.tokens, sentence, words))
        return memo[sentence.index]

    nearest = sorted(credits_of(c.sentence), key=lambda credit: abs(credit.cue - c.anchor))[:_MOST_CREDITS]
    found = [(c.sentence, credit) for credit in sorted(nearest, key=lambda credit: credit.cue)]
    for back in range(index - 1, max(-1, index - 1 - _BACK), -1):
        before = credits_of(sentences[back])
        if before:
            found.append((sentences[back], before[-1]))
            break
    if index + 1 < len(sentences):
        after = next(iter(credits_of(sentences[index + 1])), None)
        if after is not None:
            found.append((sentences[index + 1], after))
    return found


def speaker_features(c: Candidate, sentence: Sentence, credit: Credit, place: int, parsed: Parsed) -> list[str]:
    """Features of whether a credit is for the telling of a candidate's event."""
    tokens = parsed.tokens
    cue = tokens.words[credit.cue]
    gap = sentence.index - c.sentence.index
    where = "same" if gap == 0 else "next" if gap == 1 else f"back{min(-gap, 3)}"
    what, kind = f"{c.type}/{c.stage}", _kind(tokens, credit)
    features = [
        f"where={where}",
        f"where={where}+{c.modality}",
        f"where={where}+{cue}",
        f"where={where}+{c.type}",
        f"where={where}+{what}",
        f"where={where}+{kind}",
        f"where={where}+behind={credit.is_behind}",
        f"cue={cue}+{c.modality}",
        f"first={place == 0}+{where}",
    ]
    return features + (_same_features(c, sentence, credit, kind) if gap == 0 else _beside_features(c, where, cue))


def _kind(tokens: Tokens, credit: Credit) -> str:
    """The shape of the naming: a proper name or an office, and its length."""
    is_capital = tokens.is_capital(credit.i)
    return f"{'name' if is_capital else 'office'}{min(credit.j - credit.i, 4)}"


def _same_features(c: Candidate, sentence: Sentence, credit: Credit, kind: str) -> list[str]:
    """Where a credit of the event's own sentence stands."""
    side = "after" if credit.cue > c.anchor else "before"
    chunks = min(abs(sentence.chunk(credit.cue) - sentence.chunk(c.anchor)), 4)
    is_own = c.act is not None and c.act.i == credit.cue
    return [
        f"side={side}+{chunks}",
        f"side={side}+{chunks}+{c.modality}",
        f"side={side}+{kind}",
        f"opens={credit.i - sentence.first <= 2}+{side}",
        f"closes={sentence.stop - credit.cue <= 8}+{side}",
        f"own-act={is_own}",
        f"own-act={is_own}+{c.type}/{c.stage}",
    ]


def _beside_features(c: Candidate, where: str, cue: str) -> list[str]:
    """What speaks for a credit of another sentence."""
    has_own = any(name == "said" for _, name in c.sentence.cues)
    place = f"{where}+sentence={min(c.sentence.index, 3)}"
    return [f"{where}+own={has_own}", f"{where}+own={has_own}+{cue}", place]
