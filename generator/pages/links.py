"""Addresses of records, relative to the page that links to them, so that a copy of the site works anywhere."""

from __future__ import annotations

import dataclasses

from generator.analysis.addresses import FOLDERS, as_of
from generator.archive import Archive
from generator.settings import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Links:
    """Addresses as one page needs them.

    Attributes:
        root: the way from the page to the top of the site: `../../`, or `./` on the home page.
    """

    archive: Archive
    settings: Settings
    root: str

    def to(self, kind: str, id: str) -> str:
        """The address of a record's page."""
        return f"{self.root}{FOLDERS[kind]}/{id}/"

    def version(self, claim: str, version: str) -> str:
        """The address of a version of a claim; that of today says so and leads to the record."""
        return f"{self.root}{as_of(claim, version)}"

    def full_version(self, claim: str, version: str) -> str:
        """The whole address of a version of a claim, for citations."""
        return f"{self.settings.site_url}{as_of(claim, version)}"

    def page(self, id: str) -> str:
        """The address of a written page, such as `about/method`."""
        return f"{self.root}{id.removesuffix('index')}".rstrip("/") + "/" if id != "index" else self.root

    def agent(self, id: str) -> str | None:
        """The address of a facade or organisation, or None when it has no page (a plain name, nobody known)."""
        if id in self.archive.facades:
            return self.to("facade", id)
        return self.to("organisation", id) if id in self.archive.organisations else None

    def full(self, kind: str, id: str) -> str:
        """The whole address of a record's page, for citations."""
        return f"{self.settings.site_url}{FOLDERS[kind]}/{id}/"
