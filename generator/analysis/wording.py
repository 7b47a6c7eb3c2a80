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
from collections.abc import Iterable, Mapping
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
    if not ("/" in text or "@" in text or "w." in text or "W." in text):  # without one of these there is none of those
        return text
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
    way = _Way()
    signs = plain.translate(_SIGNS)
    for part in _PARTS.finditer(signs):
        first, last = part.span()
        if part[1]:
            way.letters(part[1], first)
        else:
            way.piece(_PIECES[plain[first:last]], first, last)
    if "".join(way.text) != fold(text):  # letters that compose across characters, such as Hangul: words as a whole
        way = _Way()
        for match in re.finditer(r"\S+|\s+", plain):
            way.piece(_PIECES[match[0]], *match.span())
    return Folded(text, "".join(way.text), tuple(way.starts), tuple(way.ends))


class _Pieces(dict[str, str]):
    """The folded letters of characters with their marks, worked out when first met."""

    def __missing__(self, piece: str) -> str:
        made = _letters(piece)
        if len(piece) == 1:  # the characters are few; words, which `folded` falls back to, are not
            self[piece] = made
        return made


_PIECES: Final = _Pieces()
#: Stand for a character that belongs to the letter before it, and for one that does not become one letter.
_MARK, _OTHER = "\1", "\2"


class _Signs(dict[int, str]):
    """A sign for each character: the letter that it becomes, or one of the two; worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter)[0] == "M" or letter in _TRAILING:
            made = _MARK
        else:
            made = _PIECES[letter]
            made = made if len(made) == 1 and made not in (_MARK, _OTHER) else _OTHER
        self[code] = made
        return made


_SIGNS: Final = _Signs()
_PLAIN: Final = rf"[^ {_MARK}{_OTHER}]+"
#: Words of characters that become a letter each, one space between them; or one character with the marks that follow.
_PARTS: Final = re.compile(rf"({_PLAIN}(?: {_PLAIN})*)(?!{_MARK})|[\s\S]{_MARK}*")


class _Way:
    """A folded text as it grows, with the way back.

    Attributes:
        text: its parts.
        starts: for each letter, where the original characters that it was made of begin.
        ends: where they end.
    """

    __slots__ = ("_gap", "ends", "starts", "text")

    def __init__(self) -> None:
        self.text: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._gap: int | None = None

    def letters(self, made: str, first: int) -> None:
        """Add letters, and single spaces between them, that were made of a character each.

        Args:
            first: where the first character stands.
        """
        self._close_gap(first)
        last = first + len(made)
        self.text.append(made)
        self.starts.extend(range(first, last))
        self.ends.extend(range(first + 1, last + 1))

    def piece(self, made: str, first: int, last: int) -> None:
        """Add what was made of some characters, spaces and nothing included."""
        if not made and self.text and self._gap is None:
            self.ends[-1] = last
        for letter in made:
            if letter == " ":
                self._gap = first if self._gap is None else self._gap
            else:
                self._close_gap(first)
                self.text.append(letter)
                self.starts.append(first)
                self.ends.append(last)

    def _close_gap(self, first: int) -> None:
        if self._gap is not None and self.text:
            self.text.append(" ")
            self.starts.append(self._gap)
            self.ends.append(first)
        self._gap = None


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
