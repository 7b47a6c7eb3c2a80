"""Copies among many texts, in time near to linear: texts that share rare word 3-grams are compared, all others never.

Texts are taken in order of time. One that repeats an earlier text joins its star; one that repeats none, or says much
beside what it repeats, begins a star of its own and is entered in the index. So every member was compared with the
centre itself, and no chain of small changes can tie together two texts that have little in common.
"""

from __future__ import annotations

import codecs
import dataclasses
import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final

from generator.analysis.wording import HOLE, SHINGLE, Numbers, shingles

#: From this share on a text is a copy; measured, see the page on the method.
COPY: Final = 0.75
#: From this share on an editor is shown the two texts; readers are told nothing.
TEMPLATE: Final = 0.60
#: Below this many words or letters a text is not judged: too little of it could be anybody's own.
LEAST_WORDS: Final = 8
LEAST_LETTERS: Final = 40

#: How many of its rarest word 3-grams decide what a text is compared with, and how many of them must be shared.
RAREST: Final = 12
SHARED: Final = 2
#: How many stars a 3-gram leads to at most. One that stands in more leads nowhere in particular.
MOST_STARS: Final = 50
#: Compared with at most this many stars, those that share most first.
MOST_COMPARED: Final = 20
#: How many values a byte has, and how many bytes a number that holds a 5-gram.
_BYTE: Final = 256
_NUMBER: Final = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A text and the earlier one that it was found to share most with, by their positions."""

    text: int
    centre: int
    containment: float


def judged(text: str) -> bool:
    """Whether a folded text without stock phrases is long enough to say anything about it."""
    words = text.count(" ") + 1
    return words >= LEAST_WORDS and len(text) - words + 1 >= LEAST_LETTERS


def matches(texts: Sequence[str], least: float = TEMPLATE) -> Iterator[Match]:
    """For every text that shares at least `least` with the centre of a star, the one that it shares most with.

    Args:
        texts: folded, without stock phrases, earliest first.
    """
    index = _Index()
    parts = _parts_of(texts)
    sizes: dict[int, int] = {}
    for number, text in enumerate(texts):
        if not judged(text):
            continue
        grams = index.grams(text)
        best, nearest, repeated, most = 0.0, -1, 0.0, 0
        if candidates := index.candidates(grams):
            own = set(parts(number))
            sizes[number] = len(own)
            for shared, centre in candidates:
                # Once a copy is found, stars that share fewer of the rare 3-grams than it are not looked at.
                if best >= COPY and shared < most:
                    break
                # A centre's own set would be used once or twice, and sets of all centres would not fit in the
                # processor's caches: only its size is kept, and its parts are read against the text's set.
                theirs: Iterable[Hashable] = parts(centre)
                if centre not in sizes:
                    theirs = set(theirs)
                    sizes[centre] = len(theirs)
                found = len(own.intersection(theirs)) / min(sizes[centre], len(own))
                if found > best:
                    best, nearest, most = found, centre, shared
                    repeated = found * min(1.0, sizes[centre] / len(own))
        if best >= least:
            yield Match(number, nearest, best)
        if repeated < COPY:
            index.enter(number, grams)


def _parts_of(texts: Sequence[str]) -> Callable[[int], Iterable[Hashable]]:
    """What gives the character 5-grams of each of the texts, some of them more than once.

    Where all texts together have no more different letters than a byte has values, as texts of one language do, the
    5-grams are numbers, five bytes each: a set of them is made in half the time that strings take.
    """
    rows = _rows(texts)
    if rows is None:
        return lambda number: shingles(texts[number])

    def numbers(number: int) -> Iterable[int]:
        coded = rows[number]
        count = max(0, len(coded) - SHINGLE + 1)
        filled = bytearray(_NUMBER * count)
        for column in range(SHINGLE):
            filled[column::_NUMBER] = coded[column : column + count]
        return memoryview(filled).cast("Q")

    return numbers


def _rows(texts: Iterable[str]) -> list[bytes] | None:
    """The texts with a byte for each letter, the same letter the same byte; None where there are too many letters."""
    letters = HOLE  # a table that begins with it is looked up five times as fast
    rows = []
    table = None
    for text in texts:
        while True:
            # What the table is filled up with is no character, so nothing is encoded as it.
            table = table or codecs.charmap_build(letters.ljust(_BYTE, "\ufffe"))
            try:
                rows.append(codecs.charmap_encode(text, "strict", table)[0])
                break
            except UnicodeEncodeError as unknown:
                letters += text[unknown.start]
                table = None
                if len(letters) > _BYTE:
                    return None
    return rows


class _Index:
    """Which stars the word 3-grams of their centres lead to.

    Most 3-grams stand in one star only: for those the star itself is filed, because a list for each would take most of
    the memory.
    """

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._stars: dict[int, int | list[int]] = {}

    def grams(self, text: str) -> list[int]:
        """The word 3-grams of a text as numbers, each once, in the order of the text.

        The number is the hash of the numbers of its words, which no seed changes. Should two 3-grams ever share one,
        two texts are compared that need not have been.
        """
        words = list(map(self._numbers.__getitem__, text.split(" ")))
        return list(dict.fromkeys(map(hash, zip(words, words[1:], words[2:], strict=False))))

    def candidates(self, grams: Sequence[int]) -> list[tuple[int, int]]:
        """How many of the text's rarest known 3-grams each star shares that shares enough, those that share most first."""
        known = [stars for stars in map(self._stars.get, grams) if stars is not None]
        rarest = [stars for stars in known if type(stars) is int][:RAREST]
        if len(rarest) < RAREST:
            lists = sorted([stars for stars in known if type(stars) is list], key=len)
            rarest += itertools.chain.from_iterable(lists[: RAREST - len(rarest)])
        shared = Counter(rarest)
        enough = sorted((-count, star) for star, count in shared.items() if count >= SHARED)
        return [(-count, star) for count, star in enough[:MOST_COMPARED]]

    def enter(self, star: int, grams: Sequence[int]) -> None:
        """Let the 3-grams of a centre lead to it."""
        for gram in grams:
            stars = self._stars.setdefault(gram, star)
            if isinstance(stars, int):
                if stars != star:
                    self._stars[gram] = [stars, star]
            elif len(stars) < MOST_STARS:
                stars.append(star)
