"""The first coder: a grammar proposes, fitted weights choose, every mention is grounded in its passage."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pactwatch.coder.choosing import Weights, choose
from pactwatch.coder.lexicon import BASE_LEXICONS, Lexicon, read_lexicon
from pactwatch.coder.linear import read_models
from pactwatch.coder.parsing import Grammar, Parsed
from pactwatch.coder.senses import Senses
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention
from pactwatch.uncollected import uncollected
from pactwatch.version import __version__

WEIGHTS_FILE = "weights.json"
ARTICLE_WEIGHTS_FILE = "weights_articles.json"
"""What is fitted to articles as well; a language may be without."""
LANGUAGE = "en"

CODER_NAME = f"grammar {__version__}"
"""Name and version, kept with every mention."""


@dataclass(frozen=True)
class GrammarCoder:
    """Codes documents of one language with one lexicon and its fitted weights.

    ``for_articles`` weighs longer texts, of whose sentences few tell an event; without it ``weights`` weighs them, too.
    """

    grammar: Grammar
    weights: Weights
    for_articles: Weights | None = None

    @property
    def name(self) -> str:
        """Name and version, kept with every mention."""
        return CODER_NAME

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of a document in order of their passages."""
        return self.code_parsed(document, self.grammar.parse(document))

    def code_parsed(self, document: Document, parsed: Parsed) -> tuple[Mention, ...]:
        """The mentions of a document parsed by this coder's grammar; of one parsing once, since choosing marks it."""
        weights = self.for_articles if self.for_articles and parsed.context.is_long else self.weights
        return tell(document, parsed, weights, self.name)


def tell(
    document: Document, parsed: Parsed, weights: Weights, name: str, look: Callable[[], Senses] | None = None
) -> tuple[Mention, ...]:
    """What a parsed document tells by some weights, as mentions of a coder's ``name``; ``look`` reads it with the
    network.
    """
    from pactwatch.coder.fields import make_mention

    told = choose(parsed.sites, parsed.context, weights, look)
    return tuple(make_mention(one, told, parsed, document, weights.models, name) for one in told)


def read_weights(path: Path, *, is_article: bool = False) -> Weights:
    """The weights of a file, for reports or for articles."""
    models = read_models(path)
    return (Weights.for_articles if is_article else Weights.for_reports)(models)


def open_lexicon(casebook: Path | None = None, language: str = LANGUAGE) -> Lexicon:
    """The base lexicon of a language, with what a casebook's folder adds: actors, office holders, ``lexicon/``."""
    folders = [BASE_LEXICONS / language]
    if casebook is not None:
        folders += [casebook, casebook / "lexicon" / language]
    return read_lexicon(folders)


def open_coder(casebook: Path | None = None, language: str = LANGUAGE) -> GrammarCoder:
    """The coder of a language, with a casebook's detail if one is given.

    What exists when it is open is left out by Python's cyclic garbage collector from then on: a coder is some 300,000
    objects that stay, and every round over them stops a stream for a fifth of a second.
    """
    with uncollected():
        folder = BASE_LEXICONS / language
        weights, articles = read_weights(folder / WEIGHTS_FILE), folder / ARTICLE_WEIGHTS_FILE
        for_articles = read_weights(articles, is_article=True) if articles.is_file() else None
        coder = GrammarCoder(Grammar(open_lexicon(casebook, language)), weights, for_articles)
    gc.freeze()
    return coder


__all__ = ["Grammar", "GrammarCoder", "Parsed", "open_coder", "open_lexicon"]
