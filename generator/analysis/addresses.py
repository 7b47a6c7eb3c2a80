"""The addresses of records: which there are, and which were ever published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.archive import Archive, Entry

#: Folder of each kind of record on the site.
FOLDERS: Final[Mapping[str, str]] = {
    "claim": "claims",
    "facade": "facades",
    "organisation": "organisations",
    "term": "glossary",
    "report": "reports",
    "event": "events",
}


def shelves(archive: Archive) -> Mapping[str, Mapping[str, Entry[Any]]]:
    """The records that have pages, by kind and id."""
    return {
        "claim": {entry.id: entry for entry in archive.claims_in_order},
        "facade": archive.facades,
        "organisation": archive.organisations,
        "term": archive.terms,
        "report": archive.reports,
        "event": archive.events,
    }


def moved(archive: Archive) -> Iterator[tuple[str, str, Entry[Any]]]:
    """Every former id: the kind of its record, the id, and the record that it leads to."""
    for kind, shelf in shelves(archive).items():
        for entry in shelf.values():
            for former in entry.formerly:
                yield kind, former, entry


def version_names(archive: Archive, claim: str) -> list[str]:
    """Every version of a claim that has an address: the earlier ones, oldest first, then the one of today."""
    earlier = [version.id.rpartition("/")[2] for version in archive.versions_of(claim)]
    current = archive.claims[claim].version
    return [*(name for name in earlier if name != current), current]


def as_of(claim: str, version: str) -> str:
    """The address of a version of a claim, from the top of the site."""
    return f"{FOLDERS['claim']}/{claim}/as-of/{version}/"


def addresses_of(archive: Archive) -> dict[str, str]:
    """Every address of a record that answers, from the top of the site, with the file that makes it answer.

    The version of today has an address too (a card there leads to the record); it is listed once it is kept.
    """
    found: dict[str, str] = {}
    for kind, shelf in shelves(archive).items():
        for entry in shelf.values():
            for id in (entry.id, *entry.formerly):
                found[f"{FOLDERS[kind]}/{id}/"] = entry.path
                if kind == "claim":
                    for version in archive.versions_of(entry.id):
                        found[as_of(id, version.id.rpartition("/")[2])] = version.path
    return found
