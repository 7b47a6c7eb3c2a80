"""All files for machines, by path: the API, the downloads, the feeds, the citations."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from generator import noting
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import citations, feeds, linked, package, places, profiles, schemas, spreadsheets, stix
from generator.exports.changes import delta
from generator.exports.database import as_sqlite, plain_rows
from generator.exports.extract import SHEETS, ChangeLine, Extracts
from generator.exports.licence import LICENCE, LICENCE_URL, NOT_OURS
from generator.exports.tables import Table, dictionary, tables
from generator.exports.writing import as_document, as_json, as_json_around
from generator.pages.links import Links
from generator.parts import Content, Parts, Size, in_parts
from generator.records.claim import Claim
from generator.records.vocabulary import Status

API: Final = "api/v1"
DATA: Final = "data"
_DESCRIPTION: Final = (
    "Claims of attacks that facade groups in Iraq published, each with a status that is derived from findings, with "
    "the words of the claim, its publication and propagation, its sources and where they lead back to. A row is a "
    "claim, never an attack."
)


@dataclasses.dataclass(frozen=True)
class Exports:
    """The archive as machines are given it."""

    archive: Archive
    analysis: Analysis
    links: Links

    @property
    def day(self) -> datetime.date:
        """The day as of which the archive stands."""
        return self.analysis.day

    @property
    def updated(self) -> str:
        """The same as text."""
        return self.day.isoformat()

    @functools.cached_property
    def extracts(self) -> Extracts:
        """What is taken from claims for the files that hold something of all of them."""
        return Extracts(self.archive, self.analysis, self.links, self._full(f"{API}/claims"))

    def _changes(self) -> list[ChangeLine]:
        """Every change that readers are told of, newest first; of one day, by id."""
        found = (one for some in self.analysis.extracted(self.extracts.changes) for one in some)
        return sorted(found, key=lambda change: change.place, reverse=True)

    def citation(self, entry: Entry[Claim]) -> citations.Citation:
        """How a claim is cited."""
        return citations.claim_citation(entry, self.analysis, self.links, entry.version)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, by its path below the site; what was published under a former id stays there."""
        for entry in self.archive.claims_in_order:
            yield from self.files_of(entry)
        sizes: dict[str, Size] = {}
        for make in self.whole_files().values():
            for path, content in make():
                sizes[path] = in_parts(content).size
                yield path, bytes(content)
        yield from self.package_files(sizes.__getitem__)

    def files_of(self, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
        """The files of one claim."""
        line = self.extracts.copy_of(entry)
        for id in (entry.id, *entry.formerly):
            yield f"{API}/claims/{id}.json", line
        yield from self._cited("claims", entry, self.citation(entry))

    def whole_files(self) -> Mapping[str, Callable[[], Iterator[tuple[str, Content]]]]:
        """By name, what makes the files that hold something of all claims, and those of profiles.

        So cut that a change of some claims changes few of them: a claim of which a note is added has the same sources.
        """
        return {
            "database": self._database,
            "copies": self._copies,
            "list": self._list,
            "changes": self._changed,
            "feeds": self._feeds,
            **{f"sheet of {name}": functools.partial(self._sheet, name) for name in SHEETS},
            "maps": self._maps,
            "profiles": self._others,
        }

    def packaged(self) -> list[str]:
        """The paths of the files that the description of the download describes."""
        return [f"{DATA}/{name}" for name in (*(f"{name}.csv" for name in SHEETS), *package.OTHERS)]

    def package_files(self, size_of: Callable[[str], Size]) -> Iterator[tuple[str, bytes]]:
        """The description of the download.

        Args:
            size_of: gives what is to be said of a file of it by its path, when that is made.
        """
        sizes = {path.removeprefix(f"{DATA}/"): size_of(path) for path in self.packaged()}
        site = self.links.settings
        described = package.datapackage(self._other_rows, sizes, site.site_name, site.site_url, self.updated)
        yield f"{DATA}/datapackage.json", as_document(described)

    @noting.once
    def _other_rows(self) -> tuple[Table, ...]:
        """All tables, with the rows that say nothing of claims."""
        return tables((), self.archive, self.analysis, self.links, self.day)

    def _others(self) -> Iterator[tuple[str, bytes]]:
        yield from self._profiles()
        yield from self._api_of_others()
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {self._full('sitemap.xml')}\n".encode()

    def _cited(self, folder: str, entry: Entry[Any], citation: citations.Citation) -> Iterator[tuple[str, bytes]]:
        for name, content in citations.files_of(citation).items():
            for id in (entry.id, *entry.formerly):
                yield f"{folder}/{id}/{name}", content

    def _profiles(self) -> Iterator[tuple[str, bytes]]:
        archive = self.archive
        shelves: tuple[tuple[str, Mapping[str, Entry[Any]]], ...] = (
            ("facades", archive.facades),
            ("organisations", archive.organisations),
            ("glossary", archive.terms),
            ("reports", archive.reports),
            ("events", archive.events),
        )
        for folder, shelf in shelves:
            for id in sorted(shelf):
                yield from self._cited(folder, shelf[id], citations.profile_citation(shelf[id], self.links, self.day))

    def _copies(self) -> Iterator[tuple[str, Content]]:
        copies = self.analysis.extracted(self.extracts.copies)
        yield f"{DATA}/claims.jsonl", Parts(lambda: (b"".join(one.line for one in some.values()) for some in copies))

    def _list(self) -> Iterator[tuple[str, Content]]:
        rows = self.analysis.extracted(self.extracts.rows)
        yield f"{API}/claims.json", as_json_around(self._shelf("claims", []), "claims", lambda: rows)

    def _changed(self) -> Iterator[tuple[str, Content]]:
        changes = self._changes()
        digests = {id: own for some in self.analysis.extracted(self.extracts.digests) for id, own in some.items()}
        changed = delta(self.archive, digests, self.updated)
        yield f"{API}/changes.json", as_json_around(changed, "changes", lambda: (change.line for change in changes))

    def _feeds(self) -> Iterator[tuple[str, bytes]]:
        entries = [change.entry for change in self._changes()]
        published = {id for some in self.analysis.extracted(self.extracts.facades) for id in some}
        for feed in feeds.feeds_of(self.archive, entries, published, self.links, self.day):
            yield f"{feed.name}.xml", feeds.as_atom(feed, self.links)
            yield f"{feed.name}.json", as_json(feeds.as_json_feed(feed, self.links))

    def _api_of_others(self) -> Iterator[tuple[str, bytes]]:
        archive, links, day = self.archive, self.links, self.day
        found: dict[str, Any] = {
            "index": self._index(),
            "facades": self._shelf(
                "facades",
                [profiles.published_facade(archive.facades[id], archive, links, day) for id in sorted(archive.facades)],
            ),
            "organisations": self._shelf(
                "organisations",
                [
                    profiles.published_organisation(archive.organisations[id], archive, links, day)
                    for id in sorted(archive.organisations)
                ],
            ),
            "terms": self._shelf(
                "terms", [profiles.published_term(archive.terms[id], links, day) for id in sorted(archive.terms)]
            ),
            "events": self._shelf(
                "events",
                [profiles.published_event(archive.events[id], archive, links, day) for id in sorted(archive.events)],
            ),
        }
        for name, content in found.items():
            yield f"{API}/{name}.json", as_json(content)
        for name, schema in schemas.schemas().items():
            yield f"{API}/schema/{name}.json", as_document({"$id": self._full(f"{API}/schema/{name}.json"), **schema})

    def _full(self, path: str) -> str:
        return f"{self.links.settings.site_url}{path}"

    def _shelf(self, name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        return {"updated": self.updated, "licence": LICENCE, "licence_url": LICENCE_URL, name: records}

    def _index(self) -> dict[str, Any]:
        briefs = self.analysis.briefs
        counts = Counter(briefs[entry.id].status for entry in self.archive.listed_claims)
        files = [
            *self.api_files(),
            *((f"{DATA}/{name}", what, "") for name, what in self.downloads().items()),
            (f"{feeds.CLAIMS}.xml", "Feed of claims newly on record, Atom; .json for JSON Feed", ""),
            (f"{feeds.CHANGES}.xml", "Feed of changes and corrections, Atom; .json for JSON Feed", ""),
            ("feed-ID.xml", "Feed of one facade; ID is its id", ""),
        ]
        return {
            "name": self.links.settings.site_name,
            "api": "v1",
            "documentation": self._full("about/data/"),
            "updated": self.updated,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "licence_note": NOT_OURS,
            "claims": {status.value: counts[status] for status in Status},
            "files": [
                {"url": self._full(path), "what": what, **({"schema": self._full(schema)} if schema else {})}
                for path, what, schema in files
            ],
        }

    def api_files(self) -> list[tuple[str, str, str]]:
        """The files of the API: path, what it is, path of its schema; `ID` stands for the id of a claim."""
        shelves = [(f"{API}/{name}.json", what, f"{API}/schema/{name}.json") for name, what in _API_FILES.items()]
        return [*shelves, (f"{API}/claims/ID.json", "One claim whole; ID is its id", f"{API}/schema/claim.json")]

    def downloads(self) -> dict[str, str]:
        """What each file of the download is, by its name below `data/`."""
        return {
            "datapackage.json": "Frictionless data package: every file with its columns, their meaning and its hash",
            **{name: description for name, (_, description) in package.OTHERS.items()},
            **{f"{table.name}.csv": table.description for table in dictionary()},
        }

    def _sheet(self, name: str) -> Iterator[tuple[str, Content]]:
        (own,) = (spreadsheets.as_csv(table) for table in self._other_rows if table.name == name)
        lines = self.analysis.extracted(self.extracts.sheet(name))
        yield f"{DATA}/{name}.csv", Parts(lambda: itertools.chain([own], lines))
        yield f"{DATA}/{name}.bom.csv", Parts(lambda: itertools.chain([spreadsheets.BYTE_ORDER_MARK, own], lines))

    def _database(self) -> Iterator[tuple[str, Content]]:
        site, others = self.links.settings, self._other_rows
        own = {table.name: plain_rows(table) for table in others}
        rows = itertools.chain([own], self.analysis.extracted(self.extracts.cells))
        yield f"{DATA}/archive.sqlite", as_sqlite(others, rows, site.site_name, site.site_url, self.updated)

    def _maps(self) -> Iterator[tuple[str, Content]]:
        mapped = self.analysis.extracted(self.extracts.mapped)
        yield (
            f"{DATA}/places.geojson",
            as_json_around(places.COLLECTION, "features", lambda: (some.features for some in mapped)),
        )
        bundle = stix.Bundle(self.archive, self.analysis, self.links, self.day).made()
        yield f"{DATA}/stix.json", as_json_around(bundle, "objects", lambda: (some.objects for some in mapped))

    def dataset(self) -> linked.Node:
        """The archive as schema.org describes a data set, for the page about the data."""
        mediatypes = {"datapackage.json": "application/json"} | {n: kind for n, (kind, _) in package.OTHERS.items()}
        files = [(f"{DATA}/{name}", mediatypes.get(name, "text/csv")) for name in self.downloads()]
        listed = self.archive.listed_claims
        first, last = (
            (entry.record.date.earliest.isoformat() for entry in (listed[0], listed[-1])) if listed else ("", "")
        )
        years = f"{first}/{last}" if listed else ""
        return linked.dataset_node(_DESCRIPTION, files, years, self.links, self.updated)


_API_FILES: Final[Mapping[str, str]] = {
    "index": "This list",
    "claims": "Every listed claim in short, oldest first",
    "facades": "Every facade whole",
    "organisations": "Every organisation whole",
    "terms": "Every term of the glossary",
    "events": "Every event that claims or reports meet on, as reported",
    "changes": "What changed, newest first, and what brings a copy up to date",
}
