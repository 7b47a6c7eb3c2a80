"""The site: an archive with all that its pages are made of, computed once."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.analysis.posting import Postings
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.drawings import Drawings, Remembered
from generator.exports.whole import Exports
from generator.glossary import Glossary
from generator.noting import noting
from generator.pages import ledger, profiles, wording
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.settings import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class ListOfClaims:
    """A page that lists claims.

    Attributes:
        year: the year whose page it is; empty for a list that belongs to a profile.
        claims: gives them, oldest first.
    """

    year: str

    page: ledger.ListPage
    title: str
    description: str
    claims: Callable[[], tuple[Entry[Claim], ...]]


@dataclasses.dataclass(frozen=True)
class Site:
    """All that the pages are made of."""

    archive: Archive
    analysis: Analysis
    settings: Settings
    glossary: Glossary
    drawings: Drawings
    postings: Postings

    @classmethod
    def of(cls, archive: Archive, analysis: Analysis, settings: Settings, remembered: Remembered) -> Site:
        """The site of an archive.

        Args:
            remembered: keeps drawings from build to build.
        """
        postings = Postings(archive, lambda id: analysis.claims[id].propagation, analysis.extracting)
        drawings = Drawings(archive, analysis, postings, remembered)
        return cls(archive, analysis, settings, Glossary(archive.terms, [settings.site_name]), drawings, postings)

    def links(self, root: str) -> Links:
        """Addresses as seen from a page."""
        return Links(self.archive, self.settings, root)

    @functools.cached_property
    def exports(self) -> Exports:
        """The archive as machines are given it."""
        return Exports(self.archive, self.analysis, self.links(""))

    @functools.cached_property
    def wording(self) -> wording.WordingPages:
        """The pages on reuse of wording."""
        return wording.WordingPages(self.archive, self.analysis)

    @functools.cached_property
    def list_pages(self) -> Mapping[str, ListOfClaims]:
        """The pages of years, and of the claims of profiles that have more than one page takes, by path."""
        with noting():
            return {listed.page.path: listed for listed in (*self._years(), *self._profiles())}

    def _years(self) -> Iterator[ListOfClaims]:
        for year, count in self.archive.years:
            said = f"All claims on record of {year}, newest first."
            claims = functools.partial(self.archive.claims_of_year, year)
            for page in ledger.list_pages(f"claims/{year}.md", count):
                yield ListOfClaims(year, page, f"Claims of {year}", said, claims)

    def _profiles(self) -> Iterator[ListOfClaims]:
        archive = self.archive
        shelves: tuple[tuple[str, Mapping[str, Entry[Any]]], ...] = (
            ("facade", archive.facades),
            ("organisation", archive.organisations),
        )
        for kind, shelf in shelves:
            for id, (name, (called, claims_of)) in itertools.product(shelf, profiles.LISTS.items()):
                claims = functools.partial(claims_of, archive, id)
                if (count := len(claims())) > profiles.LATEST:
                    title = called.format(archive.name_of(id))
                    for page in ledger.list_pages(profiles.list_path(kind, id, name), count):
                        yield ListOfClaims("", page, title, f"{title}, newest first.", claims)


def root_from(path: str) -> str:
    """The way from the page made of a Markdown file to the top of the site: `../../` for `facades/x.md`."""
    folder = path.removesuffix(".md")
    folder = folder.removesuffix("index").rstrip("/") if posixpath.basename(folder) == "index" else folder
    return "../" * len([part for part in folder.split("/") if part]) or "./"
