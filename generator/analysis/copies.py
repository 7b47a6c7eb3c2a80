"""Copies among many texts, in time near to linear: texts that share rare word 3-grams are compared, all others never.

Texts are taken in order of time. One that repeats an earlier text joins its star; one that repeats none, or says much
beside what it repeats, begins a star of its own and is entered in the index. So every member was compared with the
centre itself, and no chain of small changes can tie together two texts that have little in common.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from generator.analysis.wording import Numbers, share, shingles

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
#: Shingles of this many centres are kept at a time.
_KEPT: Final = 1024


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
    centres = _Shingles(texts)
    for number, text in enumerate(texts):
        if not judged(text):
            continue
        grams = index.grams(text)
        best, nearest, repeated, most = 0.0, -1, 0.0, 0
        if candidates := index.candidates(grams):
            own = shingles(text)
            for shared, centre in candidates:
                # Once a copy is found, stars that share fewer of the rare 3-grams than it are not looked at.
                if best >= COPY and shared < most:
                    break
                theirs = centres[centre]
                found = share(own, theirs)
                if found > best:
                    best, nearest, most = found, centre, shared
                    repeated = found * min(1.0, len(theirs) / len(own))
        if best >= least:
            yield Match(number, nearest, best)
        if repeated < COPY:
            index.enter(number, grams)


class _Index:
    """Which stars the word 3-grams of their centres lead to.

    Most 3-grams stand in one star only; they are kept apart, because a list for each would take most of the memory.
    """

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._one: dict[int, int] = {}
        self._several: dict[int, list[int]] = {}

    def grams(self, text: str) -> list[int]:
        """The word 3-grams of a text as numbers, each once, in the order of the text."""
        words = list(map(self._numbers.__getitem__, text.split(" ")))
        triples = zip(words, words[1:], words[2:], strict=False)
        return list(dict.fromkeys([first << 42 | second << 21 | third for first, second, third in triples]))

    def candidates(self, grams: Sequence[int]) -> list[tuple[int, int]]:
        """How many of the text's rarest known 3-grams each star shares that shares enough, those that share most first."""
        rarest = [star for star in map(self._one.get, grams) if star is not None][:RAREST]
        if len(rarest) < RAREST:
            lists = sorted(filter(None, map(self._several.get, grams)), key=len)
            rarest += itertools.chain.from_iterable(lists[: RAREST - len(rarest)])
        shared = Counter(rarest)
        enough = sorted((-count, star) for star, count in shared.items() if count >= SHARED)
        return [(-count, star) for count, star in enough[:MOST_COMPARED]]

    def enter(self, star: int, grams: Sequence[int]) -> None:
        """Let the 3-grams of a centre lead to it."""
        one, several = self._one, self._several
        for gram in grams:
            if gram in several:
                if len(several[gram]) < MOST_STARS:
                    several[gram].append(star)
            elif gram in one:
                several[gram] = [one.pop(gram), star]
            else:
                one[gram] = star


class _Shingles:
    """The shingles of centres, made when asked for; the least lately asked for are forgotten."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._kept: dict[int, set[str]] = {}

    def __getitem__(self, number: int) -> set[str]:
        found = self._kept.pop(number, None)
        if found is None:
            found = shingles(self._texts[number])
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[number] = found
        return found
