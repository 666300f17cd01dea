"""What SIPRI's data sets share: publisher, terms and how to cite."""

from __future__ import annotations

PUBLISHER = "Stockholm International Peace Research Institute (SIPRI)"

TERMS = (
    "Copyright SIPRI. Free for non-commercial use with attribution under SIPRI's terms and conditions; larger "
    "republication needs permission. pactwatch stores what you import for your own use and publishes none of it."
)

CITE = "SIPRI {}, Stockholm International Peace Research Institute, with the day the data were generated."

WHERE_ARMS = "armstransfers.sipri.org: trade registers and importer/exporter TIV tables, downloaded as CSV"

WHERE_SPENDING = "sipri.org/databases/milex: data for all countries as an Excel workbook"
