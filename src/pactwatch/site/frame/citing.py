"""How a page, a search or the whole edition is cited: APA, BibTeX and CSL-JSON, always naming the edition."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pactwatch.edition import Edition
from pactwatch.site.frame.places import place_pinned

_SPECIAL = re.compile(r"([\\{}%&$#_^~])")
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


@dataclass(frozen=True)
class Citation:
    """What is cited: a part of an edition by its title (empty for the whole), and the place of its page.

    ``address`` is where the site stands in public, with a slash at its end; without one no address is given.
    """

    edition: Edition
    title: str = ""
    path: str = ""
    address: str = ""

    @property
    def url(self) -> str:
        """The page in this edition, where the site has a public address."""
        return self.address + place_pinned(self.edition.id, self.path) if self.address else ""

    @property
    def apa(self) -> str:
        """APA, 7th edition: a data set, or a part of one."""
        settings = self.edition.settings
        head = f"{_join_names(settings.editors)} ({settings.as_of[:4]}). "
        whole = f"{settings.title} (edition {self.edition.id}) [Data set]. {settings.licence}."
        return head + (f"{self.title}. In {whole}" if self.title else whole) + (f" {self.url}" if self.url else "")

    @property
    def bibtex(self) -> str:
        """A BibTeX entry; what TeX would read as a command is escaped."""
        settings = self.edition.settings
        fields = {
            "title": self.title or settings.title,
            "booktitle": settings.title if self.title else "",
            "author": " and ".join(f"{{{escape_tex(editor)}}}" for editor in settings.editors),
            "year": settings.as_of[:4],
            "version": self.edition.id,
            "url": self.url,
            "note": f"Data set, licence {settings.licence}",
        }
        ready = {name: value if name in ("author", "url") else escape_tex(value) for name, value in fields.items()}
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in ready.items() if value)
        return f"@misc{{{self.key},\n{body}\n}}"

    @property
    def csl(self) -> dict[str, object]:
        """A CSL-JSON item of the type ``dataset``."""
        settings = self.edition.settings
        item: dict[str, object] = {
            "id": self.key,
            "type": "dataset",
            "title": self.title or settings.title,
            "author": [{"literal": editor} for editor in settings.editors],
            "issued": {"date-parts": [[int(part) for part in settings.as_of.split("-")]]},
            "version": self.edition.id,
            "note": settings.licence,
        }
        if self.title:
            item["container-title"] = settings.title
        if self.url:
            item["URL"] = self.url
        return item

    @property
    def csl_json(self) -> str:
        """The CSL-JSON item as text."""
        return json.dumps([self.csl], ensure_ascii=False, indent=1)

    @property
    def key(self) -> str:
        """A key for bibliographies."""
        part = re.sub(r"[^A-Za-z0-9]+", "-", self.path.removesuffix(".html").removesuffix("index")).strip("-")
        return f"{self.edition.id}-{part}"[:120] if part else self.edition.id


def escape_tex(text: str) -> str:
    """Text as TeX reads it literally.

    >>> escape_tex("50% & {x}")
    '50\\\\% \\\\& \\\\{x\\\\}'
    """
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[1], "\\" + found[1]), text)


def _join_names(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}" if names else "No editor named"
