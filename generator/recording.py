"""What was published and must stay: the list of addresses, earlier versions of claims, the files of a publication."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from generator.analysis.addresses import FOLDERS, addresses_of, as_of
from generator.archive import PERMALINKS, Archive, Entry
from generator.records.claim import Claim
from generator.records.text import ID_PATTERN
from generator.records.vocabulary import Visibility

#: A path below the project folder, and the text that belongs there.
File = tuple[str, str]


def permalinks(archive: Archive) -> File:
    """The list of addresses with what it lacks, in order. No line is ever taken out."""
    addresses = {*archive.permalinks.record.addresses, *addresses_of(archive)}
    return PERMALINKS, "".join(f"{address}\n" for address in sorted(addresses))


def earlier_versions(
    archive: Archive, base: Archive, today: datetime.date, committed_on: Callable[[str], str]
) -> Iterator[File]:
    """The versions that stood in the base, were published, and are kept nowhere.

    Args:
        today: the day on which they are replaced.
        committed_on: the day of the last change to a file of the base.
    """
    for entry in archive.claims.values():
        gone = _reason_to_remove(entry)
        before = next((base.claims[id] for id in (entry.id, *entry.formerly) if id in base.claims), None)
        if before is not None and before.record.visibility is not Visibility.WITHHELD:
            name = before.version
            if name != entry.version and f"{entry.id}/{name}" not in archive.versions:
                number = len(archive.versions_of(entry.id)) + 1
                dates = {"published": committed_on(before.path), "replaced": today.isoformat()}
                yield _file(entry.id, name, number, dates, before, gone)
        for version in archive.versions_of(entry.id):
            if gone and version.record.record is not None:
                name = version.id.rpartition("/")[2]
                dates = {"published": version.record.published, "replaced": version.record.replaced}
                yield _file(entry.id, name, version.record.number, dates, entry, gone)


def _reason_to_remove(entry: Entry[Claim]) -> str:
    tombstone = entry.record.tombstone
    return tombstone.reason.label if tombstone and tombstone.reason.takes_content else ""


def _file(claim: str, name: str, number: int, dates: Mapping[str, str], said: Entry[Claim], gone: str) -> File:
    content = {"removed": gone} if gone else {"record": said.document.value}
    text = json.dumps({"number": number, **dates, **content}, ensure_ascii=False, indent=1)
    return f"claims/versions/{claim}/{name}.json", text + "\n"


#: What pages are drawn with; its names may change, because no one links to it.
_FURNITURE: Final = re.compile(r"(?:assets|search|charts)/|claims/[^/]+/propagation\.json$")


def files_published(sums: str) -> frozenset[str]:
    """The files in a published list of hashes (`SHA256SUMS`) that have to stay."""
    files = (line.partition("  ")[2] for line in sums.splitlines())
    return frozenset(file for file in files if file and not _FURNITURE.match(file))


def records_lost(sums: str, archive: Archive) -> list[str]:
    """The addresses of records in a published list that no record of this archive answers for."""
    here = set(addresses_of(archive))
    for entry in archive.claims_in_order:
        here |= {as_of(id, entry.version) for id in (entry.id, *entry.formerly)}
    return sorted({match[0] for file in files_published(sums) if (match := _RECORD.match(file))} - here)


_RECORD: Final = re.compile(
    rf"(?:{'|'.join(FOLDERS.values())})/(?!\d{{4}}/){ID_PATTERN}/(?:as-of/[0-9a-f]+/)?(?=index\.html$)"
)
