"""The choices the fitted weights make: which candidates tell an event, how it is told, and who takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import exp

from pactwatch.coder.attaching import attach_features, date_labels, read_line, read_when
from pactwatch.coder.candidates import Candidate, Site
from pactwatch.coder.context import Context
from pactwatch.coder.dates import When
from pactwatch.coder.echoes import echoes
from pactwatch.coder.features import SENSE, keep_odds
from pactwatch.coder.gate import hopeful
from pactwatch.coder.judging import certainty, chance_of_all
from pactwatch.coder.linear import Alternatives, LinearModel, logistic
from pactwatch.coder.modality_features import modality_features
from pactwatch.coder.party_features import Standing
from pactwatch.coder.party_sets import PartySets, likely_sets
from pactwatch.coder.rivals import rival_features
from pactwatch.coder.scenes import set_scenes
from pactwatch.coder.senses import Senses, sense_candidates
from pactwatch.coder.signs import CLEAR
from pactwatch.coder.splitting import split

WEAKEST, REMEMBERED = -3.0, 20
"""Log-odds below which a candidate gets no second look; events remembered for parties."""
MODALITIES = ("actual", "planned", "possible", "denied")
_MODALITY_MODELS = tuple(f"modality:{name}" for name in MODALITIES)


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted models, and from which chances on a candidate is followed.

    ``keep_at``: chance that it is an event; ``told_at``: chance that event, modality and parties are all right, in a
    text about defence; ``sure_at``: the same where the words around leave that quite open. Nothing is told where they
    speak against it (log-odds under ``about_at``).
    """

    models: dict[str, LinearModel]
    keep_at: float = 0.3
    told_at: float = 0.38
    sure_at: float = 0.85
    about_at: float = 0.0
    modality: Alternatives = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the models of modality beside each other."""
        object.__setattr__(self, "modality", Alternatives([self.models[name] for name in _MODALITY_MODELS]))

    @classmethod
    def for_reports(cls, models: dict[str, LinearModel]) -> Weights:
        """Models for reports; those that know what the network makes of a text may tell a little more."""
        return cls(models, told_at=0.35) if SENSE in models["keep"].weights else cls(models)

    @classmethod
    def for_articles(cls, models: dict[str, LinearModel]) -> Weights:
        """Models fitted to articles; they are less sure of everything they rightly tell."""
        return cls(models, keep_at=0.2, told_at=0.22)


_SETTLED, _NAMED = 1.5, 2.0
"""Log-odds from which on the words around leave no doubt that a text is about defence, and what it adds to them that a
sentence names something of defence itself."""


def choose(
    sites: Iterable[Site], context: Context, weights: Weights, look: Callable[[], Senses] | None = None
) -> list[Candidate]:
    """The candidates of some sites that tell events, in order of the text, with modality and parties.

    A text that names nothing of defence tells nothing. ``look`` reads the document with the network; it is asked only
    where there is a candidate.
    """
    set_scenes(context, weights.models)
    candidates = _hopeful(sites, context, weights)
    if look is not None and candidates:
        context.senses = look()
    if context.senses is not None:
        candidates = sense_candidates(candidates, context, context.senses)
    weigh(candidates, context, weights)
    kept, echo = _without_clashes(candidates, weights.keep_at), weights.models.get("echo")
    told: list[Candidate] = []
    dates: dict[_Event, set[When | None]] = {}
    for sentence in context.sentences:
        beside = kept.get(sentence.index, [])
        for candidate in beside:
            candidate.modality = choose_modality(candidate, context, weights)
            choose_date(candidate, beside, context, weights)
            candidate.party_chance = 1.0
            if not _is_likely(candidate, context, weights):
                continue  # whoever takes part
            for one in _with_parties(candidate, context, weights, told[-REMEMBERED:]):
                _tell(one, told, dates, context, weights)
        if echo is not None and told and sentence.dates:
            claimed = {candidate.date_number for candidate in beside if candidate.date_number is not None}
            for one in echoes(sentence, claimed, told, context, echo):
                _tell(one, told, dates, context, weights)
    told.sort(key=lambda one: one.anchor)
    confidence = weights.models.get("confidence")
    for one in told:
        chance = logistic(confidence.score((), certainty(one))) if confidence is not None else chance_of_all(one)
        one.confidence = round(chance, 4)
    return told


def _hopeful(sites: Iterable[Site], context: Context, weights: Weights) -> list[Candidate]:
    """The candidates worth a closer look, in a text that names anything of defence."""
    about = [one for one in sites if _about(one.sentence.index, context) >= weights.about_at]
    candidates = hopeful(about, context, weights.models["gate"])
    return candidates if candidates and context.signs.are_there else []


def _about(index: int, context: Context) -> float:
    """How far the words around a sentence speak of defence, and its own where they name something of it clearly."""
    return context.about[index] + (_NAMED if context.signs.own(index) == CLEAR else 0.0)


def _tell(
    one: Candidate,
    told: list[Candidate],
    dates: dict[_Event, set[When | None]],
    context: Context,
    weights: Weights,
) -> None:
    """Tell a mention if it is likely enough and was not told before; ``dates`` are those of each event told."""
    seen = dates.setdefault(_event(one), set())
    is_told = one.when in seen or (one.when is None and bool(seen))
    if one.parties and not is_told and _is_likely(one, context, weights):
        _take(one, told, seen)


def _take(one: Candidate, told: list[Candidate], seen: set[When | None]) -> None:
    """Tell a mention; one without a date just told by the same sentence is the same event, and gives way."""
    if None in seen and one.when is not None:
        for other in [other for other in told if other.sentence is one.sentence and other.when is None]:
            if _event(other) == _event(one):
                told.remove(other)
                seen.discard(None)
    told.append(one)
    seen.add(one.when)


_Event = tuple[str, str, str, tuple[str, ...]]


def _event(one: Candidate) -> _Event:
    """What two tellings of one event agree in, their date aside."""
    return one.type, one.stage, one.modality, one.parties


def _is_likely(candidate: Candidate, context: Context, weights: Weights) -> bool:
    """Whether a mention is likely enough: the less the words around speak of defence, the surer it has to be."""
    doubt = max(0.0, 1.0 - _about(candidate.sentence.index, context) / _SETTLED)
    return chance_of_all(candidate) >= weights.told_at + doubt * (weights.sure_at - weights.told_at)


def _with_parties(candidate: Candidate, context: Context, weights: Weights, told: list[Candidate]) -> list[Candidate]:
    odds = party_odds(candidate, context, weights.models["party"], told)
    apart = split(candidate, odds, context, weights.models["split"], told)
    if apart:
        return apart
    candidate.parties = choose_parties(candidate, context, weights, told, odds)
    return [candidate]


def _without_clashes(candidates: list[Candidate], keep_at: float) -> dict[int, list[Candidate]]:
    """The candidates to keep by sentence, each in order of the text; of two that clash the likelier stays."""
    kept: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda c: -c.keep):
        if candidate.keep < keep_at:
            break
        beside = kept.setdefault(candidate.sentence.index, [])
        if not any(_clash(candidate, other) for other in beside):
            beside.append(candidate)
    return {index: sorted(beside, key=lambda c: c.anchor) for index, beside in kept.items()}


def choose_date(candidate: Candidate, beside: list[Candidate], context: Context, weights: Weights) -> None:
    """The date of the sentence that most likely belongs to the event, if any does, else that of its line."""
    model = weights.models["attach"]
    best = 0.0
    candidate.when = candidate.date_number = None
    for place, label, number in date_labels(candidate, context):
        score = model.score(attach_features(candidate, place, label, beside, context))
        if score > best:
            best, candidate.date_number = score, number
            candidate.when = read_when(candidate, number, place[0])
    if candidate.when is None:
        candidate.when = read_line(candidate)


def weigh(candidates: list[Candidate], context: Context, weights: Weights) -> None:
    """Set every candidate's ``odds`` by itself and its ``keep``, the chance beside its rivals."""
    first, second = weights.models["keep"], weights.models["rival"]
    for candidate, odds in zip(candidates, keep_odds(candidates, context, first), strict=True):
        candidate.odds = round(odds, 6)  # sums differ in their last digits
        candidate.keep = 0.0
    rivals = [one for one in candidates if one.odds >= WEAKEST]
    for candidate, found in zip(rivals, rival_features(rivals, context), strict=True):
        candidate.keep = logistic(second.score_of(found))


def _clash(c: Candidate, other: Candidate) -> bool:
    """Whether two candidates claim the same words for the same thing."""
    if c.act is not None and c.act is other.act:
        return True
    if c.act is not None and (c.act.i, c.act.j) == other.noun_at:
        return True  # what is cancelled in "cancelled its order" was not ordered just then
    same_kind = c.type == other.type and c.stage == other.stage
    if c.noun_at is not None and c.noun_at == other.noun_at:
        return same_kind or c.act is None or other.act is None
    inside = other.reach[0] <= c.anchor < other.reach[1] or c.reach[0] <= other.anchor < c.reach[1]
    return inside and same_kind


def choose_modality(candidate: Candidate, context: Context, weights: Weights) -> str:
    """The likeliest way of telling."""
    found = modality_features(candidate, context)
    scores = weights.modality.scores_of(found)
    candidate.modality_chance = _share_of_best(scores)
    return MODALITIES[scores.index(max(scores))]


def _share_of_best(scores: list[float]) -> float:
    best = max(scores)
    return 1.0 / sum([exp(score - best) for score in scores])


def party_odds(candidate: Candidate, context: Context, model: LinearModel, told: list[Candidate]) -> dict[str, float]:
    """Log-odds of each actor of the document to take part."""
    standing = Standing(candidate, context, told)
    return {code: model.score_of(standing.features(code)) for code in context.in_scope(candidate.sentence.index)}


def choose_parties(
    candidate: Candidate, context: Context, weights: Weights, told: list[Candidate], odds: dict[str, float]
) -> tuple[str, ...]:
    """The likeliest set of actors; none where the document names too few."""
    sets = likely_sets(candidate, odds, told)
    if not sets:
        return ()
    scores = PartySets(candidate, context, odds, told).scores(sets, weights.models["party-set"])
    candidate.party_chance = _share_of_best(scores)
    return sets[scores.index(max(scores))]
