"""The words everything else is said in: coded vocabularies, fuzzy dates, money, records and errors.

``codes`` is the single source of truth of the codebook; ``dates`` and ``amounts`` read the notations; ``records``
holds the frozen types; ``errors`` the base of every error. Imports no other room; import from the modules, so that a
message costs no more than its own module.
"""
