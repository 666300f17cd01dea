"""From sentences to what they are and how they can be tested; what any word means stands in the lexicon."""

from pactwatch.audit.reading.actors import Places, make_places
from pactwatch.audit.reading.frame import Frame, Reading, SentenceClass, Stance
from pactwatch.audit.reading.lexicon import AuditLexicon, read_audit_lexicon
from pactwatch.audit.reading.reader import read_article
from pactwatch.audit.reading.sentences import Seen, SeenArticle, see_article

__all__ = [
    "AuditLexicon",
    "Frame",
    "Places",
    "Reading",
    "Seen",
    "SeenArticle",
    "SentenceClass",
    "Stance",
    "make_places",
    "read_article",
    "read_audit_lexicon",
    "see_article",
]
