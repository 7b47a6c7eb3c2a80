"""All files for machines, by path: the API, the downloads, the feeds, the citations."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator import noting
from generator.analysis.version import version_of
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import citations, feeds, linked, package, places, profiles, schemas, spreadsheets, stix
from generator.exports.changes import Change, changes_of, delta
from generator.exports.claims import published_claim
from generator.exports.database import as_sqlite
from generator.exports.licence import LICENCE, LICENCE_URL, NOT_OURS
from generator.exports.tables import Table, tables
from generator.exports.writing import as_document, as_json
from generator.pages.links import Links
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

    @noting.once
    def changes(self) -> tuple[Change, ...]:
        """Every change that readers are told of, newest first."""
        return changes_of(self.archive, self.analysis)

    def citation(self, entry: Entry[Claim]) -> citations.Citation:
        """How a claim is cited."""
        return citations.claim_citation(entry, self.analysis, self.links, version_of(entry))

    @noting.once
    def _tables(self) -> tuple[Table, ...]:
        return tables(self.archive, self.analysis, self.links, self.day)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, by its path below the site; what was published under a former id stays there."""
        for entry in self.archive.claims_in_order:
            yield from self.files_of(entry)
        yield from self.whole_files()

    def files_of(self, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
        """The files of one claim."""
        line = as_json(self._copy(entry))
        for id in (entry.id, *entry.formerly):
            yield f"{API}/claims/{id}.json", line
        yield from self._cited("claims", entry, self.citation(entry))

    def _copy(self, entry: Entry[Claim]) -> dict[str, Any]:
        return published_claim(entry, self.archive, self.analysis, self.links, version_of(entry))

    def whole_files(self) -> Iterator[tuple[str, bytes]]:
        """The files that hold something of all claims, and those of profiles."""
        lines: list[bytes] = []
        rows: list[dict[str, Any]] = []
        for entry in self.archive.listed_claims:
            copy = self._copy(entry)
            line = as_json(copy)
            lines.append(line)
            rows.append(self._row(copy, line))
        yield from self._profiles()
        yield from self._api(rows)
        yield from self._data(b"".join(lines))
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {self._full('sitemap.xml')}\n".encode()
        for feed in feeds.feeds_of(self.archive, self.analysis, self.changes, self.links, self.day):
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

    def _api(self, rows: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
        archive, links, day = self.archive, self.links, self.day
        digests = {row["id"]: row["sha256"] for row in rows}
        found: dict[str, Any] = {
            "index": self._index(),
            "claims": self._shelf("claims", rows),
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
            "changes": delta(archive, self.analysis, self.changes, digests, links, self.updated),
        }
        for name, content in found.items():
            yield f"{API}/{name}.json", as_json(content)
        for name, schema in schemas.schemas().items():
            yield f"{API}/schema/{name}.json", as_document({"$id": self._full(f"{API}/schema/{name}.json"), **schema})

    def _full(self, path: str) -> str:
        return f"{self.links.settings.site_url}{path}"

    def _shelf(self, name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        return {"updated": self.updated, "licence": LICENCE, "licence_url": LICENCE_URL, name: records}

    def _row(self, copy: dict[str, Any], line: bytes) -> dict[str, Any]:
        return {
            **{name: copy[name] for name in ("status", "sentence", "id", "version", "url", "title", "changed")},
            "date": copy["record"]["date"],
            "facades": copy["record"]["facade"],
            "copy": self._full(f"{API}/claims/{copy['id']}.json"),
            "sha256": hashlib.sha256(line).hexdigest(),
        }

    def _index(self) -> dict[str, Any]:
        counts = Counter(self.analysis.claims[entry.id].status for entry in self.archive.listed_claims)
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
            **{f"{table.name}.csv": table.description for table in self._tables},
        }

    def _data(self, lines: bytes) -> Iterator[tuple[str, bytes]]:
        site = self.links.settings
        sheets = {f"{table.name}.csv": spreadsheets.as_csv(table) for table in self._tables}
        bundle = stix.Bundle(self.archive, self.analysis, self.links, self.day).made()
        others = {
            "claims.jsonl": lines,
            "archive.sqlite": as_sqlite(self._tables, site.site_name, site.site_url, self.updated),
            "places.geojson": as_json(places.as_geojson(self.archive, self.analysis, self.links)),
            "stix.json": as_json(bundle),
        }
        files = {**sheets, **others}
        described = package.datapackage(self._tables, files, site.site_name, site.site_url, self.updated)
        yield f"{DATA}/datapackage.json", as_document(described)
        for name, content in files.items():
            yield f"{DATA}/{name}", content
        for name, content in sheets.items():
            marked = name.replace(".csv", ".bom.csv")
            yield f"{DATA}/{marked}", spreadsheets.BYTE_ORDER_MARK + content

    def dataset(self) -> linked.Node:
        """The archive as schema.org describes a data set, for the page about the data."""
        mediatypes = {"datapackage.json": "application/json"} | {n: kind for n, (kind, _) in package.OTHERS.items()}
        files = [(f"{DATA}/{name}", mediatypes.get(name, "text/csv")) for name in self.downloads()]
        dates = [entry.record.date.earliest.isoformat() for entry in self.archive.listed_claims]
        years = f"{dates[0]}/{dates[-1]}" if dates else ""
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
