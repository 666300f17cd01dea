"""PDF files by pypdfium2: text with the start of each page, lines joined as :mod:`pactwatch.read.pdf_text` tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pactwatch.model.documents import Document, identify_text
from pactwatch.read.days import read_day
from pactwatch.read.language import settle_language
from pactwatch.read.limits import Limits
from pactwatch.read.pdf_text import TextLine, join_pages
from pactwatch.read.pieces import Found, Raw, ReadError
from pactwatch.read.running_heads import drop_running_heads
from pactwatch.read.tidying import check_text, one_line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_WRONG_PASSWORD = 4
_LINE = re.compile(r"([^\r\n\ufffe]*)(\ufffe|[\r\n]+|\Z)")
_NO_TITLE = re.compile(
    r"^\W*(?:untitled|unspecified|anonymous|title|document|slide|print|none|powerpoint presentation)?[\W\d]*$"
    r"|^microsoft (?:word|powerpoint|excel)\b|\.(?:docx?|pdf|indd|pptx?|xlsx?|qxd|rtf|tex|dvi)$|^\S{25,}$",
    re.IGNORECASE,
)
_MADE = re.compile(r"^(?:D:)?(\d{4})(\d{2})(\d{2})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def read_pdf(raw: Raw, limits: Limits) -> Iterator[Found]:
    """The document of a PDF; raises :class:`ReadError` for one that is locked, broken, too long or without text."""
    pdf = _open(raw.data)
    try:
        if len(pdf) > limits.pages:
            found, fix = f"{len(pdf):,} pages", "Split it, or read the part that matters."
            raise ReadError(found, f"at most {limits.pages:,} pages", fix)
        pages = _read_pages(pdf, limits)
        told = {name: str(value) for name, value in pdf.get_metadata_dict(skip_empty=True).items()}
    finally:
        pdf.close()
    if not any(line.text.strip() for page in pages for line in page):
        found, fix = "pages without text, perhaps pictures of paper", "Recognise the letters first (OCR), then read it."
        raise ReadError(found, "text", fix)
    text, starts = join_pages(drop_running_heads(pages))
    check_text(text, limits.text_chars)
    yield Found(_describe(text, starts, _title(told, pages), _day_made(told, text), raw), raw.address)


def _describe(text: str, starts: tuple[int, ...], title: str, made: date | None, raw: Raw) -> Document:
    hints = raw.hints
    return Document(
        id=identify_text(text),
        text=text,
        title=title or hints.title,
        published=hints.published or made,
        url=hints.url or (raw.address if "://" in raw.address else ""),
        language=settle_language(text, hints.language),
        publisher=hints.publisher,
        media_type="application/pdf",
        pages=starts,
    )


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD:
            found, fix = "an encrypted PDF", "Save it without its password (print it to PDF), then read that."
            raise ReadError(found, "a PDF that opens without a password", fix) from None
        raise ReadError("a PDF that cannot be opened", "a whole PDF", "Download or save it again.") from None


def _read_pages(pdf: PdfDocument, limits: Limits) -> list[list[TextLine]]:
    """The lines of each page; a page that cannot be read is empty."""
    import pypdfium2

    pages: list[list[TextLine]] = []
    count = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text = page.get_textpage()
            lines = list(_read_lines(text))
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            lines = []
        count += sum(len(line.text) for line in lines)
        if count > 2 * limits.text_chars:
            raise ReadError(f"more than {limits.text_chars:,} characters of text", "less text", "Split it.")
        pages.append(lines)
    return pages


def _read_lines(page: PdfTextPage) -> Iterator[TextLine]:
    """The lines of a page with the box of each: left, right and bottom edge, height of its type."""
    whole = page.get_text_range()
    is_exact = len(whole) == page.count_chars()  # else positions in the text are not those of the boxes
    for found in _LINE.finditer(whole):
        text = found[1].translate(_LIGATURES).replace("\u00ad", "").strip()
        if not text:
            continue
        is_broken = found[2] == "\ufffe" or found[1].endswith("\u00ad")
        box = _box(page, whole, found.start(), found.end(1)) if is_exact else (0.0, 0.0, 0.0, 0.0)
        yield TextLine(text, is_broken, *box)


def _box(page: PdfTextPage, whole: str, start: int, end: int) -> tuple[float, float, float, float]:
    while start < end and whole[start].isspace():
        start += 1
    while end > start and whole[end - 1].isspace():
        end -= 1
    left, bottom, _, top = page.get_charbox(start, loose=True)
    right = page.get_charbox(end - 1, loose=True)[2]
    return left, right, bottom, top - bottom


def _title(told: dict[str, str], pages: list[list[TextLine]]) -> str:
    """The title the file's maker gave, if it is one; else the largest type at the top of the first page."""
    title = one_line(told.get("Title", ""))
    if len(title) > 3 and not _NO_TITLE.search(title):
        return title
    top = pages[0][:12] if pages else []
    largest = max((line.size for line in top), default=0.0)
    usual = sorted(line.size for line in pages[0])[len(pages[0]) // 2] if top else 0.0
    if largest <= 1.15 * usual:
        return ""
    first = next(number for number, line in enumerate(top) if line.size >= 0.97 * largest)
    words = []
    for line in top[first:]:
        if line.size < 0.97 * largest:
            break
        words.append(line.text)
    return one_line(" ".join(words), 300)


def _day_made(told: dict[str, str], text: str) -> date | None:
    """The day the file was made, if its beginning tells the same month: a file may be made long after its text."""
    made = _MADE.match(told.get("CreationDate", ""))
    day = read_day("-".join(made.groups())) if made else None
    if day is None:
        return None
    month, start = _MONTHS[day.month - 1], text[:3000]
    same_month = rf"\b{month}\b[\s\d,a-z]{{0,12}}\b{day.year}\b|\b{month[:3]}\.? (?:\d+, )?{day.year}|{day:%Y-%m}"
    return day if re.search(same_month, start, re.IGNORECASE) else None
