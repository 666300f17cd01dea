"""Bytes to text, mending what spreadsheets and editors do to encodings; whatever was mended is noted."""

from __future__ import annotations

import codecs
import re

from pactwatch.datasets.reading.notes import Findings

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""UTF-8 that was once read as Windows-1252: a letter of its first bytes followed by one of its later bytes."""


def decode_text(raw: bytes, findings: Findings, native: str = "utf-8") -> str:
    """The text of a file.

    UTF-8 (with or without a byte-order mark), UTF-16 with one, ISO 8859-1 and Windows-1252 are read; ``native`` is the
    encoding the publisher uses, which is read without a word. Text that was decoded wrongly once before is restored
    line by line. A null byte is a fault: the file is no text.
    """
    text = _decode(raw, findings, native)
    null = text.find("\0")
    if null >= 0:
        line = text.count("\n", 0, null) + 1
        findings.fault(line, "", "a null byte", "text", "The file is damaged or no text; download it again.")
        findings.require_sound()
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        findings.note("letters were lost before and stand as �", line, text.count("\ufffd"))
    if "\n" not in text and "\r" in text:
        findings.note("line ends of an old Macintosh (CR) were read as line ends")
        text = text.replace("\r", "\n")
    return _restore_lines(text, findings) if _MOJIBAKE.search(text) else text


def _decode(raw: bytes, findings: Findings, native: str) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        findings.note("a byte-order mark at the start was passed over")
        raw = raw[len(codecs.BOM_UTF8) :]
    if raw.startswith(_UTF16):
        findings.note("the file is in UTF-16, not in the publisher's encoding")
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        is_windows = any(0x80 <= byte < 0xA0 for byte in raw)
        encoding = "windows-1252" if is_windows else "iso-8859-1"
        if encoding != native:
            line = raw.count(b"\n", 0, error.start) + 1
            findings.note(f"the file is not in UTF-8; it was read as {encoding}", line)
        return raw.decode("cp1252" if is_windows else "latin-1", errors="replace")


def _restore_lines(text: str, findings: Findings) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not _MOJIBAKE.search(line):
            continue
        try:
            lines[index] = line.encode("cp1252").decode("utf-8")
        except UnicodeError:
            findings.note("letters look wrongly decoded and could not be restored", index + 1)
        else:
            findings.note("letters that were wrongly decoded before (Ã¼ for ü) were restored", index + 1)
    return "\n".join(lines)
