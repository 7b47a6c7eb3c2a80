"""What exports put on pages: the head for machines, how to cite, and the tables of the page about the data."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.archive import Entry
from generator.exports import head, linked
from generator.exports.citations import Citation, cite_section, profile_citation
from generator.exports.tables import dictionary
from generator.exports.whole import API, DATA, Exports
from generator.pages.environment import EMPTY, printed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term


def citation_of(exports: Exports, entry: Entry[Any] | None) -> Citation | None:
    """How a record is cited; None for a page that is no record."""
    match entry.record if entry else None:
        case Claim():
            return exports.citation(entry)  # type: ignore[arg-type]  # the record says what the entry holds
        case Facade() | Organisation() | Term() | Report() | Event():
            return profile_citation(entry, exports.links, exports.day)  # type: ignore[arg-type]
        case _:
            return None


def cite_of(exports: Exports, entry: Entry[Any] | None, root: str = "") -> Markup:
    """How a record is cited, as its page shows it: for a claim the inside of a section, else a section.

    Args:
        root: the way from the page to the top of the site, for a claim.
    """
    citation = citation_of(exports, entry)
    if citation is None:
        return EMPTY
    copy = f"{root}{API}/claims/{citation.id}.json" if root else ""
    inside = cite_section(citation, copy)
    return inside if root else printed("cite-section.html.j2", inside=inside)


def head_of_page(exports: Exports, path: str, entry: Entry[Any] | None, root: str) -> Markup:
    """What the head of a page says to machines.

    Args:
        path: the page's Markdown file below docs_dir.
        root: the way from the page to the top of the site.
    """
    if path == "about/data.md":
        return head.head_with(exports.dataset())
    citation = citation_of(exports, entry)
    if entry is None or citation is None:
        return EMPTY
    archive, links = exports.archive, exports.links
    match entry.record:
        case Claim():
            node = linked.claim_node(entry, archive, exports.analysis, links)
            return head.head_of(citation, node, f"{root}{API}/claims/{entry.id}.json")
        case Facade():
            feeds = head.feeds_of_facade(entry.id, entry.record.name.en, root) if archive.claims_of(entry.id) else ()
            return head.head_of(citation, feeds=feeds)
        case Report():
            return head.head_of(citation, linked.report_node(entry, links))
        case Term():
            return head.head_of(citation, linked.term_node(entry, links))
        case _:
            return head.head_of(citation)


def data_tables() -> Markup:
    """The data dictionary: every table of the download with its columns."""
    return printed("data.html.j2", what="columns", tables=dictionary())


def downloads_table(exports: Exports, links: Links) -> Markup:
    """Every file of the download and of the API with what it is.

    Args:
        links: addresses as seen from the page.
    """
    files = [(f"{DATA}/{name}", what) for name, what in exports.downloads().items()]
    return printed("data.html.j2", what="files", files=files, api=exports.api_files(), root=links.root)
