"""Files that the tests read, good and hostile, made on the spot."""

# ruff: noqa: E501 - texts stand as they are read

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from pactwatch.model.documents import Document
from pactwatch.model.errors import Fault
from pactwatch.read import Answer, Found, Limits, Piece, read_piece

NEWS = (
    "Japan and the Philippines signed an agreement on Monday that lets the forces of each visit the other for training.",
    "The pact has to be approved by both parliaments before it enters into force, officials said in Manila.",
    "Tokyo has similar agreements with Canberra and London, and talks with Paris are under way.",
)


def page(body: str = "", head: str = "", lang: str = ' lang="en"') -> bytes:
    paragraphs = body or "".join(f"<p>{one}</p>" for one in NEWS)
    html = f'<!doctype html><html{lang}><head><meta charset="utf-8">{head}</head><body><nav><a href="/">Home</a></nav>'
    return f"{html}<article>{paragraphs}</article><footer>Copyright</footer></body></html>".encode()


def pdf(pages: Sequence[Sequence[str]], password: str = "", step: float = 14.0, **info: str) -> bytes:
    """A PDF with these lines on its pages; an empty line leaves a gap."""
    stream = io.BytesIO()
    locked = pdfencrypt.StandardEncryption(password) if password else None
    made = canvas.Canvas(stream, pagesize=A4, encrypt=locked, invariant=1)
    if "title" in info:
        made.setTitle(info["title"])
    for lines in pages:
        height = 780.0
        for line in lines:
            made.drawString(72, height, line)
            height -= step
        made.showPage()
    made.save()
    return stream.getvalue()


def picture_pdf() -> bytes:
    """A PDF whose only page is drawn."""
    stream = io.BytesIO()
    made = canvas.Canvas(stream, pagesize=A4, invariant=1)
    made.rect(100, 100, 300, 400, fill=1)
    made.showPage()
    made.save()
    return stream.getvalue()


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read(data: bytes, name: str = "a.txt", limits: Limits | None = None, **piece: Any) -> list[Answer]:
    return list(read_piece(Piece(name, data=data, **piece), limits or Limits()))


def document(data: bytes, name: str = "a.txt", **piece: Any) -> Document:
    (answer,) = read(data, name, **piece)
    assert isinstance(answer, Found), answer
    return answer.document


def fault(data: bytes, name: str = "a.txt", limits: Limits | None = None, **piece: Any) -> Fault:
    (answer,) = read(data, name, limits, **piece)
    assert isinstance(answer, Fault), answer
    assert answer.found and answer.expected and answer.fix, answer
    return answer
