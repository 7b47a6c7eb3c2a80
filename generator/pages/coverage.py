"""The tables of the coverage page."""

from __future__ import annotations

from generator.analysis.coverage import coverage_of
from generator.analysis.whole import Analysis
from generator.archive import Archive
from generator.pages.environment import printed
from generator.pages.links import Links

#: What the columns of `WORDS_HELD` are called.
_WORDS = ("Original", "Translation only", "Phrase only", "None")


def coverage_tables(archive: Archive, analysis: Analysis, links: Links) -> str:
    """What is on record by year, facade, status, words held, language, origins and sources."""
    return printed(
        "coverage.html.j2",
        coverage=coverage_of(archive, analysis),
        words=_WORDS,
        archive=archive,
        links=links,
    )
