"""Shared phrases: the longest runs of words that stand in at least two claims.

A run that stands inside a longer one found in as many claims is dropped. Runs are grown to the right from the word
3-grams that occur twice; a run whose every occurrence follows the same word is part of a longer one and is not grown.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.analysis.wording import Numbers

#: The shortest run of words that is a phrase.
SHORTEST: Final = 3
#: The fewest claims that share a phrase.
LEAST_CLAIMS: Final = 2
#: So many words are looked at in one pass; more passes need less memory.
_PASS: Final = 1_000_000
#: Ends a run of words; nothing goes on across it.
_END: Final = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A run of words and the owners of the texts that hold it, in their order."""

    words: tuple[str, ...]
    owners: tuple[int, ...]


def shared_runs(texts: Iterable[tuple[int, Iterable[Sequence[str]]]]) -> list[Run]:
    """The longest runs that several owners share, in the order in which they first occur.

    Args:
        texts: the owner of each text (a claim, by number), and its runs of adjoining words.
    """
    numbers = Numbers()
    track = array("q", [_END])
    owners = array("q", [-1])
    for owner, runs in texts:
        for run in runs:
            track.extend(map(numbers.__getitem__, run))
            track.append(_END)
            owners.extend([owner] * (len(run) + 1))
    words = tuple(numbers)
    return [
        Run(tuple(words[number] for number in track[at : at + length]), sharing)
        for at, length, sharing in sorted(_grown(track, owners))
    ]


def _grown(track: array[int], owners: array[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where each kept run first stands, how many words it has, and who shares it."""
    for root in _repeated(track):
        open_ = [(SHORTEST, root)]
        while open_:
            length, places = open_.pop()
            sharing = {owners[place] for place in places}
            claims = len(sharing)
            before = {track[place - 1] for place in places}
            if claims < LEAST_CLAIMS or (len(before) == 1 and _END not in before):
                continue
            while len(following := {track[place + length] for place in places}) == 1 and _END not in following:
                length += 1
            longer = _by_word(track, places, length) if len(following) < len(places) else []
            open_ += [(length + 1, group) for group in longer]
            if _as_many(longer, owners, claims):
                continue
            if len(before) < len(places) and _as_many(_by_word(track, places, -1), owners, claims):
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


def _repeated(track: array[int]) -> Iterator[list[int]]:
    """The places of each word 3-gram that occurs twice, 3-gram by 3-gram."""
    # A 3-gram that holds the end of a run is negative, because the end is.
    triples = zip(track, track[1:], track[2:], strict=False)
    keys = array("q", (first << 42 | second << 21 | third for first, second, third in triples))
    passes = 1 + len(keys) // _PASS
    shelves = [array("q") for _ in range(passes)]
    for at, key in enumerate(keys):
        if key >= 0:
            shelves[key % passes].append(at)
    for shelf in shelves:
        once: dict[int, int] = {}
        several: dict[int, list[int]] = {}
        for at in shelf:
            first = once.setdefault(keys[at], at)
            if first != at:
                several.setdefault(keys[at], [first]).append(at)
        yield from several.values()
