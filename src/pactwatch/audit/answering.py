"""The answer to each sentence: a claim's verdict, an event's records, the rules on a point of law, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pactwatch.audit.desk import Desk
from pactwatch.audit.entries import Setting, make_claim, make_rivals, write_entry
from pactwatch.audit.events import Lookup
from pactwatch.audit.judging import Answered, Asked, unknown_actors
from pactwatch.audit.legal import tell_rules
from pactwatch.audit.reading import Reading, Seen, SeenArticle, SentenceClass, Stance
from pactwatch.audit.reading.frame import JUDGED, LAW
from pactwatch.audit.report import Sentence
from pactwatch.audit.telling import Told, told_by, told_in
from pactwatch.claims.family import NOT_TESTABLE
from pactwatch.claims.finding import Verdict

_TESTED = frozenset({SentenceClass.CLAIM, SentenceClass.PERCEPTION})

_STANCES = {
    Stance.QUOTED: "The article reports this as somebody else's statement; the verdict is on the statement.",
    Stance.DENIED: "The sentence says that this is not so; the verdict is on what it says.",
    Stance.HEDGED: "The author leaves it open.",
}

_SILENT = {
    SentenceClass.FORECAST: "About what is to come: nothing has happened yet that could be looked up.",
    SentenceClass.OPINION: "Advice or a judgement of worth: records do not decide it.",
    SentenceClass.QUESTION: "A question claims nothing.",
    SentenceClass.OTHER: "",
}
"""Why a sentence of a class gets no verdict."""


def list_claims(seen: SeenArticle, readings: Sequence[Reading], setting: Setting) -> dict[int, Asked]:
    """The claims of an article by the number of their sentence."""
    return {
        one.number: _ask(one, reading, setting)
        for one, reading in zip(seen.sentences, readings, strict=True)
        if reading.sentence_class in _TESTED and reading.kind not in ("", LAW)
    }


def _ask(seen: Seen, reading: Reading, setting: Setting) -> Asked:
    name = f"sentence-{seen.number}"
    claim = make_claim(name, seen.quote, reading, setting)
    rivals = [] if claim.kind == NOT_TESTABLE else make_rivals(name, seen.quote, reading, setting)
    return Asked(claim, reading.sure, rivals, _marks_of(seen, reading))


def _marks_of(seen: Seen, reading: Reading) -> tuple[str, ...]:
    """What makes a reading less sure than it looks: that it takes something back, or does not tell what is counted."""
    is_untold = "types" in JUDGED[reading.kind] and not reading.frame.tells("types")
    marks = {"excepts": seen.has("excepts"), "untold": is_untold}
    return tuple(mark for mark, is_there in marks.items() if is_there)


def answer(seen: Seen, reading: Reading, answered: Answered | None, desk: Desk) -> Sentence:
    """What is said of one sentence."""
    base = Sentence(
        number=seen.number,
        start=seen.start,
        end=seen.end,
        quote=seen.quote,
        sentence_class=reading.sentence_class,
        stance=reading.stance,
        why=_SILENT.get(reading.sentence_class, ""),
    )
    if answered is not None:
        return _answer_claim(base, reading, answered, desk.setting)
    if reading.sentence_class is SentenceClass.EVENT:
        return _answer_event(base, seen, reading, desk)
    if reading.sentence_class is SentenceClass.LEGAL:
        return _answer_law(base, reading, desk)
    return base


def _answer_claim(base: Sentence, reading: Reading, answered: Answered, setting: Setting) -> Sentence:
    claim, result = answered.claim, answered.result
    notes = [_STANCES[reading.stance]] if reading.stance in _STANCES else []
    unknown = unknown_actors(reading.frame, setting) if result.verdict is not Verdict.NOT_TESTABLE else []
    if unknown:
        notes.append(
            f"The casebook does not have {', '.join(unknown)}: add them to actors.csv before pasting the entry."
        )
    is_tested = result.verdict is not Verdict.NOT_TESTABLE
    return replace(
        base,
        reading=claim.reading,
        kind=reading.kind,
        sure=answered.sure,
        verdict=result.verdict,
        why=f"{result.why} {result.sentence}" if is_tested else claim.reading,
        records=result.records,
        caveats=(*notes, *claim.caveats, *(one for one in result.caveats if one not in claim.caveats)),
        entry=write_entry(claim),
        result=result if is_tested else None,
    )


def _answer_event(base: Sentence, seen: Seen, reading: Reading, desk: Desk) -> Sentence:
    day = desk.setting.published
    told = [told_by(mention, day) for mention in seen.mentions] or _told_without_mention(seen, reading)
    if not told:
        return replace(base, why="An event is told, but not whose: it cannot be looked up.")
    if reading.stance is Stance.DENIED:
        told = [replace(one, is_denied=True) for one in told]
    looked = [desk.register().look_up(one) for one in told]
    order = list(Lookup)
    worst = max(looked, key=lambda one: order.index(one.status))
    return replace(
        base,
        reading=_say_told(told[0], desk.setting),
        lookup=worst.status,
        why=" ".join(dict.fromkeys(one.why for one in looked)),
        records=tuple(dict.fromkeys(record for one in looked for record in one.records)),
        caveats=("Who, what and when were read by the coder; a passage may be read wrong.",),
    )


def _told_without_mention(seen: Seen, reading: Reading) -> list[Told]:
    """An event that the coder does not read as one, by the sentence's own actors and things."""
    frame = reading.frame
    named = [code for code in frame.partners if len(code) == 3]
    if not named or not frame.types or "activity" in frame.types:
        return []
    parties = tuple(sorted({frame.focus, *named}))
    return [told_in(seen.quote, frame.types, parties, months=frame.months, categories=frame.categories)]


def _say_told(told: Told, setting: Setting) -> str:
    parts = [
        " or ".join(told.types),
        told.stage.replace("_", " "),
        f"between {' and '.join(setting.name(code) for code in told.parties)}" if len(told.parties) > 1 else "",
        told.instrument,
        told.name,
        f"on {told.day}" if told.day and told.day.day else (f"in {told.day}" if told.day else ""),
    ]
    return f"Looked up: {', '.join(part for part in parts if part)}."


def _answer_law(base: Sentence, reading: Reading, desk: Desk) -> Sentence:
    shelf = desk.shelf()
    day = desk.setting.last_day
    if shelf is None:
        return replace(base, kind=LAW, why="The casebook has no rules to hold it against.")
    found = shelf.find(base.quote, day, reading.frame.focus)
    return replace(base, kind=LAW, why=tell_rules(found, day), rules=tuple(found))
