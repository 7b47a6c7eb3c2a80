"""The page *Is this claim recorded?*, and the static index that it reads: small files, of which a question needs a few.

`find/index.json` says how the rest is cut. `find/claims-N.json` and `find/texts-N.json` hold claims and folded texts by
number, a block a file; `find/words-N.json` leads from word 3-grams to texts, `find/urls-N.json` from addresses to
claims, both by the CRC-32 of what is asked for. A text that only repeats an earlier one stands right after it and is
found through it. The index holds what every reader may know: listed claims only, no address that is withheld.
"""

from __future__ import annotations

import itertools
import json
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from generator import noting
from generator.analysis.copies import COPY, LEAST_LETTERS, LEAST_WORDS, MOST_STARS, RAREST
from generator.analysis.held import Held
from generator.analysis.lookup import NEAR, addresses_of
from generator.analysis.reuse import Reuse
from generator.analysis.sentences import spoken_date
from generator.analysis.stock import PHRASES
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.extracting import Taking
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.vocabulary import UrlPolicy

#: Claims or texts in one file.
BLOCK: Final = 64
#: About how many bytes a file of words or addresses has.
BUCKET: Final = 16_000
#: How many entries of words the index has at most, unless a dozen for each text make more.
MOST_POSTINGS: Final = 150_000
#: About how many hashes of 3-grams are sorted at a time.
SORTED: Final = 1_000_000
#: About how many leads from 3-grams to texts are put on shelves at a time.
SHELVED: Final = 100_000
#: How many 3-grams of a question are looked up.
PROBES: Final = 16
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def find_page(total: int, links: Links) -> Markup:
    """The page itself.

    Args:
        total: how many claims can be found.
    """
    return printed("find.html.j2", total=total, links=links)


def taking(archive: Archive, analysis: Analysis) -> Taking[list[tuple[list[str], list[str]]]]:
    """What is taken from claims for it."""
    return Taking("look-up", lambda entries: [_line(entry, archive, analysis) for entry in entries if entry.listed])


def find_files(archive: Archive, analysis: Analysis) -> Iterator[tuple[str, bytes]]:
    """Every file of the index, by its path below the site."""
    numbers = {entry.id: number for number, entry in enumerate(archive.listed_claims)}
    groups = analysis.extracted(taking(archive, analysis))
    yield from _blocks("claims", [claim for group in groups for claim, _ in group])
    addresses: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, keys) in enumerate(line for group in groups for line in group):
        for key in keys:
            addresses[key].append(number)
    address_buckets = 1 + sum(len(key.encode()) + 5 * len(found) for key, found in addresses.items()) // BUCKET
    shelves: list[dict[str, list[int]]] = [{} for _ in range(address_buckets)]
    for key, found in addresses.items():
        shelves[crc(key) % address_buckets][key] = found
    for number, shelf in enumerate(shelves):
        yield f"find/urls-{number}.json", _json(shelf)
    del shelves, addresses
    # After all else is let go: texts and their words are most of it.
    word_buckets, files = analysis.extracting.whole(
        "look-up", noting.print_of((analysis.texts, [*numbers])), lambda: _files_of_texts(analysis, numbers)
    )
    yield from files
    settings = {
        "claims": len(numbers),
        "block": BLOCK,
        "buckets": {"words": word_buckets, "urls": address_buckets},
        "stock": sorted(
            (phrase for group in PHRASES.values() for phrase in group), key=lambda phrase: (-len(phrase), phrase)
        ),
        "copy": COPY,
        "near": NEAR,
        "words": LEAST_WORDS,
        "letters": LEAST_LETTERS,
        "probes": PROBES,
    }
    yield "find/index.json", _json(settings)


def _files_of_texts(analysis: Analysis, numbers: Mapping[str, int]) -> tuple[int, list[tuple[str, bytes]]]:
    """The files of texts and of their words, and into how many files the words are cut."""
    texts, leads = _texts(analysis.wording)
    turns = 1 + len(leads) // SHELVED
    words = sum(len({lead >> 32 for lead in leads if (lead >> 32) % turns == turn}) for turn in range(turns))
    buckets = 1 + (12 * words + 5 * len(leads)) // BUCKET
    lines = [[numbers[held.claim], folded, copies] for held, folded, copies in texts]
    return buckets, [*_blocks("texts", lines), *_words(leads, buckets, turns)]


def _line(entry: Entry[Claim], archive: Archive, analysis: Analysis) -> tuple[list[str], list[str]]:
    """A claim as the index shows it, and the keys of the addresses that it cites and we show."""
    own, claim = analysis.claims[entry.id], entry.record
    names = " and ".join(archive.name_of(facade) for facade in claim.facade)
    shown = (key for key, source in addresses_of(claim) if source.url_policy is not UrlPolicy.WITHHOLD)
    said = [entry.id, own.title, own.status.label, own.status.group.value, spoken_date(claim.date), names]
    return [str(word) for word in said], [*dict.fromkeys(shown)]


#: A text, folded and without stock phrases, with how many of the texts after it only repeat it.
_Text = tuple[Held, str, int]


def _texts(reuse: Reuse) -> tuple[list[_Text], array[int]]:
    """All texts in the order of their numbers, and which 3-gram leads to which: its hash and the number in one number.

    Where there are too many 3-grams, those of each text with the smallest hashes are kept; a question is looked up by
    those of its own with the smallest hashes, so that both choose the same ones without knowing of each other. Every
    text is found by the whole of it too, however many there are like it.
    """
    centres = {cluster.centre.id for cluster in reuse.clusters}
    repeating: dict[str, list[Held]] = {
        cluster.centre.id: [copy.second for copy in cluster.copies if copy.second.id not in centres]
        for cluster in reuse.clusters
    }
    repeated = {held.id for group in repeating.values() for held in group}
    texts: list[_Text] = []
    codes: dict[int, array[int]] = {}  # not the 3-grams themselves, which are as large as all else together
    for held in reuse.held:
        if held.id in repeated:
            continue
        after = repeating.get(held.id, [])
        codes[len(texts)] = array("I", map(crc, _grams(held.bare)))
        texts.append((held, held.bare, len(after)))
        texts += [(copy, copy.bare, 0) for copy in after]
    often = _often(codes, texts)
    most = max(RAREST, MOST_POSTINGS // max(1, len(codes)))
    leads = array("Q")
    for number, own in codes.items():
        grams = _grams(texts[number][1])
        chosen = sorted((gram in often, code, gram) for code, gram in zip(own, grams, strict=True))[:most]
        leads.extend(code << 32 | number for _, code, _ in chosen)
    leads.extend(crc(whole) << 32 | number for number, (_, whole, _) in enumerate(texts) if whole)
    return texts, leads


def _often(codes: Mapping[int, array[int]], texts: Sequence[_Text]) -> set[str]:
    """The 3-grams that more texts hold than a list of stars has room for.

    Args:
        codes: the hashes of those of each text, by its number.
    """
    parts = 1 + sum(map(len, codes.values())) // SORTED
    likely: set[int] = set()
    for part in range(parts):
        some = sorted(code for own in codes.values() for code in own if code % parts == part)
        likely |= {code for code, same in itertools.groupby(some) if sum(1 for _ in same) > MOST_STARS}
    # Two may have the same hash: only those few are counted as they are.
    counted = Counter(
        gram
        for number, own in codes.items()
        if not likely.isdisjoint(own)
        for code, gram in zip(own, _grams(texts[number][1]), strict=True)
        if code in likely
    )
    return {gram for gram, count in counted.items() if count > MOST_STARS}


def _grams(text: str) -> list[str]:
    words = text.split(" ")
    return list(dict.fromkeys(" ".join(words[at : at + 3]) for at in range(len(words) - 2)))


def crc(text: str) -> int:
    """The number that chooses a bucket; find.js works out the same."""
    return zlib.crc32(text.encode())


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _blocks(name: str, rows: Sequence[object]) -> Iterator[tuple[str, bytes]]:
    for number in range(0, max(1, len(rows)), BLOCK):
        yield f"find/{name}-{number // BLOCK}.json", _json(rows[number : number + BLOCK])


def _words(leads: array[int], buckets: int, turns: int) -> Iterator[tuple[str, bytes]]:
    """The files of words, as many at a time as take little room.

    Args:
        leads: of each 3-gram and each text that it leads to the hash and the number in one number.
        turns: how often the leads are gone through.
    """
    for turn in range(turns):
        mine = range(buckets * turn // turns, buckets * (turn + 1) // turns)
        shelves: dict[int, dict[str, list[int]]] = {number: {} for number in mine}
        # Each once: a text of three words is led to by itself twice.
        leading = sorted({lead for lead in leads if (lead >> 32) % buckets in mine})
        for code, same in itertools.groupby(leading, lambda lead: lead >> 32):
            shelves[code % buckets][_base36(code)] = [lead & 0xFFFF_FFFF for lead in same]
        for number, shelf in shelves.items():
            yield f"find/words-{number}.json", _json(shelf)


def _json(value: object) -> bytes:
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    )
