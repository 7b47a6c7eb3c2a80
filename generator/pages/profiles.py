"""The derived parts of written pages: facades, organisations, terms, reports, their indexes, and the home page."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from generator.analysis.addresses import FOLDERS
from generator.analysis.brief import Brief
from generator.analysis.posting import Posting
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.environment import EMPTY, made_here, printed
from generator.pages.ledger import latest_changes, list_pages, rows_of
from generator.pages.links import Links
from generator.pages.posting import posting_section
from generator.records.claim import Claim
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term
from generator.records.vocabulary import FacadeKind, OrganisationKind, Status, TermPart

Parts = dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class DrawnFacade:
    """The charts of a facade; each empty where there is nothing to draw.

    Attributes:
        timeline: its claims in time.
        lags: the first report of each claim, by how long before or after the claim it stood.
        attribution: who says it belongs to whom, and how sure.
    """

    timeline: Markup = EMPTY
    lags: Markup = EMPTY
    attribution: Markup = EMPTY


def facade_parts(
    entry: Entry[Facade], archive: Archive, analysis: Analysis, links: Links, posting: Posting, drawn: DrawnFacade
) -> Parts:
    """What stands before and after the prose of a facade.

    Args:
        posting: who posts about its claims.
        drawn: its charts.
    """
    return {
        "lede": printed("facade-lede.html.j2", entry=entry, archive=archive, links=links),
        "derived": printed(
            "facade.html.j2",
            entry=entry,
            archive=archive,
            links=links,
            timeline=drawn.timeline,
            attribution=drawn.attribution,
            posting=made_here(posting_section(posting, archive, links, drawn.lags)),
            rows=_latest("claims", entry, archive.claims_of(entry.id), analysis, links),
            carried_rows=_latest("carried", entry, archive.claims_carried_by(entry.id), analysis, links),
            terms_here=_terms_naming(entry.id, archive),
        ),
    }


def organisation_parts(entry: Entry[Organisation], archive: Archive, analysis: Analysis, links: Links) -> Parts:
    """What stands before and after the prose of an organisation."""
    attributed = [
        (facade, attribution)
        for facade in archive.facades_attributed_to(entry.id)
        for attribution in facade.record.attributions
        if attribution.to == entry.id
    ]
    return {
        "lede": printed("organisation-lede.html.j2", entry=entry, archive=archive, links=links),
        "derived": printed(
            "organisation.html.j2",
            entry=entry,
            archive=archive,
            links=links,
            attributed=attributed,
            rows=_latest("claims", entry, archive.claims_of(entry.id), analysis, links),
            carried_rows=_latest("carried", entry, archive.claims_carried_by(entry.id), analysis, links),
            terms_here=_terms_naming(entry.id, archive),
        ),
    }


#: How many claims a profile lists itself, besides its charts and sources.
LATEST: Final = 100
#: The lists of claims that belong to a profile: what their pages are called, and which claims they hold.
LISTS: Mapping[str, tuple[str, Callable[[Archive, str], tuple[Entry[Claim], ...]]]] = {
    "claims": ("Claims in the name of {}", Archive.claims_of),
    "carried": ("Claims that {} posted about", Archive.claims_carried_by),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Latest:
    """The latest claims of a list, how many it has, and the addresses of its pages when there are more."""

    rows: list[Brief]
    total: int
    pages: list[tuple[int, str]]


def list_path(kind: str, id: str, name: str) -> str:
    """The Markdown path of the first page of a profile's list, below docs_dir."""
    return f"{FOLDERS[kind]}/{id}/{name}.md"


def _latest(name: str, entry: Entry[Any], claims: Sequence[Entry[Claim]], analysis: Analysis, links: Links) -> Latest:
    kind = "facade" if isinstance(entry.record, Facade) else "organisation"
    page = next(list_pages(list_path(kind, entry.id, name), len(claims)))
    pages = page.addresses(links.root) if len(claims) > LATEST else []
    return Latest(rows_of(claims[-LATEST:], analysis), len(claims), pages)


def _terms_naming(agent: str, archive: Archive) -> list[tuple[str, str]]:
    """The terms that a facade or organisation illustrates."""
    return [
        (id, term.record.name)
        for id, term in sorted(archive.terms.items())
        if agent in term.record.facades or agent in term.record.organisations
    ]


def term_parts(entry: Entry[Term], archive: Archive, analysis: Analysis, links: Links) -> Parts:
    """What stands before and after the prose of a term."""
    claims = [archive.claims[id] for id in entry.record.claims if id in archive.claims]
    rows = rows_of(claims, analysis)
    return {
        "lede": printed("term-lede.html.j2", entry=entry),
        "derived": printed("term.html.j2", entry=entry, archive=archive, links=links, rows=rows),
    }


def report_parts(entry: Entry[Report], archive: Archive, links: Links) -> Parts:
    """What stands before and after the prose of a report."""
    return {
        "lede": printed("report-lede.html.j2", entry=entry),
        "derived": printed("report.html.j2", entry=entry, archive=archive, links=links),
    }


@dataclasses.dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of an index."""

    href: str
    name: str
    note: str
    name_ar: str = ""


Groups = list[tuple[str, list[IndexRow]]]


def _index(groups: Groups) -> str:
    return printed("index.html.j2", groups=[group for group in groups if group[1]])


def facades_index(archive: Archive, links: Links) -> str:
    """All facades by kind, with what is on record of each."""
    groups: Groups = []
    for kind in FacadeKind:
        entries = [entry for entry in archive.facades.values() if entry.record.kind is kind]
        rows = [
            IndexRow(
                links.to("facade", entry.id),
                entry.record.name.en,
                _facade_note(entry, archive),
                entry.record.name.ar or "",
            )
            for entry in sorted(entries, key=lambda entry: entry.record.name.en.casefold())
        ]
        groups.append((f"{kind.label}s" if kind is not FacadeKind.UNKNOWN else kind.label, rows))
    return _index(groups)


def _facade_note(entry: Entry[Facade], archive: Archive) -> str:
    count = len(archive.claims_of(entry.id))
    parts = [f"{count} {'claim' if count == 1 else 'claims'} on record"] if count else ["no claim on record here"]
    carried = len(archive.claims_carried_by(entry.id))
    if carried:
        parts.append(f"posted about {carried}")
    if entry.record.attributions:
        names = dict.fromkeys(archive.name_of(attribution.to) for attribution in entry.record.attributions)
        parts.append(f"attributed to {', '.join(names)}")
    return "; ".join(parts)


def organisations_index(archive: Archive, links: Links) -> str:
    """All organisations by kind, with their stake."""
    groups: Groups = []
    for kind in OrganisationKind:
        entries = [entry for entry in archive.organisations.values() if entry.record.kind is kind]
        rows = [
            IndexRow(
                links.to("organisation", entry.id),
                entry.record.name.en,
                f"stake: {entry.record.stake.label}",
                entry.record.name.ar or "",
            )
            for entry in sorted(entries, key=lambda entry: entry.record.name.en.casefold())
        ]
        groups.append((kind.label, rows))
    return _index(groups)


def glossary_index(archive: Archive, links: Links) -> str:
    """All terms by part, with their one sentence."""
    groups: Groups = []
    for part in TermPart:
        entries = [entry for entry in archive.terms.values() if entry.record.part is part]
        rows = [
            IndexRow(links.to("term", entry.id), entry.record.name, entry.record.short, entry.record.name_ar or "")
            for entry in sorted(entries, key=lambda entry: entry.record.name.casefold())
        ]
        groups.append((part.label, rows))
    return _index(groups)


def reports_index(archive: Archive, links: Links) -> str:
    """All reports, newest first."""
    entries = sorted(
        archive.reports.values(), key=lambda entry: (entry.record.published.earliest, entry.id), reverse=True
    )
    return _index([("", [IndexRow(links.to("report", e.id), e.record.title, e.record.description) for e in entries])])


def around_home(prose: str) -> Parts:
    """The prose of the home page in two: what stands before its derived part, and the ways in below it."""
    opening, _, doors = prose.partition("</p>")
    section = f'<section class="fw-doors" aria-label="Three ways in">{doors}</section>'
    return {"opening": f'<div class="fw-opening">{opening}</p></div>', "doors": section if doors else ""}


def home_parts(archive: Archive, analysis: Analysis, links: Links, overview: Markup) -> Parts:
    """What stands after the prose of the home page.

    Args:
        overview: the drawn overview of all claims.
    """
    briefs = analysis.briefs
    counts = Counter(briefs[entry.id].status for entry in archive.listed_claims)
    return {
        "derived": printed(
            "home.html.j2",
            archive=archive,
            links=links,
            overview=overview,
            counts={status: counts[status] for status in Status},
            changes=made_here(latest_changes(archive, analysis, links)),
        )
    }
