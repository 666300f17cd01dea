"""The words everything else is said in: coded vocabularies, fuzzy dates, money, records and errors.

Frozen values only; imports no other room. ``codes`` is the single source of truth of the codebook.
"""

from pactwatch.model.dates import FuzzyDate, fiscal_year, parse_date
from pactwatch.model.errors import Fault, InputError, IntegrityError, NotFoundError, PactwatchError
from pactwatch.model.records import Actor, Conflict, Milestone, OfficeHolder, Perception, Record, Source

__all__ = [
    "Actor",
    "Conflict",
    "Fault",
    "FuzzyDate",
    "InputError",
    "IntegrityError",
    "Milestone",
    "NotFoundError",
    "OfficeHolder",
    "PactwatchError",
    "Perception",
    "Record",
    "Source",
    "fiscal_year",
    "parse_date",
]
