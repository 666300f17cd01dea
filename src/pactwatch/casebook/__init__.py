"""A casebook: the folder of plain files in which people keep what pactwatch knows of a region.

``load`` reads it whole, strictly, and refuses it with every fault at once; ``settings`` says what its TOML files
hold, ``records_sheet`` and ``other_sheets`` what its CSV files hold, ``template`` writes a new one. Code knows no
country: everything about a region is in here.
"""

from pactwatch.casebook.load import Casebook, Contents, Reading, find_casebook, load_casebook, read_casebook

__all__ = ["Casebook", "Contents", "Reading", "find_casebook", "load_casebook", "read_casebook"]
