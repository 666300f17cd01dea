"""Templates and values turned into HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2

from pactwatch.site.frame import places
from pactwatch.site.frame.words import FILTERS, find_address


def render(template: str, values: Mapping[str, Any]) -> str:
    """A template with its values as HTML: every value escaped, a missing one an error."""
    return make_environment().get_template(template).render(values)


@cache
def make_environment() -> jinja2.Environment:
    """Templates of this room: every value escaped, a missing one an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pactwatch.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(
        address=find_address,
        edition_folder=places.EDITION_FOLDER,
        place_pinned=places.place_pinned,
        place_record=places.place_record,
        place_actor=places.place_actor,
        place_claim=places.place_claim,
        place_source=places.place_source,
        place_pair=places.place_pair,
        place_instrument=places.place_instrument,
        place_series=places.place_series,
        place_person=places.place_person,
        place_evidence=places.place_evidence,
        place_measure=places.place_measure,
        place_rule=places.place_rule,
        name_file=places.name_file,
    )
    return environment
