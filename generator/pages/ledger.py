"""Lists of claims: the index, a page a year, and the latest changes of status."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.analysis.brief import Brief
from generator.analysis.notice import takes_back
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.archive import Archive, Entry
from generator.extracting import Taking
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.claim import Claim, StatusChange
from generator.records.dates import EdtfDate
from generator.records.vocabulary import Notice, Status, Visibility

#: How many claims a page lists. On the first page of the ledger these are the latest; all stand on the pages of years.
LATEST = 200
#: How many changes of status the home page lists.
LATEST_CHANGES = 8


@dataclasses.dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: its path below docs_dir, its number from 1, how many there are, and the path of the first."""

    path: str
    number: int
    pages: int

    first: str

    def addresses(self, root: str) -> list[tuple[int, str]]:
        """The address of every page of the list by number.

        Args:
            root: the way to the top of the site.
        """
        return [(number, root + _address(page_of(self.first, number))) for number in range(1, self.pages + 1)]


def page_of(first: str, number: int) -> str:
    """The path of a page of a list, whose first page has another path: `claims/2023.md`, `claims/2023/page-2.md`."""
    return first if number == 1 else f"{first.removesuffix('.md')}/page-{number}.md"


def _address(path: str) -> str:
    return path.removesuffix(".md") + "/"


def list_pages(first: str, total: int) -> Iterator[ListPage]:
    """The pages of a list of so many claims."""
    pages = max(1, -(-total // LATEST))
    for number in range(1, pages + 1):
        yield ListPage(page_of(first, number), number, pages, first)


def rows_of(entries: Iterable[Entry[Claim]], analysis: Analysis) -> list[Brief]:
    """Claims in brief, newest first."""
    return [analysis.brief(entry.id) for entry in entries][::-1]


def claims_index(archive: Archive, analysis: Analysis, links: Links) -> str:
    """The ledger of the latest claims, with the way to all others."""
    listed = archive.listed_claims
    return printed(
        "claims-index.html.j2",
        rows=rows_of(listed[-LATEST:], analysis),
        left=max(0, len(listed) - LATEST),
        total=len(listed),
        years=archive.years,
        year="",
        number=1,
        pages=[],
        profile=False,
        archive=archive,
        links=links,
    )


def claims_list(
    entries: Sequence[Entry[Claim]], page: ListPage, archive: Archive, analysis: Analysis, links: Links, year: str
) -> str:
    """A page of the ledger of one year, or of a list that belongs to a profile.

    Args:
        year: empty for the list of a profile.
    """
    first = (page.number - 1) * LATEST
    return printed(
        "claims-index.html.j2",
        rows=[analysis.brief(entry.id) for entry in entries[::-1][first : first + LATEST]],
        left=0,
        total=len(entries),
        number=page.number,
        pages=page.addresses(links.root) if page.pages > 1 else [],
        year=year,
        years=[],
        profile=not year,
        archive=archive,
        links=links,
    )


Change = tuple[Entry[Claim], ClaimAnalysis, StatusChange]


def changes_of(entries: Iterable[Entry[Claim]], analysis: Analysis) -> list[Change]:
    """Every status change of some claims, newest first; of one day, in the order of the claims' ids."""
    changes = [(entry, analysis.claims[entry.id], change) for entry in entries for change in entry.record.history]
    # The first entry of a history says that the record was made; the change that came with it says more.
    told = [change for change in changes if change[2].from_ is not None or len(change[0].record.history) == 1]
    return sorted(told, key=lambda change: _newest(change[2].date, change[0]), reverse=True)


def _newest(date: EdtfDate, entry: Entry[Claim]) -> tuple[int, str]:
    return date.latest.toordinal(), entry.id


def takings(analysis: Analysis) -> Iterator[Taking[Any]]:
    """All that is taken from claims for these lists."""
    yield _taking_of_latest(analysis, LATEST_CHANGES)
    yield _taking_of_corrections(analysis)


def _taking_of_latest(analysis: Analysis, most: int) -> Taking[list[tuple[tuple[int, str], str]]]:
    # A claim among the latest is among the latest of its group.
    return Taking(
        f"latest-{most}",
        lambda entries: [
            (_newest(change.date, entry), entry.id)
            for entry, _, change in changes_of([one for one in entries if one.listed], analysis)[:most]
        ],
    )


def latest_changes(archive: Archive, analysis: Analysis, links: Links, most: int = LATEST_CHANGES) -> str:
    """The latest changes of status with their reasons."""
    groups = analysis.extracted(_taking_of_latest(analysis, most))
    latest = sorted((found for group in groups for found in group), reverse=True)[:most]
    entries = [archive.claims[id] for id in dict.fromkeys(id for _, id in latest)]
    return _changes(changes_of(entries, analysis)[:most], archive, links, "No status has changed yet.")


@dataclasses.dataclass(frozen=True, slots=True)
class Correction:
    """One thing that we took back: a status, or a whole record."""

    claim: Entry[Claim]
    title: str
    date: EdtfDate
    before: Status | None
    after: Status | None
    why: str
    kind: str


def _taking_of_corrections(analysis: Analysis) -> Taking[list[str]]:
    return Taking("corrections", lambda entries: [entry.id for entry in entries if _corrections([entry], analysis)])


def corrections_of(archive: Archive, analysis: Analysis) -> list[Correction]:
    """Everything that we took back: corrected or lowered statuses, and withdrawn records; newest first."""
    groups = analysis.extracted(_taking_of_corrections(analysis))
    found = _corrections([archive.claims[id] for group in groups for id in group], analysis)
    return sorted(found, key=lambda correction: _newest(correction.date, correction.claim), reverse=True)


def _corrections(entries: Iterable[Entry[Claim]], analysis: Analysis) -> list[Correction]:
    found: list[Correction] = []
    for entry in entries:
        if entry.record.visibility is not Visibility.LISTED:
            continue
        title = analysis.claims[entry.id].title
        for change in entry.record.history:
            if takes_back(change):
                kind = change.notice.label if change.notice is not Notice.NONE else "status lowered"
                found.append(Correction(entry, title, change.date, change.from_, change.to, change.why, kind))
        if stone := entry.record.tombstone:
            found.append(
                Correction(entry, title, stone.date, None, None, stone.why, f"withdrawn: {stone.reason.label}")
            )
    return found


def corrections(archive: Archive, analysis: Analysis, links: Links) -> str:
    """Everything that we took back, as a list."""
    return printed("corrections.html.j2", corrections=corrections_of(archive, analysis), archive=archive, links=links)


def _changes(changes: Sequence[Change], archive: Archive, links: Links, nothing: str) -> str:
    return printed("changes.html.j2", changes=changes, archive=archive, links=links, nothing=nothing)
