"""Wording: folding of spelling, and how much of one text is found in another.

Folding removes what a copyist changes without changing a word: diacritics, tatweel, variants of alef, yeh and teh
marbuta, Persian letter forms, digits of other scripts, direction marks, links, punctuation, case. It is for comparing;
readers are shown the original letters, to which `folded` keeps the way back.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    "ک": "ك",
    "ة": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ء": "",
    "ـ": "",
}
# Addresses with and without a scheme, defanged ones too, and handles; find.js has the same.
_LINK: Final = re.compile(r"(?:h(?:tt|xx)ps?://|www\.|t\.me/|telegram\.me/)\S+|@\w+", re.IGNORECASE)
#: Without one of these there is no link to look for, which saves most of the time that looking takes.
_LINK_SIGNS: Final = ("://", "@", "www.", ".me/")
#: So many words are remembered in their folded form, about 20 MB.
_MOST_WORDS: Final = 100_000
#: Signs that follow a letter and belong to it; beside all marks, the voicing signs of half-width katakana.
_TRAILING: Final = frozenset("\uff9e\uff9f")

#: Length of the character shingles that containment counts, spaces included.
SHINGLE: Final = 5
#: Stands in a text, letter for letter, for what is left out of a comparison.
HOLE: Final = "\0"


class _Table(dict[int, str]):
    """What becomes of each character after normalisation and case folding, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = self._folded(chr(code))
        return letter

    @staticmethod
    def _folded(letter: str) -> str:
        if letter in _LETTERS:
            return _LETTERS[letter]
        match unicodedata.category(letter):
            case "Nd":
                return str(unicodedata.decimal(letter))
            case "Mn" | "Mc" | "Me" | "Cf":  # combining marks; zero-width and direction marks
                return ""
            case category:
                return letter if category[0] in "LN" else " "


_TABLE: Final = _Table()


def fold(text: str) -> str:
    """The text as it is compared: words of folded letters and digits, one space between them."""
    return " ".join(filter(None, map(_WORDS.__getitem__, _without_links(text).split())))


def _without_links(text: str) -> str:
    lower = text.casefold()
    return _LINK.sub(" ", text) if any(sign in lower for sign in _LINK_SIGNS) else text


class _Words(dict[str, str]):
    """The folded letters of words as they are written, worked out when first met; most words recur."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = made = " ".join(_letters(word).split())
        return made


_WORDS: Final = _Words()


def _letters(text: str) -> str:
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # Once more, for letters that only what was dropped kept apart.
    return unicodedata.normalize("NFKC", normal.translate(_TABLE))


@dataclasses.dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its letters stands in the original.

    Attributes:
        text: what `fold` gives.
        starts: for each folded letter, where the original characters that it was made of begin.
        ends: where they end, marks that were dropped after them included.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The part of the original that the folded letters from `first` up to `last` come from."""
        return self.starts[first], self.ends[last - 1]

    def letters(self, first: int, last: int) -> str:
        """The original letters of a part of the folded text."""
        start, end = self.span(first, last)
        return self.original[start:end]


@functools.lru_cache(maxsize=256)
def folded(text: str) -> Folded:
    """The folded text with the way back to the original letters."""
    plain = _LINK.sub(lambda link: " " * len(link[0]), text)
    found = _mapped(text, plain, _clusters(plain))
    if found.text != fold(text):  # letters that compose across characters, such as Hangul: words are mapped as a whole
        found = _mapped(text, plain, [match.span() for match in re.finditer(r"\S+|\s+", plain)])
    return found


class _Following(dict[str, bool]):
    """Whether a character belongs to the letter before it, worked out when first met."""

    def __missing__(self, letter: str) -> bool:
        self[letter] = following = unicodedata.category(letter)[0] == "M" or letter in _TRAILING
        return following


_FOLLOWING: Final = _Following()


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks that follow it."""
    first = 0
    for at, letter in enumerate(text):
        if at and not _FOLLOWING[letter]:
            yield first, at
            first = at
    if text:
        yield first, len(text)


class _Pieces(dict[str, str]):
    """The folded letters of characters with their marks, worked out when first met."""

    def __missing__(self, piece: str) -> str:
        made = _letters(piece)
        if len(piece) == 1:  # the characters are few; words, which `folded` falls back to, are not
            self[piece] = made
        return made


_PIECES: Final = _Pieces()


def _mapped(original: str, plain: str, pieces: Iterable[tuple[int, int]]) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap: int | None = None
    for first, last in pieces:
        made = _PIECES[plain[first:last]]
        if not made and letters and gap is None:
            ends[-1] = last
        for letter in made:
            if letter == " ":
                gap = first if gap is None else gap
                continue
            if gap is not None and letters:
                letters.append(" ")
                starts.append(gap)
                ends.append(first)
            gap = None
            letters.append(letter)
            starts.append(first)
            ends.append(last)
    return Folded(original, "".join(letters), tuple(starts), tuple(ends))


def shingles(text: str) -> set[str]:
    """The character 5-grams of a folded text."""
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}


def share(first: set[str], second: set[str]) -> float:
    """The share of the smaller set that the larger one holds, from 0 to 1."""
    smaller, larger = (first, second) if len(first) <= len(second) else (second, first)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def containment(first: str, second: str) -> float:
    """The share of the shorter folded text's character 5-grams that the other holds, from 0 to 1."""
    return share(shingles(first), shingles(second))


#: Folded phrases by their first word, so that most texts are known at a glance to hold none.
Phrases = Mapping[str, tuple[str, ...]]


def by_first_word(phrases: Iterable[str]) -> Phrases:
    """Phrases, folded and filed by their first word."""
    found: dict[str, list[str]] = {}
    for phrase in sorted({fold(phrase) for phrase in phrases} - {""}):
        found.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return {word: tuple(group) for word, group in found.items()}


def hidden(text: str, phrases: Phrases) -> str:
    """A folded text with holes of equal length where it holds one of the phrases; the longest are sought first."""
    words = text.split(" ")
    if phrases.keys().isdisjoint(words):
        return text
    sought = sorted(
        {phrase for word in words for phrase in phrases.get(word, ())}, key=lambda phrase: (-len(phrase), phrase)
    )
    padded = f" {text} "
    for phrase in sought:
        while f" {phrase} " in padded:
            padded = padded.replace(f" {phrase} ", f" {HOLE * len(phrase)} ")
    return padded[1:-1]


def without_holes(text: str) -> str:
    """What is left of a text with holes."""
    return " ".join(text.replace(HOLE, " ").split()) if HOLE in text else text


class Numbers(dict[str, int]):
    """A number for each word, given when it is first met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
