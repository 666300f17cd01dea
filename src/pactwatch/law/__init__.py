"""The law: what was allowed on which day, and why. A case in, an answer with every step out.

``conditions`` is the language rules are written in, ``reading`` checks a casebook's ``rules/`` folder, ``case`` a
person's facts; ``register`` looks up what records tell, ``deriving`` puts both together, ``evaluating`` decides in
three values, and ``checking`` answers: ``open_court(edition).check(case, day)``. It is research, not legal advice.
"""

from pactwatch.law.answer import Answer
from pactwatch.law.case import Case, read_case
from pactwatch.law.checking import Court, open_court
from pactwatch.law.rules import Outcome

__all__ = ["Answer", "Case", "Court", "Outcome", "open_court", "read_case"]
