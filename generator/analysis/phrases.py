"""Shared phrases: the longest runs of words that stand in at least two claims.

A run that stands inside a longer one found in as many claims is dropped. Runs are grown to the right from the word
3-grams that occur twice; a run whose every occurrence follows the same word is part of a longer one and is not grown.
Where only the runs of most claims are asked for, 3-grams that occur too seldom to lead to one of them are left alone:
no run stands in more claims than its first three words have places.
"""

from __future__ import annotations

import dataclasses
import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.analysis.wording import Numbers

#: The shortest run of words that is a phrase.
SHORTEST: Final = 3
#: The fewest claims that share a phrase.
LEAST_CLAIMS: Final = 2
#: How many 3-grams are looked at first for each run that is asked for, those with most places first.
_LOOKED_AT: Final = 4
#: About how many places of 3-grams are counted at a time.
_COUNTED: Final = 1_000_000
#: Ends a run of words; nothing goes on across it.
_END: Final = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A run of words and the owners of the texts that hold it, in their order."""

    words: tuple[str, ...]
    owners: tuple[int, ...]


def shared_runs(texts: Iterable[tuple[int, Iterable[Sequence[str]]]], most: int | None = None) -> list[Run]:
    """The longest runs that several owners share, in the order in which they first occur.

    Args:
        texts: the owner of each text (a claim, by number), and its runs of adjoining words.
        most: how many runs are wanted, those of most owners first; all when `None`. At least one more is found where
            there are more: every run of as many owners as the last one wanted has, and some of fewer.
    """
    numbers = Numbers()
    track = array("i", [_END])
    owners = array("i", [-1])
    for owner, runs in texts:
        for run in runs:
            track.extend(map(numbers.__getitem__, run))
            track.append(_END)
            owners.extend([owner] * (len(run) + 1))
    words = tuple(numbers)
    return [
        Run(tuple(words[number] for number in track[at : at + length]), sharing)
        for at, length, sharing in sorted(_wanted(track, owners, most))
    ]


def _wanted(track: array[int], owners: array[int], most: int | None) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where each kept run first stands, how many words it has, and who shares it."""
    # The hash of numbers, which no seed changes; 3-grams that should ever share one are told apart in `_places`.
    keys = array("q", map(hash, zip(track, track[1:], track[2:], strict=False)))
    counts = _counts(keys)
    looked_at = len(counts) if most is None else _LOOKED_AT * (most + 1)
    while True:
        # The 3-grams with most places, as many as are to be looked at, and all that have as many places as the last.
        least = max(LEAST_CLAIMS, min(heapq.nlargest(looked_at, counts.values()), default=0))
        found = list(_grown(track, owners, _places(track, keys, counts, least), least))
        if most is None or looked_at >= len(counts) or len(found) > most:
            return found
        looked_at *= _LOOKED_AT


def _counts(keys: array[int]) -> dict[int, int]:
    """How often each key occurs that occurs at least so often as claims are needed for a phrase.

    A million are counted at a time: most occur once, and all at once they would be larger than all else.
    """
    parts = 1 + len(keys) // _COUNTED
    found: dict[int, int] = {}
    for part in range(parts):
        counts = Counter(key for key in keys if key % parts == part) if parts > 1 else Counter(keys)
        found |= {key: count for key, count in counts.items() if count >= LEAST_CLAIMS}
    return found


def _places(track: array[int], keys: array[int], counts: Mapping[int, int], least: int) -> Iterator[list[int]]:
    """The places of each 3-gram that has at least so many, and holds no end of a run."""
    places: dict[int, list[int]] = {key: [] for key, count in counts.items() if count >= least}
    for at, key in enumerate(keys):
        if key in places:
            places[key].append(at)
    for group in places.values():
        triples: defaultdict[bytes, list[int]] = defaultdict(list)
        for at in group:
            triples[track[at : at + SHORTEST].tobytes()].append(at)
        yield from (same for same in triples.values() if _END not in track[same[0] : same[0] + SHORTEST])


def _grown(
    track: array[int], owners: array[int], roots: Iterable[list[int]], least: int
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where each run of at least so many owners first stands, how many words it has, and who shares it.

    Args:
        roots: the places of the 3-grams that runs begin with.
    """
    for root in roots:
        open_ = [(SHORTEST, root)]
        while open_:
            length, places = open_.pop()
            sharing = {owners[place] for place in places}
            claims = len(sharing)
            before = {track[place - 1] for place in places}
            if claims < least or (len(before) == 1 and _END not in before):
                continue
            while len(following := {track[place + length] for place in places}) == 1 and _END not in following:
                length += 1
            longer = _by_word(track, places, length)
            open_ += [(length + 1, group) for group in longer]
            if _as_many(longer, owners, claims):
                continue
            if _as_many(_by_word(track, places, -1), owners, claims):
                continue
            yield places[0], length, tuple(sorted(sharing))


def _by_word(track: array[int], places: Sequence[int], offset: int) -> list[list[int]]:
    """The places where the run is continued, at this offset, by a word that continues it elsewhere too."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in places:
        groups[track[place + offset]].append(place)
    groups.pop(_END, None)
    return [group for group in groups.values() if len(group) >= LEAST_CLAIMS]


def _as_many(groups: Sequence[Sequence[int]], owners: array[int], claims: int) -> bool:
    """Whether a run made longer by one word still stands in as many claims."""
    return any(len(group) >= claims and len({owners[place] for place in group}) == claims for group in groups)
