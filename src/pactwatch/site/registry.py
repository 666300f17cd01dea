"""Every kind of page and figure there is: the one list that the static build and the server share.

Kinds without charts come first, so that in a static build they are written while the charts are being drawn.
"""

from __future__ import annotations

from pactwatch.site.frame.page_types import Registry
from pactwatch.site.pages import (
    audit,
    chronology,
    claims,
    downloads,
    editions,
    evidence,
    exports,
    feeds,
    figure_files,
    guide,
    home,
    instruments,
    law,
    law_cases,
    mapping,
    measure_charts,
    measures,
    network,
    pairs,
    partners,
    people,
    record,
    record_map,
    record_timeline,
    records,
    series,
    sources,
    static_files,
)

REGISTRY = Registry(
    pages=(
        *records.PAGES,
        *record_timeline.PAGES,
        *record_map.PAGES,
        *record.PAGES,
        *evidence.PAGES,
        *sources.PAGES,
        *people.PAGES,
        *series.PAGES,
        *instruments.PAGES,
        *pairs.PAGES,
        *network.PAGES,
        *measures.PAGES,
        *guide.PAGES,
        *audit.PAGES,
        *downloads.PAGES,
        *editions.PAGES,
        *exports.PAGES,
        *claims.PAGES,
        *feeds.PAGES,
        *law_cases.PAGES,
        *law.PAGES,
        *home.PAGES,
        *chronology.PAGES,
        *partners.PAGES,
        *figure_files.PAGES,
        *static_files.PAGES,
    ),
    figures=(
        *claims.FIGURES,
        *law.FIGURES,
        *mapping.FIGURES,
        *measure_charts.FIGURES,
        *home.FIGURES,
        *chronology.FIGURES,
        *partners.FIGURES,
    ),
)
