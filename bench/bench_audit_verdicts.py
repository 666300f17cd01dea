"""Whether the audit's sharp verdicts are those that a person's reading of the sentence gets, and how sure it was.

    python bench/bench_audit_verdicts.py          on the held-out articles, as most of their readers labelled them
    python bench/bench_audit_verdicts.py FILE...  on others

Each labelled claim is tested as it was labelled and as it is read, on the default edition; the claims of an article are
one family each time. A verdict is sharp where it is *supported* or *contradicted*; those that the audit is too unsure
of to show are told apart. The alternative is what the fitted weights read alone, without the language network. At the
end stand the numbers that would temper how sure it is to what came of all these articles (``judging.temper``).
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from audit_scores import HELD_OUT, LABELLED, agreed, make_document, place_labels, read_readers, spans_of
from pactwatch import flow
from pactwatch.audit.answering import list_claims
from pactwatch.audit.auditing import Auditor
from pactwatch.audit.judging import LEAST_SURE, SLOPE, Answered, is_sharp, judge, shift_of
from pactwatch.audit.reading import Reading, SeenArticle, SentenceClass, Stance, read_article, see_article
from pactwatch.audit.reading.frame import Frame
from pactwatch.claims.evidence import Evidence, gather_evidence
from pactwatch.claims.finding import Verdict
from pactwatch.coder.linear import Features
from pactwatch.coder.regression import Examples, fit
from pactwatch.flow.auditing import open_auditor
from pactwatch.flow.checking import basket

ROWS = {
    "sure 0.70 or more": (0.70, 1.01),
    "sure 0.50 to 0.70": (LEAST_SURE, 0.70),
    "all shown": (LEAST_SURE, 1.01),
    "not shown": (0.0, LEAST_SURE),
}
"""How sure a verdict is of the sentence, in each row that is told."""
_SURE, _PENALTY = "sure", 3.0
_UNLABELLED = ("threshold", "bound", "level", "names")
"""Parameters of a frame that labels have no place for."""
_UNREAD = Reading(SentenceClass.OTHER, Stance.ASSERTED)


@dataclass(frozen=True)
class Answer:
    """What one labelled sentence gets as it was read and as it was labelled."""

    found: Answered | None
    wanted: Answered | None

    @property
    def read(self) -> Verdict | None:
        """The verdict on it as it was read."""
        return self.found.result.verdict if self.found else None

    @property
    def labelled(self) -> Verdict | None:
        """The verdict on it as it was labelled."""
        return self.wanted.result.verdict if self.wanted else None

    @property
    def sure(self) -> float:
        """How sure the audit was of it."""
        return (self.found.sure if self.found else None) or 0.0


def as_reading(label: Mapping[str, Any], read: Reading) -> Reading:
    """The reading that a label stands for: everything it tells counts as told.

    What labels have no place for is taken from what was ``read``, where the kind is the same: how large a part is, and
    whether what is quoted or hedged is denied.
    """
    known = {one.name for one in fields(Frame)}
    params = {key: value for key, value in (label.get("params") or {}).items() if key in known}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in params.items()}
    stance = Stance(label["stance"])
    is_same = read.kind == (label["kind"] or "")
    besides = {name: getattr(read.frame, name) for name in _UNLABELLED} if is_same else {}
    frame = Frame(**values, **besides, told=frozenset(values) | (read.frame.told & besides.keys()))
    is_denied = stance is Stance.DENIED or (stance in (Stance.QUOTED, Stance.HEDGED) and is_same and read.is_denied)
    return Reading(SentenceClass(label["class"]), stance, label["kind"] or "", frame, is_denied)


def find_answers(
    seen: SeenArticle, readings: Sequence[Reading], auditor: Auditor, evidence: Evidence
) -> dict[int, Answered]:
    """The answers to an article's claims, by the places of their sentences."""
    answers = judge(list_claims(seen, readings, auditor.setting_of(seen.document)), evidence, least_sure=0.0)
    return {place: answers[one.number] for place, one in enumerate(seen.sentences) if one.number in answers}


def answer_file(path: Path, auditor: Auditor, evidence: Evidence) -> list[Answer]:
    """The answers to all labelled sentences of a file."""
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = [label for one in articles for label in one["sentences"]]
    told = agreed(labels, read_readers(path.stem))
    answers = []
    for one in articles:
        mine, told = told[: len(one["sentences"])], told[len(one["sentences"]) :]
        answers += _answer_article({**one, "sentences": mine}, auditor, evidence)
    return answers


def _answer_article(article: Mapping[str, Any], auditor: Auditor, evidence: Evidence) -> list[Answer]:
    text, day = article["text"], date.fromisoformat(article["published"])
    document = make_document(text, article["title"], day)
    seen = see_article(document, auditor.coder, auditor.lexicon)
    read = read_article(seen, auditor.lexicon, auditor.places, auditor.setting_of(document).as_of)
    labels: dict[int, dict[str, Any]] = {}
    for place, label in place_labels(article, spans_of(seen.sentences)):
        labels.setdefault(place, label)
    labelled = [as_reading(labels[place], own) if place in labels else _UNREAD for place, own in enumerate(read)]
    found, wanted = (find_answers(seen, one, auditor, evidence) for one in (read, labelled))
    return [Answer(found.get(place), wanted.get(place)) for place in labels]


def print_answers(name: str, answers: Sequence[Answer]) -> None:
    """How many sharp verdicts are those of the labelled reading, by how sure the reading was."""
    sharp = [one for one in answers if is_sharp(one.read)]
    wanted = [one for one in answers if is_sharp(one.labelled)]
    found = sum(one.read is one.labelled and one.sure >= LEAST_SURE for one in wanted)
    told = f"of the {len(wanted)} that labels give, {_share(found, len(wanted))} shown"
    print(f"{name}: {len(sharp)} sharp verdicts; {told}")
    for row, (least, most) in ROWS.items():
        _print_row(row, [one for one in sharp if least <= one.sure < most])


def print_tempering(answers: Sequence[Answer]) -> None:
    """The numbers by which ``judging.temper`` would tell of all these how often sharp verdicts are right.

    What a kind or a mark adds is held near nothing (``_PENALTY``), so that few verdicts say little of it.
    """
    examples = Examples()
    for one in answers:
        if one.found is not None and is_sharp(one.read) and 0.0 < one.sure < 1.0:
            kind, marks, odds = one.found.result.kind, one.found.marks, math.log(one.sure / (1.0 - one.sure))
            raw = (odds - shift_of(kind, marks)) / SLOPE
            examples.add(Features([kind, *marks], {_SURE: raw}), float(one.read is one.labelled))
    if len(set(examples.answers)) < 2:
        return  # all right or all wrong: nothing to fit
    model = fit(examples, penalty=_PENALTY)
    besides = {name: round(weight, 2) for name, weight in sorted(model.weights.items()) if name != _SURE}
    print(f"tempering fitted to these {len(examples.answers)}: {model.bias:.2f}, {model.weights[_SURE]:.2f}, {besides}")


def _print_row(name: str, sharp: Sequence[Answer]) -> None:
    same = sum(one.read is one.labelled for one in sharp)
    contrary = sum(is_sharp(one.labelled) and one.read is not one.labelled for one in sharp)
    print(f"  {name:<17} {len(sharp):3} sharp, {_share(same, len(sharp))} the same, {contrary} contrary")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


def main(arguments: Sequence[str]) -> None:
    """Print the figures of every file, and of the alternative."""
    paths = [Path(one) for one in arguments] or [LABELLED / f"{name}.jsonl" for name in HELD_OUT]
    edition = flow.open_edition()
    auditor, evidence = open_auditor(edition), gather_evidence(edition, basket(edition))
    shipped = auditor.lexicon
    found: list[Answer] = []
    for path in paths:
        for name, lexicon in ((path.stem, shipped), (f"{path.stem}, alternative", replace(shipped, encoder=None))):
            auditor.__dict__["lexicon"] = lexicon  # the place of a cached property: opened once, and here set
            print_answers(name, answers := answer_file(path, auditor, evidence))
            found += answers if lexicon is shipped else []
    print_tempering(found)


if __name__ == "__main__":
    main(sys.argv[1:])
