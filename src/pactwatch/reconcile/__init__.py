"""Reconcile: mentions and what people decided of them become items, and items become records.

Verbs, in order of use: ``hear`` gives the mentions in force, ``reconcile`` says which tell one item and why,
``propose_namings`` gives new items their permanent ids, ``compile_records`` writes the records. All are pure: the same
mentions and judgements give the same records, in whatever order they arrive. ``Linker`` keeps what was compared, so
that one document more costs little; ``Finder`` asks the same comparisons which milestones one telling may mean.
"""

from pactwatch.reconcile.answering import reconcile
from pactwatch.reconcile.compiling import compile_records
from pactwatch.reconcile.hearing import hear
from pactwatch.reconcile.linking import Linker
from pactwatch.reconcile.matching import Finder
from pactwatch.reconcile.naming import propose_namings
from pactwatch.reconcile.weights import open_weights

__all__ = ["Finder", "Linker", "compile_records", "hear", "open_weights", "propose_namings", "reconcile"]
