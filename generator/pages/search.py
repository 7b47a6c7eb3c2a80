"""The index of the site's search: small static files, of which a question needs a few.

`search/index.json` says how the rest is cut and names the facets; `search/facets.json` holds status, facade and year of
every document by number; `search/documents-N.json` what is shown of a block of documents; `search/words-N.json` a
stretch of all words in their order, each with the numbers of the documents that have it in their title and elsewhere.
Numbers stand as differences to the one before. Documents are what everybody may know: listed claims, and pages.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from generator.analysis.addresses import FOLDERS
from generator.analysis.events import claims_of_event
from generator.analysis.searching import search_words
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.extracting import Taking
from generator.pages.events import event_description, event_title
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.vocabulary import Status

#: Documents in one file, and about how many letters a file of words has.
BLOCK: Final = 16
SHELF: Final = 20_000
#: A word that so large a share of many documents hold outside of their titles tells none of them apart.
COMMON: Final = 0.3
MANY: Final = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """Something that the search finds.

    Attributes:
        address: below the site.
        title: what is shown as its name; the status of a claim comes first.
        note: one sentence below it.
        kind: what it is, for the eye; the group of the status for a claim.
        names: by what else it is known, which counts as much as the title.
        text: all else by which it is found.
        status, facades, year: its facets; only claims have them.
    """

    address: str
    title: str
    note: str
    kind: str
    names: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    status: Status | None = None
    facades: tuple[str, ...] = ()
    year: str = ""


def _others(archive: Archive, analysis: Analysis, more: Iterable[Found] = ()) -> Iterator[Found]:
    """Everything that can be found but for claims: profiles, terms, reports, events and pages.

    Args:
        more: pages that are made of something else than records.
    """
    shelves: tuple[tuple[str, Mapping[str, Entry[Any]]], ...] = (
        ("facade", archive.facades),
        ("organisation", archive.organisations),
    )
    for kind, shelf in shelves:
        for id, agent in sorted(shelf.items()):
            names = _spellings(archive, id)
            said, prose = str(agent.record.kind.label), agent.document.prose
            yield Found(f"{FOLDERS[kind]}/{id}/", names[0], said, kind, tuple(names), (prose,))
    for id, term in sorted(archive.terms.items()):
        record = term.record
        names = [name for name in (record.name_ar, *record.aliases) if name]
        text = (record.short, term.document.prose)
        yield Found(f"{FOLDERS['term']}/{id}/", record.name, record.short, "term", tuple(names), text)
    for id, report in sorted(archive.reports.items()):
        said = report.record.description
        yield Found(
            f"{FOLDERS['report']}/{id}/", report.record.title, said, "report", (), (said, report.document.prose)
        )
    for _, event in sorted(archive.events.items()):
        yield _event(event, archive, analysis)
    for id, page in sorted(archive.pages.items()):
        said = page.record.description or ""
        address = f"{id.removesuffix('index').rstrip('/')}/".lstrip("/")
        yield Found(address, page.record.title, said, "page", (), (said, page.document.prose))
    yield from more


def _claim(entry: Entry[Claim], archive: Archive, analysis: Analysis) -> Found:
    claim, own = entry.record, analysis.claims[entry.id]
    places = [assertion.place for assertion in claim.asserts if assertion.place]
    quoted = [part.text for part in (own.quote.original, *own.quote.translations) if part]
    named = [part for place in places for part in (place.name, place.name_ar, place.admin) if part]
    return Found(
        address=f"{FOLDERS['claim']}/{entry.id}/",
        title=own.headline,
        note=own.sentence,
        kind=own.status.group.value,
        names=tuple(name for id in claim.facade for name in _spellings(archive, id)),
        text=(claim.date, *named, *(assertion.what for assertion in claim.asserts), *quoted),
        status=own.status,
        facades=claim.facade,
        year=claim.date.digits[:4],
    )


def _event(entry: Entry[Event], archive: Archive, analysis: Analysis) -> Found:
    event = entry.record
    place = (event.place.name, event.place.name_ar, event.place.admin) if event.place else ()
    facades = dict.fromkeys(id for claim in claims_of_event(entry.id, archive) for id in claim.entry.record.facade)
    said = event_description(entry, archive)
    names = tuple(name for id in facades for name in _spellings(archive, id))
    text = tuple(part for part in (said, *place, *event.notes) if part)
    return Found(f"{FOLDERS['event']}/{entry.id}/", event_title(entry, archive, analysis), said, "event", names, text)


def _spellings(archive: Archive, id: str) -> list[str]:
    agent = archive.agent(id)
    if agent is None:
        return [id]
    name = agent.record.name
    return [part for part in (name.en, name.ar, name.ar_latn, *agent.record.aliases) if part]


def taking(archive: Archive, analysis: Analysis) -> Taking[list[Indexed]]:
    """What is taken from claims for it."""
    return Taking(
        "search", lambda entries: [_indexed(_claim(entry, archive, analysis)) for entry in entries if entry.listed]
    )


def search_files(archive: Archive, analysis: Analysis, more: Iterable[Found] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file of the index, by its path below the site.

    Args:
        more: pages that are made of something else than records.
    """
    others = (_indexed(each) for each in _others(archive, analysis, more))
    groups = reversed(analysis.extracted(taking(archive, analysis)))
    found: list[_Shown] = []
    shelves = list(
        _shelves(_postings(itertools.chain(others, (each for group in groups for each in reversed(group))), found))
    )
    names = {id: archive.name_of(id) for each in found for id in each.facades}
    facades = sorted(names, key=lambda id: (names[id].casefold(), id))
    years = sorted({each.year for each in found if each.year}, reverse=True)
    yield (
        "search/index.json",
        _json(
            {
                "documents": len(found),
                "block": BLOCK,
                "shelves": [shelf[0][0] for shelf in shelves],
                "statuses": [status.label for status in Status],
                "facades": [names[id] for id in facades],
                "years": years,
            }
        ),
    )
    yield "search/facets.json", _json(_facets(found, facades, years))
    for at in range(0, len(found), BLOCK):
        rows = [each.row for each in found[at : at + BLOCK]]
        yield f"search/documents-{at // BLOCK}.json", _json(rows)
    for number, shelf in enumerate(shelves):
        yield f"search/words-{number}.json", _json(dict(shelf))


def _facets(found: Sequence[_Shown], facades: Sequence[str], years: Sequence[str]) -> dict[str, Any]:
    """For each document the numbers of its status, facades and year; -1 and nothing where it has none."""
    order = {status: number for number, status in enumerate(Status)}
    number_of = {id: number for number, id in enumerate(facades)}
    return {
        "status": [order[each.status] if each.status else -1 for each in found],
        "facade": [[number_of[id] for id in each.facades] for each in found],
        "year": [years.index(each.year) if each.year else -1 for each in found],
    }


#: For a word, the numbers of the documents that have it in their title or names, and of those that have it elsewhere.
_Postings = dict[str, tuple[list[int], list[int]]]


class _Shown(NamedTuple):
    """What a reader is told of something that the search finds: address, title, note and kind, and its facets."""

    row: tuple[str, str, str, str]
    status: Status | None
    facades: tuple[str, ...]
    year: str


#: The same with the words of its title and names, and all other words by which it is found.
Indexed = tuple[tuple[Any, ...], tuple[str, ...], tuple[str, ...]]


def _indexed(each: Found) -> Indexed:
    titled = set(search_words(" ".join((each.title, *each.names))))
    elsewhere = set(search_words(" ".join(each.text))) - titled
    shown = (each.address, str(each.title), each.note, each.kind), each.status, each.facades, each.year
    return shown, tuple(sorted(titled)), tuple(sorted(elsewhere))


def _postings(indexed: Iterable[Indexed], found: list[_Shown]) -> _Postings:
    """What holds each word; what readers are told is put into `found`, so that no more than that is in memory."""
    postings: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    number = 0
    for number, (shown, titled, elsewhere) in enumerate(indexed):
        found.append(_Shown(*shown))
        for word in titled:
            postings[word][0].append(number)
        for word in elsewhere:
            postings[word][1].append(number)
    if number >= MANY:
        for _, numbers in postings.values():
            if len(numbers) > number * COMMON:
                numbers.clear()
    return postings


def _shelves(postings: _Postings) -> Iterator[list[tuple[str, list[list[int]]]]]:
    """All words in their order, cut into stretches of about equal length."""
    shelf: list[tuple[str, list[list[int]]]] = []
    length = 0
    # The order in which a browser compares texts: by UTF-16 units.
    for word in sorted(
        (word for word, found in postings.items() if any(found)), key=lambda word: word.encode("utf-16-be")
    ):
        found = [_steps(numbers) for numbers in postings[word]]
        shelf.append((word, found))
        length += 8 + len(word) + 3 * sum(map(len, found))
        if length > SHELF:
            yield shelf
            shelf, length = [], 0
    if shelf:
        yield shelf


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def _json(value: object) -> bytes:
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    )
