"""Look-up: the recorded claims nearest to a text, and those that cite an address."""

from __future__ import annotations

import dataclasses
import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from generator.analysis.copies import COPY, LEAST_LETTERS, LEAST_WORDS, TEMPLATE, judged
from generator.analysis.held import Held, bare, in_letters, runs_of_words, texts_of
from generator.analysis.phrases import shared_runs
from generator.analysis.reuse import templates_of
from generator.analysis.sentences import spoken_date
from generator.analysis.whole import Analysis
from generator.analysis.wording import share, shingles
from generator.archive import Archive, Entry
from generator.records.claim import Claim
from generator.records.source import Source

#: Below this share nothing is near.
NEAR: Final = 0.35
#: How many shared phrases are named.
_MOST_PHRASES: Final = 3


class Nearness(enum.StrEnum):
    """What a share of wording says."""

    COPY = "copy"
    TEMPLATE = "perhaps the same template"
    SOME = "some of the same words"
    SHORT = "the same words, too few to judge"


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A text on record that is near to the one that was looked up.

    Attributes:
        phrases: the longest runs of words in both, in the letters of the text on record.
    """

    held: Held
    containment: float
    nearness: Nearness
    phrases: tuple[str, ...]


def nearest(text: str, held: Iterable[Held], most: int = 5) -> list[Found]:
    """The texts on record that share most with a text; of each claim the one that shares most."""
    own = bare(text)
    letters, long_enough = shingles(own), judged(own)
    best: dict[str, tuple[tuple[bool, float], Held]] = {}
    for other in held:
        theirs = other.bare
        found = share(letters, shingles(theirs))
        short = not (long_enough and judged(theirs))
        if found >= (COPY if short else NEAR):
            rank = (not short, found)
            if other.claim not in best or rank > best[other.claim][0]:
                best[other.claim] = rank, other
    ranked = sorted(best.values(), key=lambda pair: (not pair[0][0], -pair[0][1], pair[1].id))
    return [
        Found(other, found, _nearness(found, enough), shared_phrases(text, other.text))
        for (enough, found), other in ranked[:most]
    ]


def _nearness(found: float, enough: bool) -> Nearness:
    if not enough:
        return Nearness.SHORT
    return Nearness.COPY if found >= COPY else Nearness.TEMPLATE if found >= TEMPLATE else Nearness.SOME


def shared_phrases(text: str, other: str) -> tuple[str, ...]:
    """The longest runs of words that two texts share, in the letters of the second."""
    runs = shared_runs(((0, runs_of_words(text)), (1, runs_of_words(other))))
    words = [" ".join(run.words) for run in sorted(runs, key=lambda run: -len(run.words))]
    return tuple(in_letters(other, phrase) for phrase in words[:_MOST_PHRASES])


_SCHEME: Final = re.compile(r"^(?:h(?:tt|xx)ps?:)?//", re.IGNORECASE)
_ARCHIVED: Final = re.compile(r"^(?:web\.)?archive\.org/web/(?:\d{4,14}(?:[a-z]{2}_)?|\*)/", re.IGNORECASE)
_HOST: Final = re.compile(r"^[^\s/?#]+\.[^\s/?#.]+$")
_TRACKING: Final = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|igsh|igshid|mc_cid|mc_eid)(?:=.*)?", re.IGNORECASE)


def address_key(address: str) -> str:
    """An address without what does not tell pages apart; empty for what is no address.

    Gone are the scheme, `www.`, the place on the page, tracking parameters, the last slash, percent signs, and what an
    archive puts before the address of the page that it keeps. What follows a question mark stays: on many sites it is
    all that tells one page from another. find.js does the same.
    """
    rest = _SCHEME.sub("", unicodedata.normalize("NFC", address.strip().replace("[.]", ".")))
    if archived := _ARCHIVED.match(rest):
        return address_key(rest[archived.end() :])
    rest, _, query = rest.partition("#")[0].partition("?")
    host, _, path = rest.partition("/")
    host = host.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80")
    if not _HOST.match(host):
        return ""
    kept = "&".join(part for part in query.split("&") if part and not _TRACKING.fullmatch(part))
    path = unicodedata.normalize("NFC", _decoded(path)).rstrip("/")
    return host + (f"/{path}" if path else "") + (f"?{_decoded(kept)}" if kept else "")


def _decoded(text: str) -> str:
    """Percent signs resolved, where all of them spell letters."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def addresses_of(claim: Claim) -> Iterator[tuple[str, Source]]:
    """Every address that a claim cites, by its key: sources and their archived copies."""
    for source in claim.sources:
        keys = [address_key(source.url), *(address_key(copy.url) for copy in source.archive)]
        yield from ((key, source) for key in dict.fromkeys(keys))


def citing(address: str, archive: Archive) -> list[tuple[Entry[Claim], Source]]:
    """The claims that cite an address, with the source that does, oldest first."""
    key = address_key(address)
    return [
        (entry, source)
        for entry in archive.claims_in_order
        for found, source in addresses_of(entry.record)
        if key and found == key
    ]


def nearest_in_lines(text: str, archive: Archive, analysis: Analysis) -> Iterator[str]:
    """The published claims nearest to a text, as an editor reads them: share, status, shared phrases."""
    held = [
        text
        for entry in archive.claims_in_order
        for text in texts_of(entry, analysis.claims[entry.id].quote, analysis.affiliations)
    ]
    found = nearest(text, held)
    if not judged(bare(text)):
        yield f"Too short to judge: {LEAST_WORDS} words and {LEAST_LETTERS} letters are needed beside set phrases."
    if not found:
        yield f"No recorded claim is near to it; {len({text.claim for text in held})} have a text."
    for one in found:
        yield f"{one.containment:.2f}  {one.nearness.value}  {one.held.id}"
        yield f"      {_told(archive.claims[one.held.claim], analysis)}"
        yield from (f"      in both: {' '.join(phrase.split())}" for phrase in one.phrases)


def citing_in_lines(address: str, archive: Archive, analysis: Analysis) -> Iterator[str]:
    """The published claims that cite an address, as an editor reads them."""
    found = citing(address, archive)
    if not found:
        yield f"No recorded claim cites {address_key(address)}"
    for entry, source in found:
        yield f"{entry.id}  {source.id or 'source without an id'}"
        yield f"      {_told(entry, analysis)}"


def templates_in_lines(archive: Archive, analysis: Analysis) -> Iterator[str]:
    """Pairs of listed claims that may be one form filled in twice, for an editor to look at."""
    found = templates_of(archive, analysis.wording)
    if not found:
        yield "No two recorded claims look like one form filled in twice."
    for pair in found:
        filled = f", {pair.masked:.2f} without numbers, days and places" if pair.masked else ""
        yield f"{pair.containment:.2f}{filled}  {pair.first.id}  {pair.second.id}"


def _told(entry: Entry[Claim], analysis: Analysis) -> str:
    own = analysis.claims[entry.id]
    return f"{own.status.label}: {own.title} ({spoken_date(entry.record.date)})"
