"""Coverage: what is on record and what is held of it, counted. Counts of records, never rates of attacks."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from generator.analysis.selection import WORDS_HELD, languages_held, words_held
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.archive import Archive, Entry
from generator.records.claim import Claim
from generator.records.vocabulary import Dimension, Status

Row = tuple[Entry[Claim], ClaimAnalysis]


@dataclasses.dataclass(frozen=True, slots=True)
class CoverageRow:
    """A line of a table of coverage: the claims of one year, or in one name.

    Attributes:
        key: the year, or the id of the facade.
        statuses: claims by status.
        words: claims by what of their words is held, in the order of `WORDS_HELD`.
        with_origins: claims for whose event at least one independent origin is known.
        sources: how many sources the claims have, counted in each claim.
    """

    key: str
    total: int
    statuses: dict[Status, int]
    words: tuple[int, ...]
    with_origins: int
    sources: int


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """All tables of coverage.

    Attributes:
        languages: claims by the language of words that are held; a claim in two languages counts in both.
        origins: claims by how many independent origins are known, at least, for the event: none counted yet, 0, 1, …
        addresses: how many different addresses the sources have.
        publishers: how many different publishers.
        archived: sources with an archived copy on record.
        without: facades of which no claim is on record.
    """

    years: tuple[CoverageRow, ...]
    facades: tuple[CoverageRow, ...]
    whole: CoverageRow
    languages: tuple[tuple[str, int], ...]
    origins: tuple[tuple[int | None, int], ...]
    addresses: int
    publishers: int
    archived: int
    without: tuple[str, ...]


def coverage_of(archive: Archive, analysis: Analysis) -> Coverage:
    """What is on record: listed claims only, as on every page that counts."""
    rows = [(entry, analysis.claims[entry.id]) for entry in archive.listed_claims]
    sources = [source for entry, _ in rows for source in entry.record.sources]
    languages = Counter(language for _, own in rows for language in languages_held(own.quote))
    origins = Counter(origins_known(own) for _, own in rows)
    facades = _grouped(rows, lambda row: row[0].record.facade)
    return Coverage(
        years=tuple(sorted(_grouped(rows, lambda row: (row[0].record.date.digits[:4],)), key=lambda row: row.key)),
        facades=tuple(sorted(facades, key=lambda row: (-row.total, archive.name_of(row.key)))),
        whole=_row("", rows),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        origins=tuple(sorted(origins.items(), key=lambda pair: -1 if pair[0] is None else pair[0])),
        addresses=len({source.url for source in sources}),
        publishers=len({archive.name_of(source.publisher) for source in sources}),
        archived=sum(1 for source in sources if source.archive),
        without=tuple(id for id in sorted(archive.facades) if not archive.claims_of(id)),
    )


def origins_known(own: ClaimAnalysis) -> int | None:
    """How many independent origins are known, at least, for the event of a claim; None where nobody has counted."""
    counted = own.independence.get(Dimension.OCCURRED)
    return None if counted is None else counted.supports.minimum


def _grouped(rows: Sequence[Row], keys: Callable[[Row], Iterable[str]]) -> list[CoverageRow]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    return [_row(key, group) for key, group in groups.items()]


def _row(key: str, rows: Sequence[Row]) -> CoverageRow:
    statuses = Counter(own.status for _, own in rows)
    words = Counter(words_held(own.quote) for _, own in rows)
    return CoverageRow(
        key,
        len(rows),
        {status: statuses[status] for status in Status},
        tuple(words[word] for word in WORDS_HELD),
        sum(1 for _, own in rows if origins_known(own)),
        sum(len(entry.record.sources) for entry, _ in rows),
    )
