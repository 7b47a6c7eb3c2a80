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
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

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
#: About how many entries are put on shelves at a time.
SHELVED: Final = 100_000
#: How many 3-grams of a question are looked up.
PROBES: Final = 16
K = TypeVar("K", int, str)
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
    yield from _shelved("urls", address_buckets, addresses, crc, str)
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
    texts, words = _texts(analysis.wording)
    buckets = 1 + sum(12 + 5 * len(found) for found in words.values()) // BUCKET
    lines = [[numbers[held.claim], folded, copies] for held, folded, copies in texts]
    return buckets, [*_blocks("texts", lines), *_shelved("words", buckets, words, int, _base36)]


def _line(entry: Entry[Claim], archive: Archive, analysis: Analysis) -> tuple[list[str], list[str]]:
    """A claim as the index shows it, and the keys of the addresses that it cites and we show."""
    own, claim = analysis.claims[entry.id], entry.record
    names = " and ".join(archive.name_of(facade) for facade in claim.facade)
    shown = (key for key, source in addresses_of(claim) if source.url_policy is not UrlPolicy.WITHHOLD)
    said = [entry.id, own.title, own.status.label, own.status.group.value, spoken_date(claim.date), names]
    return [str(word) for word in said], [*dict.fromkeys(shown)]


#: A text, folded and without stock phrases, with how many of the texts after it only repeat it.
_Text = tuple[Held, str, int]


def _texts(reuse: Reuse) -> tuple[list[_Text], dict[int, list[int]]]:
    """All texts in the order of their numbers, and the texts that 3-grams lead to, by the hash of the 3-gram.

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
    leads: defaultdict[int, list[int]] = defaultdict(list)
    for number, own in codes.items():
        grams = _grams(texts[number][1])
        for _, code, _ in sorted((gram in often, code, gram) for code, gram in zip(own, grams, strict=True))[:most]:
            if number not in leads[code][-1:]:  # two 3-grams of a text may have the same hash
                leads[code].append(number)
    for number, (_, whole, _) in enumerate(texts):
        if whole and number not in leads.get(crc(whole), ()):
            leads[crc(whole)].append(number)
    return texts, dict(leads)


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


def _shelved(
    name: str, buckets: int, found: Mapping[K, list[int]], code_of: Callable[[K], int], key_of: Callable[[K], str]
) -> Iterator[tuple[str, bytes]]:
    """The files of a list that is cut into buckets, so many at a time that their shelves are not most of what is held.

    Args:
        found: what each leads to.
        code_of: gives the hash that chooses the bucket.
        key_of: gives the key under which it stands there.
    """
    turns = 1 + len(found) // SHELVED
    for turn in range(turns):
        mine = range(buckets * turn // turns, buckets * (turn + 1) // turns)
        shelves: dict[int, dict[str, list[int]]] = {number: {} for number in mine}
        for sought, numbers in found.items():
            if (number := code_of(sought) % buckets) in shelves:
                shelves[number][key_of(sought)] = numbers
        for number, shelf in shelves.items():
            yield f"find/{name}-{number}.json", _json(shelf)


def _json(value: object) -> bytes:
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    )
