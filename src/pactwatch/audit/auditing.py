"""The audit in order: sentences seen and read, claims made and tested as one family, events and rules looked up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pactwatch.audit.answering import answer, list_claims
from pactwatch.audit.article import find_day
from pactwatch.audit.desk import Desk
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.events import Register
from pactwatch.audit.judging import count_tests, judge
from pactwatch.audit.legal import Bookshelf
from pactwatch.audit.reading import Places, make_places, read_article, read_audit_lexicon, see_article
from pactwatch.audit.report import Audit
from pactwatch.claims.evidence import gather_evidence
from pactwatch.law.reading import lawbook_of
from pactwatch.reconcile import open_weights

if TYPE_CHECKING:
    from pactwatch.audit.reading import AuditLexicon, Reading, SeenArticle
    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.question import Claim
    from pactwatch.coder.protocol import ParsingCoder
    from pactwatch.edition import Edition
    from pactwatch.model.documents import Document
    from pactwatch.reconcile.weights import Weights

T = TypeVar("T")

_OF_RULES = frozenset({"loosening", "opened"})


@cache
def _open_words() -> AuditLexicon:
    """The words, opened once for all auditors of a process: no edition has others, and the network is some 440 MB."""
    return read_audit_lexicon()


@dataclass
class Auditor:
    """Audits articles against one edition; what an article does not need is not opened.

    ``basket`` counts the basket of cases of its rules, ``weights`` are those by which its mentions are linked.
    """

    edition: Edition
    coder: ParsingCoder
    basket: Callable[[], Sequence[dict[str, Any]]] = field(default=list)
    weights: Callable[[], Weights] = field(default=open_weights)

    @cached_property
    def lexicon(self) -> AuditLexicon:
        """The words of the audit's language."""
        return _open_words()

    @cached_property
    def places(self) -> Places:
        """What the edition says of actors."""
        settings, actors = self.edition.settings, self.edition.arrow("actors").to_pydict()
        told = zip(actors["actor_code"], actors["actor_name"], actors["region"], strict=True)
        return make_places(settings.focus, (settings.partners, settings.baseline), told)

    @cached_property
    def series(self) -> dict[str, tuple[str, int]]:
        """The edition's survey series: what each measures, and how many figures it has."""
        told = self.edition.arrow("perceptions").to_pydict()
        series: dict[str, tuple[str, int]] = {}
        for name, measure, population in zip(told["series_id"], told["measure"], told["population"], strict=True):
            series[name] = (f"{measure}, {population}", series.get(name, ("", 0))[1] + 1)
        return {name: one for name, one in series.items() if one[1] > 1}

    @cached_property
    def shelf(self) -> Bookshelf | None:
        """The edition's rules, where it has any."""
        return Bookshelf(lawbook_of(self.edition)) if self.edition.rules else None

    def audit(self, document: Document) -> Audit:
        """What every sentence of an article is, how it is read, and what stands behind it."""
        if document.published is None:
            day = find_day(document.text, self.coder.grammar.dates)
            document = document.model_copy(update={"published": day})
        seen, setting = see_article(document, self.coder, self.lexicon), self.setting_of(document)
        readings = read_article(seen, self.lexicon, self.places, setting.as_of)
        return self._answer(seen, readings, setting)

    def setting_of(self, document: Document) -> Setting:
        """What the claims of an article are made with."""
        as_of = date.fromisoformat(self.edition.settings.as_of)
        return Setting(self.places, as_of, document.published, self.series, as_of if self.edition.rules else None)

    def _answer(self, seen: SeenArticle, readings: Sequence[Reading], setting: Setting) -> Audit:
        asked = list_claims(seen, readings, setting)
        register = _Once(lambda: Register(self.edition, self.weights(), seen.document.id))
        answered = judge(asked, self._gather([one.claim for one in asked.values()])) if asked else {}
        desk = Desk(register, lambda: self.shelf, setting)
        sentences = tuple(
            answer(one, reading, answered.get(one.number), desk)
            for one, reading in zip(seen.sentences, readings, strict=True)
        )
        return Audit(
            self.edition.id,
            seen.document,
            sentences,
            count_tests(answered.values()),
            setting.as_of,
            seen.mentions,
            self.coder.name,
            self.lexicon.encoder is not None,
        )

    def _gather(self, claims: Sequence[Claim]) -> Evidence:
        needs_law = any(claim.kind in _OF_RULES for claim in claims)
        return gather_evidence(self.edition, self.basket() if needs_law else ())


class _Once(Generic[T]):
    """Something opened when it is first asked for, and kept."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    def __call__(self) -> T:
        return self._value

    @cached_property
    def _value(self) -> T:
        return self._make()
