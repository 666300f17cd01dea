"""Reconcile: mentions and what people decided of them become items, and items become records.

Verbs, in order of use: ``hear`` gives the mentions in force, ``reconcile`` says which tell one item and why,
``propose_namings`` gives new items their permanent ids, ``compile_records`` writes the records. All are pure: the same
mentions and judgements give the same records, in whatever order they arrive.
"""
