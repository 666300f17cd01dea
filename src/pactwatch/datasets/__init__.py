"""Other people's data sets (SIPRI, DCAD, MME, ATOP, COW, GDELT, ICEWS, UNGA, surveys): the files analysts download,
read into typed tables with actor codes of ours, kept in the workspace, and never passed on.

``kinds/`` has a module per kind (recognise, read, tables); ``reading/`` opens, decodes and splits files and tells
what was mended; ``crosswalk`` maps actors by date; ``importing`` and ``store`` keep the result; ``library`` gives it to
measures; ``differences`` compares two vintages; ``reproduction`` recomputes published figures.
"""

from pactwatch.datasets.importing import import_files
from pactwatch.datasets.library import open_library
from pactwatch.datasets.store import MissingImportError, list_imports

__all__ = ["MissingImportError", "import_files", "list_imports", "open_library"]
