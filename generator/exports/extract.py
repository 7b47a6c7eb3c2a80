"""What the exports of the whole archive take from some claims, ready to be put one behind the other."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator import noting
from generator.analysis.version import version_of
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import places, spreadsheets, stix
from generator.exports.changes import changes_of, written
from generator.exports.claims import published_claim
from generator.exports.database import plain_rows
from generator.exports.feeds import FeedEntry, entry_of
from generator.exports.tables import Table, tables
from generator.exports.writing import as_entries, as_json
from generator.extracting import Taking
from generator.packing import packed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.vocabulary import Notice, Status


class ChangeLine(NamedTuple):
    """A change that readers are told of: what lists need of it (`changes.Change`), as JSON, and as an entry of a feed."""

    claim: str
    day: datetime.date
    number: int
    before: Status | None
    after: Status | None
    why: str
    notice: Notice
    taken_back: bool
    line: bytes
    entry: FeedEntry


@dataclasses.dataclass(frozen=True, slots=True)
class Copies:
    """The machine copies of some listed claims.

    Attributes:
        lines: of each a line of JSON with its end.
        digests: the SHA-256 of each, by id.
        rows: each in short, as JSON (`writing.as_entries`).
    """

    lines: bytes
    digests: Mapping[str, str]
    rows: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What else is told of some claims.

    Attributes:
        objects: STIX objects, as JSON.
        features: GeoJSON features, as JSON.
        changes: also of claims that are no longer listed.
    """

    objects: bytes
    features: bytes
    changes: Sequence[ChangeLine]


class Extracts:
    """Takes from published claims all that is put into files of the whole archive.

    In four, because no more than one of them need be in memory at once: with ten thousand claims they are 200 MB.

    Args:
        links: addresses as seen from the top of the site.
        api: the address of the folder of copies.
    """

    def __init__(self, archive: Archive, analysis: Analysis, links: Links, api: str) -> None:
        self._archive = archive
        self._analysis = analysis
        self._links = links
        self._api = api
        self._tables: noting.Memo[tuple[str, ...], tuple[Table, ...]] = noting.Memo(most=1)

    def takings(self) -> Iterator[Taking[Any]]:
        """All four."""
        yield self.copies
        yield self.sheets
        yield self.cells
        yield self.told

    @property
    def copies(self) -> Taking[Copies]:
        """Of listed claims the machine copies."""
        return Taking("copies", self._copies)

    @property
    def sheets(self) -> Taking[dict[str, bytes]]:
        """Of listed claims, by table, the lines of rows as CSV."""
        return Taking(
            "sheets",
            lambda entries: {table.name: spreadsheets.rows_as_csv(table) for table in self._tables_of(entries)},
        )

    @property
    def cells(self) -> Taking[dict[str, bytes]]:
        """Of listed claims, by table, the rows, plain and packed: as tuples they would take four times the memory."""
        return Taking(
            "cells", lambda entries: {table.name: packed(plain_rows(table)) for table in self._tables_of(entries)}
        )

    @property
    def told(self) -> Taking[Told]:
        """What else is told of them."""
        return Taking("told", self._told)

    def _tables_of(self, entries: Sequence[Entry[Claim]]) -> tuple[Table, ...]:
        listed = [entry for entry in entries if entry.listed]
        return self._tables(
            tuple(entry.id for entry in listed),
            lambda: tables(listed, self._archive, self._analysis, self._links, None),
        )

    def _copies(self, entries: Sequence[Entry[Claim]]) -> Copies:
        lines, rows, digests = [], [], {}
        for entry in entries:
            if entry.listed:
                copy = published_claim(entry, self._archive, self._analysis, self._links, version_of(entry))
                line = as_json(copy)
                lines.append(line)
                digests[entry.id] = hashlib.sha256(line).hexdigest()
                rows.append(_row(copy, digests[entry.id], self._api))
        return Copies(b"".join(lines), digests, as_entries(rows))

    def _told(self, entries: Sequence[Entry[Claim]]) -> Told:
        analysis, links = self._analysis, self._links
        listed = [entry for entry in entries if entry.listed]
        bundle = stix.Bundle(self._archive, analysis, links, datetime.date.min)
        return Told(
            objects=as_entries(made for entry in listed for made in bundle.of_claim(entry)),
            features=as_entries(made for entry in listed for made in places.features_of(entry, analysis, links)),
            changes=[
                ChangeLine(
                    entry.id,
                    change.day,
                    change.number,
                    change.before,
                    change.after,
                    str(change.why),
                    change.notice,
                    change.taken_back,
                    as_entries([written(change, analysis, links)]),
                    entry_of(change, analysis, links),
                )
                for entry in entries
                for change in changes_of(entry, analysis)
            ],
        )


def _row(copy: Mapping[str, Any], digest: str, api: str) -> dict[str, Any]:
    return {
        **{name: copy[name] for name in ("status", "sentence", "id", "version", "url", "title", "changed")},
        "date": copy["record"]["date"],
        "facades": copy["record"]["facade"],
        "copy": f"{api}/{copy['id']}.json",
        "sha256": digest,
    }
