"""Addresses of records, relative to the page that links to them, so that a copy of the site works anywhere."""

from __future__ import annotations

import dataclasses

from generator.archive import Archive
from generator.settings import Settings

#: Folder of each kind of record on the site.
FOLDERS = {
    "claim": "claims",
    "facade": "facades",
    "organisation": "organisations",
    "term": "glossary",
    "report": "reports",
}


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
