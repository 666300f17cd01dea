"""Event data: one table for GDELT and ICEWS, with CAMEO codes put right and PLOVER categories beside them.

CAMEO: Gerner, Schrodt and Yilmaz (2009), roots 01-20. PLOVER: Open Event Data Alliance, draft of 2021, whose table
leads each CAMEO code to a category; statements (01) and appeals (02) have none.
"""

from __future__ import annotations

from pactwatch.datasets.shape import FILE_LINE, column
from pactwatch.edition.schema import Table

ROOTS = tuple(f"{number:02d}" for number in range(1, 21))

QUAD_CLASSES: dict[str, int] = {
    root: 1 if root <= "05" else 2 if root <= "08" else 3 if root <= "13" else 4 for root in ROOTS
}
"""1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, as GDELT groups the roots."""

PLOVER: dict[str, str] = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
"""The PLOVER category of a CAMEO root."""

PLOVER_EXCEPTIONS: dict[str, str] = {
    **dict.fromkeys(("084", "0841", "0842", "085", "086", "0861", "0862", "0863"), "RETREAT"),
    **dict.fromkeys(("087", "0871", "0872", "0873", "0874", "0813", "0814"), "RETREAT"),
    **dict.fromkeys(("163", "191", "192"), "COERCE"),
    **dict.fromkeys(("1712", "175"), "ASSAULT"),
}
"""Codes whose PLOVER category is not that of their root."""

EVENTS = Table(
    "events",
    "Events coded by machine from news reports: reports, not real-world items.",
    ("event_id",),
    (
        column("event_id", "string", "the data set's number of the event"),
        column("event_date", "date", "day of the event as coded"),
        column("source_name", "string", "who acts, as the data set names it"),
        column("source_code", "string", "actor code of who acts"),
        column("target_name", "string", "who is acted on, as the data set names it"),
        column("target_code", "string", "actor code of who is acted on"),
        column("cameo_code", "string", "CAMEO event code, with its leading zeros"),
        column("cameo_root", "string", "its root, 01 to 20"),
        column("plover_code", "string", "PLOVER category; empty for statements and appeals"),
        column("quad_class", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict"),
        column("goldstein", "number", "conflict-cooperation scale of the code (Goldstein 1992)", "-10 to 10"),
        column("is_root_event", "boolean", "whether told in the lead of a report (GDELT only)"),
        column("mention_count", "integer", "mentions found when the event was added (GDELT only)", "mentions"),
        column("source_count", "integer", "news sources with a mention (GDELT only)", "sources"),
        column("article_count", "integer", "documents with a mention (GDELT only)", "documents"),
        column("place_country", "string", "country of the place, as the data set writes it"),
        column("source_url", "string", "address of the first report (GDELT) or publisher (ICEWS)"),
        FILE_LINE,
    ),
    {},
)


def restore_code(code: str) -> str:
    """A CAMEO code with the zero that a spreadsheet took from its start.

    Codes have three or four digits (roots two). Two digits are a third-level code of root 01-09; three digits that
    begin with 2 and go on with 1-5 and more belong to root 02; with 3-9 to root 03-09; the others have lost nothing.

    >>> [restore_code(code) for code in ("40", "311", "112", "211", "204", "1823", "043")]
    ['040', '0311', '112', '0211', '204', '1823', '043']
    """
    if code.startswith("0") or not code.isdecimal():
        return code
    if len(code) == 2:
        return f"0{code}"
    is_short = len(code) == 3 and (code[0] >= "3" or (code[0] == "2" and code[1] != "0"))
    return f"0{code}" if is_short else code


def plover_of(code: str) -> str | None:
    """The PLOVER category of a CAMEO code."""
    return PLOVER_EXCEPTIONS.get(code) or PLOVER.get(code[:2])
