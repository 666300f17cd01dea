"""What the labelled articles teach of the parameters: among which options each was picked, and which was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pactwatch.audit.reading import AuditLexicon
from pactwatch.audit.reading.actors import Places
from pactwatch.audit.reading.filling import Filler
from pactwatch.audit.reading.frame import SentenceClass
from pactwatch.audit.reading.looks import Look
from pactwatch.audit.reading.picking import Option, pick
from pactwatch.audit.reading.reader import Reader, features_of, remember
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.regression import Origin, fit_choices

PENALTY = {
    **{"focus": 8.0, "partners": 8.0, "actor": 5.0},
    **{"types": 3.0, "feature": 3.0, "topic": 3.0, "earlier": 3.0, "later": 3.0},
    **{"since": 1.0, "until": 1.0, "against": 1.0, "instruments": 1.0, "hadr": 1.0, "months": 1.0},
}
RAREST = 3
_SETS = ("partners", "types", "against", "instruments", "months")
"""Parameters whose values are sets."""
EXAMPLE_WEIGHT = 16.0
"""What an example of a word counts against a sentence of an article."""
SMALLEST_KEPT = 0.04
_NO_LOOK = Look({}, {})


@dataclass(frozen=True)
class Choice:
    """One parameter of one labelled sentence: the features of its options, and which of them is right."""

    article: str
    name: str
    options: tuple[tuple[str, ...], ...]
    answer: int


@dataclass(frozen=True)
class _Recorder(Filler):
    """Fills as the audit does, keeps the options, and goes on with the labelled value."""

    label: dict[str, Any] = field(default_factory=dict)
    kept: list[tuple[str, tuple[Option, ...], int]] = field(default_factory=list)

    def pick(self, name: str, options: Sequence[Option], focus: str = "", *, is_told: bool = True) -> Any:  # noqa: ARG002
        """The labelled value where it is among the options, else the proposed one."""
        told = self.label.get("params", {})
        want = tuple(told.get(name, ())) if name in _SETS else told.get(name, False if name == "hadr" else None)
        values = [one.value for one in options]
        if want not in values:
            return pick(None, options).value or values[0]
        if name not in {kept for kept, _, _ in self.kept}:
            self.kept.append((name, tuple(options), values.index(want)))
        return want


@dataclass
class _Led(Reader):
    """Reads with the labelled class and kind."""

    labels: Mapping[int, dict[str, Any]] = field(default_factory=dict)

    def choose_class(self, seen: Seen, look: Look) -> SentenceClass:  # noqa: ARG002
        """The labelled class."""
        return SentenceClass(self.labels.get(seen.number, {}).get("class", "other"))

    def choose_kind(self, seen: Seen, named: SentenceClass, features: Sequence[str], look: Look) -> str:  # noqa: ARG002
        """The labelled kind."""
        return self.labels.get(seen.number, {}).get("kind") or ""


def record_choices(
    name: str, article: SeenArticle, labels: Mapping[int, dict[str, Any]], lexicon: AuditLexicon, places: Places
) -> list[Choice]:
    """The choices of one article; ``labels`` are those of its sentences by their numbers."""
    memory = remember(article, places, lexicon)
    day = article.document.published
    assert day is not None, "labelled articles have a day of publication"
    reader = _Led(lexicon, memory, Filler(lexicon, memory, day), labels=labels)
    choices = []
    for seen, features in zip(article.sentences, features_of(article.sentences, lexicon), strict=True):
        recorder = _Recorder(lexicon, memory, day, label=labels.get(seen.number, {}))
        reader.filler = recorder
        reader.read(seen, features, _NO_LOOK)
        for param, options, answer in recorder.kept:
            choices.append(Choice(name, param, tuple(one.features for one in options), answer))
    return choices


def fit_picks(choices: Sequence[Choice]) -> dict[str, LinearModel]:
    """A model for each parameter."""
    return {name: _fit([one for one in choices if one.name == name], PENALTY[name]) for name in PENALTY}


def _fit(choices: Sequence[Choice], penalty: float) -> LinearModel:
    taught = [([Features(list(one)) for one in choice.options], choice.answer) for choice in choices]
    origins = [Origin(0, 1.0 if choice.article else EXAMPLE_WEIGHT) for choice in choices]
    model = fit_choices(taught, origins, penalty=penalty, rarest=RAREST)
    kept = {key: round(weight, 2) for key, weight in model.weights.items() if abs(weight) >= SMALLEST_KEPT}
    return LinearModel(model.bias, kept)
