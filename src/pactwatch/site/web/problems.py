"""What went wrong, as a page with a way on or, for programs, as a problem document (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from pactwatch.site.frame.page_types import HTML, Sheet
from pactwatch.site.web.answers import Answer, Headers

if TYPE_CHECKING:
    from pactwatch.site.frame.site import Site

PROBLEM = "application/problem+json"

TITLES = {
    400: "This cannot be answered",
    403: "This is not answered",
    404: "There is no such page",
    405: "This can only be read",
    406: "There is no such form of it",
    413: "Too much was sent",
    414: "The address is too long",
    415: "This cannot be read",
    429: "Too many requests",
    431: "Too much was sent along",
    500: "A fault of the server",
    503: "It took too long",
}


def make_problem(status: int, detail: str, faults: Mapping[str, str] | None = None, headers: Headers = ()) -> Answer:
    """A problem document; ``faults`` gives a sentence for each parameter that is wrong."""
    told: dict[str, object] = {"type": "about:blank", "title": say_title(status), "status": status, "detail": detail}
    if faults:
        told["faults"] = [{"parameter": name, "problem": words} for name, words in faults.items()]
    return Answer(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), PROBLEM, status, headers=headers)


def make_error_page(site: Site, base: str, told: tuple[int, str], headers: Headers = ()) -> Answer:
    """A page that says what went wrong and where to go on; ``told`` is the status and what to say of it, ``base`` the
    path of the first page, since an error may happen anywhere."""
    status, detail = told
    sheet = Sheet("error.html", {"status": status, "title": say_title(status), "detail": detail}, status)
    text = site.write("", sheet, root=base)
    return Answer(text.encode("utf-8", "replace"), HTML, status, headers=headers)


def say_title(status: int) -> str:
    """A status in words."""
    return TITLES.get(status) or HTTPStatus(status).phrase
