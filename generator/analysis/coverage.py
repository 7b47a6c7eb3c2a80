"""Coverage: what is on record and what is held of it, counted. Counts of records, never rates of attacks."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.analysis.selection import WORDS_HELD, languages_held, words_held
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.archive import Archive, Entry
from generator.extracting import Taking
from generator.records.claim import Claim
from generator.records.vocabulary import Dimension, Status


@dataclasses.dataclass(frozen=True, slots=True)
class _Facts:
    """What is counted of one claim."""

    facades: tuple[str, ...]
    year: str
    status: Status
    words: str
    languages: tuple[str, ...]
    origins: int | None
    addresses: tuple[str, ...]
    publishers: tuple[str, ...]
    archived: int


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


def taking(archive: Archive, analysis: Analysis) -> Taking[list[tuple[Any, ...]]]:
    """What is taken from claims for it."""
    return Taking("coverage", lambda entries: [_facts(entry, archive, analysis) for entry in entries if entry.listed])


def coverage_of(archive: Archive, analysis: Analysis) -> Coverage:
    """What is on record: listed claims only, as on every page that counts."""
    groups = analysis.extracted(taking(archive, analysis))
    claims = [_Facts(*facts) for group in groups for facts in group]
    languages = Counter(language for claim in claims for language in claim.languages)
    origins = Counter(claim.origins for claim in claims)
    facades = _grouped(claims, lambda claim: claim.facades)
    return Coverage(
        years=tuple(sorted(_grouped(claims, lambda claim: (claim.year,)), key=lambda row: row.key)),
        facades=tuple(sorted(facades, key=lambda row: (-row.total, archive.name_of(row.key)))),
        whole=_row("", claims),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        origins=tuple(sorted(origins.items(), key=lambda pair: -1 if pair[0] is None else pair[0])),
        addresses=len({address for claim in claims for address in claim.addresses}),
        publishers=len({publisher for claim in claims for publisher in claim.publishers}),
        archived=sum(claim.archived for claim in claims),
        without=tuple(id for id in sorted(archive.facades) if not archive.claims_of(id)),
    )


def _facts(entry: Entry[Claim], archive: Archive, analysis: Analysis) -> tuple[Any, ...]:
    claim, own = entry.record, analysis.claims[entry.id]
    return (
        claim.facade,
        claim.date.digits[:4],
        own.status,
        words_held(own.quote),
        tuple(languages_held(own.quote)),
        origins_known(own),
        tuple(source.url for source in claim.sources),
        tuple(archive.name_of(source.publisher) for source in claim.sources),
        sum(1 for source in claim.sources if source.archive),
    )


def origins_known(own: ClaimAnalysis) -> int | None:
    """How many independent origins are known, at least, for the event of a claim; None where nobody has counted."""
    counted = own.independence.get(Dimension.OCCURRED)
    return None if counted is None else counted.supports.minimum


def _grouped(claims: Sequence[_Facts], keys: Callable[[_Facts], Iterable[str]]) -> list[CoverageRow]:
    groups: dict[str, list[_Facts]] = {}
    for claim in claims:
        for key in keys(claim):
            groups.setdefault(key, []).append(claim)
    return [_row(key, group) for key, group in groups.items()]


def _row(key: str, claims: Sequence[_Facts]) -> CoverageRow:
    statuses = Counter(claim.status for claim in claims)
    words = Counter(claim.words for claim in claims)
    return CoverageRow(
        key,
        len(claims),
        {status: statuses[status] for status in Status},
        tuple(words[word] for word in WORDS_HELD),
        sum(1 for claim in claims if claim.origins),
        sum(len(claim.addresses) for claim in claims),
    )
