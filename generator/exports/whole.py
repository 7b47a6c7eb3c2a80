"""All files for machines, by path: the API, the downloads, the feeds, the citations."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from generator.analysis.version import version_of
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import citations, feeds, linked, package, places, profiles, schemas, spreadsheets, stix
from generator.exports.changes import Change, delta, newest_first
from generator.exports.claims import published_claim
from generator.exports.database import as_sqlite, plain_rows
from generator.exports.extract import ChangeLine, Extracts
from generator.exports.licence import LICENCE, LICENCE_URL, NOT_OURS
from generator.exports.tables import Table, dictionary, tables
from generator.exports.writing import as_document, as_json, as_json_around
from generator.pages.links import Links
from generator.parts import Content, Parts, Size
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

    def _changes(self) -> list[tuple[Change, ChangeLine]]:
        """Every change that readers are told of, newest first, and as it is published."""
        found = {
            Change(
                self.archive.claims[one.claim],
                one.day,
                one.number,
                one.before,
                one.after,
                one.why,
                one.notice,
                one.taken_back,
            ): one
            for some in self.analysis.extracted(self.extracts.changes)
            for one in some
        }
        return [(change, found[change]) for change in newest_first(found)]

    def citation(self, entry: Entry[Claim]) -> citations.Citation:
        """How a claim is cited."""
        return citations.claim_citation(entry, self.analysis, self.links, version_of(entry))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, by its path below the site; what was published under a former id stays there."""
        for entry in self.archive.claims_in_order:
            yield from self.files_of(entry)
        for path, content in self.whole_files():
            yield path, bytes(content)

    def files_of(self, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
        """The files of one claim."""
        line = as_json(self._copy(entry))
        for id in (entry.id, *entry.formerly):
            yield f"{API}/claims/{id}.json", line
        yield from self._cited("claims", entry, self.citation(entry))

    def _copy(self, entry: Entry[Claim]) -> dict[str, Any]:
        return published_claim(entry, self.archive, self.analysis, self.links, version_of(entry))

    def whole_files(self) -> Iterator[tuple[str, Content]]:
        """The files that hold something of all claims, and those of profiles."""
        yield from self._profiles()
        yield from self._api_of_others()
        sizes: dict[str, Size] = {}
        changes = self._changes()
        # Those that say nothing of claims have all their rows here.
        others = tables((), self.archive, self.analysis, self.links, self.day)
        # Each of these is forgotten before the next is read.
        for files in (self._copies(changes), self._sheets(others), self._database(others), self._maps()):
            for path, content in files:
                yield path, content
                if isinstance(content, Parts) and path.startswith(f"{DATA}/"):
                    sizes[path.removeprefix(f"{DATA}/")] = content.size
                del content
        site = self.links.settings
        described = package.datapackage(others, sizes, site.site_name, site.site_url, self.updated)
        yield f"{DATA}/datapackage.json", as_document(described)
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {self._full('sitemap.xml')}\n".encode()
        for_feeds = [(change, published.entry) for change, published in changes]
        for feed in feeds.feeds_of(self.archive, for_feeds, self.links, self.day):
            yield f"{feed.name}.xml", feeds.as_atom(feed, self.links)
            yield f"{feed.name}.json", as_json(feeds.as_json_feed(feed, self.links))

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

    def _copies(self, changes: Iterable[tuple[Change, ChangeLine]]) -> Iterator[tuple[str, Content]]:
        copies = self.analysis.extracted(self.extracts.copies)
        yield f"{DATA}/claims.jsonl", Parts(lambda: copies)
        short = [*self.analysis.extracted(self.extracts.short)]
        yield (
            f"{API}/claims.json",
            as_json_around(self._shelf("claims", []), "claims", lambda: (some.rows for some in short)),
        )
        digests = {id: digest for some in short for id, digest in some.digests.items()}
        changed = delta(self.archive, digests, self.updated)
        yield f"{API}/changes.json", as_json_around(changed, "changes", lambda: (one.line for _, one in changes))

    def _api_of_others(self) -> Iterator[tuple[str, Content]]:
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

    def _sheets(self, others: Iterable[Table]) -> Iterator[tuple[str, Content]]:
        sheets = [*self.analysis.extracted(self.extracts.sheets)]
        for table in others:
            content = [spreadsheets.as_csv(table), *(some.pop(table.name) for some in sheets)]
            yield f"{DATA}/{table.name}.csv", Parts(functools.partial(iter, content))
            yield (
                f"{DATA}/{table.name}.bom.csv",
                Parts(functools.partial(iter, [spreadsheets.BYTE_ORDER_MARK, *content])),
            )

    def _database(self, others: Sequence[Table]) -> Iterator[tuple[str, Content]]:
        site = self.links.settings
        own = {table.name: plain_rows(table) for table in others}
        cells = self.analysis.extracted(self.extracts.cells)
        rows = itertools.chain([own], cells)
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
