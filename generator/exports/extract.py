"""What the exports of the whole archive take from some claims, ready to be put one behind the other."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from generator import noting
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports import places, spreadsheets, stix
from generator.exports.changes import changes_of, written
from generator.exports.claims import published_claim
from generator.exports.database import plain_rows
from generator.exports.feeds import FeedEntry, entry_of
from generator.exports.tables import Cell, Table, dictionary, tables
from generator.exports.writing import as_entries, as_json
from generator.extracting import Taking
from generator.pages.links import Links
from generator.records.claim import Claim


class ChangeLine(NamedTuple):
    """A change that readers are told of, as JSON and as an entry of a feed.

    Attributes:
        place: what it stands by in lists, the largest first: its day, the id of the claim, and its number there.
    """

    place: tuple[datetime.date, str, int]
    line: bytes
    entry: FeedEntry


class Copy(NamedTuple):
    """The machine copy of a claim: a line of JSON with its end, and what was looked at for it (`noting.Notes`)."""

    line: bytes
    claims: tuple[str, ...]
    answers: Mapping[noting.Question, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Mapped:
    """What is told of some listed claims in the terms of others.

    Attributes:
        objects: STIX objects, as JSON.
        features: GeoJSON features, as JSON.
    """

    objects: bytes
    features: bytes


#: The names of all tables.
SHEETS: Final = tuple(table.name for table in dictionary())


class Extracts:
    """Takes from published claims all that is put into files of the whole archive.

    In several, because not all of them need be in memory at once: with ten thousand claims they are 200 MB.

    Args:
        links: addresses as seen from the top of the site.
        api: the address of the folder of copies.
    """

    def __init__(self, archive: Archive, analysis: Analysis, links: Links, api: str) -> None:
        self._archive = archive
        self._analysis = analysis
        self._links = links
        self._api = api
        self._latest: tuple[int, Mapping[str, Copy]] = -1, {}
        self._tables: noting.Memo[tuple[str, ...], tuple[Table, ...]] = noting.Memo(most=1)
        self._lines: noting.Memo[tuple[str, ...], tuple[_Line, ...]] = noting.Memo(most=1)

    def takings(self) -> Iterator[Taking[Any]]:
        """All of them."""
        yield self.copies
        yield self.rows
        yield self.digests
        yield from map(self.sheet, SHEETS)
        yield self.cells
        yield self.mapped
        yield self.changes
        yield self.facades

    @property
    def copies(self) -> Taking[dict[str, Copy]]:
        """Of listed claims the machine copies, by id."""
        return Taking("copies", lambda entries: {one.id: one.copy for one in self._lines_of(entries)})

    def copy_of(self, entry: Entry[Claim]) -> bytes:
        """The machine copy of one claim; of a listed one it is made already, and what was looked at for it is noted."""
        if not entry.listed:
            return self._line(entry).copy.line
        with noting.noting():
            copy = self._copies_of_group(self._group_of[entry.id])[entry.id]
        noting.hand_on(noting.Notes(set(copy.claims), dict(copy.answers)))
        return copy.line

    @functools.cached_property
    def _group_of(self) -> Mapping[str, int]:
        return {entry.id: at for at, group in enumerate(self._archive.groups) for entry in group}

    @functools.cached_property
    def _copies(self) -> Sequence[Mapping[str, Copy]]:
        return self._analysis.extracted(self.copies)

    def _copies_of_group(self, at: int) -> Mapping[str, Copy]:
        if at != self._latest[0]:
            self._latest = at, self._copies[at]
        return self._latest[1]

    @property
    def rows(self) -> Taking[bytes]:
        """Listed claims in short, as JSON (`writing.as_entries`)."""
        return Taking("rows", lambda entries: as_entries(one.row for one in self._lines_of(entries)))

    @property
    def digests(self) -> Taking[dict[str, str]]:
        """Of listed claims the SHA-256 of the machine copy, by id."""
        return Taking("digests", lambda entries: {one.id: one.digest for one in self._lines_of(entries)})

    def sheet(self, name: str) -> Taking[bytes]:
        """Of listed claims the rows of a table, as lines of CSV."""

        def lines(entries: Sequence[Entry[Claim]]) -> bytes:
            (table,) = (table for table in self._tables_of(entries) if table.name == name)
            return spreadsheets.rows_as_csv(table)

        return Taking(f"sheet of {name}", lines)

    @property
    def cells(self) -> Taking[dict[str, list[tuple[Cell, ...]]]]:
        """Of listed claims, by table, the rows, plain."""
        return Taking("cells", lambda entries: {table.name: plain_rows(table) for table in self._tables_of(entries)})

    @property
    def mapped(self) -> Taking[Mapped]:
        """Of listed claims what is told of them in the terms of others."""
        return Taking("mapped", self._mapped)

    @property
    def changes(self) -> Taking[list[ChangeLine]]:
        """What changed, also of claims that are no longer listed."""
        return Taking("changes", self._changes)

    @property
    def facades(self) -> Taking[list[str]]:
        """In whose names claims were issued, also those that are no longer listed."""
        return Taking("facades", lambda entries: sorted({id for entry in entries for id in entry.facades}))

    def _tables_of(self, entries: Sequence[Entry[Claim]]) -> tuple[Table, ...]:
        listed = _listed(entries)
        return self._tables(
            tuple(entry.id for entry in listed),
            lambda: tables(listed, self._archive, self._analysis, self._links, None),
        )

    def _lines_of(self, entries: Sequence[Entry[Claim]]) -> tuple[_Line, ...]:
        listed = _listed(entries)
        return self._lines(tuple(entry.id for entry in listed), lambda: tuple(map(self._line, listed)))

    def _line(self, entry: Entry[Claim]) -> _Line:
        with noting.noting() as notes:
            copy = published_claim(entry, self._archive, self._analysis, self._links, entry.version)
        noting.hand_on(notes)
        line = as_json(copy)
        digest = hashlib.sha256(line).hexdigest()
        made = Copy(line, tuple(sorted(notes.claims)), notes.answers)
        return _Line(entry.id, made, digest, _row(copy, digest, self._api) if entry.listed else {})

    def _mapped(self, entries: Sequence[Entry[Claim]]) -> Mapped:
        listed = _listed(entries)
        bundle = stix.Bundle(self._archive, self._analysis, self._links, datetime.date.min)
        return Mapped(
            objects=as_entries(made for entry in listed for made in bundle.of_claim(entry)),
            features=as_entries(
                made for entry in listed for made in places.features_of(entry, self._analysis, self._links)
            ),
        )

    def _changes(self, entries: Sequence[Entry[Claim]]) -> list[ChangeLine]:
        analysis, links = self._analysis, self._links
        return [
            ChangeLine(
                (change.day, entry.id, change.number),
                as_entries([written(change, analysis, links)]),
                entry_of(change, analysis, links),
            )
            for entry in entries
            for change in changes_of(entry, analysis)
        ]


class _Line(NamedTuple):
    """The machine copy of a claim, its SHA-256, and the claim in short."""

    id: str
    copy: Copy
    digest: str
    row: Mapping[str, Any]


def _listed(entries: Iterable[Entry[Claim]]) -> list[Entry[Claim]]:
    return [entry for entry in entries if entry.listed]


def _row(copy: Mapping[str, Any], digest: str, api: str) -> dict[str, Any]:
    return {
        **{name: copy[name] for name in ("status", "sentence", "id", "version", "url", "title", "changed")},
        "date": copy["record"]["date"],
        "facades": copy["record"]["facade"],
        "copy": f"{api}/{copy['id']}.json",
        "sha256": digest,
    }
