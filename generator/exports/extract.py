"""What the exports of the whole archive take from some claims, ready to be put one behind the other."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from generator.analysis.version import version_of
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import places, spreadsheets, stix
from generator.exports.changes import changes_of, written
from generator.exports.claims import published_claim
from generator.exports.database import plain_rows
from generator.exports.feeds import FeedEntry, entry_of
from generator.exports.tables import Cell, tables
from generator.exports.writing import as_entries, as_json
from generator.packing import packed, unpacked
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.vocabulary import Notice, Status


@dataclasses.dataclass(frozen=True, slots=True)
class ChangeLine:
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
class Extract:
    """Of some claims, all that is put into files of the whole archive.

    Attributes:
        copies: the machine copy of each, a line of JSON with its end.
        digests: the SHA-256 of that copy, by id.
        rows: each in short, as JSON (`writing.as_entries`).
        statuses: of each.
        csv: by table the lines of its rows.
        cells: by table its rows, packed (`cells_of`).
        objects: STIX objects, as JSON.
        features: GeoJSON features, as JSON.
        changes: also of claims that are no longer listed.
    """

    copies: bytes
    digests: Mapping[str, str]
    rows: bytes
    statuses: Sequence[Status]
    csv: Mapping[str, bytes]
    cells: Mapping[str, bytes]
    objects: bytes
    features: bytes
    changes: Sequence[ChangeLine]

    def cells_of(self, table: str) -> list[tuple[Cell, ...]]:
        """The rows of a table, plain. Packed, those of ten thousand claims are 40 MB; as tuples they are four times that."""
        found: list[tuple[Cell, ...]] = unpacked(self.cells[table])
        return found


def extract_of(
    entries: Sequence[Entry[Claim]], archive: Archive, analysis: Analysis, links: Links, api: str
) -> Extract:
    """The extract of some published claims; but for changes, of those among them that are listed.

    Args:
        links: addresses as seen from the top of the site.
        api: the address of the folder of copies.
    """
    listed = [entry for entry in entries if entry.listed]
    found = tables(listed, archive, analysis, links, None)
    bundle = stix.Bundle(archive, analysis, links, datetime.date.min)
    copies, rows, digests = [], [], {}
    for entry in listed:
        copy = published_claim(entry, archive, analysis, links, version_of(entry))
        line = as_json(copy)
        copies.append(line)
        digests[entry.id] = hashlib.sha256(line).hexdigest()
        rows.append(_row(copy, digests[entry.id], api))
    return Extract(
        copies=b"".join(copies),
        digests=digests,
        rows=as_entries(rows),
        statuses=[analysis.claims[entry.id].status for entry in listed],
        csv={table.name: spreadsheets.rows_as_csv(table) for table in found},
        cells={table.name: packed(plain_rows(table)) for table in found},
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
